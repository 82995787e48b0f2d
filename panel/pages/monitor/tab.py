"""The tab Monitor of one open page.  Its figures are asked for and shown by the browser."""

from __future__ import annotations

from nicegui import events, json, ui

from core.domain.actor import Role
from core.services.views.monitoring import Span
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes
from panel.pages.monitor.cards import charts, errors, stories
from panel.pages.monitor.news import TOPIC
from panel.pages.monitor.parts import box, tile
from panel.pages.monitor.proxy_table import ProxyTable
from panel.place import Place, TabName
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading
from panel.widgets.segments import Segments
from panel.widgets.telling import tell

_SPANS = ((Span.HOUR.value, "1 h"), (Span.DAY.value, "24 h"), (Span.MONTH.value, "30 d"))
_TILES = (
    ("rate", "Checks per second", "Finished checks, over the last minute"),
    ("success", "Success rate", "Conclusive checks of those that finished"),
    ("active", "Active batches", "Batches that run, those in line, and the checks that wait in both"),
    ("workers", "Workers busy", "Workers with an exchange in flight"),
    ("routes", "Routes ready", "Sessions over their proxies that could be used now"),
    ("response", "Response time", "Half of the answers came within it; 95 and 99 of 100 within the others"),
    ("limited", "Lost to rate limits", "Worker time in which there was work and no route was ready"),
    ("machine", "This machine", "What Storywatch takes of it: 100 % is one core in full"),
)
# What the address says besides the span.
_OPTIONS = ("pattern", "reason", "niche")
_SAID = frozenset({"span", *_OPTIONS})


class MonitorTab:
    """The tab of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._wanted: dict[str, str] = {}

    async def build(self) -> None:
        with ui.element("div").classes("page-body monitor").props('data-monitor="page"'):
            self._pause()
            self._head()
            box("failed", "note away").props('role="status"')
            with ui.element("div").classes("monitor-empty"):
                empty_state(
                    "No check yet",
                    "Figures appear here as soon as a batch runs.",
                    button="Go to Batches",
                    on_click=lambda: self._page.go(Place(TabName.BATCHES)),
                )
            with ui.element("div").classes("monitor-parts"):
                with ui.element("div").classes("tiles").style(f"--n: {len(_TILES)}") as tiles:
                    for name, label, meaning in _TILES:
                        tile(name, label, meaning)
                tiles.props('role="group" aria-label="Figures at a glance"')
                charts()
                errors()
                ProxyTable(self._page).build()
                stories()
            self._drawer()
        ui.on("monitor-go", self._asked_for)
        ui.on("monitor-copied", self._copied)
        await self._page.live.watch(self._page.client, TOPIC, self._heard)

    async def show(self, place: Place) -> None:
        """Show the span of the address, and its pattern in the drawer."""
        self._wanted = {name: value for name in _OPTIONS if (value := place.option(name))}
        self._wanted["span"] = _span(place.option("span"))
        self._segments.mark(self._wanted["span"])
        self._run(f"SW.monitor.show({json.dumps(self._wanted)})")

    # -- parts ------------------------------------------------------------------------------

    def _pause(self) -> None:
        with box("pause", "banner away"):
            ui.icon("pause_circle").props('aria-hidden="true"')
            box("pause-words", "grow").props('role="status"')
            sample = ui.button("See a sample", color=None).classes("secondary").props('data-monitor="pause-sample"')
            sample.on("click", js_handler="() => SW.monitor.sample()")
            if self._page.may(Role.ADMIN):
                ui.button("Probe now", color=None, on_click=self._probe).classes("secondary")

    def _head(self) -> None:
        with ui.element("div").classes("monitor-head"):
            Heading("Monitor")
            ui.space()
            with ui.element("span").classes("muted only-wide"):
                ui.label("updated ").classes("inline")
                box("updated", tag="span")
            self._segments = Segments("Time span", _SPANS, self._choose_span)
            if self._page.may(Role.ADMIN):
                copy = ui.button("Copy diagnostics", color=None).classes("secondary only-wide")
                copy.on("click", js_handler="() => SW.monitor.copy()")

    def _drawer(self) -> None:
        with box("drawer-box", "drawer monitor-drawer away", tag="aside") as drawer:
            drawer.props('tabindex="-1" aria-label="Error pattern"')
            with ui.element("div").classes("monitor-drawer-head"):
                Heading("", level=2).props('data-monitor="drawer-title"')
                closing = ui.button(icon="close", color=None).classes("quiet icon-only").props('aria-label="Close"')
                closing.on("click", js_handler="() => SW.monitor.close()")
            box("drawer")
        drawer.on("keydown.escape", js_handler="() => SW.monitor.close()")

    # -- what the browser tells -----------------------------------------------------------------

    def _heard(self, changes: Changes) -> None:
        self._run("SW.monitor.changed()")

    async def _choose_span(self, span: str) -> None:
        await self._go(self._wanted | {"span": span})

    async def _asked_for(self, event: events.GenericEventArguments) -> None:
        await self._go(
            {name: str(value) for name, value in event.args.items() if name in (*_OPTIONS, "span") and value}
        )

    async def _go(self, wanted: dict[str, str]) -> None:
        await self._page.go(Place(TabName.MONITOR, options=tuple(sorted(wanted.items()))))

    def _copied(self, event: events.GenericEventArguments) -> None:
        if event.args["how"] == "copied":
            tell("The diagnostics are copied; there are no secrets in them.")
        elif event.args["how"] == "saved":
            tell("This browser does not let pages copy, so the diagnostics were saved as a file.")
        else:
            tell(f"The diagnostics could not be read: {event.args['why']}")

    # -- acts ---------------------------------------------------------------------------------

    async def _probe(self) -> None:
        tell(await self._page.app.figures.probe_now(await access.current_actor()))

    def _run(self, script: str) -> None:
        self._page.client.run_javascript(script)


def _span(word: str | None) -> str:
    return word if word in dict(_SPANS) else Span.HOUR.value
