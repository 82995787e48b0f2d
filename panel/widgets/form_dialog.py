"""A dialog with a form whose values go to a plain route.

They never pass the page's socket, and the server keeps no copy of what was typed: cookies and passwords are among
them.  What the route refuses is told at the field that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import events, json, ui

from panel.widgets.heading import Heading, Paragraph
from panel.widgets.plain import Plain

_UNSUITABLE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Args:
        name: What its value is called in the request.
        kind: ``text``, ``password``, ``time``, ``zone`` (a time zone), ``area``, ``file``, ``choice``, ``check``,
            ``ticks`` or ``hidden``.
        about: What a refusal calls it; *name* by default.
        choices: Values and what they are called; of a ``choice``, of which one is chosen, and of ``ticks``, of which
            any are: its value is a list.
        accepts: Endings of the files that a ``file`` takes.  Its text stands in for an empty ``area`` of its name.
    """

    name: str
    label: str
    kind: str = "text"
    help: str = ""
    about: str = ""
    placeholder: str = ""
    choices: Sequence[tuple[str, str]] = ()
    accepts: str = ""
    autocomplete: str = "off"

    @property
    def told_as(self) -> str:
        """What a refusal calls it, as it can stand in a property."""
        return _UNSUITABLE.sub("-", (self.about or self.name).lower())


class FormDialog:
    """One form, open until it is sent or left.

    Args:
        heading: What it is about.
        path: The route that takes the values as a JSON object.
        button: The verb: "Add proxy".
        on_done: Told the route's answer, without its ``lines``.
        report: The name of the browser's function that shows the answer in place of the form, which then stays open.
        preview: A route that says what the values would come to, asked while they are filled in: ``heading`` and
            ``lines``, a sentence ``told`` that ``warns`` or does not, and whether it ``fits``; a box called
            ``anyway`` is there only where it does not.
    """

    def __init__(
        self,
        heading: str,
        fields: Sequence[Field],
        *,
        path: str,
        button: str,
        intro: str = "",
        on_done: Callable[[Any], Awaitable[None] | None] | None = None,
        report: str = "",
        preview: str = "",
        narrow: bool = True,
        danger: bool = False,
    ) -> None:
        self._on_done = on_done
        self._preview = preview
        self._client = ui.context.client
        with ui.dialog() as self._dialog, ui.element("div").classes("dialog narrow" if narrow else "dialog"):
            self._dialog.props["aria-label"] = heading
            self._form = ui.element("form").classes("form")
            self._form.props["aria-label"] = heading
            self._form.props["novalidate"] = True
        with self._form:
            with ui.element("div").classes("dialog-head"):
                Heading(heading, level=2)
            with ui.element("div").classes("dialog-body"):
                if intro:
                    Paragraph(intro).classes("muted")
                for field in fields:
                    self._field(field)
                ui.element("p").classes("form-error").props('role="alert"')
            if preview:
                ui.element("div").classes("form-preview").props('role="status" aria-live="polite"')
            with ui.element("div").classes("dialog-foot"):
                ui.space()
                ui.button("Cancel", color=None, on_click=self._dialog.close).classes("secondary").props('type="button"')
                kind = "danger-filled" if danger else "primary"
                ui.button(button, color=None).classes(kind).props('type="submit"')
        submit = f"(e) => SW.form.submit(e, {json.dumps(path)}, {json.dumps(report)}, emit)"
        self._form.on("submit", self._sent, js_handler=submit)
        self._dialog.on("hide", self._dialog.delete)

    def open(self, values: Mapping[str, Any] | None = None) -> None:
        """Show it, with these values filled in."""
        # As the form appears: a moment later somebody may have begun to type, and would be overwritten.
        given = f"{json.dumps(dict(values or {}))}, {json.dumps(self._preview)}"
        self._form.on("vnodeMounted", js_handler=f"(node) => SW.form.fill(node.el, {given})")
        self._dialog.open()

    async def _sent(self, event: events.GenericEventArguments) -> None:
        answer = event.args
        if isinstance(answer, dict) and answer.get("closes", True):
            self._dialog.close()
        if self._on_done is not None:
            # Not in the slot of the dialog, which goes away meanwhile.
            with self._client:
                done = self._on_done(answer)
                if done is not None:
                    await done

    def _field(self, field: Field) -> None:
        if field.kind == "hidden":
            ui.element("input").props(f'type="hidden" name="{field.name}"')
            return
        if field.kind == "ticks":
            self._ticks(field)
        else:
            self._labelled(field)
        with ui.element("div").classes("form-below"):
            if field.help:
                Paragraph(field.help).classes("faint small-text")
            ui.element("p").classes("form-error").props(f'role="alert" data-about="{field.told_as}"')

    def _labelled(self, field: Field) -> None:
        with ui.element("label").classes(f"form-field {field.kind}"):
            if field.kind == "check":
                ui.element("input").props(f'type="checkbox" name="{field.name}"')
            Plain("span", field.label).classes("label")
            if field.kind != "check":
                self._input(field)

    def _ticks(self, field: Field) -> None:
        with ui.element("div").classes("form-ticks").props('role="group"') as group:
            group.props["aria-label"] = field.label
            Plain("span", field.label).classes("label")
            for value, label in field.choices:
                with ui.element("label").classes("form-field check"):
                    tick = ui.element("input").props(f'type="checkbox" name="{field.name}" data-many')
                    tick.props["value"] = value
                    Plain("span", label).classes("label")

    def _input(self, field: Field) -> None:
        plain = f'name="{field.name}" autocomplete="{field.autocomplete}" spellcheck="false"'
        if field.kind == "area":
            made = ui.element("textarea").props(f'{plain} rows="6"')
        elif field.kind == "choice":
            with ui.element("select").props(plain) as made:
                for value, label in field.choices:
                    Plain("option", label).props["value"] = value
        elif field.kind == "file":
            made = ui.element("input").props(f'type="file" {plain} accept="{field.accepts}"')
        elif field.kind == "zone":
            made = ui.element("input").props(f'type="text" {plain} list="time-zones"')
        else:
            made = ui.element("input").props(f'type="{field.kind}" {plain}')
        made.classes("input")
        if field.placeholder:
            made.props["placeholder"] = field.placeholder
