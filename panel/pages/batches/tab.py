"""The tab Batches of one open page."""

from __future__ import annotations

from nicegui import ui

from panel.context import PageContext
from panel.place import Place


class BatchesTab:
    """The tab Batches of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page

    async def build(self) -> None:
        ui.label("Batches")

    async def show(self, place: Place) -> None:
        pass
