"""Elements of plain HTML, with nothing in them but text."""

from __future__ import annotations

from nicegui.elements.mixins.text_element import TextElement


class Plain(TextElement):
    """An element of any kind, with text or without."""

    def __init__(self, tag: str, text: str = "") -> None:
        super().__init__(tag=tag, text=text)
