"""The section Appearance: how the panel looks to this person, and their password."""

from __future__ import annotations

from nicegui import events, ui

from panel import access
from panel.context import PageContext
from panel.place import Place
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import PAGE_SIZES
from panel.widgets.plain import Plain
from panel.widgets.segments import Segments
from panel.widgets.telling import tell

BROWSER = "browser"
_THEMES = [("system", "As the system"), ("light", "Light"), ("dark", "Dark")]


class AppearanceSection:
    """The section of one open page; for everybody, about themselves."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._person = access.signed_in()

    async def build(self) -> None:
        looks = self._person.appearance
        with ui.element("div").classes("toolbar lined"):
            Heading("Appearance")
            Paragraph("For you alone, in every browser.").classes("muted only-wide")
        with ui.element("div").classes("page-body limits-body"):
            with ui.element("div").classes("card"):
                with _row("Theme", "Light, dark, or as your system has it."):
                    theme = str(looks.get("theme", "system"))
                    self._theme = Segments("Theme", _THEMES, self._set_theme, chosen=theme)
                with _row("Rows on a page", "Of the Niche Feed."):
                    sizes = [(str(size), str(size)) for size in PAGE_SIZES]
                    Segments(
                        "Rows on a page", sizes, self._set_page_size, chosen=str(looks.get("page_size", PAGE_SIZES[-1]))
                    )
                with _row("Times", "Days of a niche's target begin in the time zone of this deployment."):
                    self._zones(str(looks.get("zone", BROWSER)))
            who = f"You are signed in as {self._person.name}. A new password signs out your other browsers."
            with ui.element("div").classes("card"), _row("Password", who):
                ui.button("Change password", color=None, on_click=_change_password).classes("secondary")

    async def show(self, place: Place) -> None:
        """The theme can be changed elsewhere, too."""
        now = await self._page.app.sign_ins.again(self._person.id)
        if now is not None:
            self._theme.mark(str(now.appearance.get("theme", "system")))

    def _zones(self, chosen: str) -> None:
        here = self._page.app.settings.timezone
        zones = {BROWSER: "In the time zone of the browser", here: f"In {here}, as this deployment", "UTC": "In UTC"}
        with ui.element("select").classes("input zone-choice").props('aria-label="Time zone of shown times"') as select:
            for value, label in zones.items():
                option = Plain("option", label)
                option.props["value"] = value
                if value == chosen:
                    option.props["selected"] = True
        select.on("change", self._set_zone, js_handler="(e) => emit(e.target.value)")

    async def _set_theme(self, theme: str) -> None:
        await self._page.set_theme(theme)

    async def _set_page_size(self, size: str) -> None:
        await self._page.app.account.set_appearance(self._person.id, {"page_size": int(size)})
        tell(f"{size} rows on a page from the next time that a page is loaded.")

    async def _set_zone(self, event: events.GenericEventArguments) -> None:
        zone = str(event.args)
        known = zone in (BROWSER, "UTC", self._page.app.settings.timezone)
        if not known:
            return
        await self._page.app.account.set_appearance(self._person.id, {"zone": None if zone == BROWSER else zone})
        ui.run_javascript(f"SW.zone.name = {ui_zone(zone)}; SW.tick()")
        tell(f"Times are shown in {'the time zone of the browser' if zone == BROWSER else zone}.")


def ui_zone(zone: str) -> str:
    """The time zone as the browser's script takes it."""
    return "undefined" if zone == BROWSER else f'"{zone}"'


def _row(title: str, about: str) -> ui.element:
    row = ui.element("div").classes("setting-row")
    with row, ui.element("div"):
        ui.label(title)
        ui.label(about).classes("muted small-text")
    return row


def _change_password() -> None:
    FormDialog(
        "Change your password",
        [
            Field(
                "current",
                "Current password",
                kind="password",
                about="current password",
                autocomplete="current-password",
            ),
            Field(
                "new",
                "New password",
                kind="password",
                about="new password",
                autocomplete="new-password",
                help="At least 10 characters. Your other browsers are signed out.",
            ),
        ],
        path="/data/account/password",
        button="Change password",
        on_done=lambda _: tell("Your password is changed."),
    ).open()
