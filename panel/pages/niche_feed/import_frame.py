"""The frame of the import dialog: its heading with the steps, a body, a refusal, a foot.  It knows no import.

What is above the body outlives a step: somebody may be choosing there while the next step comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from core.errors import SignedOut, UserError
from panel.widgets.heading import Heading

STEPS = ("File", "Preview", "Result")
_TITLE = "Import profiles"


class ImportFrame:
    """A dialog whose content is put in step by step.

    Args:
        on_close: Told when it was closed, by whatever way.
    """

    def __init__(self, on_close: Callable[[], Awaitable[None]]) -> None:
        with ui.dialog() as self._dialog, ui.element("div").classes("dialog import-dialog"):
            with ui.element("div").classes("dialog-head"):
                self._heading = Heading(_TITLE, level=2)
                ui.space()
                self._stepper = ui.element("ol").classes("stepper").props('aria-label="Steps"')
                close = ui.button(icon="close", color=None, on_click=self.close).classes("quiet icon-only")
                close.props('aria-label="Close"')
            with ui.element("div").classes("dialog-body"):
                self.top = ui.element("div")
                self.body = ui.element("div").classes("down gap-12")
            self._alert = ui.label().classes("alert").props('role="alert"')
            self.foot = ui.element("div").classes("dialog-foot")
        self._dialog.props(f'aria-label="{_TITLE}"').on("hide", on_close)

    @property
    def is_open(self) -> bool:
        """It can be seen."""
        return bool(self._dialog.value)

    def open(self) -> None:
        """Show it."""
        self._dialog.open()

    def close(self) -> None:
        """Hide it; *on_close* is told."""
        self._dialog.close()

    def at(self, step: int | None, title: str = _TITLE, *, with_top: bool = False) -> None:
        """Make room for the step of this number, from 0; None for what is none of them.

        Args:
            with_top: What is above the body is part of the step.
        """
        self._heading.text = title
        self.top.set_visibility(with_top)
        self._alert.text = ""
        for element in (self._stepper, self.body, self.foot):
            element.clear()
        with self._stepper:
            for number, name in enumerate(STEPS if step is not None else ()):
                item = TextElement(tag="li", text=f"{number + 1} {name}")
                if number == step:
                    item.classes("on").props('aria-current="step"')

    def closing(self, label: str) -> None:
        """A button in the open slot that closes."""
        ui.button(label, color=None, on_click=self.close).classes("secondary")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong, above the foot, until the next step."""
        self._alert.text = sentence

    @contextmanager
    def told(self) -> Iterator[None]:
        """A refusal within the block is said here, where people look, as long as the dialog is open."""
        try:
            yield
        except SignedOut:
            raise
        except UserError as error:
            if not self.is_open:
                raise
            self.refuse(str(error))
