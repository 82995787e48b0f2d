"""The one table that a run prints: what was measured, against what, and whether the target is met."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_TITLES = ("what", "ours", "peer or bound", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Args:
        met: None where there is no target: the line is there to explain the others.
    """

    what: str
    ours: str
    bound: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns."""
        verdict = {True: "yes", False: "NO", None: ""}[self.met]
        return (self.what, self.ours, self.bound, self.ratio, self.target, verdict)


@dataclass(frozen=True, slots=True)
class Spread:
    """Values of the same figure from several rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def shown(self, form: str = ",.0f") -> str:
        """The median with the lowest and the highest in brackets."""
        low, high = min(self.values), max(self.values)
        return f"{self.median:{form}} ({low:{form}}–{high:{form}})"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that *share* of all do not exceed; 0 where there is none."""
    if not values:
        return 0.0
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def printed(lines: Sequence[Line]) -> str:
    """The table as text that is a Markdown table too."""
    rows = [_TITLES, *(line.cells for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    ruled = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    ruled.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(ruled)


def say(remark: str) -> None:
    """Tell people on standard error what is going on."""
    print(remark, file=sys.stderr, flush=True)
