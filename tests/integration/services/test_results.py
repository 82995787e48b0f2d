"""Pages of what a batch found."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor
from core.domain.check_filter import CheckFilter
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotFound
from core.services.batches import Batches
from core.services.exports import Form
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.proxies import Proxies
from core.services.results import Results
from core.services.views import BatchView, ChecksPage
from core.storage.database import Database
from tests.integration.services.batch_rows import know, settle

EVERY = CheckFilter()


@pytest.fixture(autouse=True)
async def a_niche(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")


@pytest.fixture
def results(database: Database) -> Results:
    return Results(database)


@pytest.fixture
async def batch(batches: Batches, profiles: Profiles, operator: Actor, database: Database) -> BatchView:
    """Seven checks, six of them finished in three commits."""
    await profiles.add(operator, ["ann", "anton", "bob", "cem", "dan", "eva", "finn"], "food")
    made = await batches.create(operator, niche="food", name="lunch")
    await settle(database, made, {"ann": "live", "bob": "none"})
    await settle(database, made, {"anton": "unknown", "cem": "unknown"}, "rate_limited")
    await settle(database, made, {"dan": "unknown"}, "timeout")
    await settle(database, made, {"eva": "private"}, "private")
    return made


def names(page: ChecksPage) -> list[str]:
    return [found.check.username for found in page.checks]


async def test_the_newest_checks_come_first_and_pages_go_on_behind_one(
    results: Results, viewer: Actor, batch: BatchView
) -> None:
    first = await results.page(viewer, batch.id, EVERY, count=4)
    assert (names(first), first.total) == (["eva", "dan", "cem", "anton"], 6)
    rest = await results.page(viewer, batch.id, EVERY, behind=first.checks[-1].mark)
    assert (names(rest), rest.total) == (["bob", "ann"], None)
    skipped = await results.page(viewer, batch.id, EVERY, behind=first.behind, skip=3, count=2)
    assert names(skipped) == ["anton", "bob"]


@pytest.mark.parametrize(
    "wanted", [EVERY, CheckFilter(outcome=Outcome.UNKNOWN), CheckFilter(reason=Reason.RATE_LIMITED)]
)
@pytest.mark.parametrize("count", [1, 2, 4])
async def test_a_page_is_the_same_from_either_end(
    results: Results, viewer: Actor, batch: BatchView, wanted: CheckFilter, count: int
) -> None:
    first = await results.page(viewer, batch.id, wanted)
    assert first.total is not None
    for skip in range(first.total + 2):
        page = await results.page(
            viewer, batch.id, wanted, behind=first.behind, skip=skip, count=count, total=first.total
        )
        assert names(page) == names(first)[skip : skip + count]


async def test_checks_that_are_stored_meanwhile_move_nothing(
    results: Results, viewer: Actor, batch: BatchView, database: Database
) -> None:
    first = await results.page(viewer, batch.id, EVERY, count=2)
    await settle(database, batch, {"finn": "live"})
    assert names(await results.page(viewer, batch.id, EVERY, behind=first.behind, skip=2)) == [
        "cem",
        "anton",
        "bob",
        "ann",
    ]
    again = await results.page(viewer, batch.id, EVERY, count=1)
    assert (names(again), again.total) == (["finn"], 7)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CheckFilter(outcome=Outcome.LIVE), ["ann"]),
        (CheckFilter(outcome=Outcome.UNKNOWN), ["dan", "cem", "anton"]),
        (CheckFilter(outcome=Outcome.GONE), []),
        (CheckFilter(reason=Reason.RATE_LIMITED), ["cem", "anton"]),
        (CheckFilter(outcome=Outcome.UNKNOWN, reason=Reason.TIMEOUT), ["dan"]),
        (CheckFilter(username="@An"), ["ann", "anton"]),
        (CheckFilter(outcome=Outcome.UNKNOWN, username="an"), ["anton"]),
        (CheckFilter(reason=Reason.TIMEOUT, username="an"), []),
        (CheckFilter(username="fi"), []),
        (CheckFilter(username="%"), []),
    ],
)
async def test_conditions_choose_checks_and_count_them(
    results: Results, viewer: Actor, batch: BatchView, wanted: CheckFilter, found: list[str]
) -> None:
    page = await results.page(viewer, batch.id, wanted)
    assert (names(page), page.total) == (found, len(found))
    assert [name async for name in await results.usernames(viewer, batch.id, wanted)] == found


async def test_a_check_tells_what_it_took_and_which_proxy_brought_it(
    results: Results, viewer: Actor, admin: Actor, batch: BatchView, proxies: Proxies, database: Database
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080\n10.0.0.2:8080")
    stored = {row["host"]: row["id"] for row in await database.fetch("SELECT id, host FROM proxy")}
    async with database.transaction() as tx:
        for name, host in (("ann", "10.0.0.1"), ("bob", "10.0.0.2")):
            await tx.execute("UPDATE checks SET proxy_id = ? WHERE profile_id = ?", stored[host], name)
        await tx.execute("UPDATE proxy SET label = 'nl-07' WHERE host = '10.0.0.1'")
        await tx.execute("UPDATE checks SET proxy_id = 999 WHERE profile_id = 'eva'")
    found = {each.check.username: each for each in (await results.page(viewer, batch.id, EVERY)).checks}
    assert (found["ann"].latency_ms, found["ann"].proxy_label) == (80, "nl-07")
    assert found["bob"].proxy_label == "10.0.0.2:8080"
    assert found["eva"].proxy_label is None
    assert found["ann"].check.trail == "s1: seen"


async def test_reasons_of_many_batches_are_counted_at_once(
    results: Results, batches: Batches, viewer: Actor, operator: Actor, batch: BatchView, database: Database
) -> None:
    other = await batches.create(operator, names=["ann"], recheck=True)
    await settle(database, other, {"ann": "unknown"}, "timeout")
    third = await batches.create(operator, names=["bob"], recheck=True)
    assert await results.unknown_reasons(viewer, [other.id, batch.id, third.id]) == {
        batch.id: {Reason.RATE_LIMITED: 2, Reason.TIMEOUT: 1},
        other.id: {Reason.TIMEOUT: 1},
    }


async def test_an_export_of_several_batches_names_the_batch_in_every_line(
    results: Results, batches: Batches, viewer: Actor, operator: Actor, batch: BatchView, database: Database
) -> None:
    await know(database, "ann", story_until=None)
    other = await batches.create(operator, names=["finn"], name="=second", recheck=True)
    await settle(database, other, {"finn": "live"})
    lines = [line async for line in await results.export(viewer, [batch.id, other.id], Form.CSV)]
    assert lines[0].startswith("batch,batch_name,username,outcome,reason")
    assert len(lines) == 8
    assert lines[1].startswith(f"{batch.id},lunch,ann,live,ok")
    assert lines[-1].startswith(f"{other.id},'=second,finn,live,ok")
    alone = [line async for line in await results.export(viewer, [batch.id], Form.CSV)]
    assert alone[0].startswith("username,outcome")
    await batches.delete(operator, [other.id])
    assert [line async for line in await results.export(viewer, [other.id, batch.id], Form.CSV)] == alone


async def test_what_no_page_can_be_is_refused(
    results: Results, batches: Batches, viewer: Actor, operator: Actor, batch: BatchView
) -> None:
    with pytest.raises(InvalidInput, match="1 to 1,000"):
        await results.page(viewer, batch.id, EVERY, count=0)
    with pytest.raises(InvalidInput, match="0 or more"):
        await results.page(viewer, batch.id, EVERY, skip=-1)
    with pytest.raises(InvalidInput, match="mark"):
        await results.page(viewer, batch.id, EVERY, behind="x")
    await batches.delete(operator, [batch.id])
    with pytest.raises(NotFound, match="There is no batch"):
        await results.page(viewer, batch.id, EVERY)
