"""Lease and release alone, without a network: ours against a linear scan over the same routes.

Both lend the route that rested longest among those whose gap is over and whose windows and proxy have
a place, with the same limits, on a clock that is moved by hand so that about half of the routes rest.
The scan is what a first version would do; it is also the judge of 20,000 picks.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from random import Random

from benchmarks.table import Line, Spread, say
from core.clock import Timer
from core.domain.health import Report
from core.domain.limits import HOUR, Limits
from core.domain.proxy_address import ProxyAddress
from core.network.pool import Pool, ProxyRecord, SessionRecord
from core.secrets import Secret
from core.sources.base import Login, Response, WireRequest

SIZES = (10, 1_000, 100_000)
MOST_GROWTH = 3.0
PICKS = 20_000

_GAP = 20.0
_JITTER = 1.0
# Every route comes round once in so many seconds; its rest takes 20 to 40 of them.
_ROUND = 60.0
_PER_HOUR = 120
_LIMITS = Limits(
    per_route_hour=_PER_HOUR,
    per_route_day=2_000,
    route_gap_seconds=_GAP,
    route_gap_jitter=_JITTER,
    per_proxy_hour=_PER_HOUR,
    per_proxy_day=2_000,
)
_GOOD = Report(ok=True)
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_REQUEST = WireRequest("http://127.0.0.1/", {})
_ANSWER = Response(200, {}, b"{}", 0.01, _LONG_AGO)


class HandClock:
    """Steady time that stands still between the steps of a measurement."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError("nothing waits here")

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer:
        raise NotImplementedError("nothing waits here")


class _NoNetwork:
    """Answers at once."""

    async def fetch(
        self, address: ProxyAddress, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        return _ANSWER


@dataclass(eq=False, slots=True)
class _ScannedRoute:
    """What the linear scan knows of a route."""

    number: int
    rests_until: float = 0.0
    last_used: tuple[float, int] = (-inf, 0)
    lent: bool = False
    sends: list[float] = field(default_factory=list)


class _Scan:
    """The pool's rule as plainly as it can be said: look at everybody."""

    def __init__(self, routes: int) -> None:
        self.routes = [_ScannedRoute(number, last_used=(-inf, number)) for number in range(routes)]
        self._uses = routes

    def lend(self, now: float) -> _ScannedRoute:
        """The ready route that rested longest."""
        ready = [route for route in self.routes if not route.lent and route.rests_until <= now and _fits(route, now)]
        best = min(ready, key=lambda route: route.last_used)
        best.lent = True
        return best

    def take_back(self, route: _ScannedRoute, now: float, chance: float) -> None:
        """It was used."""
        self._uses += 1
        route.lent = False
        route.last_used = (now, self._uses)
        route.rests_until = now + _GAP * (1.0 + _JITTER * chance)
        route.sends.append(now)
        del route.sends[:-_PER_HOUR]


class _Dice(Random):
    """Remembers its last throw, so that the scan can jitter by the same chance."""

    last = 0.0

    def random(self) -> float:
        self.last = super().random()
        return self.last


def _fits(route: _ScannedRoute, now: float) -> bool:
    return len(route.sends) < _PER_HOUR or route.sends[0] + HOUR <= now


def measure(quick: bool) -> list[Line]:
    """Nanoseconds a pair at three sizes, how they grow, and wrong picks."""
    rounds = 3 if quick else 5
    ours: dict[int, Spread] = {}
    lines = []
    for size in SIZES:
        say(f"  pool of {size:,}")
        ours[size], scanned = asyncio.run(_pairs(size, rounds, pairs=5_000 if quick else 20_000))
        ratio = scanned.median / ours[size].median
        lines.append(
            Line(
                f"lease + release, {size:,} routes",
                f"{ours[size].shown()} ns",
                f"{scanned.shown()} ns linear scan",
                f"{ratio:,.1f}× faster" if ratio >= 1 else f"{1 / ratio:,.1f}× slower",
            )
        )
    growth = ours[SIZES[-1]].median / ours[SIZES[0]].median
    wrong = asyncio.run(_wrong_picks(200, PICKS))
    return [
        *lines,
        Line(
            f"growth from {SIZES[0]:,} to {SIZES[-1]:,} routes",
            f"{growth:.2f}×",
            target=f"≤ {MOST_GROWTH:.0f}×",
            met=growth <= MOST_GROWTH,
        ),
        Line(f"wrong picks of {PICKS:,}", f"{wrong}", "linear scan", target="0", met=wrong == 0),
    ]


async def _pairs(size: int, rounds: int, *, pairs: int) -> tuple[Spread, Spread]:
    """Nanoseconds a pair of ours and of the scan, round by round in turn."""
    clock, dice = HandClock(), _Dice(1)
    pool, scan = _pool_of(size, clock, dice), _Scan(size)
    step = _ROUND / size
    scanned_pairs = max(20, min(pairs, 2_000_000 // size))
    scan_at = 0.0
    # Past the first use of every route, so that rests and windows are in play.
    await _lease(pool, clock, step, min(2 * size, 20_000))
    ours, theirs = [], []
    gc.collect()
    for _ in range(rounds):
        ours.append(await _lease(pool, clock, step, pairs))
        scan_at, taken = _scan(scan, scan_at, step, scanned_pairs)
        theirs.append(taken)
    return Spread(ours), Spread(theirs)


async def _lease(pool: Pool, clock: HandClock, step: float, pairs: int) -> float:
    start = time.perf_counter_ns()
    for _ in range(pairs):
        clock.at += step
        async with pool.lease() as lease:
            await lease.fetch(_REQUEST)
            lease.report(_GOOD)
    return (time.perf_counter_ns() - start) / pairs


def _scan(scan: _Scan, now: float, step: float, pairs: int) -> tuple[float, float]:
    start = time.perf_counter_ns()
    for _ in range(pairs):
        now += step
        scan.take_back(scan.lend(now), now, 0.5)
    return now, (time.perf_counter_ns() - start) / pairs


async def _wrong_picks(size: int, picks: int) -> int:
    """How often ours lends another route than the scan does, with gaps of all lengths."""
    clock, dice = HandClock(), _Dice(7)
    pool, scan = _pool_of(size, clock, dice), _Scan(size)
    chance = Random(3)
    wrong = 0
    for _ in range(picks):
        # At least the longest rest a round, so that somebody is always ready.
        clock.at += _ROUND / size * (0.7 + chance.random())
        expected = scan.lend(clock.at)
        async with pool.lease() as lease:
            await lease.fetch(_REQUEST)
            lease.report(_GOOD)
            wrong += lease.session_id != expected.number
        scan.take_back(expected, clock.at, dice.last)
    return wrong


def _pool_of(size: int, clock: HandClock, dice: Random) -> Pool:
    pool = Pool(clock=clock, client=_NoNetwork(), limits=_LIMITS, random=dice)
    for number in range(size):
        address = ProxyAddress("http", "127.0.0.1", 10_000 + number % 50_000, f"u{number}", None)
        pool.put_proxy(ProxyRecord(number, address))
        login = Login({"sessionid": Secret("s")}, "agent")
        pool.put_session(SessionRecord(number, number, login, _LONG_AGO))
    return pool
