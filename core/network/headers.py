"""The headers of an answer as the library has them, looked at by name and copied by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from multidict import CIMultiDictProxy

T = TypeVar("T")


class Headers(Mapping[str, tuple[str, ...]]):
    """Names in lower case to values in the order received.

    Answers have some thirty headers, and of a good one three are looked at.
    """

    __slots__ = ("_told",)

    def __init__(self, told: CIMultiDictProxy[str]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return tuple(self._told.getall(name))

    @overload
    def get(self, name: str, /) -> tuple[str, ...] | None: ...
    @overload
    def get(self, name: str, /, default: tuple[str, ...] | T) -> tuple[str, ...] | T: ...
    def get(self, name: str, /, default: object = None) -> object:
        """The values of *name*."""
        values = self._told.getall(name, None)
        return default if values is None else tuple(values)

    def __contains__(self, name: object) -> bool:
        return name in self._told

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name.lower() for name in self._told))

    def __len__(self) -> int:
        return len(set(map(str.lower, self._told)))

    def __repr__(self) -> str:
        return f"<Headers {', '.join(self)}>"
