"""The last imports, each of which can be undone as long as its profiles are as it left them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import PurePath

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from core.services.views import ImportView
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.import_frame import ImportFrame
from panel.pages.niche_feed.import_result import undone_shortly
from panel.widgets.confirming import confirmed
from panel.widgets.empty_state import empty_state
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell

_HEADINGS = (("File", ""), ("Added", "num"), ("By", "only-wide"), ("When", ""), ("", ""))


class RecentImports:
    """A list of them in the import dialog.

    Args:
        on_back: Leads back to the first step.
    """

    def __init__(self, page: PageContext, frame: ImportFrame, on_back: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._frame = frame
        self._on_back = on_back

    async def show(self) -> None:
        """Fill the dialog with the list as it is now."""
        actor = await access.current_actor()
        with self._frame.told():
            imports = await self._page.app.imports.recent(actor)
            self._frame.at(None, "Recent imports")
            with self._frame.body:
                if imports:
                    self._table(imports)
                else:
                    empty_state("No import yet", "Lists that are imported, here or elsewhere, can be undone here.")
            with self._frame.foot:
                ui.button("Back", color=None, on_click=self._on_back).classes("quiet")
                ui.space()
                self._frame.closing("Close")

    def _table(self, imports: tuple[ImportView, ...]) -> None:
        with ui.element("div").classes("recent"), ui.element("table").classes("table"):
            with ui.element("thead"), ui.element("tr"):
                for name, kind in _HEADINGS:
                    TextElement(tag="th" if name else "td", text=name).classes(kind)
            with ui.element("tbody"):
                for each in imports:
                    self._row(each)

    def _row(self, each: ImportView) -> None:
        into = "into a niche that was deleted" if each.niche is None else f"into {each.niche}"
        with ui.element("tr"):
            with ui.element("td"):
                # The command line gives the way to the file as it was typed.
                ui.label(PurePath(each.file_name).name).classes("strong ellipsis")
                ui.label(into).classes("small-text muted ellipsis")
            TextElement(tag="td", text=f"{each.created:,}").classes("num")
            TextElement(tag="td", text=each.created_by).classes("muted only-wide ellipsis")
            TextElement(tag="td", text="").classes("muted nowrap").props(f'data-ago="{each.created_at.isoformat()}"')
            with ui.element("td").classes("num"):
                if each.undone_at is not None:
                    ui.label("undone").classes("muted")
                elif each.created and each.niche is not None:
                    button = ui.button("Undo", color=None, on_click=partial(self._undo, each)).classes("danger small")
                    button.props(f'aria-label="Undo the import of {count_of(each.created, "profile")}"')

    async def _undo(self, each: ImportView) -> None:
        consequence = (
            f"Of the {count_of(each.created, 'profile')} that it added, those that nobody has checked, batched, paused "
            "or moved since are removed. That cannot be taken back."
        )
        # The button that was pressed goes with its row.
        with self._page.client:
            if not await confirmed(f"Undo the import of {each.file_name}?", consequence, yes="Undo the import"):
                return
            actor = await access.current_actor()
            with self._frame.told():
                seen = await self._page.app.imports.undo(actor, each.id)
                await self.show()
                tell(undone_shortly(seen))
