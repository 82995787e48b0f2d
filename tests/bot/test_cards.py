"""Cards stay within what Discord takes, whatever people called their things, and say what they should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.cards import BatchStand, batch_card
from bot.import_cards import imported_card, preview_card
from bot.list_cards import (
    batches_card,
    canaries_card,
    limit_card,
    limits_card,
    niche_card,
    niches_card,
    proxies_card,
    sessions_card,
    trials_card,
)
from bot.profile_cards import changed, check_line, checks_cards, profile_card
from bot.state_cards import Standing, doctor_card, help_card, status_card
from core.domain.budget import Budget
from core.domain.feed import StoryState
from core.domain.rejected import Rejected
from core.domain.verdict import Outcome, Reason
from core.services.views import (
    Activity,
    BatchView,
    CanaryTested,
    CanaryView,
    CheckView,
    EngineView,
    FeedPage,
    FeedRow,
    Finding,
    HistoryCheck,
    HourView,
    ImportPreview,
    ImportReport,
    LimitView,
    Misses,
    NichesOverview,
    NicheSummary,
    NicheView,
    Overview,
    ProfileHistory,
    ProfilesChanged,
    ProfileView,
    ProxyTested,
    ProxyView,
    SessionView,
    StagedImport,
)

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
# Every sign of it is escaped, so that it takes twice its length.
AWFUL = "_" * 80
AWFUL_NAME = "_" * 30
LONG = "*" * 2_000


def page_of(username: str) -> str:
    return f"https://www.instagram.com/{username}/"


def within_limits(*cards: discord.Embed) -> bool:
    """Whether Discord takes a message of these cards."""
    for card in cards:
        assert len(card.title or "") <= 256
        assert len(card.description or "") <= 4_096
        assert len(card.fields) <= 25
        for field in card.fields:
            assert 1 <= len(str(field.name)) <= 256
            assert 1 <= len(str(field.value)) <= 1_024
        assert len(card.footer.text or "") <= 2_048
    assert len(cards) <= 10
    return sum(map(len, cards)) <= 6_000


def a_batch(name: str = "Street food", **more: object) -> BatchView:
    given: dict[str, object] = {
        "id": "7c1e0000-0000-4000-8000-000000000000",
        "name": name,
        "niche": name,
        "status": "in_progress",
        "requested_at": NOW,
        "position": 1,
        "place_in_line": None,
        "total": 2_480,
        "finished": 1_248,
        "live": 462,
        "none": 650,
        "private": 80,
        "gone": 18,
        "unknown": 38,
        "skipped": 0,
        "requests": 546,
        "seconds": 400.0,
        "waiting_reason": None,
        "waiting_until": None,
        "created_by": "panel:Mara K.",
        "created_at": NOW,
        "started_at": NOW,
        "finished_at": None,
    }
    return BatchView(**{**given, **more})  # type: ignore[arg-type]


def a_check(username: str, outcome: Outcome, reason: Reason = Reason.OK, **more: object) -> CheckView:
    given: dict[str, object] = {
        "attempts": 3,
        "story_since": None,
        "story_until": None,
        "checked_at": NOW,
        "proxy": 1,
        "session": 1,
    }
    return CheckView(username, outcome, reason, **{**given, **more})  # type: ignore[arg-type]


def an_overview(activity: Activity = Activity.CHECKING, **more: object) -> Overview:
    given: dict[str, object] = {
        "reason": None,
        "until": None,
        "running": 1,
        "in_line": 2,
        "ready": 41,
        "routes": 51,
        "resting": 8,
        "frozen": 2,
    }
    return Overview(activity, **{**given, **more})  # type: ignore[arg-type]


# -- within limits, at worst ------------------------------------------------------------


def test_a_batch_with_the_worst_name_fits() -> None:
    batch = a_batch("_" * 120, waiting_reason=LONG, waiting_until=NOW, created_by="panel:" + AWFUL)
    reasons = dict.fromkeys(Reason, 1000000)
    stand = BatchStand(batch, reasons, 3.1, NOW, an_overview(), is_sandbox=True)
    assert within_limits(batch_card(stand, NOW))


def test_a_hundred_niches_with_the_worst_names_fit_and_the_rest_is_counted() -> None:
    niches = tuple(NicheSummary(n, AWFUL, n, 1_000_000, 1_000_000, 999_999, 999_999) for n in range(100))
    card = niches_card(NichesOverview(10**8, 10**8, 10**8, 10**8, NOW, niches))
    assert within_limits(card)
    assert str(card.description).endswith("more in the panel")
    assert card.title == "100 niches"


def test_a_niche_with_the_worst_names_fits() -> None:
    rows = tuple(
        FeedRow(
            username=AWFUL_NAME,
            niche=AWFUL,
            niche_id=1,
            status="active",
            story=StoryState.LIVE,
            live_now=True,
            story_since=NOW,
            story_until=NOW + timedelta(hours=3),
            last_outcome=Outcome.LIVE,
            last_reason=Reason.OK,
            last_checked_at=NOW,
            last_story_at=NOW,
            checks_total=1,
            conclusive_total=1,
            stories_total=1,
            detection_ppm=1_000_000,
            unknown_streak=0,
        )
        for _ in range(15)
    )
    niche = NicheView(1, AWFUL, 1, 5, 1_000_000, 999_999, NOW)
    assert within_limits(niche_card(niche, None, FeedPage(rows, 0, 999_999), NOW, page_of))


def test_fifty_checks_with_the_worst_names_fit_into_one_message() -> None:
    checks = [a_check(AWFUL_NAME, Outcome.UNKNOWN, Reason.REDIRECT_UNKNOWN) for _ in range(50)]
    cards = checks_cards(checks, NOW, page_of)
    assert len(cards) == 2
    assert within_limits(*cards)
    assert str(cards[1].description).endswith("more in /batch results")


def test_the_usual_fifty_checks_are_all_there() -> None:
    checks = [a_check(f"some.bakery{number}", Outcome.NONE) for number in range(50)]
    cards = checks_cards(checks, NOW, page_of)
    assert within_limits(*cards)
    assert "\n".join(str(card.description) for card in cards).count("some.bakery49/") == 1


def test_lists_with_the_worst_names_fit() -> None:
    proxy = ProxyView(
        id=1,
        address="http://" + "_" * 200 + ":8080",
        kind="http",
        enabled=True,
        state="quarantined",
        ready_at=NOW,
        requests=1,
        successes=0,
        failures=1,
        consecutive_failures=1,
        last_error=LONG,
        response_ms=None,
        sessions=(AWFUL,),
        last_used_at=NOW,
        last_success_at=None,
        created_at=NOW,
        label=AWFUL,
    )
    session = SessionView(
        id=1,
        label=AWFUL,
        account_id="1",
        proxy=None,
        state="checkpoint",
        ready_at=NOW,
        requests=1,
        successes=0,
        failures=1,
        consecutive_failures=1,
        last_error=LONG,
        user_agent="x",
        last_used_at=NOW,
        last_success_at=None,
        created_at=NOW,
    )
    canary = CanaryView(AWFUL_NAME, "retired", 0.5, NOW, 10, 5, LONG, 0.1)
    limit = LimitView(AWFUL, 10**9, 1, AWFUL, LONG, LONG)
    tested = ProxyTested(1, proxy.address, False, None, None, "timeout", "proxy", LONG)
    for card in (
        batches_card([a_batch("_" * 120)] * 25),
        proxies_card([proxy] * 500),
        sessions_card([session] * 500),
        sessions_card([replace(session, warning=LONG)] * 500),
        canaries_card([canary] * 100, Misses(100, 3)),
        limits_card([limit] * 60),
        limit_card(limit),
        trials_card([tested] * 500, 1_000),
        trials_card([CanaryTested(AWFUL_NAME, False, 1, None, "timeout", "proxy", LONG)] * 500, 500, "were seen"),
    ):
        assert within_limits(card)
    assert str(proxies_card([proxy] * 500).description).endswith("more in the panel")


def test_previews_and_reports_of_the_worst_lists_fit() -> None:
    rejected = tuple(Rejected(10**8, "`" * 80, LONG) for _ in range(100))
    by_niche = tuple((AWFUL, 10**7) for _ in range(60))
    preview = ImportPreview(10**8, 10**7, 10**7, 10**7, 10**7, 10**7, 0, AWFUL, rejected, (), by_niche)
    staged = StagedImport("t", "_" * 255, 1, "ann", NOW, preview)
    assert within_limits(preview_card(staged, niche_exists=False))
    report = ImportReport(
        10**8, 10**7, 10**7, 10**7, 10**7, 10**7, 0, 0, rejected, (), niche=AWFUL, niche_created=True, dry_run=False
    )
    assert within_limits(imported_card(report, has_error_file=True, then=AWFUL))


def test_the_state_of_the_worst_things_fits() -> None:
    engine = EngineView("run", 1, NOW, alive=True, pool=LONG, workers=LONG, sandbox_url=None)
    hours = [HourView(NOW, 1, "ok", "nobody", 10**9, 5.0)] * 100
    batches = [a_batch("_" * 120, waiting_reason=LONG)] * 10
    overview = an_overview(Activity.PAUSED, reason=LONG, until=NOW + timedelta(minutes=1))
    standing = Standing(overview, engine, Budget(1_530, 15_300, "per_route_hour"), hours, batches, is_sandbox=True)
    assert within_limits(status_card(standing, NOW))
    assert within_limits(doctor_card([Finding("sessions", "failed", LONG, LONG)] * 30))
    assert within_limits(help_card("https://" + "a" * 200))


def test_a_profile_with_the_worst_names_fits() -> None:
    check = HistoryCheck(
        outcome=Outcome.UNKNOWN,
        reason=Reason.REDIRECT_UNKNOWN,
        attempts=3,
        trail=None,
        latency_ms=None,
        checked_at=NOW,
        story_since=None,
        story_until=None,
        proxy=None,
        proxy_label=None,
        session=None,
        session_label=None,
        batch="x",
        batch_name="_" * 120,
    )
    assert within_limits(
        profile_card(ProfileHistory(a_profile(), (check,) * 50, None, (Outcome.LIVE,) * 40), NOW, page_of)
    )
    assert len(changed(ProfilesChanged(1, 1, (AWFUL_NAME,) * 50), "moved", "there")) <= 2_000


def a_profile(**more: object) -> ProfileView:
    given: dict[str, object] = {
        "username": AWFUL_NAME,
        "niche": AWFUL,
        "status": "active",
        "last_outcome": Outcome.LIVE,
        "last_reason": Reason.OK,
        "last_checked_at": NOW,
        "last_story_at": NOW,
        "checks_total": 10,
        "conclusive_total": 9,
        "stories_total": 3,
        "story_since": NOW,
        "story_until": NOW + timedelta(hours=6),
        "live_now": True,
        "platform_id": None,
        "is_private": False,
        "unknown_streak": 0,
        "created_at": NOW,
    }
    return ProfileView(**{**given, **more})  # type: ignore[arg-type]


# -- what they say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (
            a_check("marlow.oven", Outcome.LIVE, story_until=NOW + timedelta(hours=6)),
            "**Live** [marlow.oven](https://www.instagram.com/marlow.oven/), for another 6 h",
        ),
        (
            a_check("late", Outcome.LIVE, story_until=NOW + timedelta(minutes=20)),
            "**Live** [late](https://www.instagram.com/late/), for another 20 min",
        ),
        (
            a_check("cobalt", Outcome.NONE),
            "**No story** [cobalt](https://www.instagram.com/cobalt/), missing from two proven answers",
        ),
        (
            a_check("kiln", Outcome.PRIVATE, Reason.PRIVATE),
            "**Private** [kiln](https://www.instagram.com/kiln/)",
        ),
        (
            a_check("sepia", Outcome.UNKNOWN, Reason.RATE_LIMITED),
            "**Unknown** [sepia](https://www.instagram.com/sepia/), rate limited after 3 attempts",
        ),
        (
            a_check("old", Outcome.NONE, Reason.FRESH, attempts=0),
            f"**No story** [old](https://www.instagram.com/old/), as of <t:{int(NOW.timestamp())}:R>",
        ),
    ],
)
def test_a_check_is_said_in_one_line(check: CheckView, line: str) -> None:
    assert check_line(check, NOW, page_of) == line


def test_in_the_sandbox_names_lead_nowhere() -> None:
    assert check_line(a_check("some_body", Outcome.PRIVATE), NOW, lambda _: None) == "**Private** some\\_body"


def test_those_who_are_live_come_first() -> None:
    checks = [a_check("a", Outcome.UNKNOWN), a_check("b", Outcome.NONE), a_check("c", Outcome.LIVE)]
    (card,) = checks_cards(checks, NOW, page_of)
    assert [line.split()[0] for line in str(card.description).splitlines()] == ["**Live**", "**No", "**Unknown**"]


def test_the_worst_findings_come_first() -> None:
    findings: Sequence[Finding] = [
        Finding("key", "ok", "fine"),
        Finding("routes", "failed", "there is no session", "add one"),
        Finding("engine", "warning", "none is at work"),
    ]
    card = doctor_card(findings)
    assert [field.name for field in card.fields] == ["Routes: wrong", "Engine: look at it", "Key: fine"]


def test_a_pause_says_when_the_next_probe_is() -> None:
    until = NOW + timedelta(seconds=40)
    overview = an_overview(Activity.PAUSED, reason="9 answers in a row could not be read", until=until)
    engine = EngineView("run", 1, NOW, alive=True, pool="", workers="", sandbox_url=None)
    card = status_card(Standing(overview, engine, Budget(None, None, None), (), ()), NOW)
    assert card.title == "Everything is paused"
    assert [field.value for field in card.fields if field.name == "Breaker"] == [
        f"open, next probe <t:{int(until.timestamp())}:R>"
    ]
