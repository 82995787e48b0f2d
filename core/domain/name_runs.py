"""Millions of usernames, sorted and each once, in about as many bytes as the file they came from.

A file of 50 MB may hold five million names; as Python strings they would take 350 MB.  So names are
sorted a run at a time, a run is kept as bytes, and the runs are merged while they are read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

# Sorting a run of this many names takes some 10 ms, on a busy machine 20: a running panel does not notice.
_RUN = 25_000
# Names read ahead from all runs together while they are merged, which takes about as long.
_AHEAD = 20_000
_LEAST_AHEAD = 64

_END = "\n"
# Sorts before every character of a username, so that the order of records is the order of names.
_ID = "\t"


class NameRuns:
    """Collects names in any order and gives them back sorted, as often as asked.

    A name that comes with an id and without keeps the id; one that comes with two different ids
    keeps none, for nobody knows which is right.
    """

    def __init__(self) -> None:
        self._runs: list[bytes] = []
        self._unsorted: list[str] = []
        self._has_ids = False
        self.added = 0

    def __repr__(self) -> str:
        size = sum(map(len, self._runs)) / 1e6
        return f"<NameRuns {self.added} added, {len(self._runs)} runs, {size:.1f} MB>"

    def add(self, usernames: Sequence[str], platform_ids: Sequence[str | None] = ()) -> None:
        """Take names, with the ids that stand beside them; no ids at all where nobody has one.

        Raises:
            ValueError: There are ids, but not one (or None) for each name.
        """
        self.added += len(usernames)
        if any(platform_ids):
            self._has_ids = True
            pairs = zip(usernames, platform_ids, strict=True)
            self._unsorted += [f"{name}{_ID}{platform_id}" if platform_id else name for name, platform_id in pairs]
        else:
            self._unsorted += usernames
        if len(self._unsorted) >= _RUN:
            self._sort_a_run()

    def slices(self, size: int) -> Iterator[dict[str, str | None]]:
        """Every name once, in order, with its id, in slices of *size* (the last may be shorter).

        Raises:
            ValueError: The size is below 1.
        """
        if size < 1:
            raise ValueError(f"size must be >= 1, got {size}")
        self._sort_a_run()
        waiting: list[tuple[str, str | None]] = []
        for names in self._unique():
            waiting += names.items()
            whole = len(waiting) - len(waiting) % size
            for start in range(0, whole, size):
                yield dict(waiting[start : start + size])
            del waiting[:whole]
        if waiting:
            yield dict(waiting)

    def _sort_a_run(self) -> None:
        if self._unsorted:
            self._runs.append((_END.join(sorted(set(self._unsorted))) + _END).encode())
            self._unsorted = []

    def _unique(self) -> Iterator[dict[str, str | None]]:
        if not self._has_ids:
            yield from (dict.fromkeys(records) for records in _merged(self._runs))
            return
        begun: dict[str, str | None] = {}
        for records in _merged(self._runs):
            named = _with_ids(records, begun)
            # The last name waits: its next record may be the first of the next batch.
            begun = dict([named.popitem()])
            yield _settled(named)
        yield _settled(begun)


def _with_ids(records: list[str], begun: dict[str, str | None]) -> dict[str, str | None]:
    """Fold sorted records into names; *begun* is the name that earlier records ended with.

    An id in doubt is the empty string until the name is complete, so that a third one cannot settle it.
    """
    named = dict(begun)
    for record in records:
        name, _, platform_id = record.partition(_ID)
        known = named.setdefault(name, platform_id or None)
        if platform_id and known != platform_id:
            named[name] = platform_id if known is None else ""
    return named


def _settled(named: dict[str, str | None]) -> dict[str, str | None]:
    return {name: platform_id or None for name, platform_id in named.items()}


def _merged(runs: list[bytes]) -> Iterator[list[str]]:
    """The records of all runs in order, a batch at a time; equal records are always in one batch."""
    ahead = max(_LEAST_AHEAD, _AHEAD // max(1, len(runs)))
    readers = [_Reader(run, ahead) for run in runs]
    while readers:
        # Everything up to the lowest of the last records read is complete in what was read ahead.
        bound = min(reader.records[-1] for reader in readers)
        batch: list[str] = []
        for reader in readers:
            batch += reader.take(bound)
        batch.sort()  # runs one after the other: a merge, in C
        yield batch
        readers = [reader for reader in readers if reader.fill()]


class _Reader:
    """Reads one run ahead."""

    def __init__(self, run: bytes, ahead: int) -> None:
        self._run = run
        self._bytes = ahead * 16
        self._at = 0
        self.records: list[str] = []
        self.fill()

    def take(self, bound: str) -> list[str]:
        """Hand over the records up to *bound*."""
        count = bisect_right(self.records, bound)
        taken, self.records = self.records[:count], self.records[count:]
        return taken

    def fill(self) -> bool:
        """Read on when nothing is left; False at the end of the run."""
        if not self.records and self._at < len(self._run):
            end = self._run.find(b"\n", min(self._at + self._bytes, len(self._run) - 1)) + 1
            self.records = self._run[self._at : end - 1].decode().split(_END)
            self._at = end
        return bool(self.records)
