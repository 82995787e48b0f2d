"""What a person presses, and chooses in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from tests.discord_server.components import Button, Select
from tests.discord_server.messages import Message
from tests.discord_server.options import Resolver, Unusable, Value
from tests.discord_server.wire import ComponentKind


def chosen(select: Select, picks: Sequence[Value], resolver: Resolver) -> list[str]:
    """The values that choosing *picks* sends: labels or values of a menu of texts, things of the others."""
    if select.disabled:
        raise Unusable(f"the menu {select.custom_id} is switched off")
    if not select.min_values <= len(picks) <= select.max_values:
        raise Unusable(f"the menu {select.custom_id} takes {select.min_values} to {select.max_values} choices")
    if select.kind is not ComponentKind.STRING_SELECT:
        return [resolver.pick(pick) for pick in picks]
    known = {name: value for label, value in select.options for name in (label, value)}
    strange = [pick for pick in picks if pick not in known]
    if strange:
        raise Unusable(f"the menu {select.custom_id} offers {', '.join(known)}, and not {strange}")
    return [known[pick] for pick in picks]


def button_on(message: Message, name: str) -> Button:
    """The button with this label or custom id, if it can be pressed."""
    for button in message.buttons:
        if name in (button.label, button.custom_id):
            if button.disabled or button.url:
                raise Unusable(f"the button {name!r} cannot be pressed")
            return button
    labels = ", ".join(button.label for button in message.buttons) or "no buttons"
    raise Unusable(f"the message has {labels}, and not {name!r}")


def menu_on(message: Message, name: str) -> Select:
    """The menu with this placeholder or custom id."""
    for select in message.selects:
        if name in (select.placeholder, select.custom_id):
            return select
    names = ", ".join(select.custom_id for select in message.selects) or "no menus"
    raise Unusable(f"the message has {names}, and not {name!r}")
