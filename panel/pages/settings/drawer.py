"""A drawer at the right of a table; on a phone it covers everything between header and tabs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from panel.widgets.heading import Heading


class Drawer:
    """The drawer, closed at first.  Escape closes it.

    Args:
        on_close: Asked to close it.
    """

    def __init__(self, called: str, on_close: Callable[[], Awaitable[None] | None]) -> None:
        self._client = ui.context.client
        with ui.element("aside").classes("drawer settings-drawer").props('tabindex="-1"') as self._box:
            self._box.props["aria-label"] = called
            with ui.element("div").classes("side-drawer-head"):
                self._title = Heading("", level=2)
                ui.space()
                closing = ui.button(icon="close", color=None, on_click=on_close).classes("quiet icon-only")
                closing.props('aria-label="Close"')
            self.body: Element = ui.element("div").classes("side-drawer-body")
        self._box.on("keydown.escape", on_close)
        self._box.set_visibility(False)

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return bool(self._box.visible)

    def open(self, title: str) -> None:
        """Show it with this title; the keyboard goes there, too."""
        self.name(title)
        self._box.set_visibility(True)
        self._client.run_javascript(f"SW.drawer.enter('c{self._box.id}')")

    def name(self, title: str) -> None:
        """Give it another title."""
        self._title.text = title

    def close(self) -> None:
        """Hide it; the keyboard goes back to where it was."""
        if self._box.visible:
            self._box.set_visibility(False)
            self._client.run_javascript(f"SW.drawer.leave('c{self._box.id}')")
