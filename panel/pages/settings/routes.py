"""Plain routes of the settings: what their forms send, and the tables as files.

Cookies and passwords come this way, once, and never go back.  Who may what is decided by the verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.app import App
from core.services.exports import Form
from panel.answers import answered, who_asks
from panel.pages.settings.alert_routes import AlertRoutes
from panel.pages.settings.given import given
from panel.pages.settings.people_routes import PeopleRoutes
from panel.pages.settings.proxy_rows import name_of
from panel.pages.settings.schedule_routes import ScheduleRoutes

_OWN_LIMITS = ("per_hour", "per_day", "parallel")
# What an answer tells line by line; who imports more reads of the rest in the command line.
_MOST_LINES = 20_000


class SettingsRoutes:
    """The routes over one application."""

    def __init__(self, app: App) -> None:
        self._app = app

    def all(self) -> Sequence[BaseRoute]:
        """Every route of the settings."""
        made = {
            "proxies/add": self._add_proxy,
            "proxies/edit": self._edit_proxy,
            "proxies/limits": self._limit_proxies,
            "lists/proxies": self._import_proxies,
            "sessions/add": self._add_session,
            "sessions/renew": self._renew_session,
            "sessions/label": self._name_session,
            "sessions/bind": self._bind_sessions,
            "lists/sessions": self._import_sessions,
            "canaries/add": self._add_canaries,
        }
        posts = [Route(f"/data/settings/{path}", route, methods=["POST"]) for path, route in made.items()]
        return [
            *posts,
            *PeopleRoutes(self._app).all(),
            *ScheduleRoutes(self._app).all(),
            *AlertRoutes(self._app).all(),
            Route("/data/settings/proxies.csv", self._proxies_file),
            Route("/data/settings/sessions.csv", self._sessions_file),
        ]

    # -- proxies ----------------------------------------------------------------------

    async def _add_proxy(self, request: Request) -> Response:
        values = await given(request)
        view = await self._app.proxies.add(who_asks(request), values.text("address"), label=values.text("label"))
        return answered({"id": view.id, "name": name_of(view)})

    async def _edit_proxy(self, request: Request) -> Response:
        values, actor = await given(request), who_asks(request)
        proxy = values.text("proxy")
        await self._app.proxies.set_limits(actor, [proxy], _own_limits(values.texts(_OWN_LIMITS)))
        view = await self._app.proxies.set_label(actor, proxy, values.text("label"))
        return answered({"id": view.id, "name": name_of(view)})

    async def _limit_proxies(self, request: Request) -> Response:
        values = await given(request)
        limits = _own_limits(values.texts(_OWN_LIMITS))
        changed = await self._app.proxies.set_limits(who_asks(request), values.words("proxies"), limits)
        return answered({"changed": len(changed)})

    async def _import_proxies(self, request: Request) -> Response:
        values = await given(request)
        report = await self._app.proxies.import_lines(who_asks(request), values.text("text"))
        return answered(
            {
                "created": report.created,
                "updated": report.updated,
                "known": report.known - report.updated - report.duplicate,
                "duplicate": report.duplicate,
                "invalid": report.invalid,
                "lines": [
                    [line.line, line.result, line.address or "", line.why or ""] for line in report.lines[:_MOST_LINES]
                ],
            }
        )

    async def _proxies_file(self, request: Request) -> Response:
        return _file("proxies.csv", await self._app.proxies.export(who_asks(request), Form.CSV))

    # -- sessions ---------------------------------------------------------------------

    async def _add_session(self, request: Request) -> Response:
        values = await given(request)
        view = await self._app.sessions.add(
            who_asks(request),
            values.text("label"),
            values.text("cookies"),
            user_agent=values.text("user_agent") or None,
            proxy=values.text("proxy") or None,
        )
        return answered({"id": view.id, "label": view.label, "bound": view.proxy is not None})

    async def _renew_session(self, request: Request) -> Response:
        values = await given(request)
        view = await self._app.sessions.renew(
            who_asks(request),
            values.text("session"),
            values.text("cookies"),
            user_agent=values.text("user_agent") or None,
        )
        return answered({"id": view.id, "label": view.label, "state": view.state})

    async def _name_session(self, request: Request) -> Response:
        values = await given(request)
        view = await self._app.sessions.set_label(who_asks(request), values.text("session"), values.text("label"))
        return answered({"id": view.id, "label": view.label})

    async def _bind_sessions(self, request: Request) -> Response:
        values = await given(request)
        bound = await self._app.sessions.bind_in_order(
            who_asks(request), values.lines("sessions"), values.words("proxies"), reason=values.text("reason")
        )
        return answered({"bound": len(bound)})

    async def _import_sessions(self, request: Request) -> Response:
        values = await given(request)
        report = await self._app.sessions.import_lines(
            who_asks(request), values.text("text"), bind_in_order=values.ticked("bind")
        )
        return answered(
            {
                "created": report.created,
                "updated": report.updated,
                "known": report.known,
                "invalid": report.invalid,
                "bound": report.bound,
                "unbound": report.unbound,
                "lines": [
                    [line.line, line.result, _named(line.label, line.proxy), line.why or ""]
                    for line in report.lines[:_MOST_LINES]
                ],
            }
        )

    async def _sessions_file(self, request: Request) -> Response:
        return _file("sessions.csv", await self._app.sessions.export(who_asks(request), Form.CSV))

    # -- canaries ---------------------------------------------------------------------

    async def _add_canaries(self, request: Request) -> Response:
        values = await given(request)
        added = await self._app.canaries.add(who_asks(request), values.words("names"))
        return answered(
            {
                "created": added.created,
                "known": added.known,
                "brought_back": len(added.brought_back),
                "rejected": [f"{each.text}: {each.why}" for each in added.rejected[:5]],
                "invalid": len(added.rejected),
            }
        )


def _own_limits(values: dict[str, str]) -> dict[str, str]:
    """What is left empty is left to the general limit."""
    return {name: text.strip() or "default" for name, text in values.items()}


def _named(label: str | None, proxy: int | None) -> str:
    if label is None:
        return ""
    return label if proxy is None else f"{label}, proxy {proxy}"


def _file(name: str, lines: Any) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)
