"""The section People: who may use panel and bot, and with which role."""

from __future__ import annotations

from nicegui import ui

from core.domain.actor import Role
from core.services.views import PersonView
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import people_forms
from panel.pages.settings.columns import Column, column
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.words import moment, several
from panel.place import Place
from panel.widgets.confirming import confirmed
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid
from panel.widgets.telling import tell

_NAMES = ("person", "people")
# Another admin's change shows after so long; the rows are few.
_LOOK_EVERY = 2.0
_COLUMNS: list[Column] = [
    column("name", "Name", 170, cellClass="cell-name", flex=1, minWidth=110, sort="asc"),
    column("role", "Role", 110),
    column("word", "State", 120, cell="state"),
    column("way", "Signs in with", 190),
    column("discord", "Discord id", 180),
    column("sign_ins", "Signed in", 110, cell="count", right=True, headerTooltip="Browsers that are signed in now"),
    column("seen", "Last seen", 120, cell="ago", right=True),
]
_NARROW = {1000: ["discord"], 820: ["way"], 640: ["sign_ins", "seen"]}


class PeopleSection:
    """The section of one open page; for admins alone."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}
        self._version: int | None = None

    async def build(self) -> None:
        with ui.element("div").classes("toolbar"):
            Heading("People")
            Paragraph("Who may use the panel and the bot.").classes("muted only-wide ellipsis")
            ui.space()
            ui.button("Add person", color=None, on_click=lambda: people_forms.add(self._look)).classes("primary")
        with ui.element("div").classes("tiles-row"), ui.element("div").classes("note roles-note"):
            ui.label(
                "Viewers read and export. Operators also work with niches, profiles and batches. "
                "Admins also change proxies, sessions, canaries, limits and people."
            )
        with ui.element("div").classes("grow down table-top"):
            self._grid = LiveGrid(
                "People", _COLUMNS, on_select=self._selected, empty="Nobody", narrow=_NARROW, options={"rowData": []}
            )
        acts = [
            Act("Edit…", self._edit),
            Act("New link…", self._reset),
            Act("Code for Discord…", self._pair),
            Act("Switch on", self._enable),
            Act("Switch off…", self._disable),
            Act("Remove…", self._remove, danger=True),
        ]
        self._foot = SelectionFoot(*_NAMES, "Select people to change what they may do.", acts)
        self._foot.serve(self._grid)
        await self._look()
        ui.timer(_LOOK_EVERY, self._look_again, immediate=False)

    async def show(self, place: Place) -> None:
        """There is one place here."""
        await self._look()

    # -- what is shown --------------------------------------------------------------

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    async def _look_again(self) -> None:
        actor = await access.current_actor()
        version = await self._page.app.monitoring.data_version(actor)
        if version != self._version and actor.role >= Role.ADMIN:
            self._version = version
            await self._look()

    async def _look(self) -> None:
        """Read everybody, and show what is different."""
        views = await self._page.app.people.list(await access.current_actor())
        rows: dict[str, Row] = {str(view.id): _row(view) for view in views}
        self._grid.change(
            Changes(
                added=tuple(row for key, row in rows.items() if key not in self._rows),
                updated=tuple(row for key, row in rows.items() if key in self._rows and self._rows[key] != row),
                removed=tuple(key for key in self._rows if key not in rows),
            )
        )
        self._rows = rows

    # -- what can be done -----------------------------------------------------------

    async def _edit(self, ids: list[str]) -> None:
        people_forms.edit(self._one(ids), self._look)

    async def _reset(self, ids: list[str]) -> None:
        people_forms.reset(self._one(ids))

    async def _pair(self, ids: list[str]) -> None:
        people_forms.pair(self._one(ids))

    async def _enable(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        for name in self._names(ids):
            await self._page.app.people.enable(actor, name)
        await self._look()
        tell(f"{several(len(ids), *_NAMES)} switched on.")

    async def _disable(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        signed_in = sum(self._rows[each]["sign_ins"] for each in ids if each in self._rows)
        consequence = f"They are signed out of {several(signed_in, 'browser', 'browsers')} and cannot sign in."
        if not await confirmed(f"Switch {what} off?", consequence, yes=f"Switch {what} off", no="Keep"):
            return
        actor = await access.current_actor()
        for name in self._names(ids):
            await self._page.app.people.disable(actor, name)
        await self._look()
        tell(f"{what} switched off.")

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        named = ", ".join(self._names(ids)[:5])
        consequence = f"{named}: signed out everywhere, and gone. What they did stays in the audit log."
        if not await confirmed(f"Remove {what}?", consequence, yes=f"Remove {what}", no="Keep"):
            return
        actor = await access.current_actor()
        for name in self._names(ids):
            await self._page.app.people.remove(actor, name)
        await self._look()
        tell(f"{what} removed.")

    def _names(self, ids: list[str]) -> list[str]:
        return [self._rows[each]["name"] for each in ids if each in self._rows]

    def _one(self, ids: list[str]) -> Row:
        """The first of what is selected; these acts are about one at a time."""
        return self._rows[ids[0]]


def _row(view: PersonView) -> Row:
    ways = (["a password"] if view.has_password else []) + (["Discord"] if view.discord_id else [])
    return {
        "id": str(view.id),
        "name": view.name,
        "role": view.role,
        "word": "On" if view.enabled else "Off",
        "dot": "good" if view.enabled else "idle",
        "until": None,
        "way": " or ".join(ways).capitalize() if ways else "Has not set a password",
        "discord": view.discord_id or "",
        "sign_ins": view.sign_ins,
        "seen": moment(view.last_seen_at),
    }
