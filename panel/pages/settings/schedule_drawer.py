"""One schedule: what it is set to, what it costs, when it runs next, and what became of its runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import background_tasks, ui

from core.domain.actor import Role
from core.errors import InvalidInput, NotFound
from core.services.views import ComingRun, ScheduleRunView
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings.drawer import Drawer
from panel.pages.settings.schedule_words import OUTCOMES, coming_in_words, run_in_words
from panel.pages.settings.words import moment
from panel.place import Place, TabName
from panel.widgets.budget_line import no_budget, show_budget
from panel.widgets.discord_choice import name_of_channel
from panel.widgets.heading import Heading
from panel.widgets.leading import leads_within
from panel.widgets.plain import Plain

_COMING, _RUNS = 5, 30


class ScheduleDrawer:
    """The drawer of one open page.

    Args:
        on_edit: Asked to change a schedule.
        on_run: Asked to let one run now.
    """

    def __init__(
        self,
        page: PageContext,
        on_close: Callable[[], Awaitable[None]],
        *,
        on_edit: Callable[[str], Awaitable[None]],
        on_run: Callable[[list[str]], Awaitable[None]],
    ) -> None:
        self._page = page
        self._on_edit = on_edit
        self._on_run = on_run
        self._schedule: str | None = None
        self._drawer = Drawer("Schedule", on_close)
        with self._drawer.body:
            self._facts = ui.element("div")
            with ui.element("div").classes("drawer-section down gap-4"):
                Heading("What it costs", level=3)
                self._cost = ui.label().classes("muted").props('role="status"')
            self._rest = ui.element("div")

    def close(self) -> None:
        """Hide it."""
        self._schedule = None
        self._drawer.close()

    async def open(self, schedule: str, row: Row | None) -> None:
        """Show this schedule; *row* is None where it has been removed."""
        self._schedule = schedule
        self._drawer.open(f"Schedule {schedule}" if row is None else row["name"])
        self._show(row)
        self._rest.clear()
        await self._tell_rest()
        await self._tell_cost()

    def changed(self, changes: Changes) -> None:
        """Some rows of the table changed."""
        for row in changes.updated:
            if row["id"] == self._schedule:
                self._show(row)
                background_tasks.create(self._tell_rest(), name="tell a schedule's runs", context=self._page.client)
        if self._schedule in changes.removed:
            self._show(None)
            self._rest.clear()
            no_budget(self._cost)

    def _show(self, row: Row | None) -> None:
        self._facts.clear()
        with self._facts:
            if row is None:
                with ui.element("div").classes("drawer-section"):
                    ui.label("This schedule has been removed; its batches stay.").classes("muted")
                return
            self._drawer.name(row["name"])
            with ui.element("div").classes("drawer-section down gap-12"):
                self._now(row)
            with ui.element("div").classes("drawer-section down gap-4"):
                for label, value in row["facts"]:
                    _fact(label, value)
                if row["channel"] is not None:
                    servers = self._page.app.discord_servers.list(access.signed_in(self._page.client).actor)
                    _fact("Channel", name_of_channel(servers, int(row["channel"])))
                _fact("Added by", row["by"].partition(":")[2] or row["by"])

    def _now(self, row: Row) -> None:
        with ui.element("div").classes("across gap-8 wrap"):
            with ui.element("span").classes("dotted"):
                ui.element("i").classes(f"dot {row['dot']}")
                Plain("span", row["word"])
            if row["next"]:
                with ui.element("span").classes("small-text muted"):
                    Plain("span", "runs in ")
                    ui.element("b").classes("num").props["data-countdown"] = row["next"]
        if row["told"]:
            ui.label(row["told"]).classes("small-text muted")
        if self._page.may(Role.OPERATOR):
            schedule = str(row["id"])
            with ui.element("div").classes("across gap-8"):
                edit = ui.button("Edit", color=None, on_click=lambda: self._on_edit(schedule))
                edit.classes("secondary small")
                run = ui.button("Run now", color=None, on_click=lambda: self._on_run([schedule]))
                run.classes("secondary small")

    async def _tell_rest(self) -> None:
        schedule, app = self._schedule, self._page.app
        if schedule is None or not schedule.isdecimal():
            return
        actor = access.signed_in(self._page.client).actor
        try:
            coming = await app.schedules.coming(actor, int(schedule), _COMING)
            runs = await app.schedules.runs(actor, int(schedule), _RUNS)
        except NotFound:
            # Removed meanwhile, which the table tells.
            return
        if self._schedule == schedule:
            self._rest.clear()
            with self._rest:
                self._coming(coming)
                self._runs(runs)
            # Moments are written once a second; these should not be missing until then.
            self._page.client.run_javascript("SW.tick()")

    async def _tell_cost(self) -> None:
        schedule, app = self._schedule, self._page.app
        no_budget(self._cost)
        if schedule is None or not schedule.isdecimal():
            return
        actor = access.signed_in(self._page.client).actor
        try:
            draft = (await app.schedules.get(actor, int(schedule))).draft
            budget = await app.estimates.budget_of_schedule(actor, draft)
        except (NotFound, InvalidInput):
            # It, or the last of its niches, was removed.
            return
        if self._schedule == schedule:
            show_budget(self._cost, budget)

    def _coming(self, coming: Sequence[ComingRun]) -> None:
        with ui.element("div").classes("drawer-section down gap-4"):
            Heading("Next runs", level=3)
            if not coming:
                ui.label("None while it is paused.").classes("muted")
            for words in coming_in_words(coming):
                ui.label(words)

    def _runs(self, runs: Sequence[ScheduleRunView]) -> None:
        with ui.element("div").classes("drawer-section down gap-8"):
            Heading("What became of its runs", level=3)
            if not runs:
                ui.label("It has not run yet.").classes("muted")
                return
            with ui.element("ol").classes("log-lines"):
                for run in runs:
                    with ui.element("li"):
                        ui.element("span").classes("faint small-text nowrap").props["data-at"] = moment(run.at)
                        with ui.element("div").classes("down gap-4"):
                            self._run(run)

    def _run(self, run: ScheduleRunView) -> None:
        with ui.element("span").classes("dotted"):
            ui.element("i").classes(f"dot {OUTCOMES.get(run.outcome, ('idle', ''))[0]}")
            Plain("span", run_in_words(run)).classes("break")
        if run.batch is not None:
            place = Place(TabName.BATCHES, run.batch)
            link = ui.link("Its batch", place.address).classes("text-link small-text")
            leads_within(link)


def _fact(label: str, value: str) -> None:
    with ui.element("div").classes("fact"):
        Plain("span", label).classes("muted")
        Plain("span", value).classes("break")
