"""What people write about a target of alerts: its label, address, kinds, quiet hours, mention, and whether it is on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.domain.alarms import CHOICES
from core.domain.alert_rules import read_kinds
from core.domain.closest import hint
from core.domain.quiet import read_quiet
from core.errors import InvalidInput
from core.network import notices
from core.secrets import Secret
from core.storage.alert_targets import APPRISE, Wanted

_LONGEST_LABEL = 80
_DISCORD_ID = re.compile(r"[0-9]{15,20}")
_RESERVED = "schedule:"
_ON_OFF = {"on": True, "off": False}


async def must_be_usable(via: str, address: Secret) -> None:
    """Raise unless alerts can be sent there, as far as that is seen from the address.

    Raises:
        InvalidInput: It is none; the sentence holds nothing of it.
    """
    if via == APPRISE:
        await notices.service_of(address)
    elif not _DISCORD_ID.fullmatch(address.reveal().strip()):
        raise InvalidInput("address", "a channel's id has 15 to 20 digits; with developer mode on, Copy Channel ID")


def with_values(wanted: Wanted, values: Mapping[str, str], via: str) -> Wanted:
    """*wanted* with each field of *values* set to what its text says; all or nothing.

    Raises:
        InvalidInput: A field is refused.
    """
    read: dict[str, Any] = {}
    for name, text in values.items():
        if name not in _READ:
            raise InvalidInput(name[:40], f"a target has no such field; {hint(name, _READ)}")
        if name == "mention" and via == APPRISE and _mention(text) is not None:
            raise InvalidInput("mention", "only a Discord channel has roles to mention")
        read[name] = _READ[name](text)
    return replace(wanted, **read)


def read_label(text: str) -> str:
    """The name of a target.

    Raises:
        InvalidInput: It is empty, too long, or would be taken for something else.
    """
    label = " ".join(text.split())
    if not label or len(label) > _LONGEST_LABEL:
        raise InvalidInput("label", f"give a name of 1 to {_LONGEST_LABEL} signs")
    if label.isdecimal() or label.lower().startswith(_RESERVED):
        raise InvalidInput("label", "a number, or schedule: at its beginning, would be taken for something else")
    return label


def _kinds(text: str) -> tuple[str, ...] | None:
    kinds = read_kinds(text)
    return None if kinds == CHOICES else kinds


def _mention(text: str) -> str | None:
    given = text.strip().removeprefix("<@&").removesuffix(">")
    if given.lower() in {"", "none"}:
        return None
    if not _DISCORD_ID.fullmatch(given):
        raise InvalidInput("mention", "a role's id has 15 to 20 digits; with developer mode on, Copy Role ID, or none")
    return given


def _enabled(text: str) -> bool:
    given = _ON_OFF.get(text.strip().lower())
    if given is None:
        raise InvalidInput("enabled", f'"{text.strip()[:40]}" does not fit; it takes on or off')
    return given


_READ: Mapping[str, Callable[[str], Any]] = {
    "label": read_label,
    "kinds": _kinds,
    "quiet": read_quiet,
    "mention": _mention,
    "enabled": _enabled,
}
