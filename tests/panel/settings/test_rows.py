"""Proxies, sessions and canaries as rows: the words of their states, what comes next, and no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.domain.budget import Budget, budget
from core.domain.limits import FIELDS, Limits
from core.services.views import CanaryView, LastDay, LimitView, ProxyView, ResourceEventView, SessionView
from core.settings import Settings
from panel.live_updates import Rows
from panel.pages.settings import canary_rows, proxy_rows, session_rows
from panel.pages.settings.limit_words import GROUPS, allowed_in_words, as_text, in_words
from panel.pages.settings.pool_reader import PoolReader

NOW = datetime(2026, 5, 3, 12, 0, 31, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
LIMITS = {field.name: LimitView(field.name, Limits()[field.name], None, field.unit, "") for field in FIELDS}
PROXY = ProxyView(
    id=7,
    address="socks5://a•••@203.0.113.7:1080",
    kind="socks5",
    enabled=True,
    state="ready",
    ready_at=None,
    requests=10,
    successes=9,
    failures=1,
    consecutive_failures=0,
    last_error="timeout",
    response_ms=412.4,
    sessions=("ann, the first", "bea"),
    last_used_at=NOW,
    last_success_at=NOW,
    created_at=NOW,
)
SESSION = SessionView(
    id=3,
    label="ann",
    account_id="11",
    proxy=7,
    state="valid",
    ready_at=None,
    requests=10,
    successes=9,
    failures=1,
    consecutive_failures=0,
    last_error=None,
    user_agent="Mozilla/5.0",
    last_used_at=NOW,
    last_success_at=NOW,
    created_at=NOW,
    canary_share=0.987,
)


# -- proxies ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "enabled", "word", "comes", "group"),
    [
        ("ready", True, "Ready", "", "ready"),
        ("cooling", True, "Cooling", "ready in", "resting"),
        ("quarantined", True, "Quarantined", "probe in", "resting"),
        ("quarantined", False, "Off", "", "off"),
    ],
)
def test_a_proxy_says_its_state_and_what_comes_next(
    state: str, enabled: bool, word: str, comes: str, group: str
) -> None:
    view = replace(PROXY, state=state, enabled=enabled, ready_at=None if state == "ready" else LATER)
    row = proxy_rows.row(view, LastDay({}, {}), LIMITS)
    assert (row["word"], row["comes"], row["group"]) == (word, comes, group)
    assert row["until"] == (LATER.isoformat() if comes else None)


def test_trouble_comes_before_what_is_ready_and_what_is_off_comes_last() -> None:
    views = [replace(PROXY, state=state) for state in ("ready", "cooling", "quarantined")]
    views.append(replace(PROXY, enabled=False))
    ranked = sorted((proxy_rows.row(view, LastDay({}, {}), LIMITS) for view in views), key=lambda row: row["rank"])
    assert [row["word"] for row in ranked] == ["Quarantined", "Cooling", "Ready", "Off"]


@pytest.mark.parametrize(("own", "shown"), [(None, 600), (0, None), (40, 40)])
def test_a_proxys_own_limit_of_a_day_stands_in_for_the_general_one(own: int | None, shown: int | None) -> None:
    row = proxy_rows.row(replace(PROXY, per_day=own), LastDay({7: 12}, {}), LIMITS)
    assert (row["day"], row["day_limit"]) == (12, shown)


def test_a_proxy_is_called_by_its_name_and_its_sessions_stay_apart() -> None:
    row = proxy_rows.row(replace(PROXY, label="de-12"), LastDay({}, {}), LIMITS)
    assert (row["name"], row["sessions"], row["error"]) == ("de-12", ["ann, the first", "bea"], "timed out")
    assert row["place"] == "a•••@203.0.113.7:1080"
    assert proxy_rows.row(PROXY, LastDay({}, {}), LIMITS)["name"] == "Proxy 7"


def test_a_proxy_that_works_does_not_change_its_row_with_every_exchange() -> None:
    before = proxy_rows.row(PROXY, LastDay({}, {}), LIMITS)
    soon = replace(PROXY, last_used_at=NOW + timedelta(seconds=5), response_ms=414.0)
    assert proxy_rows.row(soon, LastDay({}, {}), LIMITS) == before


# -- sessions -----------------------------------------------------------------------


def event(after: str, reason: str, until: datetime | None = None) -> ResourceEventView:
    return ResourceEventView(1, NOW, "session", 3, "ann", "valid", after, reason, until)


@pytest.mark.parametrize(
    ("view", "happened", "word", "told", "button"),
    [
        (SESSION, None, "Valid", "Saw canaries in 99% of its answers.", "Test"),
        (replace(SESSION, canary_share=None, requests=0), None, "Valid", "Not used yet.", "Test"),
        (
            replace(SESSION, state="checkpoint"),
            event("checkpoint", "checkpoint"),
            "Checkpoint",
            "Is challenged and waits for a person: the platform challenges it (checkpoint).",
            "Open the steps",
        ),
        (
            replace(SESSION, state="expired"),
            event("expired", "session_expired"),
            "Expired",
            "Is logged out and waits for a person: the platform has logged it out (session_expired).",
            "Paste cookies",
        ),
        (
            replace(SESSION, proxy=None, state="resting"),
            None,
            "Not bound",
            "It has no proxy, so it is not used. Bind it to one.",
            "Bind…",
        ),
        (
            replace(SESSION, state="disabled"),
            event("disabled", "disabled: by panel:ann"),
            "Off",
            "Was switched off by panel:ann.",
            "Switch on",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_session_says_what_happened_and_the_one_thing_to_do(
    view: SessionView, happened: ResourceEventView | None, word: str, told: str, button: str
) -> None:
    row = session_rows.row(view, LastDay({}, {3: 88}), LIMITS, happened, {7: "de-12"})
    assert (row["word"], row["told"], row["button"]) == (word, told, button)
    assert (row["day"], row["day_limit"]) == (88, 300)
    assert row["proxy"] == ("" if view.proxy is None else "de-12")


def test_a_session_whose_cookies_end_soon_stands_above_those_that_work_and_asks_for_new_ones() -> None:
    view = replace(SESSION, expires_at=NOW + timedelta(days=3), warning="Its cookies end in 3 days; bring new ones.")
    rows = [session_rows.row(each, LastDay({}, {}), LIMITS, None, {}) for each in (view, SESSION)]
    assert [(row["word"], row["dot"], row["button"], row["ends"]) for row in rows] == [
        ("Valid, renew soon", "warn", "Paste cookies", (NOW + timedelta(days=3)).isoformat()),
        ("Valid", "good", "Test", None),
    ]
    assert rows[0]["told"] == "Saw canaries in 99% of its answers. Its cookies end in 3 days; bring new ones."
    assert rows[0]["rank"] < rows[1]["rank"]
    assert rows[0]["group"] == rows[1]["group"] == "valid"


def test_a_session_without_a_proxy_is_bound_first_however_soon_it_ends() -> None:
    view = replace(SESSION, proxy=None, state="resting", warning="Its cookies end in 3 days; bring new ones.")
    row = session_rows.row(view, LastDay({}, {}), LIMITS, None, {})
    assert (row["word"], row["button"], row["rank"]) == ("Not bound, renew soon", "Bind…", 2)


# -- canaries -----------------------------------------------------------------------


def test_a_canary_that_retired_says_why() -> None:
    row = canary_rows.row(CanaryView("nasa", "retired", 0.5, NOW, 40, 20, "nobody saw it for 48 hours"))
    assert (row["name"], row["word"], row["told"]) == (
        "@nasa",
        "Retired",
        "Not used any more: nobody saw it for 48 hours.",
    )


# -- limits -------------------------------------------------------------------------


def test_every_limit_has_its_place_and_its_words_once() -> None:
    named = [words.name for group in GROUPS for words in group.limits]
    assert sorted(named) == sorted(field.name for field in FIELDS)
    assert all(words.title and words.meaning.endswith(".") for group in GROUPS for words in group.limits)


def test_a_value_is_typed_and_said() -> None:
    assert [as_text(value) for value in (None, 30, 20.0, 0.33)] == ["none", "30", "20", "0.33"]
    assert [in_words(value, "s") for value in (None, 1200, 20.0)] == ["none", "1,200 s", "20 s"]


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (budget(Limits(), []), "No route is in service: add a proxy and a session that is bound to it."),
        (Budget(None, None, None), "Nothing limits an hour. Nothing limits a day."),
        (Budget(None, 600, None), "Nothing limits an hour. In a day they may send 600."),
        (
            Budget(300, 3_000, "per_route_hour"),
            'What decides is "Requests an hour" per session. '
            "The limits of a day end it after 3,000 requests: at full rate that is 10 h.",
        ),
        (Budget(60, 1_440, "global_per_minute"), 'What decides is "Requests a minute". That is 1,440 in a day.'),
    ],
)
def test_what_the_limits_allow_is_said_in_sentences(allowed: Budget, said: str) -> None:
    assert allowed_in_words(allowed.an_hour, allowed.a_day, allowed.decides) == said


# -- reading ------------------------------------------------------------------------


class Slow(PoolReader):
    """A table that takes two seconds to read."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self.clock = clock
        self.reads = 0

    async def rows(self, app: App, actor: Actor, limits: dict[str, LimitView]) -> Rows:
        self.reads += 1
        await self.clock.advance(2.0)
        return {str(self.reads): {"id": self.reads}}


async def test_a_table_that_takes_long_is_read_less_often(tmp_path: Path) -> None:
    clock, viewer = FakeClock(), Actor("panel", Role.VIEWER)
    reader = Slow(clock)
    async with open_app(Settings(data_dir=tmp_path), clock) as app:
        first = await reader(app, viewer)
        for _ in range(30):
            await clock.advance(1.0)
            assert await reader(app, viewer) is first
        await clock.advance(10.0)
        assert await reader(app, viewer) is not first
    assert reader.reads == 2
