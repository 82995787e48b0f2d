"""What a list says while it is empty: what is so, why, and one thing to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from panel.widgets.heading import Heading, Paragraph


def empty_state(
    what: str, why: str, *, button: str = "", on_click: Callable[[], Awaitable[None] | None] | None = None
) -> Element:
    """The state as an element; without *button* there is nothing to do here."""
    with ui.element("div").classes("empty").props('role="status"') as state:
        Heading(what, level=2)
        Paragraph(why).classes("muted")
        if button:
            ui.button(button, color=None, on_click=on_click).classes("secondary")
    return state
