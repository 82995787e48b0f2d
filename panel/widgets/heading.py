"""Headings and plain text as the elements that screen readers know."""

from __future__ import annotations

from nicegui.elements.mixins.text_element import TextElement


class Heading(TextElement):
    """A heading.

    Args:
        level: 1 for a tab's own, 2 for its parts.
    """

    def __init__(self, text: str, level: int = 1) -> None:
        super().__init__(tag=f"h{level}", text=text)


class Paragraph(TextElement):
    """A paragraph of plain text."""

    def __init__(self, text: str) -> None:
        super().__init__(tag="p", text=text)


class SubmitButton(TextElement):
    """The button of a plain form."""

    def __init__(self, text: str) -> None:
        super().__init__(tag="button", text=text)
        self.props('type="submit"')
