"""Views of niches, profiles and imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.rejected import Rejected
from core.domain.verdict import Outcome, Reason


@dataclass(frozen=True, slots=True)
class NicheView:
    """A niche as of one moment.

    Args:
        position: Place among the niches; counts from 1.
        daily_story_target: Distinct profiles to be seen live in a day; None where nobody set one.
        live_now: Profiles whose story had not ended at that moment.
    """

    id: int
    name: str
    position: int
    daily_story_target: int | None
    profiles: int
    live_now: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NicheRemoved:
    """A deleted niche, and what became of its profiles."""

    name: str
    moved: int
    erased: int


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile and what its finished checks add up to.

    Args:
        stories_total: Checks that found it live; shown as *times live*.
        live_now: Its story had not ended when the view was made; a later end reads *ended, unchecked*.
        watched: A new story of it is an alert.
    """

    username: str
    niche: str
    status: str
    last_outcome: Outcome | None
    last_reason: Reason | None
    last_checked_at: datetime | None
    last_story_at: datetime | None
    checks_total: int
    conclusive_total: int
    stories_total: int
    story_since: datetime | None
    story_until: datetime | None
    live_now: bool
    platform_id: str | None
    is_private: bool | None
    unknown_streak: int
    created_at: datetime
    watched: bool = False


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """A page of profiles in the order of their names; *after* asks for the next one, None at the end."""

    profiles: tuple[ProfileView, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ProfilesChanged:
    """What became of profiles that were named: changed, already as asked, or not there.

    Args:
        undo: Undoes the act, for ten minutes; None where it cannot be undone.
    """

    changed: int
    unchanged: int
    missing: tuple[str, ...]
    undo: str | None = field(default=None, compare=False)


# A line that could not be used: its number from 1, its text (cut; empty where it may hold a secret), and why.
RejectedLine = Rejected


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the lines of a list.

    Every line is counted once: ``lines = created + known_here + known_elsewhere + repeated + invalid + blank``.

    Args:
        known_elsewhere: Known in another niche, where they stay unless ``moved`` says otherwise.
        moved: How many of *known_elsewhere* were moved on purpose.
        blank: Blank lines, comments, the header, and further lines of rows that go over several.
        rejected: The first 1,000 invalid lines; ``invalid`` counts all.
        unused_ids: Platform ids that are none (the first 1,000); their usernames count as if they had stood alone.
        import_id: What undoes it; None where nothing was written, or names were added without a file.
    """

    lines: int
    created: int
    known_here: int
    known_elsewhere: int
    repeated: int
    invalid: int
    blank: int
    moved: int
    rejected: tuple[Rejected, ...]
    unused_ids: tuple[Rejected, ...]
    niche: str
    niche_created: bool
    dry_run: bool
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is.

    Args:
        lines: Lines read so far.
        usernames: Usernames among them, repeated ones too.
        written: Usernames that are dealt with in the database; 0 until all is read.
    """

    lines: int
    usernames: int
    written: int
