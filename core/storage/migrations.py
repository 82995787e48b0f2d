"""The migration files that aerich writes: which there are, and what each one does.

Reading them needs nothing of aerich, so that a command on an up-to-date database starts quickly.
They are written by ``aerich migrate`` and never edited after they land.
"""

from __future__ import annotations

import base64
import importlib.util
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tortoise.backends.base.client import BaseDBAsyncClient

APP = "core"
SQLITE_FILES = Path(__file__).resolve().parents[2] / "migrations" / "sqlite" / APP

_NAME = re.compile(r"(?P<number>\d+)_.*\.py")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file; :attr:`version` is its name, as aerich's table has it."""

    file: Path

    @property
    def version(self) -> str:
        return self.file.name

    async def statements(self, db: BaseDBAsyncClient) -> list[str]:
        """The SQL statements of the upgrade, in order."""
        return list(split(await self._module().upgrade(db)))

    def models_state(self) -> str:
        """What the models looked like when the file was written, as the JSON text of aerich's table."""
        return zlib.decompress(base64.b64decode(self._module().MODELS_STATE)).decode()

    def _module(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location(self.file.stem, self.file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def migrations(directory: Path) -> list[Migration]:
    """The files of *directory* in the order in which they apply.

    Raises:
        FileNotFoundError: There is none: the installation is incomplete.
    """
    found = [(int(match["number"]), file) for file in directory.glob("*.py") if (match := _NAME.fullmatch(file.name))]
    if not found:
        raise FileNotFoundError(f"no migrations in {directory}")
    return [Migration(file) for _, file in sorted(found)]


def split(script: str) -> Iterator[str]:
    """The statements of *script*.

    One by one they can share a transaction; as a script, the driver commits before the first of them.
    """
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if statement.strip():
        yield statement.strip()
