"""Views of the feed: its rows and numbers, and the history of one profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.feed import StoryState
from core.domain.verdict import Outcome, Reason
from core.services.views.profiles import ProfileView
from core.services.views.why import WhyStep


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A profile as a row of the feed shows it.

    Args:
        story: As of the moment at which the page was made, like *live_now*.
        detection_ppm: Conclusive checks that found it live, in a million of them; 0 where there is none.
        unknown_streak: Checks in a row, the last one among them, that could not tell.
        watched: A new story of it is an alert.
    """

    username: str
    niche: str
    niche_id: int
    status: str
    story: StoryState
    live_now: bool
    story_since: datetime | None
    story_until: datetime | None
    last_outcome: Outcome | None
    last_reason: Reason | None
    last_checked_at: datetime | None
    last_story_at: datetime | None
    checks_total: int
    conclusive_total: int
    stories_total: int
    detection_ppm: int
    unknown_streak: int
    watched: bool = False


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Rows of a query from a position on.

    Args:
        offset: The position of the first row, counted from 0.
        total: How many match, counted exactly at most five seconds ago.
    """

    rows: tuple[FeedRow, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class NicheSummary:
    """A niche and the numbers beside its name.

    Args:
        live_now: Profiles whose story has not ended.
        seen_live_today: Distinct profiles seen live since midnight, in the zone of the deployment.
    """

    id: int
    name: str
    position: int
    daily_story_target: int | None
    profiles: int
    live_now: int
    seen_live_today: int

    @property
    def target_met(self) -> bool:
        """As many profiles as the target asks for were seen live today; False without a target."""
        return self.daily_story_target is not None and self.seen_live_today >= self.daily_story_target


@dataclass(frozen=True, slots=True)
class NichesOverview:
    """All niches in their order, and what all profiles add up to.

    Args:
        day_began: The midnight since which *seen_live_today* counts.
    """

    profiles: int
    live_now: int
    unknown: int
    never_checked: int
    day_began: datetime
    niches: tuple[NicheSummary, ...]


@dataclass(frozen=True, slots=True)
class HistoryCheck:
    """A finished check of a profile.

    Args:
        trail: Which route said what.
        latency_ms: Of the exchange that settled it.
        proxy: Id of the proxy that brought the verdict, like *session*; a label is None where the other was removed.
        steps: The trail in words; *why* says what the verdict rests on.
    """

    outcome: Outcome
    reason: Reason
    attempts: int
    trail: str | None
    latency_ms: int | None
    checked_at: datetime
    story_since: datetime | None
    story_until: datetime | None
    proxy: int | None
    proxy_label: str | None
    session: int | None
    session_label: str | None
    batch: str
    batch_name: str
    steps: tuple[WhyStep, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProfileHistory:
    """A profile and its finished checks, the newest first; those of erased batches are gone.

    Checks that took over a fresh verdict are left out: nobody was asked.

    Args:
        after: Asks for the next page; None at the end.
        strip: Outcomes of the last 40 checks, the oldest first; empty on later pages, like *stories_by_hour*.
        stories_by_hour: How many stories of the last 500 checks began in each hour of the day, in the zone of the
            deployment.
    """

    profile: ProfileView
    checks: tuple[HistoryCheck, ...]
    after: str | None
    strip: tuple[Outcome, ...] = ()
    stories_by_hour: tuple[int, ...] = ()
