"""What a finished batch found and how that differs from the run before: the figures of its digest, in words.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# As many as one reads; the file has all of them.
MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class BatchDigest:
    """A finished batch beside the run before it of the same schedule, or of the same niche.

    Args:
        compared_with: When that run ended, as ISO text; None where there was none.
        live_before: How many that run found live.
        new: Profiles whose story that run did not see; all that are live where there was none.
        ended: Profiles that it saw live and that are surely not so any more.
        newly_gone: Profiles that are gone and were not.
        names: The first few of those with a new story.
        reasons: Why checks stayed unknown, in words, the most frequent first.
    """

    name: str
    total: int
    live: int
    none: int
    private: int
    gone: int
    unknown: int
    requests: int
    seconds: float
    compared_with: str | None
    live_before: int
    new: int
    ended: int
    newly_gone: int
    names: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]

    @property
    def says_nothing_new(self) -> bool:
        """Nothing differs from the run before."""
        return self.compared_with is not None and not (self.new or self.ended or self.newly_gone)

    def to_store(self) -> dict[str, Any]:
        """Everything, as :func:`from_stored` takes it."""
        return asdict(self)

    def title(self) -> str:
        """What it is about, in a line."""
        if self.compared_with is None:
            return f"{self.name}: {_count(self.live, 'story', 'stories')}"
        return f"{self.name}: {_count(self.new, 'new story', 'new stories')}"

    def sentences(self, zone: ZoneInfo) -> list[str]:
        """What it found, a paragraph each."""
        said = f"{self.live:,} of {self.total:,} are live"
        if self.compared_with is None:
            first = [f"{said}; there is no earlier run to compare it with."]
        else:
            before = datetime.fromisoformat(self.compared_with).astimezone(zone)
            first = [
                f"{said}, {_difference(self.live - self.live_before)} at {before:%H:%M} on {before.day} {before:%b}."
            ]
            first += self._changes()
        return [*first, *self._unknown()]

    def fields(self) -> list[tuple[str, str]]:
        """The figures with their names."""
        finished = self.live + self.none + self.private + self.gone + self.unknown
        conclusive = 100.0 if not finished else (finished - self.unknown) * 100 / finished
        gone = (
            f"{self.gone:,} ({self.newly_gone:,} new)" if self.newly_gone and self.compared_with else f"{self.gone:,}"
        )
        return [
            ("Live", f"{self.live:,}"),
            ("No story", f"{self.none:,}"),
            ("Unknown", f"{self.unknown:,}"),
            ("Private", f"{self.private:,}"),
            ("Gone", gone),
            ("Success rate", f"{conclusive:.1f}%"),
        ]

    def footer(self) -> str:
        """What it took."""
        return f"Took {_duration(self.seconds)} · {_count(self.requests, 'request', 'requests')}"

    def _changes(self) -> list[str]:
        said = []
        if self.ended:
            said.append(f"{_count(self.ended, 'story has', 'stories have')} ended since.")
        if self.newly_gone:
            said.append(f"{_count(self.newly_gone, 'profile is', 'profiles are')} gone since.")
        return [" ".join(said)] if said else []

    def _unknown(self) -> list[str]:
        if not self.unknown:
            return []
        why = ", ".join(f"{n:,} {reason}" for reason, n in self.reasons)
        return [f"Unknown: {why}. They are not counted as “no story”."]


def from_stored(stored: Mapping[str, Any]) -> BatchDigest | None:
    """The digest that was stored; None where another release stored it and this one cannot read it."""
    try:
        values = dict(stored)
        values["names"] = tuple(values["names"])
        values["reasons"] = tuple((reason, n) for reason, n in values["reasons"])
        return BatchDigest(**values)
    except (KeyError, TypeError, ValueError):
        return None


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _difference(by: int) -> str:
    return "as many as" if not by else f"{abs(by):,} {'more' if by > 0 else 'fewer'} than"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3_600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {left} s" if minutes else f"{left} s"
