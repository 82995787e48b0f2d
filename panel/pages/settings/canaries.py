"""The section Canaries: who proves answers, and how often stories would be missed without them."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from core.domain.actor import Role
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import canary_rows
from panel.pages.settings.columns import RANK, Column, column
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.trial_run import TrialRun
from panel.pages.settings.words import several
from panel.place import Place
from panel.widgets.confirming import confirmed
from panel.widgets.empty_state import empty_state
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid
from panel.widgets.plain import Plain
from panel.widgets.telling import tell

_NAMES = ("canary", "canaries")
_COLUMNS: list[Column] = [
    RANK,
    column("name", "Canary", 170, cellClass="cell-name", flex=1, minWidth=110),
    column("word", "State", 108, cell="state"),
    column("score", "Seen live", 130, cell="health"),
    column("asked", "Asked", 90, cell="count", right=True),
    column("seen", "Last seen", 110, cell="ago", right=True),
    column("told", "What comes next", 260, cell="text", flex=2, minWidth=140, tooltipField="told"),
]
_NARROW = {900: ["told"], 640: ["asked", "seen"], 480: ["score"]}
_FEW = 3


class CanariesSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}

    async def build(self) -> None:
        admin = self._page.may(Role.ADMIN)
        misses = await self._page.live.watch(self._page.client, canary_rows.MISSES_TOPIC, self._misses_changed)
        self._rows = dict(await self._page.live.watch(self._page.client, canary_rows.TOPIC, self._changed))
        with ui.element("div").classes("toolbar"):
            Heading("Canaries")
            words = "Public accounts that are nearly always live. One in each answer proves that the session can see."
            Paragraph(words).classes("muted only-wide ellipsis")
            ui.space()
            if admin:
                ui.button("Test all", color=None, on_click=self._test_all).classes("secondary only-wide")
                ui.button("Add canary", color=None, on_click=self._add).classes("primary")
        with ui.element("div").classes("tiles-row"), ui.element("div").classes("card misses"):
            self._misses = ui.element("div").classes("misses-told")
            self._days = ui.element("div").classes("days").props('role="img"')
        self._show_misses(misses[canary_rows.MISSES_TOPIC])
        self._note = ui.label().classes("note canary-note")
        with ui.element("div").classes("table-and-drawer"):
            self._build_table(admin)
            self._trial = TrialRun(self._page, good="Seen", bad="Not seen", of_all="were seen")
        hint = "Select canaries to test or remove them." if admin else "Good canaries are large public accounts."
        acts = [Act("Test", self._test), Act("Remove…", self._remove, danger=True)]
        self._foot = SelectionFoot(*_NAMES, hint, acts if admin else [])
        self._foot.serve(self._grid)
        self._tell_rows()

    async def show(self, place: Place) -> None:
        """There is one place here."""

    # -- what is shown --------------------------------------------------------------

    def _build_table(self, admin: bool) -> None:
        with ui.element("div").classes("grow down table-top") as self._table:
            self._grid = LiveGrid(
                "Canaries",
                _COLUMNS,
                on_select=self._selected,
                empty="No canaries",
                selectable=admin,
                narrow=_NARROW,
                options={"rowData": list(self._rows.values())},
            )
        with ui.element("div").classes("grow down") as self._nothing:
            empty_state(
                "No canaries of your own",
                "The list that is shipped with the platform is used. As soon as you add one, yours are used alone.",
                button="Add canaries" if admin else "",
                on_click=self._add,
            )

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    def _changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._rows[str(row["id"])] = row
        for key in changes.removed:
            self._rows.pop(key, None)
        self._grid.change(changes)
        self._tell_rows()

    def _tell_rows(self) -> None:
        self._table.set_visibility(bool(self._rows))
        self._nothing.set_visibility(not self._rows)
        proven = sum(row["state"] == "proven" for row in self._rows.values())
        self._note.set_visibility(bool(self._rows) and proven < _FEW)
        self._note.text = (
            f"{several(proven, *_NAMES)} proven. Keep at least {_FEW}: without any, an absence stays unknown."
        )

    def _misses_changed(self, changes: Changes) -> None:
        for row in changes.updated:
            self._show_misses(row)

    def _show_misses(self, row: Row) -> None:
        self._misses.clear()
        with self._misses:
            ui.label("How often one asking alone would have missed a story").classes("label")
            with ui.element("div").classes("across gap-8"):
                if row["share"] is None:
                    Plain("span", "No figure yet").classes("misses-share faint")
                else:
                    Plain("span", f"{row['share']:.1%}").classes("misses-share")
                    Plain("span", "of the stories of the last 30 days").classes("muted")
            ui.label(_told(row)).classes("muted")
            with ui.element("div").classes("across gap-24 wrap"):
                _pair("Asked about together", f"{row['group_size']}", "at most")
                _pair("Confirmed together", f"{row['confirm_size']}", "plus a canary")
        self._days.clear()
        highest = max((day[1] or 0.0 for day in row["days"]), default=0.0)
        with self._days:
            for name, share, stories, late in row["days"]:
                _day(name, share, stories, late, highest)
        spoken = ", ".join(f"{day[0]} {'no stories' if day[1] is None else f'{day[1]:.1%}'}" for day in row["days"])
        self._days.props["aria-label"] = f"Missed by one asking alone, by day: {spoken}"

    # -- what can be done -----------------------------------------------------------

    def _add(self) -> None:
        FormDialog(
            "Add canaries",
            [
                Field(
                    "names",
                    "Usernames",
                    kind="area",
                    about="canary",
                    help="Apart by blanks or line breaks. Good ones are large, public, professional accounts that post "
                    "every day; bad ones are private, limited to an age or a country, or on your own list.",
                    placeholder="natgeo nasa",
                )
            ],
            path="/data/settings/canaries/add",
            button="Add canaries",
            on_done=_added,
        ).open()

    async def _test_all(self) -> None:
        actor = await access.current_actor()
        used = sum(row["state"] != "retired" for row in self._rows.values())
        self._trial.start(_NAMES, self._page.app.trials.test_canaries(actor, every=True), used)

    async def _test(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        self._trial.start(_NAMES, self._page.app.trials.test_canaries(actor, ids), len(ids))

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        left = len(self._rows) - len(ids)
        consequence = "What was measured of them is forgotten. "
        consequence += f"{several(left, *_NAMES)} will be left." if left else "The platform's own list is used then."
        if not await confirmed(f"Remove {what}?", consequence, yes=f"Remove {what}", no="Keep"):
            return
        removed = await self._page.app.canaries.remove(await access.current_actor(), ids)
        tell(f"{several(len(removed), *_NAMES)} removed.")


def _told(row: Row) -> str:
    if row["share"] is None:
        return "Everybody missing from a first answer is asked about a second time. No story was found yet."
    return (
        f"Everybody missing from a first answer is asked about a second time. {row['found_late']:,} of "
        f"{row['stories']:,} stories were found by the second answer alone."
    )


def _pair(label: str, value: str, detail: str) -> None:
    with ui.element("div"):
        ui.label(label).classes("label")
        with ui.element("div").classes("across gap-4"):
            Plain("b", value)
            Plain("span", detail).classes("muted small-text")


def _day(name: str, share: float | None, stories: int, late: int, highest: float) -> None:
    with ui.element("div").classes("day"):
        Plain("span", "–" if share is None else f"{share:.1%}").classes("tiny muted")
        with ui.element("div").classes("day-bar"):
            height = 100 * share / highest if share and highest else 0
            bar = ui.element("i").style(f"height: {height:.0f}%")
            bar.props["title"] = f"{late:,} of {stories:,} stories"
        Plain("span", name).classes("tiny faint")


def _added(answer: Any) -> None:
    parts = [f"{several(answer['created'], *_NAMES)} added"]
    if answer["known"]:
        parts.append(f"{answer['known']:,} known already")
    if answer["brought_back"]:
        parts.append(f"{answer['brought_back']:,} used again")
    if answer["invalid"]:
        parts.append(f"{answer['invalid']:,} no username ({answer['rejected'][0]})")
    tell(", ".join(parts) + ".")
