"""Links that lead within the page: with ctrl, shift or the middle button they are links like any other."""

from __future__ import annotations

from nicegui.element import Element


def leads_within(link: Element) -> None:
    """Have *link* lead to its address without loading the page anew."""
    link.on("click", js_handler="(e) => SW.follow(e)")
