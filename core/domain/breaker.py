"""The breaker: when the platform refuses everybody, all wait but one probe, at growing intervals.  Pure.

Owns who has to wait for what and until when.  That the platform refuses everybody is found out elsewhere
(:mod:`core.domain.blame`); here it is acted on.  Moments are seconds of a clock that never goes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from core.domain.rests import MINUTE
from core.domain.verdict import Reason

# What people are told that it is.
CLOSED = "closed"
OPEN = "open"
LOOK_UPS_WAIT = "look_ups_wait"
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 30 * MINUTE
_BOTH = frozenset({False, True})


def pause(failed_probes: int, rest_scale: float) -> float:
    """Seconds from an opening, or from the last of *failed_probes*, to the next probe: 30 s, doubling to 30 min."""
    # Cap the exponent, not the product: 2.0**1024 overflows, and platforms do change for good.
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failed_probes, 30)) * rest_scale


@dataclass(frozen=True, slots=True)
class Pause:
    """How an open breaker stands.

    Args:
        reason: What the platform answers everybody.
        look_ups_alone: Stories are asked about meanwhile.
        failed_probes: Since it opened.
        until: When the next probe may leave.
    """

    reason: Reason
    look_ups_alone: bool
    failed_probes: int
    until: float


class Breaker:
    """Closed, or open for look-ups, or open for everything.

    A platform that refuses stories is of no use, so everything waits.  One that refuses look-ups still says
    who of those that are known is live.

    ``paused`` says who waits: look-ups (True), stories (False), both, or nobody while it is closed.
    """

    __slots__ = ("_failed_probes", "_probing", "_reason", "_until", "paused")

    def __init__(self) -> None:
        self.paused: frozenset[bool] = frozenset()
        self._probing = False
        self._reason = Reason.OK
        self._failed_probes = 0
        self._until = -inf

    def __repr__(self) -> str:
        if not self.paused:
            return "<Breaker closed>"
        what = "everything" if False in self.paused else "look-ups"
        return f"<Breaker open for {what}: {self._reason.value}, {self._failed_probes} probes failed>"

    @property
    def state(self) -> str:
        """CLOSED, OPEN or LOOK_UPS_WAIT."""
        if not self.paused:
            return CLOSED
        return OPEN if False in self.paused else LOOK_UPS_WAIT

    @property
    def pause(self) -> Pause | None:
        """How it stands; None while it is closed."""
        if not self.paused:
            return None
        return Pause(self._reason, False not in self.paused, self._failed_probes, self._until)

    def pauses(self, look_up: bool) -> bool:
        """Whether questions of this kind wait."""
        return look_up in self.paused

    def free_at(self, look_up: bool) -> float:
        """When a question of this kind may leave; infinity while a probe that decides it is under way."""
        if look_up not in self.paused:
            return -inf
        return inf if self._probing else self._until

    # -- what happens ---------------------------------------------------------------

    def open(self, reason: Reason, look_up: bool, now: float, rest_scale: float) -> bool:
        """The platform refuses everybody who asks questions of this kind.

        Returns:
            Whether that is news: it was closed, or stories wait from now on, too.
        """
        wanted = self.paused | ({True} if look_up else _BOTH)
        if wanted == self.paused:
            return False
        self.paused, self._reason = wanted, reason
        self._failed_probes = 0
        self._until = now + pause(0, rest_scale)
        return True

    def resume(self, known: Pause) -> None:
        """Stand as another holder of the engine left it."""
        self.paused = frozenset({True}) if known.look_ups_alone else _BOTH
        self._reason, self._failed_probes, self._until = known.reason, known.failed_probes, known.until

    def lend(self, look_up: bool) -> bool:
        """A question of this kind leaves; whether it is the probe."""
        if look_up not in self.paused:
            return False
        self._probing = True
        return True

    def probe_ended(self, look_up: bool, *, good: bool | None, now: float, rest_scale: float) -> None:
        """The probe is back.

        Args:
            good: Whether the platform answered it; None where it never got there: the next one tries again.
        """
        self._probing = False
        if good is None:
            self._until = max(self._until, now + pause(self._failed_probes, rest_scale))
        elif good:
            # A look-up that went well says nothing of stories; those are probed next.
            self.paused = self.paused - {True} if look_up else frozenset()
            self._until = now
        else:
            self._failed_probes += 1
            self._until = now + pause(self._failed_probes, rest_scale)

    def hurry(self, now: float) -> None:
        """A person does not want to wait for the next probe."""
        self._until = min(self._until, now)

    def probe_unused(self) -> None:
        """The probe never left: the next question may take its place."""
        self._probing = False
