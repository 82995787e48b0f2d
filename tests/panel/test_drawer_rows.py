"""What the drawer of a profile is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.trail import read_trail
from core.domain.verdict import Outcome, Reason
from core.services.views import HistoryCheck, ProfileHistory, ProfileView
from core.services.views.why import why_steps, why_verdict
from panel.pages.niche_feed.drawer_rows import as_drawer

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
TRACES = read_trail("s7/p3 absent 9/21; s2/p1 absent 5/7")


def profile(outcome: Outcome | None = Outcome.NONE, until: datetime | None = None) -> ProfileView:
    return ProfileView(
        username="ann",
        niche="food",
        status="active",
        last_outcome=outcome,
        last_reason=Reason.OK,
        last_checked_at=NOW,
        last_story_at=None,
        checks_total=2,
        conclusive_total=2,
        stories_total=1,
        story_since=None,
        story_until=until,
        live_now=until is not None and until > NOW,
        platform_id="1",
        is_private=False,
        unknown_streak=0,
        created_at=NOW,
    )


def check(*, proxy_label: str | None = "nl-07", session_label: str | None = None) -> HistoryCheck:
    return HistoryCheck(
        outcome=Outcome.NONE,
        reason=Reason.OK,
        attempts=2,
        trail="",
        latency_ms=548,
        checked_at=NOW,
        story_since=None,
        story_until=None,
        proxy=1,
        proxy_label=proxy_label,
        session=2,
        session_label=session_label,
        batch="b1",
        batch_name="food, 3 May",
        steps=why_steps(TRACES, {7: "amber-2"}, {3: "nl-07"}),
        why=why_verdict(Outcome.NONE, Reason.OK, TRACES),
    )


def drawn(seen: ProfileView, *checks: HistoryCheck, page: str | None = None) -> dict[str, Any]:
    history = ProfileHistory(seen, checks, None, strip=(Outcome.LIVE, Outcome.NONE), stories_by_hour=(0,) * 24)
    return as_drawer(history, page=page, now=NOW)


@pytest.mark.parametrize(
    ("outcome", "until", "story"),
    [
        (Outcome.LIVE, NOW + timedelta(hours=1), "live"),
        (Outcome.LIVE, NOW - timedelta(hours=1), "ended"),
        (Outcome.UNKNOWN, NOW + timedelta(hours=1), "live"),
        (Outcome.NONE, None, "none"),
        (None, None, "never"),
    ],
)
def test_the_story_is_as_of_the_moment_at_which_it_is_looked_at(
    outcome: Outcome | None, until: datetime | None, story: str
) -> None:
    assert drawn(profile(outcome, until))["profile"]["story"] == story


def test_a_check_brings_its_steps_and_what_the_verdict_rests_on() -> None:
    (shown,) = drawn(profile(), check())["checks"]
    assert [step["session"] for step in shown["steps"]] == ["amber-2", "session 2"]
    assert shown["why"].startswith("Missing from two proven answers over two sessions.")
    assert shown["reason"] == ""


def test_what_was_removed_since_goes_by_its_number() -> None:
    (shown,) = drawn(profile(), check(proxy_label=None))["checks"]
    assert (shown["proxy"], shown["session"]) == ("proxy 1", "session 2")


def test_the_page_on_the_platform_is_what_core_says() -> None:
    assert drawn(profile(), page="https://platform.example/ann/")["profile"]["page"] == "https://platform.example/ann/"
    assert drawn(profile())["profile"]["page"] is None
