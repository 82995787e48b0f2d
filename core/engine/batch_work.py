"""One batch as the engine works on it: its inquiry, the checks it has claimed, and what it waits for.

Decides which step of its batch comes next; carries none out and knows no other batch.
"""

from __future__ import annotations

from datetime import datetime
from math import inf

from core.clock import Clock
from core.engine.case import Target
from core.engine.check import Journal
from core.engine.inquiry import Inquiry, Step
from core.network.needs import Needs
from core.network.pool import Pool
from core.sources.base import Kind

CHUNK = 500
# How soon a batch looks again for checks that came back to it.
_LOOK_AGAIN = 1.0
_LOOK_UP = Needs(look_up=True)

RESTING = "every route rests or has used up its limits"
NO_SESSION = "no session is in service"
LOOK_UPS_USED_UP = "look-ups are used up, and what is left needs one"
REFUSED = "the platform refuses everybody"
LOOK_UPS_REFUSED = "the platform refuses look-ups, and what is left needs one"
# What limits and rests cause.
LIMITED = frozenset({RESTING, LOOK_UPS_USED_UP})


class BatchWork:
    """The state of one batch in this engine.

    Args:
        journal: Hears when it moves and when it waits.
    """

    def __init__(self, batch_id: str, *, inquiry: Inquiry, journal: Journal, pool: Pool, clock: Clock) -> None:
        self.id = batch_id
        self.inquiry = inquiry
        self.journal = journal
        self.dropped = False
        self.claiming = False
        self.waits_because: str | None = None
        self.waits_until: datetime | None = None
        self.has_news = False  # what it waits for has changed, or its checks are to be given back
        self._told: tuple[str | None, datetime | None] = (None, None)
        self._wait_ends = -inf
        self._pool = pool
        self._clock = clock
        self._after = 0
        self._exhausted = False
        self._set_aside = False
        self._look_again_at = -inf
        self._look_ups_at = -inf
        self._rests_until = -inf
        self._holds = False

    def __repr__(self) -> str:
        waits = f", waits: {self.waits_because}" if self.waits_because else ""
        return f"<BatchWork {self.id[:8]} {self.inquiry!r}{waits}>"

    # -- claims -------------------------------------------------------------------

    @property
    def after(self) -> int:
        """The highest check id that was claimed in this pass."""
        return self._after

    def wants_checks(self, now: float) -> bool:
        """Whether more checks should be claimed now."""
        if self.claiming or self.dropped or self.waits_because is not None or self.inquiry.waiting_count >= CHUNK:
            return False
        if not self._exhausted:
            return True
        return self.inquiry.open_count == 0 and not self._set_aside and now >= self._look_again_at

    def claimed(self, targets: list[Target], now: float) -> list[int]:
        """Take what a claim brought; fewer than a chunk means that the end was reached.

        Returns:
            Ids of checks to give back: they need a look-up, and none can be made now.
        """
        self.inquiry.add(targets)
        self._after = targets[-1].check_id if targets else self._after
        if len(targets) < CHUNK:
            # Checks that were given back lie behind; the next pass begins at the first one.
            self._after, self._exhausted = 0, True
            self._look_again_at = now + _LOOK_AGAIN
            self.inquiry.more_coming = False
        return self._aside() if self.inquiry.look_ups_blocked else []

    def _aside(self) -> list[int]:
        ids = self.inquiry.set_aside_look_ups()
        self._set_aside = self._set_aside or bool(ids)
        return ids

    def _begin_a_pass(self) -> None:
        self._after, self._exhausted, self._set_aside = 0, False, False
        self.inquiry.more_coming = True

    # -- the next step --------------------------------------------------------------

    def next_step(self, now: float, wall: datetime, *, may_hope: bool) -> Step | None:
        """The next exchange of the batch, or None when nothing may be asked before something else happens.

        Args:
            may_hope: A look-up may wait in line for a route.
        """
        if self.dropped or now < self._rests_until:
            return None
        self._rests_until = -inf
        if not self._is_awake(now):
            return None
        inquiry = self.inquiry
        if inquiry.look_ups_blocked and now >= self._look_ups_at:
            inquiry.look_ups_blocked = False
        step = inquiry.next_stories(wall)
        if step is None and self._may_look_up(may_hope):
            step = inquiry.next_look_up(wall)
        if step is not None:
            self.journal.resume()
        elif self._exhausted and self._set_aside and not inquiry.open_count:
            # Everybody else was asked; what is left needs look-ups, and those are used up.
            self._wait(self._without_look_ups(), self._pool.outlook(_LOOK_UP).ready_at)
            # Each pass goes through the whole batch, so the next one takes its time.
            self._wait_ends = max(self._wait_ends, now + _LOOK_AGAIN)
        return step

    def _may_look_up(self, may_hope: bool) -> bool:
        inquiry = self.inquiry
        return not inquiry.look_ups_blocked and inquiry.wants_look_ups and (may_hope or self._pool.look_up_ready())

    # -- no route ---------------------------------------------------------------------

    def no_route(self, step: Step, retry_at: datetime | None) -> list[int]:
        """No route can carry *step* within the claim.  The ids of checks to give back to the database."""
        inquiry = self.inquiry
        inquiry.put_back(step, self._clock.now(), never=retry_at is None)
        if step.question.kind is not Kind.STORIES:
            return self._no_look_up(step, retry_at)
        if step.only is None:
            self._wait_for_a_route(retry_at)
        elif retry_at is not None and not inquiry.in_flight:
            self._wait_for_a_route(retry_at, hold=True)
        return []

    def _no_look_up(self, step: Step, retry_at: datetime | None) -> list[int]:
        inquiry = self.inquiry
        if step.exclude or step.only is not None:
            if step.cases and all(case.settled for case in step.cases):
                return []
            inquiry.look_ups_blocked = True
            # Others may still be looked up: only who comes next is kept from asking in vain at once.
            self._look_ups_at = self._clock.monotonic() + _LOOK_AGAIN
            if retry_at is not None and not inquiry.wants_stories and not inquiry.in_flight:
                self._wait_for_a_route(retry_at, hold=True)
            return []
        inquiry.look_ups_blocked = True
        self._look_ups_at = self._moment(retry_at)
        if retry_at is None and self._pool.outlook().in_service == 0:
            self._wait_for_a_route(None)
        return self._aside()

    def give_back(self) -> list[int]:
        """All open checks, once nothing is under way any more, if the batch waits; they are forgotten here."""
        if self.waits_because is None or self._holds or self.inquiry.in_flight or not self.inquiry.open_count:
            return []
        return self.inquiry.give_back()

    def rest(self, now: float) -> None:
        """A bug struck in choosing: nothing is asked for a moment, or it would strike as fast as the machine can."""
        self._rests_until = now + _LOOK_AGAIN

    def end_wait(self) -> None:
        """Something changed by hand: try again at once."""
        self._wait_ends = self._look_ups_at = -inf

    def news_of_waiting(self) -> bool:
        """Whether what it waits for has changed since the last call."""
        # While it waits there is more to come: its checks go back when the last exchange has ended.
        self.has_news = self.waits_because is not None
        told, self._told = self._told, self.shown_wait
        return told != self._told

    @property
    def shown_wait(self) -> tuple[str | None, datetime | None]:
        """Why it does not move and until when: what it waits for, or what keeps its questions in line."""
        if self.waits_because is not None:
            return self.waits_because, self.waits_until
        if self._pool.is_paused(look_up=False):
            return REFUSED, self._pool.outlook().ready_at
        if self._pool.is_paused(look_up=True) and not self.inquiry.wants_stories:
            return LOOK_UPS_REFUSED, self._pool.outlook(_LOOK_UP).ready_at
        return None, None

    def next_moment(self) -> float:
        """When the batch may move again by time alone; infinity when it does not wait for a time.

        Never a moment at which it was looked at in vain: whoever waits for that would wake at once, again and again.
        """
        if self._rests_until > -inf:
            return self._rests_until
        if self.waits_because is not None:
            # Whoever brings back what is under way looks then.
            return inf if self.inquiry.in_flight else self._wait_ends
        moments = [self._look_ups_at] if self.inquiry.look_ups_blocked else []
        if self._exhausted and not self.inquiry.open_count and not self.claiming:
            moments.append(self._look_again_at)
        return min(moments, default=inf)

    def _wait_for_a_route(self, retry_at: datetime | None, *, hold: bool = False) -> None:
        if self._pool.outlook().in_service == 0:
            self._wait(NO_SESSION, None, hold=hold)
        elif self._pool.is_paused(look_up=False):
            # Held: with checks given back, the same group would be the next probe again and again, and if it is
            # the one thing that fails by now, nobody would ever find out.
            self._wait(REFUSED, retry_at, hold=True)
        else:
            self._wait(RESTING, retry_at, hold=hold)

    def _without_look_ups(self) -> str:
        if self._pool.is_paused(look_up=False):
            return REFUSED
        return LOOK_UPS_REFUSED if self._pool.is_paused(look_up=True) else LOOK_UPS_USED_UP

    def _wait(self, because: str, until: datetime | None, *, hold: bool = False) -> None:
        self.waits_because, self.waits_until, self.has_news = because, until, True
        self._holds = hold
        self._wait_ends = self._moment(until)
        self.journal.pause()

    def _is_awake(self, now: float) -> bool:
        if self.waits_because is None:
            return True
        if now < self._wait_ends or self.inquiry.in_flight:
            return False
        self.waits_because = self.waits_until = None
        self.has_news = True
        if not self._holds:
            self._begin_a_pass()
        return True

    def _moment(self, at: datetime | None) -> float:
        if at is None:
            return inf
        return self._clock.monotonic() + (at - self._clock.now()).total_seconds()
