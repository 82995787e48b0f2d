"""Elements that the browser fills with figures."""

from __future__ import annotations

from nicegui import ui

from panel.widgets.heading import Heading


def box(name: str, classes: str = "", *, tag: str = "div") -> ui.element:
    """An element that the browser finds by its name."""
    return ui.element(tag).classes(classes).props(f'data-monitor="{name}"')


def tile(name: str, label: str, meaning: str = "") -> None:
    """A figure at a glance.

    Args:
        meaning: What is counted, for who points at it.
    """
    with ui.element("div").classes("tile") as made:
        if meaning:
            made.props["title"] = meaning
        ui.label(label).classes("label")
        box(f"tile-{name}", "value")
        box(f"detail-{name}", "detail")


def head(title: str, note: str = "") -> None:
    """What stands above a card's content.

    Args:
        note: What is counted, in few words.
    """
    Heading(title, level=2)
    if note:
        ui.label(note).classes("muted small-text")


def chart(name: str, title: str, note: str = "", *, legend: tuple[tuple[str, str], ...] = ()) -> None:
    """A card with a chart.

    Args:
        legend: Names of the lines or bars, each with the class of its colour.
    """
    with ui.element("section").classes("card chart-card") as card:
        card.props["aria-label"] = title
        with ui.element("div").classes("card-head wrap"):
            head(title, note)
            if name == "outcomes":
                box("outcomes-unit", "muted small-text")
            ui.space()
            for called, kind in legend:
                with ui.element("span").classes("chart-key"):
                    ui.element("i").classes(f"chart-dot {kind}")
                    ui.label(called)
        drawn = box(f"chart-{name}", "chart").props('role="img" tabindex="0"')
        drawn.props["aria-label"] = title
