"""What a menu consists of, as screen readers know it."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui


def menu_item(label: str, on_click: Callable[..., object] | None = None, *, danger: bool = False) -> ui.menu_item:
    """An act in the menu that is open; the menu closes when it is chosen.

    Args:
        danger: It takes something away.
    """
    item = ui.menu_item(label, on_click=on_click).props('role="menuitem"')
    return item.classes("danger-text") if danger else item
