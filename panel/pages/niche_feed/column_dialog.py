"""The choice which columns the table shows; those that do not fit give way whatever is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui

from panel.pages.niche_feed.feed_grid import COLUMNS
from panel.widgets.heading import Heading

# Those that are not shown unless somebody asks for them: what they say stands in another column, too.
ASKED_FOR = {"last_reason"}


async def ask_for_columns(chosen: Mapping[str, bool]) -> dict[str, bool] | None:
    """The columns that the person wants or does not want, by name, where that is not the usual; None when they left it.

    Args:
        chosen: What they chose before.
    """
    with ui.dialog() as dialog, ui.element("div").classes("dialog narrow").props('role="dialog" aria-label="Columns"'):
        with ui.element("div").classes("dialog-head"):
            Heading("Columns", level=2)
        with ui.element("div").classes("dialog-body"):
            ui.label("Where there is not room for all of them, some give way.").classes("small-text muted")
            with ui.element("div").classes("menu-ticks"):
                ticks = {
                    name.value: ui.checkbox(label, value=chosen.get(name, name not in ASKED_FOR)).props("dense")
                    for name, label in COLUMNS.items()
                }
        with ui.element("div").classes("dialog-foot"):
            ui.space()
            ui.button("Cancel", color=None, on_click=lambda: dialog.submit(None)).classes("secondary")
            ui.button("Show these", color=None, on_click=lambda: dialog.submit(True)).classes("primary")
    try:
        if await dialog is None:
            return None
        return {name: bool(tick.value) for name, tick in ticks.items() if tick.value is not (name not in ASKED_FOR)}
    finally:
        dialog.delete()
