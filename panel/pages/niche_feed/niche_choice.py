"""The choice of a niche for something: one that is there, or the name of a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import events, ui

from panel.widgets.searched_list import searched_list

# No niche is called that, because no niche is called nothing.
_NEW = ""


class NicheChoice:
    """A list of niches with one more entry, which asks for a name.

    Args:
        names: The niches that are there, in their order.
        chosen: The one to begin with; another name than theirs is that of a new one.
        on_change: Told each time that the choice, or the name that is typed, is another one.
    """

    def __init__(self, names: Sequence[str], chosen: str | None, on_change: Callable[[], Awaitable[None]]) -> None:
        known = chosen in names
        is_new = not names or (chosen is not None and not known)
        # First, because it would be far below a hundred niches.
        options = {_NEW: "New niche…"} | {name: name for name in names}
        with ui.element("div").classes("niche-choice"):
            ui.label("Into niche").classes("label")
            value = chosen if known else _NEW if is_new else None
            self._list = searched_list(options, called="Into niche", value=value, on_change=self._chosen)
            self._list.classes("grow").props('placeholder="Choose a niche"').set_visibility(bool(names))
            self._offer_new()
            self._name = ui.input(value=(chosen or "") if is_new else "", placeholder="Name of the new niche")
            self._name.classes("grow").props(
                'outlined dense debounce="500" maxlength="80" aria-label="Name of the new niche"'
            )
            self._name.set_visibility(is_new)
            self._name.on_value_change(on_change)
        self._on_change = on_change

    @property
    def name(self) -> str | None:
        """The niche that is chosen or named; None as long as there is none."""
        value = self._name.value.strip() if self.is_new else self._list.value
        return value or None

    @property
    def is_new(self) -> bool:
        """A name is typed for a niche; it may be taken nevertheless."""
        return bool(self._list.value == _NEW)

    def _offer_new(self) -> None:
        """Where no niche is called as somebody has typed, let them make it."""
        typed = f"() => emit(document.getElementById('{self._list.html_id}').value)"
        with self._list.add_slot("no-option"), ui.item().props('clickable dense role="option"') as item:
            ui.item_section("No niche is called that. New niche…")
        item.on("click", self._named, js_handler=typed)

    async def _named(self, event: events.GenericEventArguments) -> None:
        self._name.value = str(event.args).strip()
        self._list.run_method("hidePopup")
        self._list.value = _NEW

    async def _chosen(self) -> None:
        self._name.set_visibility(self.is_new)
        if self.is_new:
            self._name.run_method("focus")
        await self._on_change()
