"""One session: how it does, what a person has to do about it, what happened to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from core.domain.actor import Role
from core.errors import NotFound
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import session_forms
from panel.pages.settings.drawer import Drawer
from panel.pages.settings.log_lines import log_lines
from panel.place import Place, TabName
from panel.widgets.heading import Heading
from panel.widgets.leading import leads_within
from panel.widgets.plain import Plain

_LOG_LINES = 50
_STEPS = {
    "checkpoint": (
        "Open the platform in the browser that made this login, over its proxy ({proxy}).",
        "Answer what it asks: a code, a photo, a confirmation.",
        "Test the session here. If the platform gave new cookies, bring them first.",
    ),
    "expired": (
        "Log in to the account {account} in a browser, best over its proxy ({proxy}).",
        "Copy the cookies of the new login and bring them here.",
        "Test the session.",
    ),
    "unbound": ("Bind it to a proxy that has no session. Nothing is sent over it before.",),
}


class SessionDrawer:
    """The drawer of one open page.

    Args:
        on_test: Given the id of the session that is to be tested.
    """

    def __init__(
        self,
        page: PageContext,
        on_close: Callable[[], Awaitable[None]],
        on_test: Callable[[list[str]], Awaitable[None]],
    ) -> None:
        self._page = page
        self._on_test = on_test
        self._session: str | None = None
        self._drawer = Drawer("Session", on_close)
        with self._drawer.body:
            self._facts = ui.element("div")
            self._history = ui.element("div")

    def close(self) -> None:
        """Hide it."""
        self._session = None
        self._drawer.close()

    async def open(self, session: str, row: Row | None) -> None:
        """Show this session; *row* is None where it has been removed."""
        self._session = session if row is None else row["id"]
        self._drawer.open(session if row is None else row["label"])
        self._show(row)
        await self._tell_history()

    def changed(self, changes: Changes) -> None:
        """Some rows of the table changed."""
        for row in changes.updated:
            if row["id"] == self._session:
                self._show(row)
        if self._session in changes.removed:
            self._show(None)

    def _show(self, row: Row | None) -> None:
        self._facts.clear()
        with self._facts:
            if row is None:
                with ui.element("div").classes("drawer-section"):
                    ui.label("This session has been removed.").classes("muted")
                return
            self._drawer.name(row["label"])
            self._now(row)
            if row["state"] in _STEPS:
                self._steps(row, _STEPS[row["state"]])
            self._details(row)

    def _now(self, row: Row) -> None:
        with ui.element("div").classes("drawer-section down gap-12"):
            with ui.element("div").classes("across gap-8 wrap"):
                with ui.element("span").classes("dotted"):
                    ui.element("i").classes(f"dot {row['dot']}")
                    Plain("span", row["word"])
                if row["until"]:
                    with ui.element("span").classes("small-text muted"):
                        Plain("span", "ready in ")
                        ui.element("b").classes("num").props["data-countdown"] = row["until"]
            ui.label(row["told"])
            with ui.element("div").classes("figures"):
                _figure("Health", "–" if row["score"] is None else f"{row['score']} %")
                _figure("Saw canaries", "–" if row["canaries"] is None else f"{row['canaries']} %")
                _figure("Requests", f"{row['requests']:,}")
                _figure("Failed", f"{row['failures']:,}")
            if self._page.may(Role.ADMIN):
                self._buttons(row)

    def _buttons(self, row: Row) -> None:
        with ui.element("div").classes("across gap-6 wrap"):
            for label, act in (
                ("Test", lambda: self._on_test([row["id"]])),
                ("New cookies", lambda: session_forms.renew(self._page, row)),
                ("Bind…", lambda: session_forms.bind(self._page, [row])),
                ("Rename", lambda: session_forms.rename(self._page, row)),
            ):
                ui.button(label, color=None, on_click=act).classes("secondary small")

    def _steps(self, row: Row, steps: Sequence[str]) -> None:
        with ui.element("div").classes("drawer-section down gap-8"):
            Heading("What to do", level=3)
            with ui.element("ol").classes("steps"):
                for number, text in enumerate(steps, start=1):
                    with ui.element("li").classes("step"):
                        Plain("span", str(number)).classes("step-number")
                        Plain("span", text.format(proxy=row["proxy"] or "none yet", account=row["account"]))

    def _details(self, row: Row) -> None:
        with ui.element("div").classes("drawer-section down gap-4"):
            for label, value in (("Account", row["account"]), ("User agent", row["user_agent"])):
                with ui.element("div").classes("fact"):
                    Plain("span", label).classes("muted")
                    Plain("span", value).classes("break")
            with ui.element("div").classes("fact"):
                Plain("span", "Proxy").classes("muted")
                if row["proxy_id"] is None:
                    Plain("span", "none")
                else:
                    self._proxy_link(row)
            with ui.element("div").classes("fact"):
                Plain("span", "Cookies end").classes("muted")
                if row["ends"]:
                    ui.element("span").props["data-at"] = row["ends"]
                    # Moments are written once a second; this one should not be missing until then.
                    ui.run_javascript("SW.tick()")
                else:
                    Plain("span", "not known; a header does not tell")
            if row["error"]:
                with ui.element("div").classes("fact"):
                    Plain("span", "Last error").classes("muted")
                    Plain("span", row["error"])

    def _proxy_link(self, row: Row) -> None:
        place = Place(TabName.SETTINGS, "proxies", options=(("proxy", str(row["proxy_id"])),))
        link = ui.link(row["proxy"], place.address).classes("text-link")
        leads_within(link)

    async def _tell_history(self) -> None:
        if self._session is None:
            return
        try:
            events = await self._page.app.resource_log.sessions(
                await access.current_actor(), self._session, count=_LOG_LINES
            )
        except NotFound:
            events = []
        self._history.clear()
        with self._history, ui.element("div").classes("drawer-section down gap-8"):
            Heading("What happened", level=3)
            log_lines(events)


def _figure(label: str, value: str) -> None:
    with ui.element("div"):
        ui.label(label).classes("label")
        ui.label(value).classes("value")
