"""One open batch: its counters, what it found, why checks are unknown, its log, and what can be done with it."""

from __future__ import annotations

from typing import Any

from nicegui import events, json, ui
from nicegui.elements.mixins.text_element import TextElement

from core.domain.actor import Role
from panel.access import current_actor
from panel.context import PageContext
from panel.pages.batches.batch_acts import BatchActs, Picked
from panel.pages.batches.channels import BatchChannels
from panel.place import Place, TabName
from panel.widgets.budget_line import show_budget
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading
from panel.widgets.leading import leads_within
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell

_FILTERS = ("outcome", "reason", "username")
_STARTABLE = ("ready", "stopped")
_OPTIONS: dict[str, Any] = {
    "rowModelType": "infinite",
    "cacheBlockSize": 100,
    "maxBlocksInCache": 20,
    # One after the other, so that each can go on behind the last row of the one before.
    "maxConcurrentDatasourceRequests": 1,
    "blockLoadDebounceMillis": 60,
    "infiniteInitialRowCount": 1,
    ":columnDefs": "SW.batch.columns()",
    ":onGridReady": "SW.batch.ready",
    "defaultColDef": {"sortable": False, "resizable": True, "suppressHeaderMenuButton": True, "minWidth": 72},
    "rowHeight": 34,
    "headerHeight": 34,
    "ensureDomOrder": True,
    "suppressMovableColumns": True,
}


