"""What happened to a proxy, a session or a canary, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from core.services.views import ResourceEventView
from panel.pages.settings.words import moment
from panel.widgets.plain import Plain


def log_lines(events: Sequence[ResourceEventView]) -> None:
    """The lines as a list, in the slot that is open."""
    if not events:
        ui.label("Nothing has happened yet.").classes("faint")
        return
    with ui.element("ol").classes("log-lines"):
        for event in reversed(events):
            with ui.element("li"):
                ui.element("span").classes("faint small-text nowrap").props["data-at"] = moment(event.at)
                said = event.happened
                Plain("span", said[:1].upper() + said[1:])
    # Moments are written once a second; these should not be missing until then.
    ui.run_javascript("SW.tick()")
