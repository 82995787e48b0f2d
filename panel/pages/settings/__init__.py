"""The tab Settings."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from core.app import App
from panel.context import TabKind
from panel.live_updates import LiveUpdates
from panel.pages.settings import alert_rows, canary_rows, counts, limit_rows, proxy_rows, schedule_rows, session_rows
from panel.pages.settings.routes import SettingsRoutes
from panel.pages.settings.tab import SettingsTab


def _topics(live: LiveUpdates) -> None:
    for each in (counts, proxy_rows, session_rows, canary_rows, limit_rows, schedule_rows, alert_rows):
        each.topics(live)


def _routes(app: App) -> Sequence[BaseRoute]:
    return SettingsRoutes(app).all()


TAB = TabKind(
    label="Settings",
    icon="tune",
    make=SettingsTab,
    topics=_topics,
    routes=_routes,
    scripts=("form.js", "settings.js"),
    sheets=("form.css", "settings.css"),
)
