"""Single conditions of the feed: a button that says what it holds, and a menu to choose from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from nicegui import events, ui

from panel.widgets.menu import menu_item

_Word = TypeVar("_Word", bound=str)
# More words than these are counted instead of named.
_WORDS_NAMED = 2
# Per cent of conclusive checks that found somebody live.
_WHOLE_RANGE = (0, 100)


class Condition:
    """The button of a condition; its menu is filled by those who derive from it.

    Args:
        clear: Takes the condition away.
    """

    def __init__(self, label: str, clear: Callable[[], Awaitable[None]]) -> None:
        self._label = label
        self._held = ""
        with ui.element("div").classes("filter") as self._box:
            with ui.button(color=None).classes("filter-open small") as button:
                self._text = ui.label(label)
                self._arrow = ui.icon("expand_more")
                self._menu = ui.menu().props('anchor="bottom left" self="top left"')
            button.props('aria-haspopup="true"')
            self._clear = ui.button(icon="close", color=None, on_click=clear).classes("filter-clear small")
            self._clear.props(f'aria-label="Clear the condition {label}"').set_visibility(False)

    def hold(self, words: str) -> None:
        """Say what the condition holds; empty when it holds nothing."""
        if words == self._held:
            return
        self._held = words
        self._text.text = f"{self._label}: {words}" if words else self._label
        self._arrow.set_visibility(not words)
        self._clear.set_visibility(bool(words))
        self._box.classes(add="on" if words else "", remove="" if words else "on")


class Flag:
    """A condition that holds or does not: a button that is pressed or not.

    Args:
        choose: Told whether it should hold.
    """

    def __init__(self, label: str, choose: Callable[[bool], Awaitable[None]]) -> None:
        self._held = False
        with ui.element("div").classes("filter") as self._box:
            self._button = ui.button(label, color=None, on_click=lambda: choose(not self._held))
            self._button.classes("small").props('aria-pressed="false"')

    def show(self, held: bool) -> None:
        """Say whether it holds."""
        self._held = held
        self._box.classes(add="on" if held else "", remove="" if held else "on")
        self._button.props(f'aria-pressed="{str(held).lower()}"')


class OneOf(Condition, Generic[_Word]):
    """One of several words, or none.

    Args:
        words: What each is called.
        choose: Told what was chosen; None takes the condition away.
    """

    def __init__(
        self, label: str, words: Mapping[_Word, str], choose: Callable[[_Word | None], Awaitable[None]]
    ) -> None:
        super().__init__(label, lambda: choose(None))
        self._words = words
        with self._menu, ui.element("div").classes("menu-list"):
            for word, called in words.items():
                menu_item(called, lambda word=word: choose(word))

    def show(self, word: _Word | None) -> None:
        """Say which one is chosen."""
        self.hold("" if word is None else self._words[word])


class SomeOf(Condition, Generic[_Word]):
    """Any of several words; the menu stays open while one ticks.

    Args:
        words: What each is called.
        choose: Told all that are chosen.
    """

    def __init__(
        self, label: str, words: Mapping[_Word, str], choose: Callable[[frozenset[_Word]], Awaitable[None]]
    ) -> None:
        super().__init__(label, lambda: choose(frozenset()))
        self._words = words
        self._choose = choose
        self._shown: frozenset[_Word] = frozenset()
        with self._menu, ui.element("div").classes("menu-list menu-ticks"):
            self._ticks = {word: ui.checkbox(called).props("dense") for word, called in words.items()}
        for word, tick in self._ticks.items():
            tick.on_value_change(lambda event, word=word: self._ticked(word, event))

    def show(self, words: frozenset[_Word]) -> None:
        """Say which ones are chosen."""
        self._shown = words
        for word, tick in self._ticks.items():
            tick.value = word in words
        called = [name for word, name in self._words.items() if word in words]
        self.hold(", ".join(called) if len(called) <= _WORDS_NAMED else f"{len(called)} chosen")

    async def _ticked(self, word: _Word, event: events.ValueChangeEventArguments[Any]) -> None:
        chosen = self._shown | {word} if event.value else self._shown - {word}
        if chosen != self._shown:
            await self._choose(chosen)


class Range(Condition):
    """From how many to how many per cent.

    Args:
        choose: Told both ends; None takes the condition away.
    """

    def __init__(self, label: str, choose: Callable[[tuple[int, int] | None], Awaitable[None]]) -> None:
        super().__init__(label, lambda: choose(None))
        self._choose = choose
        with self._menu, ui.element("div").classes("menu-range"):
            ui.label("Conclusive checks that found it live").classes("small-text muted")
            low, high = _WHOLE_RANGE
            self._range = ui.range(min=low, max=high, step=5, value={"min": low, "max": high}).props("label-always")
            self._range.props('aria-label="Per cent of conclusive checks"')
            ui.button("Apply", color=None, on_click=self._apply).classes("secondary small")

    def show(self, ends: tuple[int, int] | None) -> None:
        """Say what is chosen."""
        low, high = ends or _WHOLE_RANGE
        self._range.value = {"min": low, "max": high}
        self.hold("" if ends is None else f"{low}–{high} %")

    async def _apply(self) -> None:
        self._menu.close()
        low, high = int(self._range.value["min"]), int(self._range.value["max"])
        await self._choose(None if (low, high) == _WHOLE_RANGE else (low, high))
