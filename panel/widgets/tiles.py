"""Figures side by side: what is counted, how many, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui


class Tile:
    """One figure."""

    def __init__(self, label: str) -> None:
        with ui.element("div").classes("tile"):
            ui.label(label).classes("label")
            self._value = ui.label().classes("value")
            with ui.element("div").classes("detail"):
                self._detail = ui.label().classes("inline")
                self._until = ui.element("span").classes("num")

    def show(self, value: str, detail: str = "", *, until: str | None = None) -> None:
        """Say it.

        Args:
            detail: What the figure means, or is a part of.
            until: A moment as ISO text, to which the browser counts down behind *detail*.
        """
        self._value.text = value
        self._detail.text = detail
        if self._until.props.get("data-countdown") != (until or ""):
            self._until.props["data-countdown"] = until or ""
        self._until.set_visibility(until is not None)


def tiles(labels: Sequence[str], *, called: str) -> list[Tile]:
    """A row of tiles.

    Args:
        called: What a screen reader calls the row.
    """
    with ui.element("div").classes("tiles").style(f"--n: {len(labels)}").props(f'role="group" aria-label="{called}"'):
        return [Tile(label) for label in labels]
