"""The section Limits: every number that may be changed while the engine runs, applied at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping

from nicegui import ui

from core.domain.actor import Role
from core.errors import InvalidInput
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import limit_rows
from panel.pages.settings.limit_words import GROUPS, TITLES, LimitWords, allowed_in_words, as_text, in_words
from panel.place import Place
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.plain import Plain
from panel.widgets.telling import tell, tell_with_undo

_DEFAULT = "default"


class LimitsSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}
        self._lines: dict[str, _Line] = {}

    async def build(self) -> None:
        admin = self._page.may(Role.ADMIN)
        self._rows = dict(await self._page.live.watch(self._page.client, limit_rows.TOPIC, self._changed))
        with ui.element("div").classes("toolbar lined"):
            Heading("Limits")
            self._differing = Paragraph("").classes("muted ellipsis only-wide")
            ui.space()
            if admin:
                self._reset = ui.button("Reset all to defaults", color=None, on_click=self._reset_all)
                self._reset.classes("secondary")
        with ui.element("div").classes("page-body limits-body"):
            with ui.element("div").classes("card allowed"):
                with ui.element("div").classes("nowrap"):
                    ui.label("What these limits allow").classes("label")
                    self._allowed = ui.label().classes("value")
                self._decides = ui.label().classes("muted")
            for group in GROUPS:
                with ui.element("div").classes("card"):
                    with ui.element("div").classes("card-head group-head"):
                        Heading(group.title, level=2)
                        Paragraph(group.about).classes("muted small-text")
                    for words in group.limits:
                        self._lines[words.name] = _Line(words, self._apply if admin else None)
        for name, line in self._lines.items():
            line.show(self._rows[name])
        self._tell()

    async def show(self, place: Place) -> None:
        """There is one place here."""

    # -- what is shown --------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        for row in changes.updated:
            self._rows[str(row["id"])] = row
            if (line := self._lines.get(str(row["id"]))) is not None:
                line.show(row)
        self._tell()

    def _tell(self) -> None:
        allowed = self._rows[limit_rows.ALLOWED]
        an_hour = allowed["an_hour"]
        self._allowed.text = "No limit" if an_hour is None else f"{an_hour:,} requests an hour"
        self._decides.text = allowed_in_words(an_hour, allowed["a_day"], allowed["decides"])
        changed = self._differing_ones()
        told = f"{len(changed)} differ from the defaults." if len(changed) != 1 else "1 differs from the defaults."
        self._differing.text = "Applied at once, also to running batches. " + (told if changed else "All are defaults.")
        if self._page.may(Role.ADMIN):
            self._reset.set_enabled(bool(changed))

    def _differing_ones(self) -> dict[str, str]:
        """The limits that are not at their defaults, as they would be typed."""
        rows = (self._rows[name] for name in self._lines)
        return {row["id"]: as_text(row["value"]) for row in rows if row["value"] != row["default"]}

    # -- what can be done -----------------------------------------------------------

    async def _apply(self, name: str, text: str) -> None:
        """Set one limit; what is refused is told at its field."""
        before, line = self._rows[name], self._lines[name]
        if text.strip() == as_text(before["value"]):
            line.complain("")
            return
        actor = await access.current_actor()
        try:
            await self._page.app.limits.set(actor, {name: text})
        except InvalidInput as error:
            line.complain(error.why if error.field == name else str(error))
            return
        line.complain("")
        after = await self._refresh({name})
        if after[name]["value"] != before["value"]:
            said = in_words(after[name]["value"], line.words.suffix)
            tell_with_undo(
                f"{TITLES[name]}: {said}, from now on.", lambda: self._back({name: as_text(before["value"])})
            )

    async def _reset_all(self) -> None:
        changed = self._differing_ones()
        if not changed:
            return
        await self._page.app.limits.set(await access.current_actor(), dict.fromkeys(changed, _DEFAULT))
        await self._refresh(changed)
        what = "1 limit is" if len(changed) == 1 else f"{len(changed)} limits are"
        tell_with_undo(f"{what} at the default again.", lambda: self._back(changed))

    async def _back(self, values: Mapping[str, str]) -> None:
        await self._page.app.limits.set(await access.current_actor(), values)
        await self._refresh(values)
        tell("Undone.")

    async def _refresh(self, changed: Collection[str]) -> dict[str, Row]:
        """Show at once what was changed here; everybody else sees it a moment later.

        Args:
            changed: The limits that were: their fields show what is, the others keep what is being typed meanwhile.
        """
        for view in await self._page.app.limits.show(await access.current_actor()):
            row = {**self._rows[view.name], "value": view.value}
            self._rows[view.name] = row
            self._lines[view.name].show(row, anyway=view.name in changed)
        self._tell()
        return self._rows


class _Line:
    """One limit: its name, its value, what it means, and the way back to the default.

    Args:
        on_apply: Given its name and what was typed; None where nobody may change it.
    """

    def __init__(self, words: LimitWords, on_apply: Callable[[str, str], Awaitable[None]] | None) -> None:
        self.words = words
        self._on_apply = on_apply
        self._shown = ""
        with ui.element("div").classes("limit-row").props(f'data-limit="{words.name}"'):
            with ui.element("div"):
                ui.label(words.title)
                ui.label(words.name).classes("faint tiny mono")
            with ui.element("div"):
                self._input = ui.input().props(f'outlined dense suffix="{words.suffix}" input-class="num"')
                self._input.props["aria-label"] = f"{words.title} ({words.name})"
                if on_apply is None:
                    self._input.props("readonly")
                else:
                    self._input.on("keydown.enter", self._typed)
                    self._input.on("blur", self._typed)
                    self._input.on("keydown.escape", self._leave)
            with ui.element("div"):
                ui.label(words.meaning).classes("muted")
                self._takes = ui.label().classes("faint small-text")
                self._wrong = Plain("p").classes("form-error").props('role="alert"')
            with ui.element("div").classes("limit-reset"):
                self._at_default = ui.label("default").classes("faint")
                self._reset = ui.button("", color=None, on_click=self._to_default).classes("quiet link small")

    def show(self, row: Row, *, anyway: bool = False) -> None:
        """Show the value, unless somebody is typing another one.

        Args:
            anyway: Also over what is typed.
        """
        text = as_text(row["value"])
        if anyway or self._input.value in (None, "", self._shown):
            self._input.value = text
        self._shown = text
        self._takes.text = row["takes"][:1].upper() + row["takes"][1:] + "."
        changed = row["value"] != row["default"]
        self._at_default.set_visibility(not changed)
        self._reset.set_visibility(changed and self._on_apply is not None)
        self._reset.text = f"Reset to {in_words(row['default'], self.words.suffix)}"

    def complain(self, why: str) -> None:
        """Say what is wrong with what was typed; empty when nothing is."""
        self._wrong.text = why[:1].upper() + why[1:] + ("." if why else "")
        self._input.props("error" if why else "", remove="" if why else "error")

    async def _typed(self) -> None:
        if self._on_apply is not None:
            await self._on_apply(self.words.name, str(self._input.value or ""))

    async def _to_default(self) -> None:
        if self._on_apply is not None:
            await self._on_apply(self.words.name, _DEFAULT)

    def _leave(self) -> None:
        self._input.value = self._shown
        self.complain("")
