"""What the feed shows live: the numbers beside the table, and that the rows in view may have changed."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from core.services.views import NicheSummary
from panel.live_updates import LiveUpdates, Row, Rows

NUMBERS = "feed numbers"
CHANGES = "feed changes"
# The key of what all niches come to; a niche's own key is its id.
ALL = "all"


def key_of(niche: int | None) -> str:
    """The key of a niche's numbers, or of what all come to."""
    return ALL if niche is None else str(niche)


def register(live: LiveUpdates) -> None:
    """Make both of them something that a page can watch."""
    live.topic(NUMBERS, numbers)
    live.topic(CHANGES, Changed())


async def numbers(app: App, actor: Actor) -> Rows:
    """What all niches come to, and each of them."""
    seen = await app.niches.overview(actor)
    whole: Row = {
        "id": ALL,
        "profiles": seen.profiles,
        "live": seen.live_now,
        "unknown": seen.unknown,
        "never": seen.never_checked,
    }
    return {ALL: whole} | {str(niche.id): niche_row(niche) for niche in seen.niches}


def niche_row(niche: NicheSummary) -> Row:
    """A niche's numbers."""
    return {
        "id": str(niche.id),
        "name": niche.name,
        "position": niche.position,
        "target": niche.daily_story_target,
        "profiles": niche.profiles,
        "live": niche.live_now,
        "seen": niche.seen_live_today,
        "met": niche.target_met,
    }


class Changed:
    """Another row each time that it is read, which is when anything in the database changed; or time passed.

    Which rows changed is for each page to ask, because each has others in view.
    """

    def __init__(self) -> None:
        self._times = 0

    async def __call__(self, app: App, actor: Actor) -> Rows:
        self._times += 1
        return {CHANGES: {"id": CHANGES, "times": self._times}}
