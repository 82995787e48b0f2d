"""The migrations say what the models say: nothing is left to write, and both make the same database."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from tortoise.context import TortoiseContext

from core.storage.aerich_config import AERICH_CONFIG
from core.storage.migrations import APP, SQLITE_FILES, migrations
from core.storage.upgrade import upgrade
from tests.project.checkout import ROOT

# In a process of its own: aerich keeps what it read in class attributes, and its context for good.
_MIGRATE = """
import asyncio, sys
from aerich import Command
from tortoise.context import TortoiseContext
from core.storage.aerich_config import AERICH_CONFIG

async def main():
    command = Command(AERICH_CONFIG, app=sys.argv[1], location=sys.argv[2])
    await command.init(offline=True)
    sys.stdout.write(await command.migrate("drift", no_input=True, offline=True) or "")

with TortoiseContext():
    asyncio.run(main())
"""

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_INDEXES = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_REST = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type NOT IN ('table', 'index')"


def written_next(location: Path) -> str:
    """The name of the migration that aerich writes now into *location*; empty when it finds nothing to do."""
    command = [sys.executable, "-c", _MIGRATE, APP, str(location)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def copied(location: Path) -> Path:
    """A copy of the migrations that aerich may write into."""
    files = location / APP
    shutil.copytree(SQLITE_FILES, files, ignore=shutil.ignore_patterns("__pycache__"))
    return files


def catalogue(file: Path) -> dict[str, Any]:
    """What SQLite itself knows of tables, columns, keys and indexes; not how they were spelled."""
    with closing(sqlite3.connect(file)) as connection:

        def asked(pragma: str, name: str) -> list[Any]:
            return sorted(connection.execute(f"SELECT * FROM pragma_{pragma}(?)", (name,)), key=repr)

        def indexed(name: str) -> list[Any]:
            # The place in the index and the column's name; its number in the table says nothing.
            return [(row[0], *row[2:]) for row in asked("index_xinfo", name)]

        found: dict[str, Any] = {"rest": sorted(connection.execute(_REST))}
        for (table,) in connection.execute(_TABLES).fetchall():
            # Of an index: its name, whether it is unique, where it comes from, whether it is partial; not its number.
            listed = {row[1]: (*row[2:], *indexed(row[1])) for row in asked("index_list", table)}
            # A column that came later stands last in a database that was upgraded, so its place says nothing.
            columns = sorted((row[1:] for row in asked("table_xinfo", table)), key=repr)
            found[table] = (columns, asked("foreign_key_list", table), listed)
        # The condition of a partial index is in its text alone.
        found["indexes"] = sorted(
            (name, table, " ".join(sql.split())) for name, table, sql in connection.execute(_INDEXES)
        )
        return found


async def from_models(file: Path) -> None:
    """Make a database straight from the models."""
    config = {**AERICH_CONFIG, "connections": {"sqlite": f"sqlite://{file}"}}
    context = TortoiseContext()
    try:
        with context:
            await context.init(config=config)
            await context.generate_schemas(safe=False)
    finally:
        await context.close_connections()


def test_models_have_not_moved_on_from_the_migrations(tmp_path: Path) -> None:
    files = copied(tmp_path)
    assert written_next(tmp_path) == ""
    assert len(migrations(files)) == len(migrations(SQLITE_FILES))


def test_a_model_that_moved_on_would_be_found(tmp_path: Path) -> None:
    files = copied(tmp_path)
    last = migrations(SQLITE_FILES)[-1]
    # As if nobody had written a migration for what the last one says of the models.
    state = last.models_state().replace('"last_reason"', '"last_reason_then"')
    assert state != last.models_state()
    text = last.file.read_text()
    before, _, _ = text.partition("MODELS_STATE")
    packed = base64.b64encode(zlib.compress(state.encode())).decode()
    (files / last.version).write_text(f'{before}MODELS_STATE = "{packed}"\n')
    assert written_next(tmp_path).endswith("_drift.py")


async def test_an_upgraded_database_is_what_the_models_would_make(tmp_path: Path) -> None:
    upgraded, made = tmp_path / "upgraded.sqlite3", tmp_path / "made.sqlite3"
    await upgrade(upgraded)
    await from_models(made)
    assert catalogue(upgraded) == catalogue(made)


def test_the_catalogue_tells_columns_keys_and_conditions_apart(tmp_path: Path) -> None:
    variants = (
        "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a);",
        "CREATE TABLE t (a INT NOT NULL, b INT); CREATE INDEX i ON t (a);",
        "CREATE TABLE t (a INT DEFAULT 1, b INT); CREATE INDEX i ON t (a);",
        "CREATE TABLE t (a INT REFERENCES t (b), b INT); CREATE INDEX i ON t (a);",
        "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (b);",
        "CREATE TABLE t (a INT, b INT); CREATE UNIQUE INDEX i ON t (a);",
        "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a) WHERE b = 1;",
        "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a) WHERE b = 2;",
        "CREATE TABLE t (a INT, b INT, UNIQUE (a)); CREATE INDEX i ON t (a);",
    )
    seen = []
    for number, script in enumerate(variants):
        file = tmp_path / f"{number}.sqlite3"
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(script)
        seen.append(repr(catalogue(file)))
    assert len(set(seen)) == len(variants)
