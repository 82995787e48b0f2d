"""A row of buttons of which one is chosen, each with how many it stands for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from nicegui import ui

from panel.widgets.plain import Plain


class Segments:
    """The row.

    Args:
        choices: Values and what they are called.
        on_choose: Told the value.
        chosen: Chosen at first; without it, or where it is no choice, the first one.
    """

    def __init__(
        self,
        called: str,
        choices: Sequence[tuple[str, str]],
        on_choose: Callable[[str], Awaitable[None] | None],
        *,
        chosen: str | None = None,
    ) -> None:
        self.chosen = chosen if chosen in dict(choices) else choices[0][0]
        self._on_choose = on_choose
        self._buttons: dict[str, ui.element] = {}
        self._counts: dict[str, Plain] = {}
        with ui.element("div").classes("segments").props(f'role="group" aria-label="{called}"'):
            for value, label in choices:
                with ui.element("button").props('type="button"') as button:
                    Plain("b", label)
                    self._counts[value] = Plain("span")
                button.on("click", partial(self.choose, value))
                self._buttons[value] = button
        self._mark()

    async def choose(self, value: str) -> None:
        """Choose one, and tell."""
        if value not in self._buttons or value == self.chosen:
            return
        self.chosen = value
        self._mark()
        told = self._on_choose(value)
        if told is not None:
            await told

    def mark(self, value: str) -> None:
        """Show that one is chosen, without telling."""
        if value in self._buttons:
            self.chosen = value
            self._mark()

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many each stands for."""
        for value, label in self._counts.items():
            label.text = f"{counts.get(value, 0):,}"

    def _mark(self) -> None:
        for value, button in self._buttons.items():
            chosen = value == self.chosen
            button.classes(add="on" if chosen else "", remove="" if chosen else "on")
            button.props(f'aria-pressed="{str(chosen).lower()}"')
