"""What storage knows of allowances, in memory: it outlives the pools that a test lets die."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from core.clock import FakeClock
from core.domain.health import SessionHealth
from core.domain.limits import Limits
from core.network.allowance import Statement
from core.network.recollection import Sent
from tests.unit.core.network.pools import Bench


class Ledger:
    """The tables, and what a holder does with them."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.sent: Counter[tuple[int, int, int]] = Counter()  # minute, session, proxy
        self.look_ups: Counter[tuple[int, int, int]] = Counter()
        self.unspent: dict[int, int] = {}
        self.granted_at: dict[int, datetime] = {}
        self.health: dict[int, SessionHealth] = {}
        self.woken = 0

    def open(self, limits: Limits, sessions: dict[int, int]) -> Bench:
        """The pool of a process that begins now.

        Args:
            sessions: Session to proxy.
        """
        bench = Bench(limits, throw=0.0, clock=self.clock)
        for proxy_id in dict.fromkeys(sessions.values()):
            bench.proxy(proxy_id)
        for session_id, proxy_id in sessions.items():
            bench.session(session_id, proxy_id, health=self.health.get(session_id))
        self._count_unspent(sessions)
        bench.pool.recall(
            Sent(session, proxy, datetime.fromtimestamp(minute * 60, UTC), count, self.look_ups[minute, session, proxy])
            for (minute, session, proxy), count in sorted(self.sent.items())
        )
        bench.pool.go_on(self.granted_at, wake=self._wake)
        return bench

    def commit(self, bench: Bench, *, closing: bool = False, stands: bool = True, learns: bool = True) -> None:
        """One commit, health included, which stands or does not, and of whose end the pool learns or not."""
        allowances = bench.pool.allowances
        changes = bench.pool.changed()
        statement = allowances.statement(everything=True, closing=closing)
        if stands:
            self.health |= {each.id: each.health for each in changes.sessions}
            if statement is not None:
                self.store(statement)
        if learns:
            allowances.over(statement, stands=stands, given_back=stands)
            if not stands:
                bench.pool.not_stored(changes)

    def store(self, statement: Statement) -> None:
        """What the database does with a statement whose health was stored with it."""
        for session, proxy, minute, sent, look_ups in statement.sent:
            self.sent[minute, session, proxy] += sent
            self.look_ups[minute, session, proxy] += look_ups
        for session, unspent in statement.unspent:
            self.unspent[session], self.granted_at[session] = unspent, self.clock.now()
        for session in statement.given_back:
            self.unspent.pop(session, None)
            self.granted_at.pop(session, None)

    def _count_unspent(self, sessions: dict[int, int]) -> None:
        minute = int(self.clock.now().timestamp() // 60)
        for session, unspent in self.unspent.items():
            if unspent:
                self.sent[minute, session, sessions[session]] += unspent
                self.look_ups[minute, session, sessions[session]] += unspent
                self.unspent[session], self.granted_at[session] = 0, self.clock.now()

    def _wake(self) -> None:
        self.woken += 1
