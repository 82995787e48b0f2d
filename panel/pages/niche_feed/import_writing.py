"""An import while it is written: a bar in place of the preview."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from core.clock import Clock
from core.services.views import ImportProgress, StagedImport
from panel.pages.niche_feed.import_file import bar
from panel.pages.niche_feed.import_frame import ImportFrame
from panel.widgets.numbers import count_of

_PREVIEW = 1
# A bar that is drawn more often only costs.
_DRAWN_EVERY = 0.2


def show_writing(frame: ImportFrame, staged: StagedImport, clock: Clock) -> Callable[[ImportProgress], None]:
    """Show a bar; what is returned moves it."""
    seen = staged.preview
    total = max(1, seen.would_create + seen.known_here + seen.known_elsewhere)
    frame.at(_PREVIEW)
    with frame.body, ui.element("div").classes("drop-zone writing").props('role="status"'):
        ui.label(f"Importing {staged.file_name}").classes("drop-title ellipsis")
        grown = bar()
        text = ui.label("Reading the list").classes("muted")
    with frame.foot:
        ui.label("It goes on when you close this.").classes("muted small-text")
        ui.space()
        frame.closing("Close")
    drawn_at = clock.monotonic()

    def show(progress: ImportProgress) -> None:
        nonlocal drawn_at
        now = clock.monotonic()
        if now - drawn_at < _DRAWN_EVERY:
            return
        drawn_at = now
        if progress.written:
            grown.style(f"width:{100 * progress.written / total:.1f}%")
            text.text = f"{progress.written:,} of {count_of(total, 'profile')}"
        else:
            text.text = f"Reading the list: {count_of(progress.lines, 'line')}"

    return show
