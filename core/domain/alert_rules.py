"""The rules of alerts: which kinds are told, from which figures on, and when it is quiet.

Owns their names, defaults, bounds and the sentences that refuse a bad value.  Stores nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.alarms import CHOICES
from core.domain.closest import hint
from core.domain.quiet import QuietHours, read_quiet
from core.errors import InvalidInput

_DIGITS = 9
_MOST_MB = 10_000_000


class Batches(StrEnum):
    """Of which batches people are told that they are finished."""

    SCHEDULED = "scheduled"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AlertRules:
    """All rules at one moment.

    Args:
        kinds: Those that are told.
        proxies_low: Per cent of the enabled proxies; fewer ready ones are an alert, 0 never.
        sessions_low: Likewise of the enabled sessions that can be used.
        disk_low_mb: Free megabytes; less is an alert, 0 never.
    """

    kinds: tuple[str, ...] = CHOICES
    proxies_low: int = 50
    sessions_low: int = 50
    disk_low_mb: int = 500
    quiet: QuietHours | None = None
    muted_until: datetime | None = None
    batches: Batches = Batches.SCHEDULED


@dataclass(frozen=True, slots=True)
class RuleField:
    """What one rule means and takes."""

    name: str
    meaning: str
    takes: str
    read: Callable[[str], Any]
    shown: Callable[[Any], str]


def read_kinds(text: str) -> tuple[str, ...]:
    """The kinds that *text* names with commas between them; ``all`` names all, ``none`` none.

    Raises:
        InvalidInput: There is no such kind.
    """
    given = [part.strip().lower().replace("-", "_") for part in text.split(",") if part.strip()]
    if given == ["all"]:
        return CHOICES
    if given in ([], ["none"]):
        return ()
    for name in given:
        if name not in CHOICES:
            raise InvalidInput("kinds", f'"{name[:40]}" is no kind of alert; {hint(name, CHOICES)}')
    return tuple(kind for kind in CHOICES if kind in given)


def shown_kinds(kinds: Iterable[str]) -> str:
    """Kinds as :func:`read_kinds` takes them."""
    named = tuple(kinds)
    if named == CHOICES:
        return "all"
    return ", ".join(named) or "none"


def _whole(name: str, most: int, unit: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        given = text.strip().removesuffix("%").strip()
        if not (given.isascii() and given.isdecimal() and len(given) <= _DIGITS and int(given) <= most):
            raise InvalidInput(
                name, f'"{text.strip()[:40]}" does not fit; it takes a whole number from 0 to {most:,} ({unit})'
            )
        return int(given)

    return read


def _read_batches(text: str) -> Batches:
    try:
        return Batches(text.strip().lower())
    except ValueError:
        raise InvalidInput("batches", f'"{text.strip()[:40]}" does not fit; it takes scheduled, all or none') from None


def _shown_quiet(quiet: QuietHours | None) -> str:
    return "none" if quiet is None else str(quiet)


FIELDS: tuple[RuleField, ...] = (
    RuleField(
        "kinds",
        "which kinds of alerts are told",
        "kinds with commas between them, all or none",
        read_kinds,
        shown_kinds,
    ),
    RuleField(
        "batches",
        "of which batches people are told that they are finished",
        "scheduled, all or none",
        _read_batches,
        str,
    ),
    RuleField(
        "proxies_low",
        "share of the proxies in use; fewer ready ones are an alert, 0 for never",
        "a whole number from 0 to 100 (per cent)",
        _whole("proxies_low", 100, "per cent"),
        str,
    ),
    RuleField(
        "sessions_low",
        "share of the sessions in use; fewer that can be used are an alert, 0 for never",
        "a whole number from 0 to 100 (per cent)",
        _whole("sessions_low", 100, "per cent"),
        str,
    ),
    RuleField(
        "disk_low_mb",
        "free room on the disk of the data directory; less is an alert, 0 for never",
        f"a whole number from 0 to {_MOST_MB:,} (megabytes)",
        _whole("disk_low_mb", _MOST_MB, "megabytes"),
        str,
    ),
    RuleField(
        "quiet",
        "hours in which nothing is told that can wait",
        "a span such as 22:00-07:00, or none",
        read_quiet,
        _shown_quiet,
    ),
)
_BY_NAME = {field.name: field for field in FIELDS}
_DEFAULT = "default"


def rule_field(name: str) -> RuleField:
    """What *name* means; case and dashes do not matter.

    Raises:
        InvalidInput: No rule has this name; the sentence suggests one.
    """
    field = _BY_NAME.get(name.strip().lower().replace("-", "_"))
    if field is None:
        raise InvalidInput(name.strip()[:40] or "rule", f"there is no such rule; {hint(name, _BY_NAME)}")
    return field


def with_rules(rules: AlertRules, values: Mapping[str, str]) -> AlertRules:
    """*rules* with each name of *values* set to what its text says, ``default`` to its default; all or nothing.

    Raises:
        InvalidInput: A name or a value is refused.
    """
    default = AlertRules()
    read: dict[str, Any] = {}
    for name, text in values.items():
        field = rule_field(name)
        is_default = text.strip().lower() == _DEFAULT
        read[field.name] = getattr(default, field.name) if is_default else field.read(text)
    return replace(rules, **read)


def to_store(rules: AlertRules) -> dict[str, str]:
    """The rules that differ from the defaults, as text by name."""
    default = AlertRules()
    changed = {
        field.name: field.shown(getattr(rules, field.name))
        for field in FIELDS
        if getattr(rules, field.name) != getattr(default, field.name)
    }
    if rules.muted_until is not None:
        changed["muted_until"] = rules.muted_until.isoformat()
    return changed


def from_stored(stored: Mapping[str, str]) -> AlertRules:
    """What :func:`to_store` gave; what another release stored and this one cannot read is left out."""
    rules = AlertRules()
    for name in stored.keys() & _BY_NAME.keys():
        with contextlib.suppress(InvalidInput):
            rules = with_rules(rules, {name: stored[name]})
    muted = stored.get("muted_until")
    return rules if muted is None else replace(rules, muted_until=datetime.fromisoformat(muted))
