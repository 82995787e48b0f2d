"""New databases for tests: copies of one that the real upgrade made, as making each anew costs more than most tests.

The upgrade still looks at each copy, as it does at every start; the tests of the upgrade itself call it themselves.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage import database
from core.storage.upgrade import upgrade


class NewDatabases:
    """Gives a file what a first start would.

    Args:
        folder: Where the one that is copied is made when it is first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._made = folder / "new.sqlite3"
        self._is_ready = False

    async def upgrade(self, file: Path) -> list[str]:
        """What opening a database does first."""
        if not self._is_ready:
            await upgrade(self._made)
            self._is_ready = True
        self._copy_to(file)
        return await upgrade(file)

    def _copy_to(self, file: Path) -> None:
        if file.parent.is_dir() and not file.exists():
            shutil.copyfile(self._made, file)


@pytest.fixture(scope="session", autouse=True)
def new_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For all tests of the folders whose ``conftest`` has this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "upgrade", NewDatabases(tmp_path_factory.mktemp("new")).upgrade)
        yield