class OpenBatch:
    """The batch that one open page shows."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._acts = BatchActs(page)
        self._channels = BatchChannels(page)
        # The batch whose cost is shown, and the state it was in.
        self._told = ("", "")

    async def build(self) -> None:
        """Make the elements; the browser fills them."""
        with ui.element("div").classes("page-body batch-page"):
            with ui.element("div").classes("batch-there").props('data-batch="there"'):
                self._head()
                self._cost = ui.label().classes("muted batch-cost").props('role="status"')
                self._cost.set_visibility(False)
                _box("waits", "note batch-waits away").props('role="status"')
                self._counters()
                with ui.element("div").classes("batch-parts"):
                    self._results()
                    with ui.element("div").classes("batch-side"):
                        self._reasons()
                        self._channels.build()
                        self._log()
            with _box("gone", "batch-gone away"):
                empty_state(
                    "This batch is not there",
                    "Somebody has deleted it, or its address is not quite right.",
                    button="All batches",
                    on_click=self._back,
                )
        ui.on("batch-state", self._changed)
        ui.on("batch-copied", self._copied)

    async def show(self, place: Place) -> None:
        """Show the batch of this address."""
        wanted = {name: value for name in _FILTERS if (value := place.option(name)) is not None}
        self._search.value = wanted.get("username", "")
        self._run(f"SW.batch.open({json.dumps(place.item)}, {json.dumps(wanted)})")

    # -- parts ------------------------------------------------------------------------------

    def _head(self) -> None:
        with ui.element("div").classes("batch-head"):
            with ui.element("nav").classes("across gap-8 batch-title").props('aria-label="Breadcrumb"'):
                back = ui.link("Batches", "/batches").classes("muted")
                leads_within(back)
                ui.label("/").classes("faint")
                Heading("").classes("ellipsis").props('data-batch="name"')
            _box("status", "batch-state pill").props('role="status"')
            ui.space()
            with ui.element("div").classes("across gap-8 wrap"):
                if self._page.may(Role.OPERATOR):
                    self._start_button = ui.button("Start", icon="play_arrow", color=None, on_click=self._start)
                    self._stop_button = ui.button("Stop", icon="stop", color=None, on_click=self._stop)
                    self._stop_button.classes("secondary")
                self._export_button()
                if self._page.may(Role.OPERATOR):
                    ui.button("Delete", color=None, on_click=self._delete).classes("danger")
                    self._retry_button = ui.button("Retry unknown (0)", color=None, on_click=self._retry)
                    self._allow("", 0)

    def _export_button(self) -> None:
        with ui.button("Export", color=None).classes("secondary"), ui.menu().classes("batch-menu").props("auto-close"):
            ui.menu_item("All results as CSV", on_click=lambda: self._run('SW.batch.exported("csv")'))
            ui.menu_item("All results as JSON Lines", on_click=lambda: self._run('SW.batch.exported("jsonl")'))

    def _counters(self) -> None:
        with ui.element("div").classes("card batch-counters"):
            with ui.element("div").classes("across gap-16 wrap"):
                _box("done")
                ui.space()
                _box("pace")
            bar = _box("bar", "meter batch-bar")
            bar.props('role="progressbar" aria-label="Checks by verdict" aria-valuemin=0')
            with ui.element("div").classes("across gap-16 wrap"):
                _box("chips", "across gap-24 wrap")
                ui.space()
                _box("facts", "muted")

    def _results(self) -> None:
        with ui.element("div").classes("card batch-results"):
            with ui.element("div").classes("batch-tools"):
                segments = _box("segments", "segments")
                segments.props('role="group" aria-label="Verdict"')
                reason = _Button("reason", "chosen-reason away").props('aria-label="Show all reasons"')
                reason.on("click", js_handler='() => SW.batch.filter({ reason: "" })')
                newer = _Button("newer", "newer-results away")
                newer.on("click", js_handler="() => SW.batch.toNewest()")
                ui.space()
                self._search = ui.input(placeholder="Search by username").classes("batch-search")
                self._search.props('outlined dense debounce=250 aria-label="Search results by username"')
                self._search.on("update:model-value", js_handler=_SEARCHED)
                self._copy_button("Copy usernames", "usernames")
                if self._page.app.public_pages.of("anybody") is not None:
                    self._copy_button("Copy links", "links")
            with ui.element("div").classes("batch-table").props('data-batch="table"'):
                grid = ui.aggrid(dict(_OPTIONS), auto_size_columns=False).classes("grid-box")
                grid.props('aria-label="Results"')

    def _copy_button(self, label: str, what: str) -> None:
        copy = ui.button(label, color=None).classes("secondary small")
        copy.on("click", js_handler=f'() => SW.batch.copy("{what}")')

    def _reasons(self) -> None:
        with ui.element("div").classes("card"):
            with ui.element("div").classes("card-head"):
                Heading("Unknown by reason", level=2)
                ui.space()
                _box("unknown", "muted")
            _box("reasons", "card-body down gap-4")

    def _log(self) -> None:
        with ui.element("div").classes("card batch-log"):
            with ui.element("div").classes("card-head"):
                Heading("Log", level=2)
                ui.space()
                download = ui.button("Download", color=None).classes("quiet link small")
                download.on("click", js_handler="() => SW.batch.log()")
            _box("log", "card-body batch-log-lines")

    # -- what the browser tells -----------------------------------------------------------------

    async def _changed(self, event: events.GenericEventArguments) -> None:
        if event.args.get("gone"):
            return
        self._channels.turn_to(event.args["id"])
        await self._tell_cost(event.args["id"], event.args["state"])
        if self._page.may(Role.OPERATOR):
            self._allow(event.args["state"], event.args["unknown"])

    async def _tell_cost(self, batch: str, state: str) -> None:
        """Say what a start would cost, while there is something to start."""
        if (batch, state) == self._told:
            return
        self._told = (batch, state)
        self._cost.set_visibility(False)
        if state in _STARTABLE:
            budget = await self._page.app.estimates.budget_of_batch(await current_actor(), batch)
            # Somebody may have turned to another batch in between.
            if self._told == (batch, state):
                show_budget(self._cost, budget)
                self._cost.set_visibility(True)

    def _allow(self, state: str, unknown: int) -> None:
        """Offer what makes sense in this state; what comes next is the one filled button."""
        may_start = state in _STARTABLE
        self._start_button.set_visibility(may_start)
        self._start_button.text = "Start" if state == "ready" else "Go on"
        self._stop_button.set_visibility(state in {"running", "waiting", "in_line"})
        self._retry_button.text = f"Retry unknown ({unknown:,})"
        self._retry_button.set_enabled(unknown > 0)
        for button, is_next in ((self._start_button, may_start), (self._retry_button, not may_start)):
            button.classes(add="primary" if is_next else "secondary", remove="secondary" if is_next else "primary")

    def _copied(self, event: events.GenericEventArguments) -> None:
        count, noun = int(event.args["count"]), event.args["what"].removesuffix("s")
        tell(f"{count_of(count, noun)} copied." if count else "There is nothing to copy.")

    # -- acts ---------------------------------------------------------------------------------

    async def _back(self) -> None:
        await self._page.go(Place(TabName.BATCHES))

    async def _start(self) -> None:
        await self._acts.start(await self._picked())

    async def _stop(self) -> None:
        await self._acts.stop(await self._picked())

    async def _retry(self) -> None:
        await self._acts.retry(await self._picked())

    async def _delete(self) -> None:
        if await self._acts.delete(await self._picked()):
            await self._back()

    async def _picked(self) -> Picked:
        return Picked(**await ui.run_javascript("return SW.batch.picked()", timeout=10.0))

    def _run(self, script: str) -> None:
        self._page.client.run_javascript(script)


_SEARCHED = '(value) => SW.batch.filter({ username: value || "" })'


def _box(name: str, classes: str = "") -> ui.element:
    """An element that the browser fills."""
    return ui.element("div").classes(classes).props(f'data-batch="{name}"')


class _Button(TextElement):
    """A plain button whose text the browser writes."""

    def __init__(self, name: str, classes: str) -> None:
        super().__init__(tag="button", text="")
        self.classes(classes).props(f'type="button" data-batch="{name}"')
