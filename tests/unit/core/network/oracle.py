"""The pool's rules once more, as plainly as they can be said: every question is answered by looking at everybody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf

from core.domain.amends import acquitted, charged, proxy_charged, suspicion_lifted
from core.domain.blame import Settled, Settler
from core.domain.breaker import Breaker
from core.domain.failure import FREEZES, Failure
from core.domain.health import (
    ProxyHealth,
    ProxyState,
    Report,
    SessionHealth,
    proxy_after,
    proxy_rested,
    session_after,
    session_rested,
)
from core.domain.limits import DAY, HOUR, MINUTE, Limits
from core.domain.verdict import NO_CONSEQUENCE, Act, Blame
from core.network.pool import Needs
from tests.unit.core.network.pools import Bench


@dataclass(eq=False)
class OracleProxy:
    id: int
    present: bool = False
    enabled: bool = True
    parallel: int | None = None
    under_way: int = 0
    ends: list[float] = field(default_factory=list)
    health: ProxyHealth = field(default_factory=ProxyHealth)
    rest_until: float = -inf


@dataclass(eq=False)
class OracleSession:
    id: int
    order: int
    proxy: OracleProxy | None = None
    present: bool = True
    enabled: bool = True
    lent: bool = False
    looking_up: bool = False
    for_breaker: bool = False
    last_used: float = -inf
    ends: list[float] = field(default_factory=list)
    look_ups: list[float] = field(default_factory=list)
    health: SessionHealth = field(default_factory=SessionHealth)
    rest_until: float = -inf


@dataclass(frozen=True)
class Tier:
    exclude: frozenset[int]
    proxies: frozenset[int] = frozenset()
    only: int | None = None

    def passes(self, session: OracleSession) -> bool:
        assert session.proxy is not None
        barred = session.id in self.exclude or session.proxy.id in self.proxies
        return not barred and self.only in {None, session.id}


def tiers(needs: Needs) -> list[Tier]:
    if needs.only is not None:
        return [Tier(needs.exclude, only=needs.only)]
    wished = [Tier(needs.exclude)]
    if needs.avoid:
        wished.insert(0, Tier(needs.exclude | needs.avoid))
    if needs.avoid_proxies:
        wished.insert(0, Tier(needs.exclude | needs.avoid, needs.avoid_proxies))
    return wished


def free_at(ends: list[float], under_way: int, limit: int | None, span: float, now: float) -> float:
    """The first moment from *now* on at which one more fits."""
    if limit is None:
        return now
    for moment in sorted({now, *(end + span for end in ends if end + span > now)}):
        if len([end for end in ends if end + span > moment]) + under_way < limit:
            return moment
    return inf


class Oracle:
    def __init__(self, bench: Bench, limits: Limits) -> None:
        self.clock = bench.clock
        self.dice = bench.dice
        self.limits = limits
        self.proxies: dict[int, OracleProxy] = {}
        self.sessions: dict[int, OracleSession] = {}
        self.uses = 0
        self.ends: list[float] = []
        self.settler = Settler()
        self.breaker = Breaker()

    @property
    def now(self) -> float:
        return self.clock.monotonic()

    def proxy(self, proxy_id: int) -> OracleProxy:
        return self.proxies.setdefault(proxy_id, OracleProxy(proxy_id))

    def next_use(self) -> int:
        self.uses += 1
        return self.uses

    # -- one route at a time ------------------------------------------------------

    def in_service(self, session: OracleSession) -> bool:
        proxy = session.proxy
        carried = proxy is not None and proxy.present and proxy.enabled
        return carried and session.present and session.enabled and not session.health.frozen

    def own_at(self, session: OracleSession, *, look_up: bool) -> float:
        limits, now, lent = self.limits, self.now, int(session.lent)
        moments = [
            session.rest_until,
            session.last_used + limits.route_gap_seconds,
            free_at(session.ends, lent, limits.per_route_hour, HOUR, now),
            free_at(session.ends, lent, limits.per_route_day, DAY, now),
        ]
        if look_up:
            looking = int(session.lent and session.looking_up)
            moments.append(free_at(session.look_ups, looking, limits.lookups_hour, HOUR, now))
            moments.append(free_at(session.look_ups, looking, limits.lookups_day, DAY, now))
        return max(moments)

    def opens_at(self, proxy: OracleProxy) -> float:
        limits = self.limits
        return max(
            self.now,
            proxy.rest_until,
            free_at(proxy.ends, proxy.under_way, limits.per_proxy_hour, HOUR, self.now),
            free_at(proxy.ends, proxy.under_way, limits.per_proxy_day, DAY, self.now),
        )

    def is_full(self, proxy: OracleProxy) -> bool:
        probing = proxy.health.state is ProxyState.QUARANTINED
        return proxy.under_way >= (1 if probing else proxy.parallel or self.limits.per_proxy_parallel)

    def gate_at(self, *, look_up: bool) -> float:
        out = sum(session.lent for session in self.sessions.values())
        rate = free_at(self.ends, out, self.limits.global_per_minute, MINUTE, self.now)
        return max(rate, self.breaker.free_at(look_up))

    def is_paused(self, *, look_up: bool) -> bool:
        """The platform refuses everybody, and no probe is under way."""
        return self.now < self.breaker.free_at(look_up) < inf

    # -- everybody ----------------------------------------------------------------

    def serving(self, tier: Tier) -> list[OracleSession]:
        return [each for each in self.sessions.values() if self.in_service(each) and tier.passes(each)]

    def ready(self, tier: Tier, *, look_up: bool) -> list[OracleSession]:
        """Those that could be lent now, the longest rested first."""
        if self.gate_at(look_up=look_up) > self.now:
            return []
        found = []
        for session in self.serving(tier):
            proxy = session.proxy
            if session.lent or proxy is None or self.is_full(proxy) or self.opens_at(proxy) > self.now:
                continue
            if self.own_at(session, look_up=look_up) <= self.now:
                found.append(session)
        return sorted(found, key=lambda session: (session.last_used, session.order))

    def earliest(self, tier: Tier, *, look_up: bool) -> float:
        """When one could be lent at the soonest; what only waits for an exchange to end may be lent any moment."""
        moments = []
        for session in self.serving(tier):
            assert session.proxy is not None
            own, opens = self.own_at(session, look_up=look_up), self.opens_at(session.proxy)
            own, opens = (self.now if moment == inf else moment for moment in (own, opens))
            gap = self.limits.route_gap_seconds if session.lent else 0.0
            moments.append(max(own, opens, self.now + gap))
        gate = self.gate_at(look_up=look_up)
        return max(min(moments, default=inf), self.now if gate == inf else gate)

    def choice(self, needs: Needs, deadline: float, *, last_call: bool = False) -> OracleSession | None:
        wished = tiers(needs)
        for tier in wished:
            ready = self.ready(tier, look_up=needs.look_up)
            if ready:
                return ready[0]
            if tier is not wished[-1] and not last_call and self.earliest(tier, look_up=needs.look_up) <= deadline:
                return None
        return None

    # -- what happens ----------------------------------------------------------------

    def lend(self, session: OracleSession, *, look_up: bool) -> None:
        assert session.proxy is not None
        session.lent, session.looking_up = True, look_up
        session.for_breaker = self.breaker.lend(look_up)
        session.proxy.under_way += 1

    def end(
        self, session: OracleSession, proxy: OracleProxy, report: Report | None, *, sent: bool, probe: bool
    ) -> bool:
        """Take back a loan; whether somebody rests or is out of service for it."""
        looked_up, session.lent = session.looking_up, False
        proxy.under_way -= 1
        if not sent:
            if session.for_breaker:
                self.breaker.probe_unused()
            return False
        for ends in (session.ends, proxy.ends, self.ends, *([session.look_ups] if looked_up else [])):
            ends.append(self.now)
        session.last_used, session.order = self.now, self.next_use()
        if report is None:
            if session.for_breaker:
                self.breaker.probe_unused()
            return False
        report = self.hear(session, proxy, report, probe=probe)
        return self.judge(session, proxy, report, probe=probe)

    def hear(self, session: OracleSession, proxy: OracleProxy, report: Report, *, probe: bool) -> Report:
        """What becomes of earlier failures and of the breaker, and what is made of this one."""
        now, scale, look_up = self.now, self.limits.rest_scale, session.looking_up
        if report.ok:
            for settled in self.settler.good(now, now, session.id, proxy.id, look_up):
                self.amend(settled)
        else:
            act, reason, until = report.consequence.act, report.reason, session.health.until
            failure = Failure(
                now, now, session.id, proxy.id, look_up, reason, report.blame, act, False, probe, rest=until
            )
            ruling = self.settler.bad(failure)
            stands = act is Act.COOL or act in FREEZES or ruling.blame in (report.blame, Blame.PROXY)
            consequence = report.consequence if stands else NO_CONSEQUENCE
            report = replace(report, blame=ruling.blame, consequence=consequence)
            if ruling.everywhere:
                self.breaker.open(reason, look_up, now, scale)
            for settled in ruling.settled:
                self.amend(settled)
        if session.for_breaker:
            good = True if report.ok else None if report.blame is Blame.PROXY else False
            self.breaker.probe_ended(look_up, good=good, now=now, rest_scale=scale)
        return report

    def amend(self, settled: Settled) -> None:
        failure, now, limits = settled.failure, self.clock.now(), self.limits
        session, proxy = self.sessions.get(failure.session), self.proxies.get(failure.proxy)
        if settled.blame is Blame.SESSION and session is not None:
            session.health = charged(session.health, failure.reason, now)
        elif settled.blame is Blame.PROXY and proxy is not None:
            proxy.health = proxy_charged(
                proxy.health,
                failure.reason,
                now=now,
                proxy_failures=limits.proxy_failures,
                rest_scale=limits.rest_scale,
                draw=self.dice.throw,
            )
            self.rest(proxy)
        elif settled.was is Blame.SESSION and session is not None:
            session.health = acquitted(session.health)
            if failure.act is Act.SUSPECT:
                rest = failure.rest if failure.rest is not None and failure.rest > now else None
                session.health = suspicion_lifted(session.health, rest)
            self.rest(session)
        elif settled.was is Blame.PROXY and proxy is not None:
            proxy.health = acquitted(proxy.health)

    def rest(self, one: OracleSession | OracleProxy) -> None:
        until = one.health.until
        one.rest_until = -inf if until is None else self.now + (until - self.clock.now()).total_seconds()

    def judge(self, session: OracleSession, proxy: OracleProxy, report: Report, *, probe: bool) -> bool:
        now, limits, draw = self.clock.now(), self.limits, self.dice.throw
        before = (session.health.state, session.health.until, proxy.health.state, proxy.health.until)
        session.health = session_after(session.health, report, now=now, rest_scale=limits.rest_scale, draw=draw)
        proxy.health = proxy_after(
            proxy.health,
            report,
            now=now,
            proxy_failures=limits.proxy_failures,
            rest_scale=limits.rest_scale,
            draw=draw,
            probe=probe,
        )
        self.rest(session)
        self.rest(proxy)
        return before != (session.health.state, session.health.until, proxy.health.state, proxy.health.until)

    def let_rest_end(self) -> None:
        for session in self.sessions.values():
            if session.rest_until <= self.now and not session.lent:
                session.health = session_rested(session.health)
        for proxy in self.proxies.values():
            if proxy.rest_until <= self.now:
                proxy.health = proxy_rested(proxy.health)
