"""What a batch or a schedule needs, held against what the limits let the routes do.  Pure.

Says how long it takes, what share of an hour and of a day it uses up, whether it can be done at all within a day or
before its next run, and how many routes would do where it cannot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import inf

from core.domain.budget import Budget, Carrier, budget
from core.domain.estimate import least_seconds
from core.domain.limits import DAY, HOUR, MINUTE, Limits
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN

# From this share of what is allowed on, little has to fail before it is too much.
TIGHT_SHARE = 0.8
_ONE_MORE = Carrier(NO_LIMITS_OF_ITS_OWN, 1)


class Fit(StrEnum):
    """Whether it can be done."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_MUCH = "too_much"
    NO_ROUTE = "no_route"


class Span(StrEnum):
    """The length of time in which it has to be done."""

    DAY = "day"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Need:
    """Requests of one run, the *look_ups* among them, and how often it comes.

    Args:
        runs_a_day: Of a schedule, on its busiest day; None for a batch, which is checked once.
        interval: Of a schedule, the shortest time in seconds from one of its runs to the next.
    """

    requests: int
    look_ups: int = 0
    runs_a_day: float | None = None
    interval: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What the routes in service have asked in the last hour and day, and looked up."""

    hour: int = 0
    day: int = 0
    look_ups_hour: int = 0
    look_ups_day: int = 0


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """How a need and the means go together.

    Args:
        seconds: How long one run takes; None without a route.
        an_hour: Requests that the routes may make in an hour, *a_day* in a day; None: no limit.
        hour_share: Requests of one run as a share of what an hour allows; None without a limit.
        day_share: Those of a day, with what a batch finds spent already, as a share of what a day allows.
        span: What decides whether it fits: a day, or the time between two runs.
        needed: Requests in that time, and *given*, what the routes may make in it (None: no limit).
        by_look_ups: The look-ups decide, which have limits of their own; *needed* and *given* count them alone.
        would_do: How many routes would do; None where it fits, and where routes would not help.
    """

    routes: int
    seconds: float | None
    requests_a_day: int
    an_hour: int | None
    a_day: int | None
    hour_share: float | None
    day_share: float | None
    fit: Fit
    span: Span
    needed: int
    given: int | None
    by_look_ups: bool
    would_do: int | None


@dataclass(frozen=True, slots=True)
class _Test:
    """Something that has to be possible: so many in a span, of which the routes give some and a new one some more."""

    span: Span
    needed: float
    given: float
    one_more: float
    by_look_ups: bool = False
    ceiling: float = inf

    @property
    def share(self) -> float:
        if not self.needed or self.given == inf:
            return 0.0
        return self.needed / self.given if self.given else inf

    def would_do(self, routes: int) -> int | None:
        if self.needed > self.ceiling:
            return None
        return routes + max(1, math.ceil((self.needed - self.given) / self.one_more))


def rhythm(coming: Sequence[datetime]) -> tuple[float, float | None]:
    """Runs on the busiest day, and the shortest time between two in seconds, of *coming* runs in their order.

    Where a day or more lies between them, a day has its part of one.
    """
    if len(coming) < 2:
        return float(len(coming)), None
    shortest = min((after - before).total_seconds() for before, after in pairwise(coming))
    return (DAY / shortest if shortest >= DAY else _on_busiest_day(coming)), shortest


def _on_busiest_day(runs: Sequence[datetime]) -> float:
    """The most runs in any 24 hours; those that do not fill a day go on as they began."""
    seconds = (runs[-1] - runs[0]).total_seconds()
    if seconds < DAY:
        return (len(runs) - 1) * DAY / seconds
    most, first = 0, 0
    for last, at in enumerate(runs):
        while (at - runs[first]).total_seconds() >= DAY:
            first += 1
        most = max(most, last + 1 - first)
    return float(most)


def plan(limits: Limits, carriers: Iterable[Carrier], need: Need, spent: Spent) -> BudgetPlan:
    """How *need* goes with what *limits* let *carriers* do."""
    proxies = list(carriers)
    routes = sum(carrier.grown + carrier.young for carrier in proxies)
    offered = budget(limits, proxies)
    tests = _tests(limits, proxies, offered, need, spent)
    worst = max(tests, key=lambda test: test.share)
    # A schedule goes on for days that have not begun; a batch goes on from what is spent already.
    before = spent if need.runs_a_day is None else Spent()
    requests_a_day = math.ceil(need.requests * (1 if need.runs_a_day is None else need.runs_a_day))
    fit = _fit(worst, routes, need)
    more_routes = [test.would_do(routes) for test in tests if test.share > 1]
    return BudgetPlan(
        routes=routes,
        seconds=_seconds(limits, proxies, routes, need, before),
        requests_a_day=requests_a_day,
        an_hour=offered.an_hour,
        a_day=offered.a_day,
        hour_share=_share(need.requests, offered.an_hour),
        day_share=_share(requests_a_day + before.day, offered.a_day),
        fit=fit,
        span=worst.span,
        needed=math.ceil(worst.needed),
        given=None if worst.given == inf else int(worst.given),
        by_look_ups=worst.by_look_ups,
        would_do=_most(more_routes) if fit in {Fit.TOO_MUCH, Fit.NO_ROUTE} else None,
    )


def _tests(limits: Limits, carriers: Sequence[Carrier], offered: Budget, need: Need, spent: Spent) -> list[_Test]:
    """What has to be possible for *need* to be met."""
    one = budget(limits, [_ONE_MORE])
    ceiling = inf if limits.global_per_minute is None else limits.global_per_minute * DAY / MINUTE
    if need.runs_a_day is not None:
        a_day = need.requests * need.runs_a_day
        tests = [_Test(Span.DAY, a_day, _number(offered.a_day), _number(one.a_day), ceiling=ceiling)]
        if need.interval is not None:
            given, more = (_within(each, need.interval) for each in (offered, one))
            at_most = ceiling * need.interval / DAY
            tests.append(_Test(Span.INTERVAL, need.requests, given, more, ceiling=at_most))
        return tests
    look_ups, one_looks_up = (budget(_of_look_ups(limits), each) for each in (carriers, [_ONE_MORE]))
    return [
        _Test(
            Span.DAY,
            need.requests + spent.day if need.requests else 0,
            _number(offered.a_day),
            _number(one.a_day),
            ceiling=ceiling,
        ),
        _Test(
            Span.DAY,
            need.look_ups + spent.look_ups_day if need.look_ups else 0,
            _number(look_ups.a_day),
            _number(one_looks_up.a_day),
            by_look_ups=True,
            ceiling=ceiling,
        ),
    ]


def _fit(worst: _Test, routes: int, need: Need) -> Fit:
    if not need.requests:
        return Fit.FITS
    if not routes:
        return Fit.NO_ROUTE
    if worst.share > 1:
        return Fit.TOO_MUCH
    return Fit.TIGHT if worst.share > TIGHT_SHARE else Fit.FITS


def _seconds(limits: Limits, carriers: Sequence[Carrier], routes: int, need: Need, spent: Spent) -> float | None:
    """How long one run takes if nothing fails."""
    seconds = least_seconds(need.requests, routes, limits)
    if not seconds:
        return seconds
    # The gap and the gate for everything are in it already; the rest are windows, which are used up at once.
    windows = budget(replace(limits, route_gap_seconds=0.0, global_per_minute=None), carriers)
    look_ups = budget(replace(_of_look_ups(limits), route_gap_seconds=0.0, global_per_minute=None), carriers)
    for allowed, period, before, asked in (
        (windows.an_hour, HOUR, spent.hour, need.requests),
        (windows.a_day, DAY, spent.day, need.requests),
        (look_ups.an_hour, HOUR, spent.look_ups_hour, need.look_ups),
        (look_ups.a_day, DAY, spent.look_ups_day, need.look_ups),
        (limits.global_per_minute, MINUTE, 0, need.requests),
    ):
        if allowed and asked:
            seconds = max(seconds, waits_for_window(asked, allowed, period, before))
    return seconds


def waits_for_window(asked: int, allowed: int, period: float, spent: int) -> float:
    """How long the last of *asked* waits where any *period* has room for *allowed*.

    Args:
        spent: How many were sent in the period before, evenly over it: so they leave it, one after the other.
    """
    spent = min(spent, allowed)
    over = asked - (allowed - spent)
    if over <= 0:
        return 0.0
    whole, rest = divmod(over - 1, allowed)
    return whole * period + (period * (rest + 1) / spent if rest + 1 <= spent else period)


def _of_look_ups(limits: Limits) -> Limits:
    """*limits* as look-ups meet them."""
    return replace(limits, per_route_hour=limits.lookups_hour, per_route_day=limits.lookups_day)


def _within(offered: Budget, seconds: float) -> float:
    """Requests that are allowed in so many seconds, again and again."""
    a_day = _number(offered.a_day)
    if seconds >= DAY:
        return a_day * seconds / DAY
    return min(_number(offered.an_hour) * seconds / HOUR, a_day)


def _number(limit: int | None) -> float:
    return inf if limit is None else float(limit)


def _share(part: int, whole: int | None) -> float | None:
    if whole is None or not whole:
        return None
    return part / whole


def _most(numbers: Sequence[int | None]) -> int | None:
    """The largest, or None where one of them has no answer."""
    known = [number for number in numbers if number is not None]
    return max(known) if known and len(known) == len(numbers) else None
