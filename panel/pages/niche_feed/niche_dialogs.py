"""The questions about niches: name and daily target, and what becomes of the profiles of one that is deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from core.errors import InvalidInput, UserError
from panel.live_updates import Row
from panel.widgets.confirming import confirmed
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.numbers import count_of
from panel.widgets.searched_list import nothing_fits, searched_list

Save = Callable[[str, int | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ProfilesFuture:
    """What becomes of a deleted niche's profiles: *move_to* another one, or they go with it (None)."""

    move_to: str | None


async def ask_for_niche(question: str, save: Save, *, yes: str, name: str = "", target: int | None = None) -> None:
    """Ask for a name and a daily target until *save* takes them or the person leaves it."""
    with ui.dialog() as dialog, ui.element("form").classes("dialog narrow").props('aria-label="Niche"') as form:
        with ui.element("div").classes("dialog-head"):
            Heading(question, level=2)
        with ui.element("div").classes("dialog-body"):
            with ui.element("div"):
                ui.label("Name").classes("label")
                called = ui.input(value=name).props('outlined dense autofocus maxlength=100 aria-label="Name"')
            with ui.element("div"):
                ui.label("Daily target").classes("label")
                wanted = ui.number(value=target, min=1, step=1, precision=0, placeholder="No target")
                wanted.props('outlined dense clearable aria-label="Daily target"')
            Paragraph("The target is how many different profiles should be seen live in a day.").classes(
                "small-text muted"
            )
        with ui.element("div").classes("dialog-foot"):
            ui.space()
            ui.button("Cancel", color=None, on_click=lambda: dialog.submit(None)).classes("secondary")
            go = ui.button(yes, color=None).classes("primary").props("type=submit")

    async def submit() -> None:
        for field in (called, wanted):
            field.error = None
        go.disable()
        try:
            await save(called.value or "", None if wanted.value in (None, "") else int(wanted.value))
        except UserError as error:
            about_target = isinstance(error, InvalidInput) and "target" in error.field
            (wanted if about_target else called).error = error.why if isinstance(error, InvalidInput) else str(error)
        else:
            dialog.submit(True)
        finally:
            go.enable()

    form.on("submit", submit, js_handler="(e) => { e.preventDefault(); emit(); }")
    try:
        await dialog
    finally:
        dialog.delete()


async def ask_what_becomes(row: Row, others: Sequence[str]) -> ProfilesFuture | None:
    """What becomes of a niche's profiles as it is deleted; None when it is left."""
    question = f"Delete {row['name']}?"
    if not row["profiles"]:
        sure = await confirmed(question, "It has no profiles. Its batches stay.", yes="Delete niche")
        return ProfilesFuture(None) if sure else None
    count = count_of(row["profiles"], "profile")
    moving = {"move": f"Move its {count} to another niche"} if others else {}
    choices = moving | {"remove": f"Remove its {count} with their statistics and checks; that cannot be undone"}
    with ui.dialog() as dialog, ui.element("div").classes("dialog narrow").props('role="alertdialog"'):
        with ui.element("div").classes("dialog-head"):
            Heading(question, level=2)
        with ui.element("div").classes("dialog-body"):
            ui.label("Its batches stay. Say what becomes of its profiles:")
            choice = ui.radio(choices, value=next(iter(choices))).props("dense")
            named = {name: name for name in others}
            target = searched_list(named, called="Move them to", value=others[0] if others else None)
            nothing_fits(target, "No niche is called that.")
            target.bind_visibility_from(choice, "value", value="move")
        with ui.element("div").classes("dialog-foot"):
            ui.space()
            ui.button("Cancel", color=None, on_click=lambda: dialog.submit(None)).classes("secondary").props(
                "autofocus"
            )
            go = ui.button(color=None, on_click=lambda: dialog.submit(choice.value)).classes("danger-filled")

    def name_it() -> None:
        go.text = f"Delete niche, {'move' if choice.value == 'move' else 'remove'} {count}"

    name_it()
    choice.on_value_change(name_it)
    try:
        chosen = await dialog
        if chosen is None:
            return None
        return ProfilesFuture(str(target.value) if chosen == "move" else None)
    finally:
        dialog.delete()
