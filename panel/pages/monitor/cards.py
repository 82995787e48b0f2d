"""The cards of the tab Monitor: charts, what goes wrong, when stories begin."""

from __future__ import annotations

from nicegui import ui

from panel.pages.monitor.parts import box, chart, head

_OUTCOMES = (
    ("Live", "live"),
    ("No story", "none"),
    ("Private", "private"),
    ("Gone", "gone"),
    ("Unknown", "unknown"),
)


def charts() -> None:
    """How fast, with what outcome, how quickly answered, and what it costs."""
    with ui.element("div").classes("monitor-charts"):
        chart("rate", "Checks per second")
        chart("outcomes", "Outcomes", legend=_OUTCOMES)
        chart("response", "Response time", "ms, log scale", legend=(("p50", "accent"), ("p95", "unknown")))
        chart("limited", "Lost to rate limits", "of worker time")
        chart("machine", "This machine", "CPU of one core", legend=(("CPU", "accent"), ("Memory", "private")))
        with ui.element("section").classes("card").props('aria-label="Unknown by reason"'):
            with ui.element("div").classes("card-head"):
                head("Unknown by reason")
            box("unknown", "card-body down gap-4 monitor-reasons")


def errors() -> None:
    """Failures by proxy and hour, and what goes wrong again and again."""
    with ui.element("div").classes("monitor-errors"):
        with ui.element("section").classes("card").props('aria-label="Failed attempts by proxy and hour"'):
            with ui.element("div").classes("card-head wrap"):
                head("Failed attempts by proxy and hour")
                ui.space()
                box("heat-reasons", "segments").props('role="group" aria-label="Reason"')
            box("heat", "card-body")
        with ui.element("section").classes("card monitor-patterns").props('aria-label="Error patterns"'):
            with ui.element("div").classes("card-head"):
                head("Error patterns", "last 24 h")
            box("patterns")


def stories() -> None:
    """When the stories of a niche begin."""
    with ui.element("section").classes("card").props('aria-label="Story calendar"'):
        with ui.element("div").classes("card-head wrap"):
            head("Story calendar", "when a niche's profiles post")
            ui.space()
            box("niche", "input monitor-niche", tag="select").props('aria-label="Niche"')
        box("calendar", "card-body")
