"""What happened to proxies and sessions, in order, until somebody stores it.  Judges nothing, stores nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.clock import Clock
from core.domain.health import ProxyHealth, ProxyState, Report, SessionHealth, SessionState
from core.domain.transition import Cause, Kind, Transition

_RESTS = frozenset({ProxyState.COOLING, SessionState.RESTING})
_WELL = frozenset({ProxyState.READY, SessionState.VALID})
# While in one of these, a later end is news: the one exchange that could have ended it went wrong.
_PROBED = frozenset({ProxyState.QUARANTINED, SessionState.SUSPECTED})

_Health = ProxyHealth | SessionHealth


class Chronicle:
    """Changes of state since somebody last took them.  In a database that stays away they are kept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._transitions: list[Transition] = []

    def __bool__(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._transitions)

    def changed(
        self, kind: Kind, subject_id: int, before: _Health, after: _Health, report: Report | None = None
    ) -> None:
        """Note that a health moved from *before* to *after*; what is no news is left out.

        Args:
            report: What brought it about; None where no exchange did, or none that failed.
        """
        if after.state is before.state and after.state not in _PROBED:
            return
        at = self._clock.now()
        if before.state in _RESTS and after.state in _WELL:
            # Nobody looks at the moment itself, and a log that says when somebody looked would mislead.
            at = before.until if before.until is not None and before.until < at else at
        why = _why(before, after, report)
        self.add(Transition(at, kind, subject_id, before.state.value, after.state.value, why, _until(after, at)))

    def add(self, transition: Transition) -> None:
        """Note *transition* after those that came before."""
        self._transitions.append(transition)

    def take(self) -> tuple[Transition, ...]:
        """All since the last call, in order."""
        taken = tuple(self._transitions)
        self._transitions.clear()
        return taken

    def put_back(self, transitions: Iterable[Transition]) -> None:
        """They did not reach storage: hand them out again, before what came since."""
        self._transitions[:0] = transitions


def _why(before: _Health, after: _Health, report: Report | None) -> str:
    if after.state in _WELL:
        return (Cause.RESTED if before.state in _RESTS else Cause.RECOVERED).value
    if report is not None and not report.ok:
        return report.reason.value
    return after.last_error or ""


def _until(after: _Health, at: datetime) -> datetime | None:
    return after.until if after.until is not None and after.until > at else None
