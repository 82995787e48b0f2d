"""Schedules as the rows that pages show: words and moments."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from core.services.views import ScheduleView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.settings.schedule_words import facts, niches_in_words, rule_in_words
from panel.pages.settings.words import moment

TOPIC = "schedules"
_EVERY = 1.0


def topics(live: LiveUpdates) -> None:
    """Make the schedules something that can be watched."""
    live.topic(TOPIC, _read, every=_EVERY)


async def _read(app: App, actor: Actor) -> Rows:
    return {str(view.id): row(view) for view in await app.schedules.list(actor)}


def row(view: ScheduleView) -> Row:
    """A schedule as a row."""
    return {
        "id": str(view.id),
        "name": view.name,
        "niches": niches_in_words(view),
        "rule": rule_in_words(view),
        "state": "on" if view.enabled else "paused",
        "word": "On" if view.enabled else "Paused",
        "dot": "good" if view.enabled else "idle",
        "group": "on" if view.enabled else "paused",
        "until": None,
        "next": moment(view.next_at),
        # Those that never run again by themselves come last.
        "next_sort": moment(view.next_at) or "~",
        "last": moment(view.last_at),
        "told": view.last_word or "",
        "batch": view.batch,
        "facts": [list(pair) for pair in facts(view)],
        "channel": None if view.channel_id is None else str(view.channel_id),
        "by": view.created_by,
    }
