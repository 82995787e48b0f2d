"""The second step of an import: what would become of the list, before anything is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from core.services.views import ImportPreview, StagedImport
from panel.widgets.heading import Heading
from panel.widgets.numbers import count_of, size_of

_NICHES_NAMED = 3


class Preview:
    """What would become of a list that is staged, and the choice where to leave those that live elsewhere.

    Args:
        on_choice: Told when somebody chose to move them, or to leave them.
    """

    def __init__(self, on_choice: Callable[[], Awaitable[None]]) -> None:
        self._on_choice = on_choice
        self._box = ui.element("div").classes("down gap-12")
        self.move = False

    def fill(self, staged: StagedImport) -> None:
        """Show what is known of the list now."""
        seen = staged.preview
        self._box.clear()
        with self._box:
            self._file(staged)
            _figures(seen)
            if seen.known_elsewhere and seen.niche is not None:
                self._elsewhere(seen)
            if seen.invalid:
                _rejected(staged)

    def _file(self, staged: StagedImport) -> None:
        with ui.element("div").classes("across gap-12 wrap"):
            ui.label(staged.file_name).classes("strong")
            ui.label(f"{size_of(staged.size)} · {count_of(staged.preview.lines, 'line')}").classes("muted")

    def _elsewhere(self, seen: ImportPreview) -> None:
        with ui.element("section").classes("down gap-4"):
            verb = "is" if seen.known_elsewhere == 1 else "are"
            Heading(f"{count_of(seen.known_elsewhere, 'profile')} {verb} in another niche", level=2)
            ui.label(f"{_where(seen)}. A profile belongs to one niche.").classes("small-text muted")
            options = {False: "Leave them where they are", True: f"Move them to {seen.niche}"}
            choice = ui.radio(options, value=self.move, on_change=self._chosen)
            choice.props('inline dense aria-label="Profiles in another niche"').classes("choice")
            with ui.element("details").classes("small-text"):
                TextElement(tag="summary", text="Which they are").classes("muted")
                with ui.element("ul").classes("names"):
                    for known in seen.elsewhere:
                        with ui.element("li"):
                            ui.label(f"@{known.username}")
                            ui.label(known.niche).classes("muted")
                    more = seen.known_elsewhere - len(seen.elsewhere)
                    if more > 0:
                        with ui.element("li"):
                            ui.label(f"and {more:,} more").classes("muted")

    async def _chosen(self, event: object) -> None:
        self.move = bool(getattr(event, "value", False))
        await self._on_choice()


def _figures(seen: ImportPreview) -> None:
    # As long as no niche is chosen, nobody can tell who is already in it.
    known = (
        ((seen.known_elsewhere, "already known"),)
        if seen.niche is None
        else ((seen.known_here, "already here"), (seen.known_elsewhere, "in another niche"))
    )
    figures = ((seen.would_create, "new"), *known, (seen.repeated, "repeated"), (seen.invalid, "invalid"))
    with ui.element("div").classes("tiles import-figures").style(f"--n:{len(figures)}").props('role="status"'):
        for number, word in figures:
            with ui.element("div").classes("tile"):
                ui.label(f"{number:,}").classes("value")
                ui.label(word).classes("label")


def _where(seen: ImportPreview) -> str:
    named = seen.elsewhere_by_niche[:_NICHES_NAMED]
    told = ", ".join(f"{number:,} in {niche}" for niche, number in named)
    others = seen.elsewhere_by_niche[_NICHES_NAMED:]
    return told + (
        f", {sum(number for _, number in others):,} in {count_of(len(others), 'other niche')}" if others else ""
    )


def _rejected(staged: StagedImport) -> None:
    seen = staged.preview
    with ui.element("section").classes("down gap-6"):
        with ui.element("div").classes("across gap-8"):
            Heading(f"{count_of(seen.invalid, 'line')} cannot be read", level=2)
            ui.space()
            label = f"Download all {seen.invalid:,}" if seen.invalid > 1 else "Download it"
            errors_link(label, staged.id)
        with (
            ui.element("div")
            .classes("rejected")
            .props('tabindex="0" role="region" aria-label="Lines that cannot be read"'),
            ui.element("table").classes("table"),
        ):
            with ui.element("thead"), ui.element("tr"):
                for name, kind in (("Line", "num"), ("Text", ""), ("Why", "")):
                    TextElement(tag="th", text=name).classes(kind)
            with ui.element("tbody"):
                for line in seen.rejected:
                    with ui.element("tr"):
                        TextElement(tag="td", text=f"{line.line:,}").classes("num muted")
                        TextElement(tag="td", text=line.text).classes("mono")
                        TextElement(tag="td", text=line.why).classes("muted")
        if seen.invalid > len(seen.rejected):
            ui.label(f"These are the first {len(seen.rejected):,}.").classes("small-text muted")


def errors_link(label: str, staged_id: str) -> None:
    """A link to the file of the lines that cannot be read."""
    ui.link(label, f"/data/imports/{staged_id}/errors.csv").classes("text-link").props('download=""')
