"""One proxy: how it does, its limits, who uses it, what happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from core.domain.actor import Role
from core.domain.verdict import Reason
from core.errors import NotFound
from core.services.views import HourView
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import proxy_forms
from panel.pages.settings.drawer import Drawer
from panel.pages.settings.log_lines import log_lines
from panel.pages.settings.words import error_in_words, limit_in_words
from panel.place import Place, TabName
from panel.widgets.heading import Heading
from panel.widgets.leading import leads_within
from panel.widgets.plain import Plain

_LOG_LINES = 50
_REASONS = 6


class ProxyDrawer:
    """The drawer of one open page."""

    def __init__(self, page: PageContext, on_close: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._proxy: str | None = None
        self._drawer = Drawer("Proxy", on_close)
        with self._drawer.body:
            self._facts = ui.element("div")
            self._history = ui.element("div")

    def close(self) -> None:
        """Hide it."""
        self._proxy = None
        self._drawer.close()

    async def open(self, proxy: str, row: Row | None) -> None:
        """Show this proxy; *row* is None where it has been removed."""
        self._proxy = proxy
        self._drawer.open(f"Proxy {proxy}" if row is None else row["name"])
        self._show(row)
        await self._tell_history()

    def changed(self, changes: Changes) -> None:
        """Some rows of the table changed."""
        for row in changes.updated:
            if row["id"] == self._proxy:
                self._show(row)
        if self._proxy in changes.removed:
            self._show(None)

    def _show(self, row: Row | None) -> None:
        self._facts.clear()
        with self._facts:
            if row is None:
                with ui.element("div").classes("drawer-section"):
                    ui.label("This proxy has been removed.").classes("muted")
                return
            self._drawer.name(row["name"])
            self._now(row)
            self._limits(row)
            self._sessions(row)

    def _now(self, row: Row) -> None:
        with ui.element("div").classes("drawer-section down gap-12"):
            ui.label(row["address"]).classes("mono break")
            with ui.element("div").classes("across gap-8 wrap"):
                with ui.element("span").classes("dotted"):
                    ui.element("i").classes(f"dot {row['dot']}")
                    Plain("span", row["word"])
                if row["until"]:
                    with ui.element("span").classes("small-text muted"):
                        Plain("span", row["comes"] + " ")
                        ui.element("b").classes("num").props["data-countdown"] = row["until"]
                if row["error"]:
                    ui.label(f"Last error: {row['error']}").classes("small-text muted")
            with ui.element("div").classes("figures"):
                _figure("Health", "–" if row["score"] is None else f"{row['score']} %")
                _figure("Response", "–" if row["response"] is None else f"{row['response']:,.0f} ms")
                _figure("95 % within", "–" if row["p95"] is None else f"{row['p95']:,.0f} ms")
                _figure("Last 24 h", f"{row['day']:,}")
            if self._page.may(Role.ADMIN):
                with ui.element("div").classes("across gap-8"):
                    edit = ui.button("Name and limits", color=None, on_click=lambda: proxy_forms.edit(self._page, row))
                    edit.classes("secondary small")

    def _limits(self, row: Row) -> None:
        with ui.element("div").classes("drawer-section down gap-4"):
            Heading("Limits", level=3)
            for name, label in (("per_hour", "In an hour"), ("per_day", "In a day"), ("parallel", "At once")):
                with ui.element("div").classes("fact"):
                    Plain("span", label).classes("muted")
                    Plain("span", limit_in_words(row[name]))

    def _sessions(self, row: Row) -> None:
        with ui.element("div").classes("drawer-section down gap-4"):
            Heading("Sessions", level=3)
            if not row["sessions"]:
                ui.label("None is bound to it, so no request leaves from it.").classes("muted")
            for label in row["sessions"]:
                place = Place(TabName.SETTINGS, "sessions", options=(("session", label),))
                link = ui.link(label, place.address).classes("text-link")
                leads_within(link)

    async def _tell_history(self) -> None:
        proxy = self._proxy
        if proxy is None:
            return
        actor = await access.current_actor()
        hours = await self._page.app.monitoring.hourly(actor, proxy=int(proxy)) if proxy.isdecimal() else ()
        try:
            events = await self._page.app.resource_log.proxies(actor, proxy, count=_LOG_LINES)
        except NotFound:
            events = []
        self._history.clear()
        with self._history:
            _exchanges(hours)
            with ui.element("div").classes("drawer-section down gap-8"):
                Heading("What happened", level=3)
                log_lines(events)


def _exchanges(hours: Sequence[HourView]) -> None:
    counts: Counter[str] = Counter()
    for hour in hours:
        counts[hour.reason] += hour.count
    if not counts:
        return
    with ui.element("div").classes("drawer-section down gap-4"):
        Heading("Exchanges of the last 24 hours", level=3)
        for reason, count in counts.most_common(_REASONS):
            with ui.element("div").classes("fact"):
                Plain("span", "good" if reason == Reason.OK else error_in_words(reason)).classes("muted")
                Plain("span", f"{count:,}").classes("num")


def _figure(label: str, value: str) -> None:
    with ui.element("div"):
        ui.label(label).classes("label")
        ui.label(value).classes("value")
