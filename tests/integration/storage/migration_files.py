"""Migrations that tests write, as aerich would."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

# The table in which a database keeps what was applied to it; the first migration of all makes it.
AERICH = "CREATE TABLE aerich (id INTEGER PRIMARY KEY, version TEXT, app TEXT, content JSON);"


def added(directory: Path, number: int, script: str) -> str:
    """Write another migration, as aerich would; its version."""
    state = base64.b64encode(zlib.compress(json.dumps({}).encode())).decode()
    text = f'MODELS_STATE = "{state}"\n\n\nasync def upgrade(db):\n    return """{script}"""\n'
    file = directory / f"{number}_20991231000000_{number}.py"
    file.write_text(text)
    return file.name
