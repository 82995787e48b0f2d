"""What the drawer shows of one profile: its checks, who brought them, and what they show together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.actor import Actor
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotFound
from core.events import Events
from core.services import profile_history
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage.database import Database, sql_time
from tests.integration.services.batch_rows import settle
from tests.integration.services.conftest import QuickClock

Checked = list[tuple[str, datetime]]


@pytest.fixture(autouse=True)
async def two_profiles(niches: Niches, profiles: Profiles, operator: Actor) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob"], "food")


@pytest.fixture
async def checked(batches: Batches, operator: Actor, database: Database, clock: QuickClock) -> Checked:
    """Five batches an hour apart, both profiles in each: what became of ann, and when."""
    found: Checked = []
    for number, outcome in enumerate(["none", "live", "unknown", "live", "none"]):
        clock.pass_by(3600)
        batch = await batches.create(operator, niche="food", name=f"b{number}", recheck=True)
        await settle(database, batch, {"ann": outcome, "bob": "none"}, "timeout" if outcome == "unknown" else "ok")
        found.append((outcome, clock.now()))
    return found


async def add_route(database: Database, label: str = "") -> None:
    """The proxy and the session that :func:`settle` names."""
    at = sql_time(datetime(2026, 1, 1, tzinfo=UTC))
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO proxy (id, scheme, host, port, user, password, label, enabled, state, health, requests,"
            " successes, failures, consecutive_failures, created_at)"
            " VALUES (3, 'http', 'proxy.example', 8080, 'me', 'sealed', ?, 1, 'ready', '{}', 0, 0, 0, 0, ?)",
            label,
            at,
        )
        await tx.execute(
            "INSERT INTO session (id, label, account_id, cookies, user_agent, proxy_id, enabled, state, health,"
            " requests, successes, failures, consecutive_failures, created_at)"
            " VALUES (4, 'amber', '1', 'sealed', 'ua', 3, 1, 'valid', '{}', 0, 0, 0, 0, ?)",
            at,
        )


async def test_finished_checks_come_the_newest_first_with_who_brought_them(
    profiles: Profiles, viewer: Actor, database: Database, checked: Checked
) -> None:
    await add_route(database)
    history = await profiles.history(viewer, "@Ann")
    assert (history.profile.username, history.profile.checks_total, history.after) == ("ann", 5, None)
    assert [(check.outcome.value, check.checked_at) for check in history.checks] == checked[::-1]
    newest, before = history.checks[:2]
    assert (newest.reason, newest.attempts, newest.trail, newest.latency_ms) == (Reason.OK, 2, "s1: seen", 80)
    assert (newest.batch_name, newest.story_until) == ("b4", None)
    assert (before.batch_name, before.story_until) == ("b3", before.checked_at + timedelta(hours=3))
    assert (newest.proxy, newest.session, newest.session_label) == (3, 4, "amber")
    assert newest.proxy_label is not None
    assert "proxy.example" in newest.proxy_label
    assert "sealed" not in newest.proxy_label


async def test_a_named_proxy_is_shown_by_its_name_and_a_removed_one_by_its_number(
    profiles: Profiles, viewer: Actor, database: Database, checked: Checked
) -> None:
    removed = (await profiles.history(viewer, "ann")).checks[0]
    assert (removed.proxy, removed.proxy_label, removed.session, removed.session_label) == (3, None, 4, None)
    await add_route(database, "se-14")
    assert (await profiles.history(viewer, "ann")).checks[0].proxy_label == "se-14"


async def test_each_check_says_over_which_routes_its_answers_came(
    profiles: Profiles, viewer: Actor, database: Database, checked: Checked
) -> None:
    await add_route(database, "se-14")
    async with database.transaction() as tx:
        await tx.execute("UPDATE checks SET trail = 's9/p8 timeout; s4/p3 absent 1/9; s9/p8 absent 2/6'")
    newest = (await profiles.history(viewer, "ann")).checks[0]
    assert [(step.said, step.session, step.proxy) for step in newest.steps] == [
        ("No answer that counts.", "session 9", "proxy 8"),
        ("Not in the answer.", "amber", "se-14"),
        ("Not in the answer.", "session 9", "proxy 8"),
    ]
    assert newest.why == "Missing from two proven answers over two sessions. One alone would have stayed unknown."


async def test_a_step_over_a_proxy_without_a_name_shows_its_address_and_no_password(
    profiles: Profiles, viewer: Actor, database: Database, checked: Checked
) -> None:
    await add_route(database)
    async with database.transaction() as tx:
        await tx.execute("UPDATE checks SET trail = 's4/p3 live 1/9'")
    (step,) = (await profiles.history(viewer, "ann")).checks[0].steps
    assert step.proxy is not None
    assert "proxy.example:8080" in step.proxy
    assert "sealed" not in step.proxy


async def test_pages_follow_each_other(profiles: Profiles, viewer: Actor, checked: Checked) -> None:
    first = await profiles.history(viewer, "ann", count=2)
    second = await profiles.history(viewer, "ann", count=2, after=first.after)
    third = await profiles.history(viewer, "ann", count=2, after=second.after)
    found = [*first.checks, *second.checks, *third.checks]
    assert [(check.outcome.value, check.checked_at) for check in found] == checked[::-1]
    assert third.after is None
    assert (second.strip, second.stories_by_hour) == ((), ())


async def test_the_strip_shows_the_last_outcomes_the_oldest_first(
    profiles: Profiles, viewer: Actor, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [outcome.value for outcome in (await profiles.history(viewer, "ann")).strip] == [o for o, _ in checked]
    monkeypatch.setattr(profile_history, "_STRIP", 2)
    assert (await profiles.history(viewer, "ann")).strip == (Outcome.LIVE, Outcome.NONE)


async def test_stories_are_counted_by_the_local_hour_in_which_they_began(
    profiles: Profiles, database: Database, events: Events, viewer: Actor, clock: QuickClock, checked: Checked
) -> None:
    hours = (await profiles.history(viewer, "ann")).stories_by_hour
    assert {hour: count for hour, count in enumerate(hours) if count} == {2: 1, 4: 1}
    there = Profiles(database, clock, events, zone=ZoneInfo("Asia/Tokyo"))
    hours = (await there.history(viewer, "ann")).stories_by_hour
    assert {hour: count for hour, count in enumerate(hours) if count} == {11: 1, 13: 1}


async def test_fresh_checks_and_those_of_erased_batches_are_left_out(
    profiles: Profiles, batches: Batches, operator: Actor, clock: QuickClock, checked: Checked
) -> None:
    clock.pass_by(1)
    fresh = await batches.create(operator, names=["ann"])
    assert (fresh.finished, fresh.none) == (1, 1)
    newest = (await batches.list(operator))[1]
    await batches.delete(operator, [newest.id])
    history = await profiles.history(operator, "ann")
    assert [check.checked_at for check in history.checks] == [at for _, at in checked[-2::-1]]
    assert history.profile.checks_total == 5


async def test_a_profile_that_was_never_checked_has_no_history(profiles: Profiles, viewer: Actor) -> None:
    history = await profiles.history(viewer, "bob")
    assert (history.checks, history.after, history.strip, sum(history.stories_by_hour)) == ((), None, (), 0)


async def test_what_cannot_be_asked_is_refused(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(NotFound, match='There is no profile "cem"'):
        await profiles.history(viewer, "cem")
    with pytest.raises(InvalidInput, match="a page has 1 to 200 checks, not 201"):
        await profiles.history(viewer, "ann", count=201)
    with pytest.raises(InvalidInput, match="give the mark that came with the page before"):
        await profiles.history(viewer, "ann", after="'; DROP TABLE checks")
