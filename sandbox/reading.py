"""Frozen dataclasses from JSON, strictly: what does not fit is one sentence that names the field."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


def from_json(cls: type[T], text: str, what: str) -> T:
    """The *cls* that *text* spells.

    Raises:
        ValueError: It is no JSON object, a field is unknown, or a value does not fit; the sentence says which.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"{what}: this is not JSON{place}") from None
    made: T = _object(cls, data, what)
    return made


def check_share(**shares: float) -> None:
    """Raises ValueError naming the first of *shares* that is not from 0 to 1."""
    for name, value in shares.items():
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"{name}: {value:g} is no share; it takes a number from 0 to 1")


def check_at_least(least: float, **numbers: float | None) -> None:
    """Raises ValueError naming the first of *numbers* that is below *least*."""
    for name, value in numbers.items():
        if value is not None and value < least:
            raise ValueError(f"{name}: {value:g} is too small; it takes a number from {least:g} on")


@lru_cache(maxsize=32)
def _types_of(cls: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def _object(cls: Any, data: object, where: str) -> Any:
    if not isinstance(data, dict):
        raise _unfit(where, data, "an object of named values")
    known = _types_of(cls)
    for name in data:
        if name not in known:
            close = get_close_matches(name, known, 1)
            meant = f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"
            raise ValueError(f"{name}: {where} has no such field{meant}")
    for name in _needed(cls):
        if name not in data:
            raise ValueError(f"{where}: {name} is needed")
    return cls(**{name: _value(known[name], value, name) for name, value in data.items()})


def _needed(cls: Any) -> list[str]:
    return [each.name for each in fields(cls) if each.default is MISSING and each.default_factory is MISSING]


def _value(kind: Any, value: object, name: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        (kind,) = (each for each in typing.get_args(kind) if each is not type(None))
        return _value(kind, value, name)
    if origin is tuple:
        return _items(typing.get_args(kind), value, name)
    if is_dataclass(kind):
        return _object(kind, value, name)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind, value, name)
    return _plain(kind, value, name)


def _items(kinds: tuple[Any, ...], value: object, name: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _unfit(name, value, "a list")
    if kinds[-1] is Ellipsis:
        return tuple(_value(kinds[0], each, name) for each in value)
    if len(value) != len(kinds):
        raise _unfit(name, value, f"{len(kinds)} values")
    return tuple(_value(kind, each, name) for kind, each in zip(kinds, value, strict=True))


def _choice(kind: type[StrEnum], value: object, name: str) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        raise _unfit(name, value, f"one of {', '.join(kind)}") from None


_FITS: dict[Any, tuple[Callable[[object], bool], str]] = {
    bool: (lambda value: isinstance(value, bool), "true or false"),
    int: (lambda value: type(value) is int, "a whole number"),
    float: (lambda value: type(value) in (int, float), "a number"),
    str: (lambda value: isinstance(value, str), "a text"),
}


def _plain(kind: Any, value: object, name: str) -> Any:
    fits, words = _FITS[kind]
    if not fits(value):
        raise _unfit(name, value, words)
    return kind(value)


def _unfit(name: str, value: object, takes: str) -> ValueError:
    text = json.dumps(value)
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return ValueError(f"{name}: {shown} does not fit; it takes {takes}")
