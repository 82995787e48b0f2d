"""What open pages are told of batches: what changed, once, and within the budget."""

from __future__ import annotations

from typing import Any

import pytest

from core.app import App
from core.storage.database import Database
from panel.pages.batches import batch_news
from panel.pages.batches.batch_news import BUDGET, BatchNews, short_key
from tests.integration.services.batch_rows import promote, settle
from tests.integration.services.conftest import QuickClock
from tests.panel.batches.conftest import OLGA, VERA, made


@pytest.fixture
def news() -> BatchNews:
    return BatchNews()


async def heard(news: BatchNews, app: App) -> dict[str, Any]:
    """The news as of now."""
    return dict((await news(app, VERA))["news"])


async def test_a_new_batch_is_told_whole_and_then_not_again(news: BatchNews, app: App) -> None:
    batch = await made(app)
    told = await heard(news, app)
    (row,) = told["changed"]
    assert (row["id"], row["name"], row["state"], row["shown"], row["total"]) == (
        batch.id,
        "lunch",
        "ready",
        "Ready",
        8,
    )
    assert (row["by"], row["niche"], row["reasons"]) == ("Olga", "", [])
    assert (await heard(news, app))["number"] == told["number"]


async def test_verdicts_travel_as_numbers_and_reasons_only_where_they_changed(
    news: BatchNews, app: App, database: Database
) -> None:
    batch = await made(app)
    await app.batches.start(OLGA, [batch.id])
    await promote(database)
    await heard(news, app)
    await settle(database, batch, {"ann": "live", "bob": "none"})
    told = await heard(news, app)
    assert (told["changed"], told["deleted"]) == ([], [])
    assert told["counters"] == [[short_key(batch.id), 2, 1, 0, None]]
    await settle(database, batch, {"cem": "unknown"}, "rate_limited")
    told = await heard(news, app)
    assert told["counters"] == [[short_key(batch.id), 3, 1, 1, None, [["rate limited", 1, "rate_limited"]]]]
    assert (await heard(news, app))["number"] == told["number"]


async def test_the_end_of_a_batch_brings_every_counter(news: BatchNews, app: App, database: Database) -> None:
    batch = await made(app, names=("ann", "bob"))
    await app.batches.start(OLGA, [batch.id])
    await promote(database)
    await heard(news, app)
    await settle(database, batch, {"ann": "live"})
    await heard(news, app)
    await settle(database, batch, {"bob": "private"}, "private")
    (row,) = (await heard(news, app))["changed"]
    assert (row["state"], row["shown"], row["finished"], row["private"], row["requests"]) == ("done", "Done", 2, 1, 4)
    assert "live" not in row
    assert "name" not in row


async def test_a_rate_is_told_once_two_sights_are_a_second_apart(
    news: BatchNews, app: App, database: Database, clock: QuickClock
) -> None:
    batch = await made(app)
    await app.batches.start(OLGA, [batch.id])
    await promote(database)
    await heard(news, app)
    clock.pass_by(4)
    await settle(database, batch, {"ann": "live", "bob": "none"})
    assert (await heard(news, app))["counters"] == [[short_key(batch.id), 2, 1, 0, 0.5]]
    clock.pass_by(0.1)
    assert (await heard(news, app))["counters"] == [[short_key(batch.id), 2, 1, 0, 0.5]]


async def test_starting_and_stopping_tell_what_differs_and_nothing_else(news: BatchNews, app: App) -> None:
    one, two = await made(app, "one"), await made(app, "two")
    await app.batches.start(OLGA, [one.id, two.id])
    await heard(news, app)
    await app.batches.stop(OLGA, [one.id])
    told = {row.pop("id"): row for row in (await heard(news, app))["changed"]}
    assert told == {
        one.id: {"state": "ready", "shown": "Ready", "place": None, "position": None},
        two.id: {"shown": "In line (1st)", "place": 1},
    }


async def test_a_deleted_batch_is_told_and_one_that_is_only_old_is_not(
    news: BatchNews, app: App, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_news, "NEWEST", 2)
    old = await made(app, "old")
    clock.pass_by(1)
    doomed = await made(app, "doomed")
    await heard(news, app)
    clock.pass_by(1)
    await app.batches.delete(OLGA, [doomed.id])
    await made(app, "three")
    clock.pass_by(1)
    await made(app, "four")
    told = await heard(news, app)
    assert told["deleted"] == [doomed.id]
    assert {row["name"] for row in told["changed"]} == {"three", "four"}
    assert (await app.batches.show(VERA, old.id)).name == "old"


async def test_what_does_not_fit_into_a_second_comes_with_the_next_ones(
    news: BatchNews, app: App, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_news, "BUDGET", BUDGET // 20)
    batches = [await made(app, f"b{number}") for number in range(8)]
    await app.batches.start(OLGA, [batch.id for batch in batches])
    await promote(database, at_most=8)
    await heard(news, app)
    for batch in batches:
        await settle(database, batch, {"ann": "live"})
    rounds: list[list[Any]] = []
    while told := await _new(news, app, rounds):
        assert len(told) < 8
        rounds.append(told)
    assert len(rounds) > 1
    assert {entry[0]: entry[1:] for told in rounds for entry in told} == {
        short_key(batch.id): [1, 1, 0, None] for batch in batches
    }


async def _new(news: BatchNews, app: App, rounds: list[list[Any]]) -> list[Any]:
    """The counters that are told now, and were not the last time."""
    told: list[Any] = (await heard(news, app))["counters"]
    return [] if rounds and told == rounds[-1] else told
