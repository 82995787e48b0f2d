"""A question before something that cannot be taken back: the consequence, then a verb."""

from __future__ import annotations

from nicegui import ui

from panel.widgets.heading import Heading


async def confirmed(question: str, consequence: str, *, yes: str, no: str = "Cancel", danger: bool = True) -> bool:
    """Whether the person said yes; Escape and a click beside the dialog mean no.

    Args:
        question: What is about to happen, short: the heading.
        consequence: What follows from it, in whole sentences, with numbers.
        yes: The verb with its number: "Delete 2 batches".
    """
    with ui.dialog() as dialog, ui.element("div").classes("dialog narrow").props('role="alertdialog"') as box:
        # Set one by one: a quote in a name would end a property that is written as text.
        dialog.props["aria-label"] = box.props["aria-label"] = question
        with ui.element("div").classes("dialog-head"):
            Heading(question, level=2)
        with ui.element("div").classes("dialog-body"):
            ui.label(consequence)
        with ui.element("div").classes("dialog-foot"):
            ui.space()
            ui.button(no, color=None, on_click=lambda: dialog.submit(False)).classes("secondary").props("autofocus")
            kind = "danger-filled" if danger else "primary"
            ui.button(yes, color=None, on_click=lambda: dialog.submit(True)).classes(kind)
    try:
        return bool(await dialog)
    finally:
        dialog.delete()
