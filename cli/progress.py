"""How far batches and imports are, on standard error: redrawn on a terminal, else a line every few seconds.

Owns the display and what it computes of its own: the rate and the time that is left.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from types import TracebackType

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from cli import words
from cli.screen import Screen
from core.clock import Clock
from core.domain.verdict import Outcome, Reason
from core.services.views import BatchView, CheckView, ImportProgress

# Long enough to be steady, short enough to follow a change of the rate.
_RATE_OVER = 10.0
_LINE_EVERY = 5.0


class Pace:
    """Finished checks a second over the last ten seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, at: float, finished: int) -> None:
        """So many were finished *at* this moment."""
        self._seen.append((at, finished))
        while len(self._seen) > 2 and self._seen[1][0] <= at - _RATE_OVER:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """Checks a second; None before there is anything to divide."""
        if len(self._seen) < 2:
            return None
        (began, before), (ended, after) = self._seen[0], self._seen[-1]
        return (after - before) / (ended - began) if ended > began else None

    def left(self, remaining: int) -> float | None:
        """Seconds until *remaining* more are finished, at this rate."""
        rate = self.rate
        return remaining / rate if rate else None


def pace_words(pace: Pace, view: BatchView) -> str:
    """Rate and time left: *12.3/s, 48 s left*; empty before anything is known."""
    rate, left = pace.rate, pace.left(view.total - view.finished)
    parts = ([] if rate is None else [f"{rate:.1f}/s"]) + ([] if left is None else [f"{words.span(left)} left"])
    return ", ".join(parts)


def progress_line(view: BatchView, pace: Pace, reasons: Mapping[Reason, int], now: datetime) -> str:
    """All of it on one line."""
    how_far = f"{view.name}: {view.finished:,} of {view.total:,} ({view.percent} %)"
    state = "" if view.status == "in_progress" else view.shown_status
    parts = [how_far, state, pace_words(pace, view), words.outcomes(view, reasons), words.why_it_waits(view, now)]
    return ", ".join(part for part in parts if part)


class BatchProgress:
    """The display of batches that are followed; show it with ``with``."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen = screen
        self._clock = clock
        self._views: dict[str, BatchView] = {}
        self._paces: dict[str, Pace] = {}
        self._reasons: dict[str, Counter[Reason]] = {}
        self._live: Live | None = None
        self._open = ExitStack()
        self._said_at: float | None = None
        self._said_waiting: dict[str, str | None] = {}

    def __enter__(self) -> BatchProgress:
        self._said_at = self._clock.monotonic()
        if self._screen.shows_progress:
            console = self._screen.remarks
            # Redirecting would take results that go to a file to the terminal.
            self._live = Live(
                console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._open.enter_context(self._screen.results_above(console))
            self._open.enter_context(self._live)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        self._live = None

    def reasons(self, batch_id: str) -> Mapping[Reason, int]:
        """Why checks of the batch are unknown, among those that were told of, the most frequent first."""
        return dict(self._reasons.get(batch_id, Counter[Reason]()).most_common())

    def take(self, view: BatchView, checks: Sequence[CheckView]) -> None:
        """A newer view of a batch, and the checks that were finished since."""
        self._views[view.id] = view
        self._paces.setdefault(view.id, Pace()).add(self._clock.monotonic(), view.finished)
        self._reasons.setdefault(view.id, Counter()).update(
            check.reason for check in checks if check.outcome is Outcome.UNKNOWN and check.reason is not None
        )

    def draw(self) -> None:
        """Show what is known now."""
        if self._live is not None:
            self._live.update(Group(*(self._rows(view) for view in self._views.values())), refresh=True)
        elif self._is_time_for_a_line():
            self._screen.remark_each(self._line(view) for view in self._views.values() if view.status != "done")

    def _is_time_for_a_line(self) -> bool:
        now = self._clock.monotonic()
        waiting = {view.id: view.waiting_reason for view in self._views.values()}
        news = any(reason and self._said_waiting.get(batch_id) != reason for batch_id, reason in waiting.items())
        if not news and self._said_at is not None and now < self._said_at + _LINE_EVERY:
            return False
        self._said_at, self._said_waiting = now, waiting
        return True

    def _line(self, view: BatchView) -> str:
        return progress_line(view, self._paces[view.id], self.reasons(view.id), self._clock.now())

    def _rows(self, view: BatchView) -> RenderableType:
        top = Table.grid(padding=(0, 1))
        top.add_row(
            Text(view.name, style="bold"),
            ProgressBar(total=max(1, view.total), completed=view.finished, width=28),
            f"{view.finished:,}/{view.total:,}",
            Text(pace_words(self._paces[view.id], view), style="dim"),
        )
        state = "" if view.status == "in_progress" else view.shown_status
        waits = words.why_it_waits(view, self._clock.now())
        below = [words.outcomes(view, self.reasons(view.id)), state, waits]
        return Group(top, Text("  " + " · ".join(part for part in below if part), style="yellow" if waits else ""))


class ImportDisplay:
    """How far an import is; silent while it takes less than a few seconds."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen = screen
        self._clock = clock
        self._said_at = clock.monotonic()

    def __call__(self, progress: ImportProgress) -> None:
        now = self._clock.monotonic()
        if now < self._said_at + _LINE_EVERY:
            return
        self._said_at = now
        if progress.written:
            self._screen.remark(f"{progress.written:,} of at most {progress.usernames:,} names are stored.")
        else:
            self._screen.remark(f"{words.count(progress.lines, 'line')} are read.")
