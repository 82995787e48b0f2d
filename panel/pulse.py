"""What goes on as a whole, as every page's header tells it: checking and how fast, paused, or nothing to check."""

from __future__ import annotations

from nicegui import ui

from core.app import App
from core.domain.actor import Actor
from core.domain.pace import Pace
from core.services.views import Activity, Overview
from core.services.views.reasons import stored_in_words
from panel.live_updates import Changes, LiveUpdates, Row, Rows

TOPIC = "pulse"
_KEY = "pulse"
# More run at once only where somebody wants that very much.
_MOST_RUNNING = 200
_WORDS = {
    Activity.CHECKING: "Checking",
    Activity.WAITING: "Waiting",
    Activity.PAUSED: "Paused",
    Activity.IDLE: "Nothing to check",
    Activity.AWAY: "Not running",
}
# What the countdown behind it counts down to.
_THEN = {Activity.WAITING: "goes on in", Activity.PAUSED: "next probe in"}
_DOTS = {
    Activity.CHECKING: "good",
    Activity.WAITING: "warn",
    Activity.PAUSED: "bad",
    Activity.IDLE: "idle",
    Activity.AWAY: "bad",
}


class Reader:
    """Reads what goes on; remembers what it saw of each batch that runs, because a rate needs two sights."""

    def __init__(self) -> None:
        self._paces: dict[str, Pace] = {}

    async def __call__(self, app: App, actor: Actor) -> Rows:
        running = await app.batches.list(actor, count=_MOST_RUNNING, status="in_progress")
        now = app.clock.monotonic()
        self._paces = {batch.id: self._paces.get(batch.id) or Pace() for batch in running}
        for batch in running:
            self._paces[batch.id].note(now, batch.finished)
        rate = sum(pace.rate or 0.0 for pace in self._paces.values())
        return {_KEY: row(await app.monitoring.overview(actor), rate)}


def row(seen: Overview, rate: float) -> Row:
    """What the header shows."""
    return {
        "id": _KEY,
        "activity": seen.activity.value,
        "word": _WORDS[seen.activity],
        "detail": _detail(seen, rate),
        "until": None if seen.until is None else seen.until.isoformat(),
    }


def _detail(seen: Overview, rate: float) -> str:
    if seen.activity is Activity.CHECKING:
        ready = f"{seen.ready:,} of {seen.routes:,} routes ready"
        return f"{rate:,.1f}/s · {ready}" if rate else ready
    why = stored_in_words(seen.reason or "")
    return f"{why} · {_THEN[seen.activity]}" if seen.until is not None else why


class Pill:
    """The header's sign of what goes on."""

    def __init__(self, live: LiveUpdates) -> None:
        self._live = live

    async def build(self) -> None:
        with ui.element("div").classes("pill").props('role="status" aria-live="polite"'):
            self._dot = ui.element("i").classes("dot idle")
            self._word = ui.label().classes("pill-word")
            self._detail = ui.label().classes("only-wide")
            # Not read aloud each second.
            self._left = ui.label().classes("only-wide").props("aria-hidden=true")
        rows = await self._live.watch(ui.context.client, TOPIC, self._changed)
        self._show(rows[_KEY])

    def _changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._show(row)

    def _show(self, row: Row) -> None:
        self._dot.classes(replace=f"dot {_DOTS[Activity(row['activity'])]}")
        self._word.text = row["word"]
        self._detail.text = row["detail"]
        self._left.visible = row["until"] is not None
        self._left.props["data-countdown"] = row["until"] or ""
        self._left.update()
