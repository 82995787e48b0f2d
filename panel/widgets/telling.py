"""Short notices at the foot of the page: what was done, and how to take it back."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from nicegui import ui

# Long enough to read it, see a mistake and reach the button.
UNDO_FOR = 12.0
_TOLD_FOR = 5.0


def tell(text: str) -> None:
    """Say what was done."""
    ui.notification(text, timeout=_TOLD_FOR, close_button="Close")


def tell_with_undo(text: str, undo: Callable[[], Awaitable[None]]) -> None:
    """Say what was done, with a button that takes it back once."""
    event = f"undo-{secrets.token_hex(8)}"
    ui.on(event, undo)
    action = {"label": "Undo", "noCaps": True, ":handler": f'() => emitEvent("{event}")'}
    ui.notification(text, timeout=UNDO_FOR, close_button="Close", actions=[action])
