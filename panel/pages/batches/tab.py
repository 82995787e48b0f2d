"""The tab Batches of one open page: the table, or one batch."""

from __future__ import annotations

from nicegui import json, ui
from nicegui.element import Element

from panel.context import PageContext
from panel.live_updates import Changes
from panel.pages.batches.batch_news import TOPIC
from panel.pages.batches.batch_table import BatchTable
from panel.pages.batches.open_batch import OpenBatch
from panel.place import Place


class BatchesTab:
    """The tab Batches of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._table = BatchTable(page)
        self._batch = OpenBatch(page)
        self._batch_box: Element | None = None

    async def build(self) -> None:
        with ui.element("div").classes("batches") as self._table_box:
            await self._table.build()
        self._box = ui.element("div").classes("one-batch")
        await self._page.live.watch(self._page.client, TOPIC, self._heard)

    async def show(self, place: Place) -> None:
        self._table_box.set_visibility(place.item is None)
        self._box.set_visibility(place.item is not None)
        if place.item is None:
            self._table.show(place)
            return
        if self._batch_box is None:
            with self._box as self._batch_box:
                await self._batch.build()
        await self._batch.show(place)

    def _heard(self, changes: Changes) -> None:
        for news in changes.updated:
            self._page.client.run_javascript(f"SW.batches.hear({json.dumps(news)})")
