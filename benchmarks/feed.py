"""The data behind the Niche Feed at 1,000,000 profiles, against the same with 10,000.

Each question is asked five times with nothing remembered: how many match is counted every time, and the page found
from nothing.  The browser adds its own 100 ms or so to what stands here.  Page and count run side by side, so a
question may take more of the processor than of time.

A batch of all profiles is made in a process of its own, while another one writes and reads a little every 5 ms; its
longest wait is what people would feel.  The commits of the recorder are compared with those without the indexes that
the feed stands on, over neighbouring names as batches have them.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.feeding import Took
from benchmarks.table import Line, Spread, percentile, say

MOST_MS = 120.0
MOST_SECONDS = 10.0
LONGEST_WAIT_MS = 250.0
MOST_OF_A_COMMIT = 1.5
_EVERY = 0.005


def measure(quick: bool) -> list[Line]:
    """Pages in milliseconds, the batch of all, what others wait for it, and what the indexes cost the recorder."""
    small, large = 10_000, 100_000 if quick else 1_000_000
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        files = {size: Path(folder) / f"{size}.sqlite3" for size in (small, large)}
        for size, file in files.items():
            say(f"  making {size:,} profiles")
            _told("fill", file, str(size))
        say("  asking")
        few, many = (_told("ask", files[size]) for size in (small, large))
        lines = [_line(f"{large:,} profiles: {what}", many[what], few[what]) for what in many]
        say("  storing verdicts")
        commits = _told("commit", _copied(files[large]))
        say("  making a batch of all")
        made, writes, reads = _batch(files[large])
    return [*lines, *_batch_lines(made, writes, reads, large), _commit_line(commits)]


def _line(what: str, many: list[Took], few: list[Took]) -> Line:
    ours, bound = Spread([ms for ms, _ in many]), Spread([ms for ms, _ in few])
    used, used_for_few = (Spread([cpu for _, cpu in took]).median for took in (many, few))
    return Line(
        what,
        f"{ours.shown('.1f')} ms, {used:.0f} of processor",
        f"{bound.shown('.1f')} ms, {used_for_few:.1f} of processor, with 10,000",
        f"{ours.median / bound.median:.1f}×",
        f"≤ {MOST_MS:.0f} ms",
        ours.median <= MOST_MS,
    )


def _batch_lines(made: dict[str, Any], writes: list[float], reads: list[float], count: int) -> list[Line]:
    waits = [*writes, *reads]
    return [
        Line(
            f"batch of all {made['total']:,} selected",
            f"{made['seconds']:.1f} s",
            target=f"≤ {MOST_SECONDS * count / 1_000_000:g} s",
            met=made["seconds"] <= MOST_SECONDS * count / 1_000_000,
        ),
        Line(
            f"longest wait of another process meanwhile, of {len(waits):,}",
            f"{max(waits):.0f} ms (writing {percentile(writes, 0.5):.1f}, p99 {percentile(writes, 0.99):.0f};"
            f" reading {percentile(reads, 0.5):.1f}, p99 {percentile(reads, 0.99):.0f})",
            target=f"≤ {LONGEST_WAIT_MS:.0f} ms",
            met=max(waits) <= LONGEST_WAIT_MS,
        ),
    ]


def _commit_line(told: dict[str, list[float]]) -> Line:
    ours, before = Spread(told["ours"]), Spread(told["before"])
    ratio = sum(told["ours"]) / sum(told["before"])
    return Line(
        "commit of 300 verdicts of neighbouring names",
        f"{ours.shown('.1f')} ms",
        f"{before.shown('.1f')} ms without the indexes of the feed",
        f"{ratio:.2f}",
        f"≤ {MOST_OF_A_COMMIT}",
        ratio <= MOST_OF_A_COMMIT,
    )


def _copied(file: Path) -> Path:
    copy = file.with_name("copy.sqlite3")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.feeding", *arguments]


def _told(what: str, database: Path, *more: str) -> dict[str, Any]:
    command = _command(what, str(database), *more)
    done = subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _batch(database: Path) -> tuple[dict[str, Any], list[float], list[float]]:
    """What the making of the batch told, and how long writing and reading took from here meanwhile."""
    process = subprocess.Popen(
        _command("batch", str(database)),
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    writes: list[float] = []
    reads: list[float] = []
    with process, closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as other:
        process.stdout.readline()  # it is open
        other.execute("CREATE TABLE beside (at REAL)")
        process.stdin.write("go\n")
        process.stdin.flush()
        while process.poll() is None:
            writes.append(_asked(other, "INSERT INTO beside VALUES (1)"))
            reads.append(_asked(other, "SELECT username FROM profile WHERE niche_id = 3 ORDER BY username LIMIT 100"))
            time.sleep(_EVERY)
        made: dict[str, Any] = json.loads(process.stdout.read())
    return made, writes, reads


def _asked(other: sqlite3.Connection, sql: str) -> float:
    start = time.perf_counter()
    other.execute(sql).fetchall()
    return (time.perf_counter() - start) * 1_000
