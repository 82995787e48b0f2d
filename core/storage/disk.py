"""How much room there is where the database lies."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_bytes(path: Path) -> int:
    """What may still be written where *path* lies, or would lie if it does not exist yet.  Blocks.

    Raises:
        OSError: The system does not say.
    """
    there = path.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    return shutil.disk_usage(there).free
