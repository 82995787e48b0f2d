"""Places in the panel and their addresses: every tab, niche, profile, batch and settings section has one.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit


class TabName(StrEnum):
    """A tab; its value is the first part of its address."""

    FEED = "feed"
    BATCHES = "batches"
    SETTINGS = "settings"
    MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class Place:
    """What a person looks at.

    Args:
        item: What is open in the tab: a niche's id, a batch's id, a section of the settings; None is the tab itself.
        profile: The profile whose drawer is open.
        options: Everything else, as in the address after the question mark: filters, a batch to highlight.
    """

    tab: TabName = TabName.FEED
    item: str | None = None
    profile: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """The path and query that lead here."""
        path = f"/{self.tab.value}" + ("" if self.item is None else f"/{quote(self.item, safe='')}")
        query = list(self.options) + ([] if self.profile is None else [("profile", self.profile)])
        return path + (f"?{urlencode(query)}" if query else "")

    def option(self, name: str) -> str | None:
        """The value of an option, or None."""
        return dict(self.options).get(name)


def place_at(address: str) -> Place:
    """The place of a path and query; what means nothing is left out, so that every address leads somewhere."""
    parts = urlsplit(address)
    first, _, rest = parts.path.strip("/").partition("/")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    profile = query.pop("profile", None)
    item = unquote(rest.split("/", maxsplit=1)[0]) or None
    options = tuple(sorted(query.items()))
    try:
        return Place(TabName(first), item, profile, options)
    except ValueError:
        return Place()
