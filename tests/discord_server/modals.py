"""A modal as a person sees it, and what sending it off says to the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.discord_server.components import select_of
from tests.discord_server.files import Attachment
from tests.discord_server.interaction import Interaction
from tests.discord_server.menus import chosen
from tests.discord_server.options import Resolver, Unusable, Value
from tests.discord_server.wire import SELECTS, ComponentKind, Json


@dataclass(frozen=True)
class Field:
    """Something to fill in."""

    label: str
    custom_id: str
    kind: ComponentKind
    required: bool
    component: Json

    @property
    def value(self) -> str:
        """What a text field holds before anybody types."""
        return str(self.component.get("value") or "")


@dataclass(frozen=True)
class Modal:
    """A form that an application opened in front of a person."""

    interaction: Interaction
    title: str
    custom_id: str
    components: list[Json]

    @property
    def fields(self) -> list[Field]:
        """What is to be filled in, from top to bottom."""
        found = []
        for part in self.components:
            if part["type"] == ComponentKind.LABEL:
                found.append(_field(part["component"], part["label"]))
            elif part["type"] == ComponentKind.ROW:
                found += [_field(inside, inside.get("label") or "") for inside in part["components"]]
        return found

    def field(self, name: str) -> Field:
        """The field with this label or custom id."""
        for field in self.fields:
            if name in (field.label, field.custom_id):
                return field
        known = ", ".join(f"{field.label!r} ({field.custom_id})" for field in self.fields)
        raise Unusable(f"the modal {self.title!r} has {known}, and not {name!r}")


def _field(component: Json, label: str) -> Field:
    required = component.get("required")
    # Everything is required that does not say otherwise, except for a tick.
    needed = component["type"] != ComponentKind.CHECKBOX if required is None else bool(required)
    return Field(label, component["custom_id"], ComponentKind(component["type"]), needed, component)


def filled(modal: Modal, values: Mapping[str, Value], resolver: Resolver) -> list[Json]:
    """The components of a modal that was sent off; *values* by label or custom id."""
    by_id = {modal.field(name).custom_id: value for name, value in values.items()}
    sent = []
    for part in modal.components:
        known = {"type": part["type"], "id": part["id"]}
        if part["type"] == ComponentKind.LABEL:
            field = _field(part["component"], part["label"])
            sent.append(known | {"component": _sent(field, by_id.get(field.custom_id), resolver)})
        elif part["type"] == ComponentKind.ROW:
            inside = [_field(each, each.get("label") or "") for each in part["components"]]
            sent.append(known | {"components": [_sent(each, by_id.get(each.custom_id), resolver) for each in inside]})
        else:
            sent.append(known)
    return sent


def _sent(field: Field, value: Value, resolver: Resolver) -> Json:
    sent: Json = {"type": int(field.kind), "id": field.component["id"], "custom_id": field.custom_id}
    if field.kind is ComponentKind.TEXT_INPUT:
        return sent | {"value": _typed(field, field.value if value is None else value)}
    if field.kind is ComponentKind.FILE_UPLOAD:
        return sent | {"values": _uploaded(field, value, resolver)}
    if field.kind in SELECTS:
        picks = [] if value is None else value if isinstance(value, (list, tuple)) else [value]
        if not picks and not field.required:
            return sent | {"values": []}
        return sent | {"values": chosen(select_of(field.component), picks, resolver)}
    if field.kind is ComponentKind.CHECKBOX:
        return sent | {"value": bool(value)}
    return sent | _ticked(field, value)


def _typed(field: Field, text: Any) -> str:
    if not isinstance(text, str):
        raise Unusable(f"{field.label} takes text and not {text!r}")
    least, most = field.component.get("min_length") or 0, field.component.get("max_length") or 4000
    if (field.required and not text) or (text and not least <= len(text) <= most):
        raise Unusable(f"{field.label} takes {max(least, int(field.required))} to {most} characters")
    return text


def _uploaded(field: Field, value: Value, resolver: Resolver) -> list[str]:
    files = [value] if isinstance(value, Attachment) else list(value or ())
    least = field.component.get("min_values", 1) if field.required else 0
    most = field.component.get("max_values", 1)
    if not least <= len(files) <= most:
        raise Unusable(f"{field.label} takes {least} to {most} files and not {len(files)}")
    return [resolver.pick(each) for each in files]


def _ticked(field: Field, value: Value) -> Json:
    """Options of which one or several are ticked, by label or value."""
    options = {name: each["value"] for each in field.component["options"] for name in (each["label"], each["value"])}
    if field.kind is ComponentKind.RADIO_GROUP:
        if value is None and field.required:
            raise Unusable(f"{field.label} needs a choice")
        return {"value": None if value is None else options[value]}
    return {"values": [options[each] for each in value or ()]}
