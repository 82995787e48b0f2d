"""A row of buttons of which one is chosen, each with how many it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nicegui import ui

from panel.widgets.plain import Plain


class Segments:
    """The row.

    Args:
        choices: Values and what they are called; the first one is chosen.
        on_choose: Told the value.
    """

    def __init__(self, called: str, choices: Sequence[tuple[str, str]], on_choose: Callable[[str], None]) -> None:
        self.chosen = choices[0][0]
        self._on_choose = on_choose
        self._buttons: dict[str, ui.element] = {}
        self._counts: dict[str, Plain] = {}
        with ui.element("div").classes("segments").props(f'role="group" aria-label="{called}"'):
            for value, label in choices:
                with ui.element("button").props('type="button"') as button:
                    Plain("b", label)
                    self._counts[value] = Plain("span")
                button.on("click", lambda value=value: self.choose(value))
                self._buttons[value] = button
        self._mark()

    def choose(self, value: str) -> None:
        """Choose one, and tell."""
        if value not in self._buttons or value == self.chosen:
            return
        self.chosen = value
        self._mark()
        self._on_choose(value)

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many each stands for."""
        for value, label in self._counts.items():
            label.text = f"{counts.get(value, 0):,}"

    def _mark(self) -> None:
        for value, button in self._buttons.items():
            chosen = value == self.chosen
            button.classes(add="on" if chosen else "", remove="" if chosen else "on")
            button.props(f'aria-pressed="{str(chosen).lower()}"')
