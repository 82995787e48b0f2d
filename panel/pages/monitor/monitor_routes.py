"""Plain routes of the tab Monitor: the figures, as far as a page shows them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor, Role
from core.domain.verdict import Reason
from core.errors import InvalidInput
from core.services.views.monitoring import MonitorView, Span
from panel.answers import answered, who_asks
from panel.pages.monitor.monitor_rows import (
    calendar_row,
    chart_rows,
    heat_rows,
    now_row,
    pattern_rows,
    proxy_row,
    trace_row,
)
from panel.pages.monitor.shared_figures import SharedFigures

_EVERY = 1.0
_TABLES_EVERY = 5.0
_CALENDAR_EVERY = 30.0
# Figures by proxy are kept by the hour, so the present one alone would say little.
_HOURS = {Span.HOUR: 24, Span.DAY: 24, Span.MONTH: 30 * 24}
_E = TypeVar("_E", bound=StrEnum)


def routes(app: App) -> list[BaseRoute]:
    """Every route of the tab."""
    monitor = _MonitorRoutes(app)
    return [
        Route("/data/monitor", monitor.now),
        Route("/data/monitor/charts", monitor.charts),
        Route("/data/monitor/failures", monitor.failures),
        Route("/data/monitor/patterns", monitor.patterns),
        Route("/data/monitor/sample", monitor.sample),
        Route("/data/monitor/proxies", monitor.proxies),
        Route("/data/monitor/calendar", monitor.calendar),
        Route("/data/monitor/diagnostics", monitor.diagnostics),
    ]


class _MonitorRoutes:
    def __init__(self, app: App) -> None:
        self._app = app
        self._shared = SharedFigures(app.clock)

    async def now(self, request: Request) -> Response:
        """The figures of a span at a glance, and the pause."""
        actor = _viewer(request)
        seen = await self._monitor(actor, _span(request))
        empty = not seen.tiles.finished and not seen.tiles.active_batches and not await self._was_checked(actor)
        return answered(now_row(seen, empty=empty))

    async def charts(self, request: Request) -> Response:
        """What the charts of a span are drawn from."""
        return answered(chart_rows(await self._monitor(_viewer(request), _span(request))))

    async def failures(self, request: Request) -> Response:
        """Failed exchanges by proxy and hour, for one reason or all."""
        actor = _viewer(request)
        reason = _member(Reason, request.query_params.get("reason", ""), "reason")
        seen = await self._shared.get(
            ("failures", reason), _TABLES_EVERY, lambda: self._app.figures.heat(actor, reason=reason)
        )
        return answered(heat_rows(seen, reason))

    async def patterns(self, request: Request) -> Response:
        """What goes wrong again and again."""
        actor = _viewer(request)
        seen = await self._shared.get("patterns", _TABLES_EVERY, lambda: self._app.figures.patterns(actor))
        return answered({"rows": pattern_rows(seen)})

    async def sample(self, request: Request) -> Response:
        """Errors of one kind with their sample."""
        found = await self._app.figures.sample(who_asks(request), request.query_params.get("fingerprint", ""))
        return answered(trace_row(found, whole=True))

    async def proxies(self, request: Request) -> Response:
        """How each proxy did."""
        actor, hours = _viewer(request), _HOURS[_span(request)]
        seen = await self._shared.get(
            ("proxies", hours), _TABLES_EVERY, lambda: self._app.figures.proxy_performance(actor, hours=hours)
        )
        return answered({"rows": [proxy_row(each) for each in seen]})

    async def calendar(self, request: Request) -> Response:
        """When the stories of a niche begin; of the first one where none is named that is there."""
        actor = _viewer(request)
        niches = await self._app.niches.names(actor)
        if not niches:
            return answered(calendar_row(None, niches))
        asked = request.query_params.get("niche", "")
        niche = asked if asked in niches else niches[0]
        seen = await self._shared.get(
            ("calendar", niche), _CALENDAR_EVERY, lambda: self._app.figures.calendar(actor, niche)
        )
        return answered(calendar_row(seen, niches))

    async def diagnostics(self, request: Request) -> Response:
        """What somebody who is asked for help wants to know, as text."""
        text = await self._app.doctor.diagnostics(who_asks(request))
        return Response(text, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})

    async def _monitor(self, actor: Actor, span: Span) -> MonitorView:
        return await self._shared.get(("monitor", span), _EVERY, lambda: self._app.figures.monitor(actor, span))

    async def _was_checked(self, actor: Actor) -> bool:
        return (await self._app.monitoring.first_steps(actor)).has_checks


def _viewer(request: Request) -> Actor:
    """Who asks; answers are shared among all who may see them, so the role is looked at here, too."""
    actor = who_asks(request)
    actor.must_be(Role.VIEWER, "see figures")
    return actor


def _span(request: Request) -> Span:
    return _member(Span, request.query_params.get("span", ""), "span") or Span.HOUR


def _member(kind: type[_E], word: str, field: str) -> _E | None:
    if not word:
        return None
    try:
        return kind(word)
    except ValueError:
        raise InvalidInput(field, f"choose one of {', '.join(kind)}") from None
