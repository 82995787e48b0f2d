"""How much room there is, also where nothing is yet."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.storage.disk import free_bytes


def test_the_room_is_that_of_the_disk_on_which_a_file_would_lie(tmp_path: Path) -> None:
    total = shutil.disk_usage(tmp_path).total
    assert 0 < free_bytes(tmp_path) <= total
    assert 0 < free_bytes(tmp_path / "not" / "there" / "yet.sqlite3") <= total


def test_a_relative_name_lies_in_the_working_directory() -> None:
    assert free_bytes(Path("nothing-of-this-name.sqlite3")) > 0
