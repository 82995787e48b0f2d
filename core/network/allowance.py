"""What each session may still send before storage has to hear of it, so that a crash forgets nothing.

Owns the accounts: what was granted, what was sent against it, and what the next commit has to say
about both.  At every moment storage counts at least what was sent, as sent or as granted and unspent.
It does not know storage: it draws up a statement and is told whether that stands.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf

from core.clock import Clock
from core.network.readiness import Loan
from core.network.routes import Route

# What nobody used for so long, or twice that, is given back: a crash would count it as sent.
UNUSED_SECONDS = 60.0

# A session, a proxy, the minute since 1970 in which the exchanges ended, how many, and how many of them look-ups.
SentRow = tuple[int, int, int, int, int]


class Allowance:
    """One session's account.

    ``left`` may be lent; ``under_way`` is lent and has not ended.  Storage has granted both, and everything
    in ``unstored`` and ``storing`` besides.
    """

    __slots__ = (
        "booked_at",
        "left",
        "session_id",
        "size",
        "storing",
        "under_way",
        "unstored",
        "used",
        "waiting",
    )

    def __init__(self, session_id: int, booked_at: float) -> None:
        self.session_id = session_id
        self.size = 1  # what it is filled up to
        self.left = 0
        self.under_way = 0
        self.used = False  # since the last sweep
        # Exchanges by proxy and minute: all of them, and the look-ups among them.
        self.unstored: dict[tuple[int, int], list[int]] = {}
        self.storing: dict[tuple[int, int], list[int]] = {}
        # Everything that the session sent until then is counted here or in storage.
        self.booked_at = booked_at
        self.waiting: tuple[Loan, asyncio.Future[None]] | None = None

    @property
    def is_low(self) -> bool:
        """It is time to fill it up: half is left, or somebody waits."""
        return 2 * self.left <= self.size


@dataclass(frozen=True, slots=True)
class Statement:
    """What one commit stores.

    Args:
        unspent: What each session may have sent beyond *sent* until the next statement about it.
        given_back: Sessions that have nothing unspent.  To be believed only together with the moments of their
            last use: a session with an allowance was last used at the next start, one without when its health says.
    """

    sent: list[SentRow] = field(default_factory=list)
    unspent: list[tuple[int, int]] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    accounts: list[Allowance] = field(default_factory=list)
    raised: list[tuple[Allowance, int]] = field(default_factory=list)
    lowered: list[tuple[Allowance, int]] = field(default_factory=list)


class Allowances:
    """The accounts of all sessions.  Without :meth:`require` nobody needs one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wake: Callable[[], None] | None = None
        self._since = -inf
        self._swept_at = -inf
        self._by_session: dict[int, Allowance] = {}
        self._low: dict[Allowance, None] = {}
        self._unstored: dict[Allowance, None] = {}
        self._granted: dict[Allowance, None] = {}

    def __repr__(self) -> str:
        waiting = sum(allowance.waiting is not None for allowance in self._low)
        return f"<Allowances {len(self._granted)} granted, {len(self._unstored)} to be booked, {waiting} waited for>"

    def require(self, wake: Callable[[], None]) -> None:
        """From now on sessions with limits send only what storage has granted.

        Args:
            wake: Told when somebody waits for the next commit.
        """
        self._wake = wake
        self._since = self._swept_at = self._clock.monotonic()

    # -- exchanges ----------------------------------------------------------------

    def spend(self, loan: Loan) -> asyncio.Future[None] | None:
        """Let *loan* send; None when it may at once, otherwise what it has to wait for."""
        if self._wake is None:
            return None
        allowance = self._of(loan.route)
        allowance.size = loan.proxy.grant
        if allowance.left > 0:
            self._cover(allowance, loan)
            return None
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        allowance.waiting = (loan, future)
        self._low[allowance] = None
        self._wake()
        return future

    def ended(self, loan: Loan, *, sent: bool) -> None:
        """The exchange of *loan* has ended, or was never made."""
        if self._wake is None:
            return
        allowance = self._of(loan.route)
        if allowance.waiting is not None and allowance.waiting[0] is loan:
            allowance.waiting = None
        if loan.covered:
            allowance.under_way -= 1
            allowance.left += not sent
        if sent:
            self._book(allowance, loan.proxy.id, 0.0, look_up=loan.look_up)

    def count_unbooked(self, routes: Iterable[Route]) -> None:
        """Book what *routes* sent while nothing limited them: limits that are set now count it, across starts too."""
        if self._wake is None:
            return
        now, found = self._clock.monotonic(), False
        for route in routes:
            proxy = route.proxy
            if proxy is None or not proxy.grant:
                continue
            known = self._by_session.get(route.session_id)
            booked_at = self._since if known is None else known.booked_at
            if route.last_used <= booked_at:
                continue
            found, allowance = True, self._of(route)
            look_ups = Counter(route.look_ups.after(booked_at))
            for at in route.sends.after(booked_at):
                look_ups[at] -= 1
                self._book(allowance, proxy.id, now - at, look_up=look_ups[at] >= 0)
            self._low[allowance] = None
        if found:
            self._wake()

    def _of(self, route: Route) -> Allowance:
        allowance = self._by_session.get(route.session_id)
        if allowance is None:
            allowance = self._by_session[route.session_id] = Allowance(route.session_id, self._since)
        return allowance

    def _cover(self, allowance: Allowance, loan: Loan) -> None:
        loan.covered = allowance.used = True
        allowance.left -= 1
        allowance.under_way += 1
        if 2 * allowance.left <= allowance.size:
            self._low[allowance] = None

    def _book(self, allowance: Allowance, proxy_id: int, ago: float, *, look_up: bool) -> None:
        minute = int((self._clock.now().timestamp() - ago) // 60)
        counts = allowance.unstored.get((proxy_id, minute))
        if counts is None:
            counts = allowance.unstored[proxy_id, minute] = [0, 0]
        counts[0] += 1
        counts[1] += look_up
        allowance.booked_at = self._clock.monotonic()
        self._unstored[allowance] = None

    # -- commits ------------------------------------------------------------------

    @property
    def are_low(self) -> bool:
        """Whether the next commit should not wait for anything else."""
        return bool(self._low)

    def statement(self, *, everything: bool = False, closing: bool = False) -> Statement | None:
        """What the commit that begins now has to store; None for nothing.

        Its end is told to :meth:`over` before the next statement is drawn up.

        Args:
            everything: Also what could wait, and what is given back: health is stored in the same commit.
            closing: Nothing will be lent any more.
        """
        chosen, self._low = self._low, {}
        unused: list[Allowance] = []
        if everything:
            chosen |= self._unstored
            unused = self._unused(closing=closing)
        if not chosen and not unused:
            return None
        statement = Statement()
        for allowance in chosen:
            if allowance not in unused:
                self._settle(statement, allowance, closing=closing)
        for allowance in unused:
            self._give_back(statement, allowance)
        return statement

    def over(self, statement: Statement | None, *, stands: bool, given_back: bool = False) -> None:
        """The commit of *statement* has ended.

        Args:
            stands: It was committed; otherwise storage knows what it knew before.
            given_back: Those who gave back were believed.
        """
        if statement is None:
            return
        if stands:
            self._apply(statement, given_back=given_back)
        else:
            self._undo(statement)

    def _apply(self, statement: Statement, *, given_back: bool) -> None:
        for allowance in statement.accounts:
            allowance.storing = {}
        for allowance, more in statement.raised:
            allowance.left += more
            self._granted[allowance] = None
            self._serve(allowance)
        if given_back:
            for session_id in statement.given_back:
                self._granted.pop(self._by_session[session_id], None)

    def _undo(self, statement: Statement) -> None:
        for allowance in statement.accounts:
            storing, allowance.storing = allowance.storing, {}
            for key, (sent, look_ups) in storing.items():
                counts = allowance.unstored.setdefault(key, [0, 0])
                counts[0] += sent
                counts[1] += look_ups
                self._unstored[allowance] = None
        for allowance, less in statement.lowered:
            allowance.left += less
        for allowance, _ in statement.raised:
            self._low[allowance] = None

    def _settle(self, statement: Statement, allowance: Allowance, *, closing: bool) -> None:
        self._move_to_storing(statement, allowance)
        left = 0 if closing else allowance.left
        if not closing and (allowance.used or allowance.waiting is not None) and allowance.is_low:
            left = max(left, allowance.size - allowance.under_way, 1)
        if left > allowance.left:
            statement.raised.append((allowance, left - allowance.left))
        elif left < allowance.left:
            # Lowered before the commit: whatever becomes of it, no more than this is lent.
            statement.lowered.append((allowance, allowance.left - left))
            allowance.left = left
        if allowance.under_way + left or allowance in self._granted:
            statement.unspent.append((allowance.session_id, allowance.under_way + left))

    def _give_back(self, statement: Statement, allowance: Allowance) -> None:
        self._move_to_storing(statement, allowance)
        statement.lowered.append((allowance, allowance.left))
        statement.given_back.append(allowance.session_id)
        allowance.left = 0

    def _move_to_storing(self, statement: Statement, allowance: Allowance) -> None:
        allowance.storing, allowance.unstored = allowance.unstored, {}
        self._unstored.pop(allowance, None)
        statement.accounts.append(allowance)
        statement.sent.extend(
            (allowance.session_id, proxy_id, minute, sent, look_ups)
            for (proxy_id, minute), (sent, look_ups) in allowance.storing.items()
        )

    def _serve(self, allowance: Allowance) -> None:
        if allowance.waiting is None or allowance.left <= 0:
            return
        (loan, future), allowance.waiting = allowance.waiting, None
        if not future.done():
            self._cover(allowance, loan)
            future.set_result(None)

    def _unused(self, *, closing: bool) -> list[Allowance]:
        """Granted allowances that nobody uses."""
        now = self._clock.monotonic()
        if not closing and now < self._swept_at + UNUSED_SECONDS:
            return []
        self._swept_at = now
        unused = []
        for allowance in self._granted:
            idle = closing or not allowance.used
            if idle and allowance.under_way == 0 and allowance.waiting is None:
                unused.append(allowance)
            allowance.used = False
        return unused
