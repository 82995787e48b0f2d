"""What people look for among the profiles, and whom they select: conditions, an order, names.

Owns the states that a profile's story can be in, as of one moment.  Knows no database and no page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.username import LONGEST, NotAUsername, canonical
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput

# As many as one answer carries, and as one request brings.
MOST_NAMES = 100_000

STATUSES = ("active", "paused", "gone")
_PREFIX = re.compile(rf"[a-z0-9._]{{1,{LONGEST}}}")


class StoryState(StrEnum):
    """What a profile's row says of its story.  Every profile is in exactly one, so they add up to all."""

    LIVE = "live"  # its story has not ended, whatever the last check could tell
    ENDED = "ended"  # seen live at the last check; that story has ended, and nobody has looked since
    UNKNOWN = "unknown"  # the last check could not tell
    NONE = "none"
    PRIVATE = "private"
    GONE = "gone"
    NEVER = "never"  # never checked


class Checked(StrEnum):
    """How long ago the last check was, at most."""

    HOUR = "1h"
    DAY = "24h"
    WEEK = "7d"
    NEVER = "never"

    @property
    def age(self) -> timedelta | None:
        """The longest time since the last check; None: there was none."""
        return _AGES.get(self)


_AGES = {Checked.HOUR: timedelta(hours=1), Checked.DAY: timedelta(days=1), Checked.WEEK: timedelta(days=7)}


class SortBy(StrEnum):
    """What the rows are ordered by.

    Absent values come last in both directions.  Equal ones are ordered by username, in the same direction.
    ``NICHE`` means the niches' names, ``STORY`` the order of :class:`StoryState`, never checked counting as absent.
    """

    USERNAME = "username"
    NICHE = "niche"
    STORY = "story"
    STORY_SINCE = "story_since"
    STORY_UNTIL = "story_until"
    LAST_CHECKED_AT = "last_checked_at"
    LAST_STORY_AT = "last_story_at"
    CHECKS_TOTAL = "checks_total"
    DETECTION_PPM = "detection_ppm"
    STATUS = "status"
    REASON = "last_reason"


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """Conditions that hold together, and an order.  An empty set is no condition.

    Args:
        niche: A niche's id; None: all niches.
        reasons: Of the last check.
        seen_live: Part of the conclusive checks that found it live, in whole per cent, rounded down: from, to, both
            included.  It leaves out profiles without a conclusive check.
        username: How the username begins, as it was typed.
        watched: Only those whose new stories are alerts.
    """

    niche: int | None = None
    stories: frozenset[StoryState] = frozenset()
    statuses: frozenset[str] = frozenset()
    reasons: frozenset[Reason] = frozenset()
    checked: Checked | None = None
    seen_live: tuple[int, int] | None = None
    username: str = ""
    watched: bool = False
    sort: SortBy = SortBy.USERNAME
    descending: bool = False

    def __post_init__(self) -> None:
        strange = sorted(self.statuses - set(STATUSES))
        if strange:
            raise InvalidInput("status", f'"{strange[0]}" is none; there are {", ".join(STATUSES)}')
        if self.seen_live is not None and not 0 <= self.seen_live[0] <= self.seen_live[1] <= 100:
            low, high = self.seen_live
            raise InvalidInput(
                "seen live", f"give two numbers from 0 to 100, the lower one first, not {low} and {high}"
            )

    @property
    def filtered(self) -> bool:
        """Whether there is a condition besides the niche."""
        return self.in_order(SortBy.USERNAME) != FeedQuery(self.niche)

    @property
    def prefix(self) -> str | None:
        """How the canonical username begins; empty: no condition; None: none begins as it was typed."""
        text = self.username.strip()
        if "/" in text:
            try:
                return canonical(text)
            except NotAUsername:
                return None
        text = text.removeprefix("@").lower()
        return text if not text or _PREFIX.fullmatch(text) else None

    def in_order(self, sort: SortBy, *, descending: bool = False) -> FeedQuery:
        """The same conditions with another order."""
        return replace(self, sort=sort, descending=descending)


@dataclass(frozen=True, slots=True)
class Selection:
    """Profiles that somebody selected: those named, or all that match a query but those named as exceptions.

    Who matches is found out when a verb uses the selection.
    """

    names: tuple[str, ...] = ()
    query: FeedQuery | None = None
    except_names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.query is not None and self.names:
            raise InvalidInput("selection", "give names, or what all of them match, not both")
        if self.query is None and not self.names:
            raise InvalidInput("selection", "select at least one profile")
        for names in (self.names, self.except_names):
            if len(names) > MOST_NAMES:
                raise InvalidInput("selection", f"at most {MOST_NAMES:,} names, not {len(names):,}")


def story_state(outcome: Outcome | None, story_until: datetime | None, now: datetime) -> StoryState:
    """The state of a profile with this last outcome and this end of its last story."""
    if story_until is not None and story_until > now:
        return StoryState.LIVE
    if outcome is None:
        return StoryState.NEVER
    return StoryState.ENDED if outcome is Outcome.LIVE else StoryState(outcome.value)
