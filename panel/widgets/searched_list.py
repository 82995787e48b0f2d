"""A list of which one is chosen, found among hundreds by typing a part of what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui
from nicegui.events import Handler, ValueChangeEventArguments


def searched_list(
    options: Mapping[str, str],
    *,
    called: str,
    value: str | None,
    on_change: Handler[ValueChangeEventArguments[Any]] | None = None,
) -> ui.select:
    """The list.

    Args:
        options: Values and what they are called, in the order in which they are offered.
        called: What the list is called by people and screen readers.
    """
    chosen = ui.select(dict(options), value=value, on_change=on_change, with_input=True)
    # As a menu also on a phone: what is typed into the dialog that comes there otherwise is not looked for.
    chosen.props(f'outlined dense options-dense behavior=menu aria-label="{called}"')
    # What is typed takes the place of what was chosen, and is not added to it; once the click has put its cursor there.
    field = f"document.getElementById('{chosen.html_id}')"
    chosen.on("click", js_handler=f"() => setTimeout(() => {{ const typed = {field}; if (typed) typed.select(); }})")
    return chosen


def nothing_fits(chosen: ui.select, sentence: str) -> None:
    """Say *sentence* where nothing is called as somebody has typed."""
    with chosen.add_slot("no-option"), ui.item():
        ui.item_section(sentence).classes("muted")
