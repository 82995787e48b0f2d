"""What ten thousand proxies cost: memory, and how long they hold up everything else when something is changed."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ground import BENCH, UNPACED, cookies
from benchmarks.many import settings_of
from benchmarks.peers.processes import Peers, peers
from benchmarks.table import Line, say
from core.app import open_app
from core.clock import SystemClock

PROXIES = 10_000
MOST_MEMORY_MB = 250.0
LONGEST_STOP_MS = 100.0


def measure(quick: bool) -> list[Line]:
    """Memory over start with a session over every proxy, each used once; and the stops of the loop."""
    count = PROXIES // 10 if quick else PROXIES
    with TemporaryDirectory(prefix="storywatch-bench-") as folder, peers() as ground:
        asyncio.run(_stored(Path(folder), ground, count))
        say(f"  {count:,} proxies are stored")
        command = [sys.executable, "-m", "benchmarks.many", folder, ground.url]
        ran = subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(ran.stdout)
    if told["exchanges"] < count:
        raise RuntimeError(f"only {told['exchanges']} of {count} exchanges went well")
    return [
        _memory(f"memory over start, {count:,} proxies with a session each, loaded", told["loaded"]),
        _memory("  each used once", told["used"]),
        _memory("  changes followed", told["followed"]),
        _stop("longest stop of the loop while they are loaded", told["loading_ms"]),
        _stop("  while one change is followed", told["one_changed_ms"]),
        _stop("  while another limit of all is followed", told["limit_changed_ms"]),
        # Once: all that was sent without a limit is counted now.
        Line("  while the first limit of all is followed", f"{told['limited_ms']:.0f} ms"),
    ]


async def _stored(folder: Path, ground: Peers, count: int) -> None:
    async with open_app(settings_of(folder, ground.url), SystemClock()) as app:
        await app.limits.set(BENCH, UNPACED)
        await app.proxies.import_lines(BENCH, "\n".join(ground.routes(count)))
        await app.sessions.import_lines(BENCH, "\n".join(map(cookies, range(count))), bind_in_order=True)


def _memory(what: str, used: float) -> Line:
    megabytes = used / 1e6
    return Line(what, f"{megabytes:.0f} MB", target=f"≤ {MOST_MEMORY_MB:.0f} MB", met=megabytes <= MOST_MEMORY_MB)


def _stop(what: str, longest: float) -> Line:
    return Line(what, f"{longest:.0f} ms", target=f"≤ {LONGEST_STOP_MS:.0f} ms", met=longest <= LONGEST_STOP_MS)
