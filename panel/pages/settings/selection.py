"""The foot of a table: how many rows are selected, and what can be done with them.

The buttons are always there and never move; with nothing selected they are grey.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from panel.pages.settings.words import several
from panel.widgets.live_grid import LiveGrid


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with what is selected.

    Args:
        do: Given the ids of the selected rows.
        danger: It takes something away.
    """

    label: str
    do: Callable[[list[str]], Awaitable[None]]
    danger: bool = False


class SelectionFoot:
    """The foot.

    Args:
        hint: What it says while nothing is selected.
        acts: Without any, the foot only counts.
    """

    def __init__(self, one: str, many: str, hint: str, acts: Sequence[Act]) -> None:
        self._one, self._many, self._hint = one, many, hint
        self._grid: LiveGrid | None = None
        self._buttons: list[ui.button] = []
        with ui.element("div").classes("footer").props('role="toolbar" aria-label="What to do with the selected"'):
            self._text = ui.label(hint).classes("muted ellipsis grow").props('role="status" aria-live="polite"')
            if acts:
                self._wide(acts)
                self._narrow(acts)
        self.selected(0)

    def serve(self, grid: LiveGrid) -> None:
        """Act on what is selected in *grid*."""
        self._grid = grid

    def selected(self, number: int) -> None:
        """So many are selected now."""
        self._text.text = f"{several(number, self._one, self._many)} selected" if number else self._hint
        for button in self._buttons:
            button.set_enabled(number > 0)

    def _wide(self, acts: Sequence[Act]) -> None:
        with ui.element("div").classes("across gap-6 only-wide"):
            for act in acts:
                button = ui.button(act.label, color=None, on_click=lambda act=act: self._do(act))
                self._buttons.append(button.classes("small danger" if act.danger else "small secondary"))

    def _narrow(self, acts: Sequence[Act]) -> None:
        button = ui.button("Actions", icon="expand_less", color=None).classes("small secondary only-phone")
        with button, ui.menu().classes("act-menu"):
            for act in acts:
                item = ui.menu_item(act.label, on_click=lambda act=act: self._do(act))
                item.classes("danger-item" if act.danger else "")
        self._buttons.append(button)

    async def _do(self, act: Act) -> None:
        ids = [] if self._grid is None else await self._grid.selected()
        if ids:
            await act.do(ids)
