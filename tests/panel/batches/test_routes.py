"""The plain routes of batches: rows, results, lists and files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.app import App
from core.services.public_pages import PublicPages
from core.services.views import BatchView
from core.sources.instagram import Instagram
from core.storage.database import Database
from panel.pages.batches import batch_routes
from tests.integration.services.batch_rows import settle
from tests.integration.services.conftest import QuickClock
from tests.panel.batches.conftest import OLGA, VERA, Browser, made


@pytest.fixture
async def lunch(app: App, database: Database) -> BatchView:
    """A batch with five verdicts of eight."""
    batch = await made(app)
    await settle(database, batch, {"ann": "live", "bob": "none"})
    await settle(database, batch, {"cem": "unknown", "dan": "unknown"}, "rate_limited")
    await settle(database, batch, {"eva": "unknown"}, "timeout")
    return batch


async def test_the_table_has_every_batch_with_its_reasons(browser: Browser, app: App, lunch: BatchView) -> None:
    answer = (await browser(VERA).get("/data/batches")).json()
    (row,) = answer["rows"]
    assert (row["name"], row["finished"], row["unknown"]) == ("lunch", 5, 3)
    assert row["reasons"] == [["rate limited", 2, "rate_limited"], ["timed out", 1, "timeout"]]
    assert (answer["older"], answer["at_once"]) == (False, 2)


async def test_older_batches_come_behind_the_last_one(
    browser: Browser, app: App, clock: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_routes, "NEWEST", 2)
    ids = []
    for number in range(5):
        clock.pass_by(1)
        ids.append((await made(app, f"b{number}")).id)
    viewer = browser(VERA)
    first = (await viewer.get("/data/batches")).json()
    assert ([row["name"] for row in first["rows"]], first["older"]) == (["b4", "b3"], True)
    second = (await viewer.get(f"/data/batches?after={first['rows'][-1]['id']}")).json()
    assert ([row["name"] for row in second["rows"]], second["older"]) == (["b2", "b1"], True)
    third = (await viewer.get(f"/data/batches?after={second['rows'][-1]['id']}")).json()
    assert ([row["name"] for row in third["rows"]], third["older"]) == (["b0"], False)


async def test_one_batch_comes_with_its_log(browser: Browser, app: App, lunch: BatchView) -> None:
    await app.batches.start(OLGA, [lunch.id])
    answer = (await browser(VERA).get(f"/data/batches/{lunch.id}")).json()
    assert (answer["batch"]["shown"], answer["batch"]["live"]) == ("In line (1st)", 1)
    assert [line["text"] for line in answer["log"]] == [
        "Started by Olga",
        "Created: checks: 8, fresh among them: 0, left out as paused or gone: 0",
    ]


async def test_a_batch_that_was_deleted_is_not_found(browser: Browser, app: App, lunch: BatchView) -> None:
    await app.batches.delete(OLGA, [lunch.id])
    answer = await browser(VERA).get(f"/data/batches/{lunch.id}")
    assert answer.status_code == 404
    assert answer.json()["error"].startswith("There is no batch")


async def test_results_are_paged_filtered_and_searched(browser: Browser, lunch: BatchView) -> None:
    viewer, path = browser(VERA), f"/data/batches/{lunch.id}/results"
    first = (await viewer.get(path, params={"count": 2})).json()
    assert ([row["username"] for row in first["rows"]], first["total"]) == (["eva", "dan"], 5)
    rest = (await viewer.get(path, params={"behind": first["rows"][-1]["mark"]})).json()
    assert ([row["username"] for row in rest["rows"]], rest["total"]) == (["cem", "bob", "ann"], None)
    unknown = (await viewer.get(path, params={"reason": "rate_limited"})).json()
    assert [(row["username"], row["outcome"], row["reason"]) for row in unknown["rows"]] == [
        ("dan", "unknown", "rate limited"),
        ("cem", "unknown", "rate limited"),
    ]
    assert (await viewer.get(path, params={"outcome": "live"})).json()["rows"][0]["ms"] == 80
    assert [row["username"] for row in (await viewer.get(path, params={"username": "@B"})).json()["rows"]] == ["bob"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("outcome=maybe", "outcome: choose one of live, none, private, gone, unknown"),
        ("count=x", "count: give a whole number from 0"),
        ("skip=-1", "skip: give a whole number from 0"),
        ("behind=x", "mark: give the mark"),
        ("count=5000", "count: a page has 1 to 1,000 checks, not 5000"),
    ],
)
async def test_what_means_nothing_is_refused_with_a_sentence(
    browser: Browser, lunch: BatchView, query: str, sentence: str
) -> None:
    answer = await browser(VERA).get(f"/data/batches/{lunch.id}/results?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(sentence)


async def test_usernames_come_one_a_line(browser: Browser, lunch: BatchView) -> None:
    viewer, path = browser(VERA), f"/data/batches/{lunch.id}/usernames"
    assert (await viewer.get(path, params={"outcome": "unknown"})).text == "eva\ndan\ncem\n"
    assert (await viewer.get(path, params={"outcome": "gone"})).text == ""
    # In the sandbox nobody has a page that a person could open.
    assert (await viewer.get(path, params={"outcome": "live", "links": "1"})).text == "ann\n"


async def test_links_lead_to_the_pages_of_profiles(browser: Browser, app: App, lunch: BatchView) -> None:
    on_the_platform = replace(app, public_pages=PublicPages(Instagram()))
    viewer, path = browser(VERA, on_the_platform), f"/data/batches/{lunch.id}/usernames"
    answer = await viewer.get(path, params={"outcome": "live", "links": "1"})
    assert answer.text == "https://www.instagram.com/ann/\n"


async def test_results_are_downloaded_as_csv_and_json_lines(browser: Browser, app: App, lunch: BatchView) -> None:
    viewer = browser(VERA)
    answer = await viewer.get("/data/batches/export", params={"ids": lunch.id, "form": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="lunch.csv"'
    assert answer.text.splitlines()[0].startswith("username,outcome,reason")
    assert len(answer.text.splitlines()) == 6
    answer = await viewer.get("/data/batches/export", params={"ids": lunch.id, "form": "jsonl"})
    assert [json.loads(line)["username"] for line in answer.text.splitlines()] == ["ann", "bob", "cem", "dan", "eva"]
    other = await made(app, "other")
    answer = await viewer.get("/data/batches/export", params={"ids": f"{lunch.id},{other.id}", "form": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="2 batches.csv"'
    assert answer.text.splitlines()[1].startswith(f"{lunch.id},lunch,ann,live")
    assert (await viewer.get("/data/batches/export", params={"ids": "", "form": "csv"})).status_code == 422


async def test_a_name_cannot_break_the_header_of_a_download(browser: Browser, app: App) -> None:
    batch = await made(app, 'über "quotes"/../x')
    answer = await browser(VERA).get("/data/batches/export", params={"ids": batch.id, "form": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="_ber _quotes_.._x.csv"'


async def test_the_log_is_downloaded_as_text(browser: Browser, lunch: BatchView) -> None:
    answer = await browser(VERA).get(f"/data/batches/{lunch.id}/log")
    assert answer.headers["content-disposition"] == 'attachment; filename="lunch log.txt"'
    assert answer.text.rstrip().endswith("Created: checks: 8, fresh among them: 0, left out as paused or gone: 0")
