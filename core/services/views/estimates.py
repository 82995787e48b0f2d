"""The view of what something will probably cost, beside what the limits let the routes do."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.budget_plan import TIGHT_SHARE, BudgetPlan, Fit, Span

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class BudgetView:
    """What checking some profiles will probably cost, and whether the routes may do that much.

    Args:
        profiles: Those that would be asked about.
        requests: Of all of them once, *look_ups* among them.
        look_ups: Profiles that have to be asked about by name, which sessions may do far less often.
        runs_a_day: How often a schedule asks on its busiest day; None for a batch.
        interval: Of a schedule, the shortest time in seconds from one such run to the next.
        spent_hour: Requests of the last hour, and *spent_day* of the last 24, over the routes in service.
        plan: How it goes with what the routes may do.
    """

    profiles: int
    requests: int
    look_ups: int
    runs_a_day: float | None
    interval: float | None
    spent_hour: int
    spent_day: int
    spent_look_ups: int
    plan: BudgetPlan

    @property
    def fits(self) -> bool:
        """It can be done, if perhaps narrowly; also where no route is there yet to say otherwise."""
        return self.plan.fit is not Fit.TOO_MUCH

    @property
    def cost(self) -> str:
        """What it costs, as half a sentence: *≈ 360 requests, about 58 min, 10 % of a day's budget*."""
        plan = self.plan
        said = [f"≈ {_counted(self.requests, 'request')}"]
        if self.runs_a_day is not None:
            said[0] += " a run"
        if not self.requests:
            return said[0]
        said.append("and no route is ready" if plan.seconds is None else f"about {lasting(plan.seconds)}")
        if self.runs_a_day is not None:
            said.append(f"≈ {_counted(plan.requests_a_day, 'request')} a day")
        share = plan.day_share
        if share is not None:
            said.append(f"{_per_cent(share)} of a day's budget")
        return ", ".join(said)

    @property
    def warning(self) -> str:
        """Why it is too much or narrowly fits, and how many routes would do, as a sentence; empty where it fits."""
        plan = self.plan
        if plan.fit is Fit.FITS:
            return ""
        if plan.fit is Fit.NO_ROUTE:
            return f"No route is in service{_would_do(plan)}."
        given = f"{self._needs()}; {self._given()}"
        if plan.fit is Fit.TIGHT:
            return f"{given}. That is more than {_per_cent(TIGHT_SHARE)} of it, so little may fail."
        if plan.would_do is None:
            return f"{given}. More routes would not help, because global_per_minute holds all of them back."
        return f"{given}{_would_do(plan)}."

    def _needs(self) -> str:
        plan = self.plan
        if plan.by_look_ups:
            return f"It needs {_counted(self.look_ups, 'look-up')} of profiles by name"
        if self.runs_a_day is None:
            return f"It needs {_counted(self.requests, 'request')}"
        if plan.span is Span.INTERVAL:
            return f"A run needs {_counted(self.requests, 'request')}"
        return f"It needs {_counted(plan.requests_a_day, 'request')} a day"

    def _given(self) -> str:
        plan = self.plan
        gives = f"{_counted(plan.routes, 'route')} {'gives' if plan.routes == 1 else 'give'} {plan.given or 0:,}"
        if plan.span is Span.INTERVAL:
            return f"{gives} in the {lasting(self.interval or 0.0)} until the next one"
        if self.runs_a_day is not None:
            return gives
        spent = self.spent_look_ups if plan.by_look_ups else self.spent_day
        used = f", of which {spent:,} are used up" if spent else ""
        return f"{gives} a day{used}"


def lasting(seconds: float) -> str:
    """A length of time, roughly: *40 s*, *5 min*, *3 h*, *2 days*."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * _MINUTE:
        return f"{round(seconds / _MINUTE)} min"
    if seconds < 2 * _DAY:
        return f"{round(seconds / _HOUR)} h"
    return f"{round(seconds / _DAY)} days"


def _would_do(plan: BudgetPlan) -> str:
    return "" if plan.would_do is None else f"; {plan.would_do:,} would do"


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _per_cent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.01 else f"{100 * share:,.0f} %"
