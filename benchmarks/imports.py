"""A file of a million usernames into SQLite: ours against the bare driver, into the same tables.

Bare is what a script would do: lines read, stripped and lowered, one ``executemany`` in one transaction, in
the order of the file; with the same page cache as ours.  Ours is the import that people use: it reads any
text, sorts, writes in slices that let others write, and counts what became of each line.  Both run in a
process of their own, in turn, into a new database that ours has set up.

Beside our import another process writes a little every 5 ms; its longest wait is what people would feel.
Memory is that of the importing process while it takes in a file of 50 MB, over what it had before.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.machine import Usage
from benchmarks.table import Line, Spread, percentile, say

LEAST_RATIO = 1.0
LONGEST_WAIT_MS = 100.0
MOST_MEMORY_MB = 250.0
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_BIG_FILE = 50_000_000
_SAMPLE_EVERY = 0.005


def measure(quick: bool) -> list[Line]:
    """Names a second, the wait of another writer, memory."""
    names, rounds = (200_000, 1) if quick else (1_000_000, 3)
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        file = Path(folder) / "names.txt"
        write_names(file, names)
        runs = [_round(Path(folder), file, number) for number in range(rounds)]
        big = Path(folder) / "big.txt"
        write_names(big, size=_BIG_FILE // (10 if quick else 1))
        say(f"  memory with {big.stat().st_size / 1e6:.0f} MB")
        told, memory = _import(Path(folder) / "big.sqlite3", big)
        if not told["created"]:
            raise RuntimeError("nothing was imported")
    return [
        _rate(f"import of {names:,} lines, reading included", names, runs, "seconds"),
        _rate("  the same without reading the file", names, runs, "writing"),
        _waits(runs),
        Line(
            f"memory over start, {told['lines']:,} lines in 50 MB" if not quick else "memory over start, 5 MB",
            f"{memory:.0f} MB",
            target=f"≤ {MOST_MEMORY_MB:.0f} MB",
            met=memory <= MOST_MEMORY_MB,
        ),
    ]


def write_names(file: Path, count: int | None = None, *, size: int | None = None) -> None:
    """Random usernames of 6 to 24 characters, one a line, unsorted, each once: *count*, or *size* bytes."""
    random = Random(11)
    written = 0
    with file.open("w", encoding="ascii") as out:
        number = 0
        while number != count and (size is None or written < size):
            # The number makes each name the only one of its kind; scattered, so that nothing is sorted.
            tail = f"{(number * 2_654_435_761) % 4_294_967_296:x}"
            head = "".join(random.choices(LETTERS, k=random.randint(3, 16)))
            written += out.write(f"{head}{tail}\n")
            number += 1


def _round(folder: Path, file: Path, number: int) -> dict[str, Any]:
    """One import of each; the timings, and the waits of another writer beside ours."""
    target = folder / f"bare{number}.sqlite3"
    bare = json.loads(_output("bare", str(target), str(file)))
    ours, _ = _import(folder / f"ours{number}.sqlite3", file, beside=True)
    say(f"  round {number + 1}: bare {bare['seconds']:.2f} s, ours {ours['seconds']:.2f} s")
    if ours["created"] != bare["rows"]:
        raise RuntimeError(f"ours wrote {ours['created']} names, bare {bare['rows']}")
    return {"bare": bare, "ours": ours}


def _output(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.importing", *arguments]
    return subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True).stdout


def _import(database: Path, file: Path, *, beside: bool = False) -> tuple[dict[str, Any], float]:
    """What our import told, and by how many MB its process grew.

    Args:
        beside: Write a little from here meanwhile, and tell how long that waited.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.importing", "ours", str(database), str(file)],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        usage = Usage(process.pid)
        process.stdout.readline()  # it is open
        start = peak = usage.memory()
        waits: list[float] = []
        with closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as other:
            if beside:
                other.execute("CREATE TABLE beside (at REAL)")
            process.stdin.write("go\n")
            process.stdin.flush()
            while process.poll() is None:
                peak = max(peak, usage.memory())
                if beside:
                    waits.append(_write(other))
                time.sleep(_SAMPLE_EVERY)
        told: dict[str, Any] = json.loads(process.stdout.read())
    return told | {"waits": waits}, (peak - start) / 1e6


def _write(other: sqlite3.Connection) -> float:
    start = time.perf_counter()
    other.execute("INSERT INTO beside VALUES (?)", (start,))
    return (time.perf_counter() - start) * 1_000


def _rate(what: str, names: int, runs: list[dict[str, Any]], key: str) -> Line:
    ours = Spread([names / run["ours"][key] for run in runs])
    bare = Spread([names / run["bare"][key] for run in runs])
    ratios = Spread([run["bare"][key] / run["ours"][key] for run in runs])
    return Line(
        what,
        f"{ours.shown()} names/s",
        f"{bare.shown()} names/s bare executemany",
        ratios.shown(".2f"),
        f"≥ {LEAST_RATIO:.1f}",
        ratios.median >= LEAST_RATIO,
    )


def _waits(runs: list[dict[str, Any]]) -> Line:
    waits = [wait for run in runs for wait in run["ours"]["waits"]]
    longest = max(waits)
    return Line(
        f"longest wait of another writer, of {len(waits):,} writes",
        f"{longest:.0f} ms (median {percentile(waits, 0.5):.1f}, p99 {percentile(waits, 0.99):.0f})",
        target=f"≤ {LONGEST_WAIT_MS:.0f} ms",
        met=longest <= LONGEST_WAIT_MS,
    )
