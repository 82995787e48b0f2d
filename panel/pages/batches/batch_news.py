"""What open pages are told of batches: whole changes at once, counters as numbers, within a budget.

Two hundred batches that all move would be 40 KB a second for every page.  So counters travel without names, and in
one second only as many as fit; the others are next, and come with their newest numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import orjson

from core.app import App
from core.domain.actor import Actor
from core.domain.pace import Pace
from core.domain.verdict import Reason
from core.errors import NotFound
from core.services.views import BatchView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.batches.batch_rows import batch_row

TOPIC = "batches"
NEWEST = 200
# Bytes of counters in one second; what the page's socket adds is left room for.
BUDGET = 1_400
# Counters that the table shows of a batch that runs, in the order in which they travel; reasons follow where they
# changed.  The others are told once something else changes, at the batch's end at the latest.
_TOLD = ("finished", "live", "unknown", "rate")
UNTOLD = frozenset({"none", "private", "gone", "requests", "seconds"})
COUNTERS = frozenset({*_TOLD, "reasons", *UNTOLD})
_KEY = "news"
_PREFIX = 8
_SAME_RATE = 0.05
_FALLS_EVERY = 10.0
# Unknown checks of one batch that may be counted again in a second: a batch of a million of them waits for its turn.
_COUNTED_A_SECOND = 20_000


def register(live: LiveUpdates) -> None:
    """Make the news something that can be watched."""
    live.topic(TOPIC, BatchNews())


def short_key(batch_id: str) -> int:
    """The number that stands for a batch among counters: the first 8 digits of its id."""
    return int(batch_id[:_PREFIX], 16)


class Reasons:
    """Unknown checks of batches by reason, counted anew only where more became unknown."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, float, Mapping[Reason, int]]] = {}

    async def read(self, app: App, actor: Actor, batches: tuple[BatchView, ...]) -> None:
        """Count where it is due, and forget all other batches."""
        now = app.clock.monotonic()
        due = [batch for batch in batches if self._is_due(batch, now)]
        found = await app.results.unknown_reasons(actor, [batch.id for batch in due if batch.unknown])
        for batch in due:
            self._known[batch.id] = (batch.unknown, now, found.get(batch.id, {}))
        self._known = {batch.id: self._known[batch.id] for batch in batches}

    def of(self, batch_id: str) -> Mapping[Reason, int]:
        """Those of one batch."""
        return self._known[batch_id][2]

    def _is_due(self, batch: BatchView, now: float) -> bool:
        if batch.id not in self._known:
            return True
        unknown, at, _ = self._known[batch.id]
        return batch.unknown != unknown and (batch.status == "done" or now - at >= unknown / _COUNTED_A_SECOND)


class BatchNews:
    """Reads batches, and tells what is new of them since the last time.

    The one row of the topic is that news, so each of them reaches every page that watches; a page that has just been
    opened asks for all batches itself.
    """

    def __init__(self) -> None:
        self._reasons = Reasons()
        self._paces: dict[str, Pace] = {}
        self._rated: dict[str, float] = {}
        self._told: dict[str, Row] = {}
        # Whose counters are still to be told; who waits longest comes first.
        self._waiting: dict[str, None] = {}
        self._number = 0
        self._news: Row = {"id": _KEY, "number": 0}

    async def __call__(self, app: App, actor: Actor) -> Rows:
        batches = await app.batches.current(actor, newest=NEWEST)
        await self._reasons.read(app, actor, batches)
        now = {batch.id: batch_row(batch, self._reasons.of(batch.id), self._rate(batch, app)) for batch in batches}
        self._paces = {batch_id: pace for batch_id, pace in self._paces.items() if batch_id in now}
        self._rated = {batch_id: at for batch_id, at in self._rated.items() if batch_id in now}
        deleted = [each for each in self._told if each not in now and await _is_deleted(app, actor, each)]
        return {_KEY: self._since_last_time(now, deleted)}

    def _rate(self, batch: BatchView, app: App) -> float | None:
        """Checks a second, by two figures; one that is hardly another than the last is the last."""
        if batch.status != "in_progress":
            self._paces.pop(batch.id, None)
            return None
        now = app.clock.monotonic()
        pace = self._paces.setdefault(batch.id, Pace())
        pace.note(now, batch.finished)
        told = self._told.get(batch.id)
        last = None if told is None else told["rate"]
        if pace.rate is None or (last is not None and not self._is_another(pace.rate, batch, now)):
            return None if last is None else float(last)
        self._rated[batch.id] = now
        return float(f"{pace.rate:.2g}")

    def _is_another(self, rate: float, batch: BatchView, now: float) -> bool:
        """Whether a rate is worth telling: without verdicts it falls all the time, which is told now and then."""
        told = self._told[batch.id]
        if told["finished"] == batch.finished and now - self._rated.get(batch.id, now) < _FALLS_EVERY:
            return False
        last = float(told["rate"])
        return abs(rate - last) > _SAME_RATE * last

    def _since_last_time(self, now: dict[str, Row], deleted: list[str]) -> Row:
        ambiguous = {key for key, number in Counter(map(short_key, now)).items() if number > 1}
        changed = [
            change for batch_id, row in now.items() if (change := self._change(row, short_key(batch_id) in ambiguous))
        ]
        self._told = {batch_id: told for batch_id, told in self._told.items() if batch_id in now}
        self._waiting = {batch_id: None for batch_id in self._waiting if batch_id in now}
        counters = self._counters(now)
        if changed or counters or deleted:
            self._number += 1
            self._news = {
                "id": _KEY,
                "number": self._number,
                "changed": changed,
                "counters": counters,
                "deleted": deleted,
            }
        return self._news

    def _change(self, row: Row, is_ambiguous: bool) -> dict[str, Any]:
        """What has to be told of a row at once; its counters alone wait for their turn."""
        batch_id = row["id"]
        told = self._told.get(batch_id)
        if told is None:
            self._told[batch_id] = row
            return dict(row)
        differs = {name: value for name, value in row.items() if told[name] != value}
        if differs.keys() <= UNTOLD:
            return {}
        if not is_ambiguous and differs.keys() <= COUNTERS:
            self._waiting.setdefault(batch_id)
            return {}
        self._waiting.pop(batch_id, None)
        self._told[batch_id] = row
        return {"id": batch_id, **differs}

    def _counters(self, now: dict[str, Row]) -> list[list[Any]]:
        """As many as fit of those that wait, each a number for the batch and its counters."""
        entries: list[list[Any]] = []
        room = BUDGET
        # Verdicts before rates, which change by themselves as time goes by.
        verdicts_first = sorted(self._waiting, key=lambda each: now[each]["finished"] == self._told[each]["finished"])
        for batch_id in verdicts_first:
            row, told = now[batch_id], self._told[batch_id]
            names = _TOLD if row["reasons"] == told["reasons"] else (*_TOLD, "reasons")
            entry = [short_key(batch_id), *(row[name] for name in names)]
            room -= len(orjson.dumps(entry)) + 1
            if room < 0 and entries:
                break
            entries.append(entry)
            del self._waiting[batch_id]
            self._told[batch_id] = {**told, **{name: row[name] for name in names}}
        return entries


async def _is_deleted(app: App, actor: Actor, batch_id: str) -> bool:
    """Whether a batch that is not current any more does not exist any more; others are only old."""
    try:
        await app.batches.show(actor, batch_id)
    except NotFound:
        return True
    return False
