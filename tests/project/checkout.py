"""What lies in this checkout: its root, its tracked files, and the tables of its documentation."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """All tracked files that are there, relative to the root."""
    # The owner does not matter here: nothing of the repository is executed.
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so nobody can say which files are tracked")
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def tracked_text() -> Iterator[tuple[Path, str]]:
    """Each tracked file with its text; files that are no UTF-8 text are left out."""
    for path in tracked():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def text_of(name: str) -> str:
    """The text of the file *name*, relative to the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def documents() -> list[Path]:
    """The Markdown files that people read, relative to the root."""
    return sorted([*(path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md")), *map(Path, _AT_THE_TOP)])


_AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def table_under(name: str, first_head: str) -> list[list[str]]:
    """The rows, without the heads, of the table of the document *name* whose first column is headed *first_head*."""
    lines = text_of(name).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"| {first_head} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows
