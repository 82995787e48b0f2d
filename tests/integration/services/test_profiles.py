"""Profiles by name: added, moved, paused, erased, listed page by page."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotAllowed, NotFound
from core.events import Mailbox, WorkArrived
from core.services import profile_changes, profile_reading
from core.services.exports import Form
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import ProfilesChanged
from core.storage.database import Database, sql_time
from tests.integration.services.conftest import Ledger, QuickClock


@pytest.fixture(autouse=True)
async def two_niches(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")


async def niche_of(profiles: Profiles, actor: Actor) -> dict[str, str]:
    return {profile.username: profile.niche async for profile in await profiles.list(actor)}


async def status_of(profiles: Profiles, actor: Actor) -> dict[str, str]:
    return {profile.username: profile.status async for profile in await profiles.list(actor)}


async def check(database: Database, batch: str, username: str, outcome: str | None) -> None:
    """A check of *username* in *batch*, counted there; pending where it has no outcome."""
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO checks (batch_id, profile_id, state, outcome, attempts) VALUES (?, ?, ?, ?, 0)",
            batch,
            username,
            "done" if outcome else "pending",
            outcome,
        )
        counter = f', finished = finished + 1, "{outcome}" = "{outcome}" + 1' if outcome else ""
        await tx.execute(f"UPDATE batch SET total = total + 1{counter} WHERE id = ?", batch)


async def new_batch(database: Database, batch: str, status: str) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped,"
            " requests, second_finds, active_seconds, created_by, created_at)"
            " VALUES (?, 'b', ?, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 'x', ?)",
            batch,
            status,
            "2026-01-01 00:00:00.000000+00:00",
        )


async def test_names_are_added_in_any_spelling_and_each_once(profiles: Profiles, operator: Actor) -> None:
    report = await profiles.add(operator, ["@Ann", "https://www.instagram.com/bob/", "ann", "no way"], "FOOD")
    assert (report.lines, report.created, report.repeated, report.invalid) == (4, 2, 1, 1)
    assert (report.rejected[0].line, report.rejected[0].text) == (4, "no way")
    assert await niche_of(profiles, operator) == {"ann": "food", "bob": "food"}


async def test_a_name_known_elsewhere_stays_there_unless_moved_on_purpose(profiles: Profiles, operator: Actor) -> None:
    await profiles.add(operator, ["ann"], "food")
    stayed = await profiles.add(operator, ["ann", "bob"], "art")
    assert (stayed.created, stayed.known_elsewhere, stayed.moved) == (1, 1, 0)
    assert await niche_of(profiles, operator) == {"ann": "food", "bob": "art"}
    moved = await profiles.add(operator, ["ann", "bob"], "art", move=True)
    assert (moved.created, moved.known_here, moved.known_elsewhere, moved.moved) == (0, 1, 1, 1)
    assert await niche_of(profiles, operator) == {"ann": "art", "bob": "art"}


@pytest.mark.parametrize("names", [[], ["no way", "a..b"]])
async def test_a_list_without_one_username_adds_nothing(
    profiles: Profiles, operator: Actor, ledger: Ledger, names: list[str]
) -> None:
    before = await ledger.audited()
    with pytest.raises(InvalidInput, match=r"^names: it holds no username"):
        await profiles.add(operator, names, "food")
    assert await ledger.count("profile") == 0
    assert await ledger.audited() == before


async def test_adding_to_an_unknown_niche_is_refused(profiles: Profiles, operator: Actor, ledger: Ledger) -> None:
    with pytest.raises(NotFound, match=r'did you mean "food"\?'):
        await profiles.add(operator, ["ann"], "foods")
    assert await ledger.count("profile") == 0


async def test_a_new_profile_is_shown_as_never_checked(profiles: Profiles, operator: Actor, clock: QuickClock) -> None:
    await profiles.add(operator, ["ann"], "food")
    ann = await profiles.show(operator, "@ANN")
    assert (ann.username, ann.niche, ann.status, ann.created_at) == ("ann", "food", "active", clock.now())
    assert (ann.checks_total, ann.conclusive_total, ann.stories_total) == (0, 0, 0)
    unknown = (ann.last_outcome, ann.last_reason, ann.last_checked_at, ann.story_until, ann.platform_id)
    assert unknown == (None,) * 5
    assert not ann.live_now


async def test_a_profile_is_live_until_its_story_ends(
    profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann"], "food")
    until = clock.now() + timedelta(hours=2)
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE profile SET last_outcome = 'live', last_reason = 'ok', is_private = 0, story_until = ?",
            sql_time(until),
        )
    ann = await profiles.show(operator, "ann")
    assert (ann.last_outcome, ann.last_reason, ann.is_private) == (Outcome.LIVE, Reason.OK, False)
    assert (ann.story_until, ann.live_now) == (until, True)
    clock.pass_by(2 * 3600)
    assert not (await profiles.show(operator, "ann")).live_now


async def test_an_unknown_profile_is_not_found(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(NotFound, match=r'^There is no profile "ann"; import it or add it to a niche first\.$'):
        await profiles.show(viewer, "Ann")


async def test_pages_follow_each_other_without_gap_or_overlap(profiles: Profiles, operator: Actor) -> None:
    await profiles.add(operator, [f"name{n}" for n in range(5)], "food")
    await profiles.add(operator, ["aaa", "zzz"], "art")
    first = await profiles.page(operator, niche="food", count=2)
    second = await profiles.page(operator, niche="food", after=first.after, count=2)
    third = await profiles.page(operator, niche="food", after=second.after, count=2)
    assert [p.username for page in (first, second, third) for p in page.profiles] == [f"name{n}" for n in range(5)]
    assert third.after is None


async def test_a_last_page_that_is_full_knows_that_it_is_the_last(profiles: Profiles, operator: Actor) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    assert (await profiles.page(operator, niche="food", count=2)).after is None


@pytest.mark.parametrize("count", [0, 1_001])
async def test_a_page_size_out_of_bounds_is_refused(profiles: Profiles, viewer: Actor, count: int) -> None:
    with pytest.raises(InvalidInput, match="a page has 1 to 1,000 profiles"):
        await profiles.page(viewer, count=count)


async def test_names_are_found_by_how_they_begin(profiles: Profiles, operator: Actor, viewer: Actor) -> None:
    await profiles.add(operator, ["ann", "ann.b", "ann_c", "bea", "anz"], "food")
    assert await profiles.beginning_with(viewer, " @ANN", 25) == ("ann", "ann.b", "ann_c")
    assert await profiles.beginning_with(viewer, "an", 2) == ("ann", "ann.b")
    assert await profiles.beginning_with(viewer, "", 25) == ("ann", "ann.b", "ann_c", "anz", "bea")
    for nobody in ("x", "an%", "a~", "' OR 1"):
        assert await profiles.beginning_with(viewer, nobody, 25) == ()
    with pytest.raises(InvalidInput, match="count"):
        await profiles.beginning_with(viewer, "a", 0)


async def test_the_list_streams_all_pages(profiles: Profiles, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_reading, "_STREAM_PAGE", 2)
    await profiles.add(operator, [f"name{n}" for n in range(5)], "food")
    assert list(await niche_of(profiles, operator)) == [f"name{n}" for n in range(5)]


async def test_listing_an_unknown_niche_fails_before_the_first_profile(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(NotFound):
        await profiles.list(viewer, niche="nowhere")


async def test_profiles_move_to_another_niche(profiles: Profiles, operator: Actor) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await profiles.add(operator, ["cem"], "art")
    changed = await profiles.move(operator, ["ann", "cem", "nobody"], "art")
    assert changed == ProfilesChanged(changed=1, unchanged=1, missing=("nobody",))
    assert await niche_of(profiles, operator) == {"ann": "art", "bob": "food", "cem": "art"}


async def test_paused_profiles_are_resumed_and_gone_ones_too(
    profiles: Profiles, operator: Actor, database: Database
) -> None:
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET status = 'gone' WHERE username = 'cem'")
    assert await profiles.pause(operator, ["ann", "cem"]) == ProfilesChanged(1, 1, ())
    assert await status_of(profiles, operator) == {"ann": "paused", "bob": "active", "cem": "gone"}
    assert await profiles.resume(operator, ["ann", "bob", "cem"]) == ProfilesChanged(2, 1, ())
    assert await status_of(profiles, operator) == {"ann": "active", "bob": "active", "cem": "active"}


async def test_removing_profiles_erases_their_checks_and_takes_them_out_of_the_counters(
    profiles: Profiles, operator: Actor, database: Database, ledger: Ledger
) -> None:
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    await new_batch(database, "one", "done")
    await new_batch(database, "two", "in_progress")
    for batch, name, outcome in [
        ("one", "ann", "live"),
        ("one", "bob", "none"),
        ("one", "cem", "unknown"),
        ("two", "ann", None),
        ("two", "bob", "gone"),
        ("two", "cem", None),
    ]:
        await check(database, batch, name, outcome)
    assert await profiles.remove(operator, ["ann", "bob"]) == ProfilesChanged(2, 0, ())
    assert [(row["batch_id"], row["profile_id"]) for row in await ledger.rows("checks")] == [
        ("one", "cem"),
        ("two", "cem"),
    ]
    one, two = await ledger.rows("batch")
    assert (one["total"], one["finished"], one["live"], one["none"], one["unknown"]) == (1, 1, 0, 0, 1)
    assert (two["total"], two["finished"], two["gone"], two["status"]) == (1, 0, 0, "in_progress")
    assert two["requests"] == 7


async def test_a_running_batch_whose_last_pending_checks_go_is_done(
    profiles: Profiles, operator: Actor, database: Database, ledger: Ledger, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    for batch, status in [("run", "in_progress"), ("wait", "queued")]:
        await new_batch(database, batch, status)
        await check(database, batch, "ann", "live")
        await check(database, batch, "bob", None)
    await profiles.remove(operator, ["bob"])
    running, waiting = await ledger.rows("batch")
    assert (running["status"], running["finished_at"]) == ("done", sql_time(clock.now()))
    assert (waiting["status"], waiting["finished_at"]) == ("queued", None)


async def test_removing_profiles_erases_what_batch_logs_say_of_them(
    profiles: Profiles, operator: Actor, database: Database, ledger: Ledger
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await new_batch(database, "one", "done")
    for name in ("ann", "bob"):
        await check(database, "one", name, "live")
    async with database.transaction() as tx:
        for whom in ("ann", "bob", None):
            await tx.execute(
                "INSERT INTO batch_event (batch_id, at, what, text, username) VALUES ('one', 'x', 'w', 't', ?)", whom
            )
    await profiles.remove(operator, ["ann"])
    assert [row["username"] for row in await ledger.rows("batch_event")] == ["bob", None]


async def test_the_engine_hears_of_removed_profiles(
    profiles: Profiles, operator: Actor, ledger: Ledger, news: Mailbox
) -> None:
    await profiles.add(operator, ["ann"], "food")
    await profiles.remove(operator, ["ann"])
    assert await ledger.revision() == 1
    assert news.take() == WorkArrived()


async def test_many_names_are_changed_a_slice_at_a_time(
    profiles: Profiles, operator: Actor, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"name{n}" for n in range(5)]
    await profiles.add(operator, names, "food")
    monkeypatch.setattr(profile_changes, "SLICE", 2)
    assert await profiles.move(operator, [*names, "nobody"], "art") == ProfilesChanged(5, 0, ("nobody",))
    moves = [line for line in await ledger.audited() if line[1] == "profile.move"]
    assert [line[2] for line in moves] == ["name0, name1", "name2, name3", "name4"]


async def test_a_change_to_unknown_profiles_alone_is_refused(
    profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    before = await ledger.audited()
    with pytest.raises(NotFound, match=r'There is no profile "nobody"'):
        await profiles.pause(operator, ["nobody"])
    with pytest.raises(NotFound, match=r"None of these 2 profiles is known"):
        await profiles.remove(operator, ["nobody", "noone"])
    assert await ledger.audited() == before


async def test_one_unreadable_name_among_several_changes_nothing(profiles: Profiles, operator: Actor) -> None:
    await profiles.add(operator, ["ann"], "food")
    with pytest.raises(InvalidInput, match=r'^username: "no way": '):
        await profiles.pause(operator, ["ann", "no way"])
    assert await status_of(profiles, operator) == {"ann": "active"}


async def test_an_export_as_csv_has_a_header_and_empty_cells(
    profiles: Profiles, operator: Actor, viewer: Actor
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    text = "".join([line async for line in await profiles.export(viewer, Form.CSV, niche="food")])
    ann, bob = csv.DictReader(io.StringIO(text))
    assert (ann["username"], ann["niche"], ann["last_outcome"], ann["checks_total"]) == ("ann", "food", "", "0")
    assert bob["created_at"] == "2026-01-01T00:00:00+00:00"


async def test_an_export_as_json_lines_has_a_record_a_line(profiles: Profiles, operator: Actor, viewer: Actor) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    lines = [json.loads(line) async for line in await profiles.export(viewer, Form.JSONL)]
    assert [(line["username"], line["last_outcome"], line["stories_total"]) for line in lines] == [
        ("ann", None, 0),
        ("bob", None, 0),
    ]


async def test_a_spreadsheet_takes_no_niche_for_a_formula(profiles: Profiles, niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "=1+1")
    await profiles.add(operator, ["ann"], "=1+1")
    text = "".join([line async for line in await profiles.export(operator, Form.CSV)])
    assert "ann,'=1+1," in text


async def test_a_viewer_reads_profiles_and_changes_none(
    profiles: Profiles, viewer: Actor, operator: Actor, ledger: Ledger
) -> None:
    await profiles.add(operator, ["ann"], "food")
    before = await ledger.audited()
    assert await niche_of(profiles, viewer) == {"ann": "food"}
    for verb in (
        profiles.add(viewer, ["bob"], "food"),
        profiles.move(viewer, ["ann"], "art"),
        profiles.pause(viewer, ["ann"]),
        profiles.resume(viewer, ["ann"]),
        profiles.remove(viewer, ["ann"]),
    ):
        with pytest.raises(NotAllowed, match="takes the role operator"):
            await verb
    assert await ledger.audited() == before
    assert await niche_of(profiles, viewer) == {"ann": "food"}
