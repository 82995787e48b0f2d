"""What the table in the browser says of itself: how many match, how many are selected, which page is in view.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FeedState:
    """The table as of the last word of it.

    Args:
        total: How many match; None while nobody knows.
        live: How many of them are live; None while nobody knows.
        failure: Why there are no rows, as a sentence; empty when there are.
        selected: How many are selected, on other pages too.
        everybody: The selection is "all that match" and no list of names.
        first: The first row of the page in view, counted from 1; 0 when there is none.
        page: Counted from 0, like the rows' positions.
    """

    total: int | None = None
    live: int | None = None
    failure: str = ""
    size: int = 100
    selected: int = 0
    everybody: bool = False
    first: int = 0
    last: int = 0
    page: int = 0
    pages: int = 0

    @classmethod
    def told(cls, words: Mapping[str, Any]) -> FeedState:
        """The state that the browser tells."""
        total, live = words.get("total"), words.get("live")
        return cls(
            total=None if total is None else int(total),
            live=None if live is None else int(live),
            failure=str(words.get("failure", "")),
            size=int(words.get("size", 100)),
            selected=int(words.get("selected", 0)),
            everybody=bool(words.get("all", False)),
            first=int(words.get("first", 0)),
            last=int(words.get("last", 0)),
            page=int(words.get("page", 0)),
            pages=int(words.get("pages", 0)),
        )

    @property
    def range_in_words(self) -> str:
        """*1–100 of 2,391*."""
        if self.total is None:
            return ""
        return f"{self.first:,}–{self.last:,} of {self.total:,}" if self.total else "0 of 0"
