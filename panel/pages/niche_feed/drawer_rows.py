"""A profile and its checks as the drawer gets them.  Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.domain.feed import story_state
from core.services.views import HistoryCheck, ProfileHistory, ProfileView
from core.services.views.reasons import reason_in_words
from core.services.views.why import WhyStep


def as_drawer(seen: ProfileHistory, *, page: str | None, now: datetime) -> dict[str, Any]:
    """Everything that the drawer shows.

    Args:
        page: Where the profile is on its platform; None where it is nowhere.
        now: Decides whether a story has ended.
    """
    profile = seen.profile
    return {
        "profile": _profile(profile, now) | {"page": page},
        "checks": [_check(check) for check in seen.checks],
        "after": seen.after,
        "strip": [outcome.value for outcome in seen.strip],
        "hours": list(seen.stories_by_hour),
    }


def _profile(profile: ProfileView, now: datetime) -> dict[str, Any]:
    return {
        "username": profile.username,
        "niche": profile.niche,
        "status": profile.status,
        "watched": profile.watched,
        "story": story_state(profile.last_outcome, profile.story_until, now).value,
        "story_since": profile.story_since,
        "story_until": profile.story_until,
        "reason": reason_in_words(profile.last_reason),
        "last_checked_at": profile.last_checked_at,
        "last_story_at": profile.last_story_at,
        "checks_total": profile.checks_total,
        "conclusive_total": profile.conclusive_total,
        "stories_total": profile.stories_total,
        "created_at": profile.created_at,
    }


def _check(check: HistoryCheck) -> dict[str, Any]:
    return {
        "outcome": check.outcome.value,
        "reason": reason_in_words(check.reason),
        "why": check.why,
        "steps": [_step(step) for step in check.steps],
        "attempts": check.attempts,
        "latency_ms": check.latency_ms,
        "checked_at": check.checked_at,
        "story_since": check.story_since,
        "story_until": check.story_until,
        "proxy": _named(check.proxy_label, check.proxy, "proxy"),
        "session": _named(check.session_label, check.session, "session"),
        "batch": check.batch,
        "batch_name": check.batch_name,
    }


def _step(step: WhyStep) -> dict[str, Any]:
    return {
        "asked": step.asked,
        "said": step.said,
        "meant": step.meant,
        "proven": step.proven,
        "session": step.session,
        "proxy": step.proxy,
    }


def _named(label: str | None, number: int | None, kind: str) -> str | None:
    """What it is called; one that was removed since goes by its number."""
    return label or (None if number is None else f"{kind} {number}")
