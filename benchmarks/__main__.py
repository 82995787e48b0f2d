"""``python -m benchmarks [PART…] [--quick]``: runs the parts one after the other and prints their figures."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks import (
    blame,
    bot,
    feed,
    figures,
    imports,
    live,
    memory,
    paced,
    panel,
    pipeline,
    pool,
    requests,
    schedules,
)
from benchmarks.table import Line, printed, say

Part = Callable[[bool], list[Line]]

PARTS: dict[str, Part] = {
    "pool": pool.measure,
    "imports": imports.measure,
    "pipeline": pipeline.measure,
    "paced": paced.measure,
    "requests": requests.measure,
    "blame": blame.measure,
    "memory": memory.measure,
    "bot": bot.measure,
    "feed": feed.measure,
    "live": live.measure,
    "figures": figures.measure,
    "schedules": schedules.measure,
    "panel": panel.measure,
}


def main() -> int:
    """Run what the command line names.

    Returns:
        1 where a target is missed, so that a script sees it.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, and print one table.")
    parser.add_argument("part", nargs="*", help=f"any of {', '.join(PARTS)}; all of them when none is named")
    parser.add_argument("--quick", action="store_true", help="a fast look: fewer rounds, smaller input")
    given = parser.parse_args()
    unknown = [part for part in given.part if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    lines: list[Line] = []
    for part in given.part or PARTS:
        say(f"measuring: {part}")
        lines += PARTS[part](given.quick)
    print(_heading(quick=given.quick))
    print(printed(lines))
    return int(any(line.met is False for line in lines))


def _heading(*, quick: bool) -> str:
    load = os.getloadavg()[0]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("aiohttp", "tortoise-orm", "orjson"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {load:.1f} at the end, "
        f"CPython {platform.python_version()}, {libraries}{', quick' if quick else ''}"
    )


if __name__ == "__main__":
    sys.exit(main())
