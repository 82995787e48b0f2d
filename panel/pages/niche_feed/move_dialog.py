"""The question where profiles should move: one of the niches, or a new one."""

from __future__ import annotations

from nicegui import ui

from core.app import App
from core.errors import InvalidInput, UserError
from panel import access
from panel.pages.niche_feed.niche_choice import NicheChoice
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.numbers import count_of


async def ask_where(app: App, count: int, *, besides: str | None = None) -> str | None:
    """The niche that the person chose, or named and which now exists; None when they left it.

    Args:
        count: How many profiles would move.
        besides: The niche that all of them are in, which is not offered.
    """
    profiles = count_of(count, "profile")
    # As they are now: what a page shows of them may be some seconds old, and somebody comes for one just made.
    niches = [name for name in await app.niches.names(await access.current_actor()) if name != besides]
    with (
        ui.dialog() as dialog,
        ui.element("form").classes("dialog narrow").props('aria-label="Move to a niche"') as form,
    ):
        with ui.element("div").classes("dialog-head"):
            Heading(f"Move {profiles}", level=2)
        with ui.element("div").classes("dialog-body"):

            async def chosen() -> None:
                go.set_enabled(choice.name is not None)

            choice = NicheChoice(niches, None, chosen)
            refusal = Paragraph("").classes("refusal").props('role="alert"')
            Paragraph("What their checks add up to goes with them.").classes("small-text muted")
        with ui.element("div").classes("dialog-foot"):
            ui.space()
            ui.button("Cancel", color=None, on_click=lambda: dialog.submit(None)).classes("secondary")
            go = ui.button(f"Move {profiles}", color=None).classes("primary").props("type=submit")
            go.set_enabled(False)

    async def submit() -> None:
        if choice.name is None:
            return
        try:
            if choice.is_new:
                await app.niches.create(await access.current_actor(), choice.name)
        except UserError as error:
            refusal.text = error.why if isinstance(error, InvalidInput) else str(error)
        else:
            dialog.submit(choice.name)

    form.on("submit", submit, js_handler="(e) => { e.preventDefault(); emit(); }")
    try:
        answer = await dialog
        return None if answer is None else str(answer)
    finally:
        dialog.delete()
