"""The section Audit log: who did what, when, to what; the newest first."""

from __future__ import annotations

from nicegui import ui

from core.services.views import AuditEntryView
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings.columns import Column, column
from panel.pages.settings.words import moment, several
from panel.place import Place
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid

_PAGE = 100
_COLUMNS: list[Column] = [
    column("at", "When", 130, cell="moment"),
    column("who", "Who", 170, flex=1, minWidth=90),
    column("verb", "What", 150),
    column("subject", "To what", 220, cell="text", flex=1, minWidth=120, tooltipField="subject"),
    column("detail", "Detail", 320, cell="text", flex=2, minWidth=140, tooltipField="detail"),
]
_NARROW = {900: ["detail"], 640: ["subject"]}
_NOUNS = ("niche", "profile", "import", "batch", "proxy", "session", "canary", "limits", "person", "sign-in", "key")


class AuditSection:
    """The section of one open page; for admins alone."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._who = self._verb = ""
        self._after: int | None = None
        self._number = 0

    async def build(self) -> None:
        with ui.element("div").classes("toolbar"):
            Heading("Audit log")
            Paragraph("What people did, at all doors.").classes("muted only-wide")
            ui.space()
            ui.button("Look again", icon="refresh", color=None, on_click=self._look).classes("secondary")
        with ui.element("div").classes("filters"):
            who = ui.input(placeholder="Who", on_change=lambda e: self._find(who=e.value or ""))
            who.props('outlined dense clearable debounce=300 aria-label="Who"').classes("search")
            what = ui.input(
                placeholder="What, such as proxy or person.add", on_change=lambda e: self._find(verb=e.value or "")
            )
            what.props('outlined dense clearable debounce=300 aria-label="What" list="audit-verbs"').classes("search")
            with ui.element("datalist").props('id="audit-verbs"'):
                for noun in _NOUNS:
                    ui.element("option").props["value"] = noun
        with ui.element("div").classes("grow down"):
            self._grid = LiveGrid(
                "Audit log",
                _COLUMNS,
                selectable=False,
                narrow=_NARROW,
                empty="No line matches",
                options={"rowData": []},
            )
        with ui.element("footer").classes("footer"):
            self._told = ui.label().classes("muted grow").props('role="status" aria-live="polite"')
            self._older = ui.button("Show older", color=None, on_click=self._more).classes("secondary small")

    async def show(self, place: Place) -> None:
        """What is new is there each time that somebody comes."""
        await self._look()

    async def _find(self, *, who: str | None = None, verb: str | None = None) -> None:
        self._who = self._who if who is None else who
        self._verb = self._verb if verb is None else verb
        await self._look()

    async def _look(self) -> None:
        rows = await self._read(None)
        self._number = len(rows)
        self._grid.fill(rows)
        self._tell()

    async def _more(self) -> None:
        rows = await self._read(self._after)
        self._number += len(rows)
        self._grid.change(Changes(added=tuple(rows)))
        self._tell()

    async def _read(self, after: int | None) -> list[Row]:
        actor = await access.current_actor()
        page = await self._page.app.audit.list(actor, after=after, count=_PAGE, who=self._who, verb=self._verb)
        self._after = page.after
        return [_row(entry) for entry in page.entries]

    def _tell(self) -> None:
        more = "" if self._after is None else ", and there are older ones"
        self._told.text = f"{several(self._number, 'line', 'lines')}{more}."
        self._older.set_enabled(self._after is not None)


def _row(entry: AuditEntryView) -> Row:
    return {
        "id": str(entry.id),
        "at": moment(entry.at),
        "who": entry.actor,
        "verb": entry.verb,
        "subject": entry.subject,
        "detail": entry.detail,
    }
