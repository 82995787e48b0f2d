"""Failures of one kind of question since one last went well: the platform's, if everybody sees them.  Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from math import ceil, inf, log

from core.domain.failure import Failure
from core.domain.verdict import Reason

MINUTE = 60.0
LEAST_SESSIONS = 3
LEAST_PROXIES = 2
LEAST_FAILURES = 3
MOST_FAILURES = 30
# Where no answer came it is mostly the proxies'.  A third of a pool may go down at once, and the exchanges over
# it end sooner than the good ones beside them: a few such failures with nothing good between say nothing yet.
UNANSWERED = frozenset({Reason.NET_ERROR, Reason.TIMEOUT, Reason.PROXY_ERROR})
_SHARE_UNANSWERED = 0.5
# How improbable a row of failures has to be, given the usual share of them, before it is no accident.
_ACCIDENT = 1e-6
_LEAST_SHARE = 0.01
_MOST_SHARE = 0.6
_WEIGHT = 0.02  # of one exchange in the usual share
_KEPT = 1.0 - _WEIGHT
_MOST_KEPT = 64


class Spell:
    """The same failure again and again, nobody doing well between.

    Args:
        share: How many of the exchanges before it failed.
    """

    def __init__(self, share: float) -> None:
        self._needed = failures_needed(share)
        self._failures: deque[Failure] = deque(maxlen=_MOST_KEPT)
        self._everywhere = False

    def add(self, failure: Failure, *, is_new: bool) -> bool:
        """Whether it is the platform's by now.

        A session that has failed like this since before the spell tells nothing new, so its failures do not count.
        """
        oldest = failure.at - MINUTE
        while self._failures and self._failures[0].at < oldest:
            self._failures.popleft()
        if is_new or any(each.session == failure.session for each in self._failures):
            self._failures.append(failure)
        self._everywhere = self._everywhere or self._is_everywhere()
        return self._everywhere

    def take(self) -> Sequence[Failure]:
        """The failures of the last minute, once."""
        taken = tuple(self._failures)
        self._failures.clear()
        return taken

    def _is_everywhere(self) -> bool:
        failures = self._failures
        if len(failures) < self._needed or len({each.proxy for each in failures}) < LEAST_PROXIES:
            return False
        if len({each.session for each in failures}) < LEAST_SESSIONS:
            return False
        # Questions with somebody in common may fail because of whom they ask about.
        return not set(failures[0].about).intersection(*[each.about for each in failures])


class KindOfQuestion:
    """How one kind of question fares over all routes."""

    __slots__ = ("_beside", "_newest", "_share", "_spells")

    def __init__(self) -> None:
        self._spells: dict[Reason, Spell] = {}
        self._share = 0.0
        # The proxies over which it last went well, and when: the newest, and the newest other one.
        self._newest = (0, -inf)
        self._beside = (0, -inf)

    def succeeded(self, proxy: int, at: float) -> None:
        """One went well."""
        self._share *= _KEPT
        if self._newest[0] != proxy:
            self._beside = self._newest
        self._newest = (proxy, at)
        if self._spells:
            self._spells.clear()

    def failed(self, failure: Failure, *, is_new: bool) -> Spell | None:
        """One failed; the spell, once that is the platform's."""
        spell = self._spells.get(failure.reason)
        if spell is None:
            share = max(self._share, _SHARE_UNANSWERED) if failure.reason in UNANSWERED else self._share
            spell = self._spells[failure.reason] = Spell(share)
        self._share = self._share * _KEPT + _WEIGHT
        return spell if spell.add(failure, is_new=is_new) else None

    @property
    def succeeded_at(self) -> float:
        """When one last went well."""
        return self._newest[1]

    def succeeded_beside(self, proxy: int) -> float:
        """When one last went well over another proxy."""
        return self._newest[1] if self._newest[0] != proxy else self._beside[1]


def failures_needed(share: float) -> int:
    """How many failures in a row are no accident where *share* of all exchanges fail anyway: 3 to 30.

    With 5 % of answers limited three in a row come about every few thousand exchanges, and the platform
    would seem to refuse everybody.
    """
    share = min(_MOST_SHARE, max(_LEAST_SHARE, share))
    return min(MOST_FAILURES, max(LEAST_FAILURES, ceil(log(_ACCIDENT) / log(share))))
