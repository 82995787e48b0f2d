"""The rules of alerts of one open page: what each says, whether that is the default, and the way back to it."""

from __future__ import annotations

from nicegui import ui

from core.domain.actor import Role
from core.domain.alarms import CHOICES
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import alert_forms, alert_rows
from panel.pages.settings.alert_words import kinds_in_words
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.plain import Plain
from panel.widgets.telling import tell, tell_with_undo

_DEFAULT = "default"
# Name, what it is called, what it means.
_RULES = (
    ("kinds", "Kinds", "What there are alerts about at all. A target can have fewer."),
    ("batches", "Finished batches", "Which batches are told when they are finished."),
    ("proxies_low", "Proxies low", "Told when fewer of the proxies that are on are ready."),
    ("sessions_low", "Sessions low", "Told when fewer of the sessions that are on can be used."),
    ("disk_low_mb", "Disk low", "Told when the disk of the data directory has less room."),
    ("quiet", "Quiet hours", "What comes meanwhile is told together afterwards; what cannot wait is told at once."),
)


class AlertRulesPart:
    """The rules of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}
        self._lines: dict[str, tuple[ui.label, ui.label, ui.button]] = {}

    async def build(self) -> None:
        """Make them, in the slot that is open."""
        admin = self._page.may(Role.ADMIN)
        self._rows = dict(await self._page.live.watch(self._page.client, alert_rows.RULES, self._changed))
        with ui.element("div").classes("page-body limits-body"), ui.element("div").classes("card"):
            with ui.element("div").classes("card-head group-head"):
                Heading("Rules", level=2)
                Paragraph("They hold for every target.").classes("muted small-text")
            for name, called, meaning in _RULES:
                self._line(name, called, meaning, admin=admin)
        self._show()

    def change_button(self) -> ui.button:
        """The button that changes them, in the slot that is open."""
        return ui.button("Change rules", color=None, on_click=lambda: alert_forms.rules(self._rows)).classes("primary")

    def mute_button(self) -> ui.button:
        """The button that mutes everything, or tells everything again, in the slot that is open."""
        self._mute = ui.button("Mute all…", color=None, on_click=self._mute_or_unmute).classes("secondary")
        return self._mute

    def mute_label(self) -> None:
        """Where it says until when everything is muted, in the slot that is open."""
        self._note = ui.element("div").classes("note alerts-muted").props('role="status"')
        with self._note, ui.element("span"):
            Plain("span", "All alerts are muted and kept until ")
            self._until = Plain("span").classes("num")
            Plain("span", ".")

    def tell_mute(self) -> None:
        """Show whether everything is muted."""
        until = self._rows[alert_rows.ALL_RULES]["muted_until"]
        self._note.set_visibility(until is not None)
        if until is not None:
            self._until.props["data-at"] = until
            self._page.client.run_javascript("SW.tick()")
        if self._page.may(Role.ADMIN):
            self._mute.text = "Mute all…" if until is None else "Unmute all"

    # -- parts --------------------------------------------------------------------------

    def _line(self, name: str, called: str, meaning: str, *, admin: bool) -> None:
        with ui.element("div").classes("limit-row").props(f'data-rule="{name}"'):
            ui.label(called)
            value = ui.label().classes("strong")
            ui.label(meaning).classes("muted")
            with ui.element("div").classes("limit-reset"):
                at_default = ui.label("default").classes("faint")
                reset = ui.button("Reset", color=None, on_click=lambda: self._reset(name)).classes("quiet link small")
                reset.props["aria-label"] = f"Reset {called} to its default"
                reset.set_visibility(admin)
        self._lines[name] = (value, at_default, reset)

    def _changed(self, changes: Changes) -> None:
        for row in changes.updated:
            self._rows[str(row["id"])] = row
        self._show()
        self.tell_mute()

    def _show(self) -> None:
        admin = self._page.may(Role.ADMIN)
        for name, (value, at_default, reset) in self._lines.items():
            row = self._rows[name]
            value.text = in_words(name, row["value"], self._rows[alert_rows.ALL_RULES]["kinds"])
            is_default = row["value"] == row["default"]
            at_default.set_visibility(is_default)
            reset.set_visibility(admin and not is_default)

    async def _reset(self, name: str) -> None:
        before = self._rows[name]["value"]

        async def back() -> None:
            await self._page.app.alerts.set_rules(await access.current_actor(), {name: before})
            tell("Undone.")

        await self._page.app.alerts.set_rules(await access.current_actor(), {name: _DEFAULT})
        called = next(each for rule, each, _ in _RULES if rule == name)
        tell_with_undo(f"{called}: at the default again.", back)

    async def _mute_or_unmute(self) -> None:
        if self._rows[alert_rows.ALL_RULES]["muted_until"] is None:
            alert_forms.mute_all()
            return
        await self._page.app.alerts.unmute(await access.current_actor())
        tell("All alerts are told again.")


def in_words(name: str, value: str, kinds: list[str]) -> str:
    """A rule's value as people say it."""
    if name == "kinds":
        return "All" if len(kinds) == len(CHOICES) else kinds_in_words(kinds)
    if name == "batches":
        return dict(alert_forms.BATCHES)[value]
    if name == "quiet":
        return "None" if value == "none" else value.replace("-", "–")
    if value == "0":
        return "Never"
    return f"Below {value} %" if name != "disk_low_mb" else f"Below {int(value):,} MB"
