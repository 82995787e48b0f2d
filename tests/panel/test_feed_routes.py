"""The plain routes of the feed over a real database, as somebody whom the gate has let through."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.errors import UserError
from core.settings import Platform, Settings
from panel.answers import refused
from panel.pages.niche_feed.feed_routes import routes
from panel.pages.niche_feed.kept_selections import KeptSelections

ADMIN, VIEWER = Actor("panel:ann", Role.ADMIN), Actor("panel:vera", Role.VIEWER)
# A niche whose name a spreadsheet would take for a formula.
FORMULA = "=1+1"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = Settings(data_dir=tmp_path, platform=Platform.INSTAGRAM)
    async with open_app(settings, FakeClock()) as opened:
        await opened.niches.create(ADMIN, "Food")
        await opened.niches.create(ADMIN, FORMULA)
        await opened.profiles.add(ADMIN, [f"food.{number:03}" for number in range(30)], "Food")
        await opened.profiles.add(ADMIN, ["sum"], FORMULA)
        yield opened


@pytest.fixture
def panel(app: App) -> Starlette:
    made = Starlette(routes=routes(app, KeptSelections()))
    made.add_exception_handler(UserError, refused)
    return made


@pytest.fixture
async def browser(panel: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A viewer's."""

    async def let_through(scope: Scope, receive: Receive, send: Send) -> None:
        await panel({**scope, "state": {"actor": VIEWER}}, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(let_through), base_url="http://panel") as client:
        yield client


async def kept(browser: httpx.AsyncClient, selection: Mapping[str, Any]) -> str:
    answer = await browser.post("/data/profiles/selection", json=selection)
    assert answer.status_code == 200
    return str(answer.json()["id"])


async def test_a_page_has_its_rows_and_how_many_match_in_all(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/data/profiles", params={"niche": 1, "offset": 10, "count": 5})).json()
    assert [row["id"] for row in page["rows"]] == [f"food.{number:03}" for number in range(10, 15)]
    assert page["total"] == 30


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ({"offset": "-1"}, 422, "offset: give a whole number from 0"),
        ({"offset": "0", "count": "5000"}, 422, "count: a page has 1 to 1,000 profiles, not 5000"),
        ({"offset": "0", "niche": "99"}, 404, "This niche was deleted; choose another one."),
    ],
)
async def test_what_cannot_be_shown_is_answered_with_a_sentence(
    browser: httpx.AsyncClient, words: dict[str, str], status: int, sentence: str
) -> None:
    answer = await browser.get("/data/profiles", params=words)
    assert (answer.status_code, answer.json()["error"]) == (status, sentence)


async def test_the_names_of_a_range_come_in_the_order_that_is_shown(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/data/profiles/between", params={"niche": 1, "sort": "-username", "start": 1, "end": 3})
    assert answer.json() == {"names": ["food.028", "food.027", "food.026"]}


async def test_only_rows_that_changed_come_back_with_those_that_are_gone(app: App, browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/data/profiles", params={"niche": 1, "offset": 0, "count": 4})).json()
    marks = {row["id"]: row["mark"] for row in page["rows"]}
    assert (await browser.post("/data/profiles/changed", json={"marks": marks})).json() == {"changed": [], "gone": []}
    await app.profiles.pause(ADMIN, ["food.001"])
    await app.profiles.remove(ADMIN, ["food.002"])
    news = (await browser.post("/data/profiles/changed", json={"marks": marks, "query": {"niche": "1"}})).json()
    assert [(row["id"], row["status"]) for row in news["changed"]] == [("food.001", "paused")]
    assert (news["gone"], news["total"]) == (["food.002"], 29)


async def test_a_selection_of_all_but_a_few_is_exported_once(browser: httpx.AsyncClient) -> None:
    selection = {"query": {"niche": "1", "q": "food.00"}, "except": ["food.003"]}
    words = {"selection": await kept(browser, selection), "form": "csv"}
    answer = await browser.get("/data/profiles/export", params=words)
    assert answer.headers["content-disposition"].startswith('attachment; filename="profiles-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["username"] for row in rows] == [f"food.{number:03}" for number in range(10) if number != 3]
    again = await browser.get("/data/profiles/export", params=words)
    assert (again.status_code, again.json()["error"]) == (
        404,
        "The selection is not known any longer; press the button once more.",
    )


async def test_no_cell_of_an_export_is_a_formula(browser: httpx.AsyncClient) -> None:
    words = {"selection": await kept(browser, {"names": ["sum"]}), "form": "csv"}
    (row,) = csv.DictReader(io.StringIO((await browser.get("/data/profiles/export", params=words)).text))
    assert row["niche"] == f"'{FORMULA}"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"[1]", "body: send a JSON object"),
        (b"nonsense", "body: send a JSON object"),
        (b'{"names": "ann"}', "names: send a list"),
        (b'{"query": 3}', "query: send an object"),
        (b'{"names": []}', "selection: select at least one profile"),
        (b" " * 4_000_001, "body: that is more than a selection can have"),
    ],
)
async def test_what_is_no_selection_is_refused_with_a_sentence(
    browser: httpx.AsyncClient, body: bytes, sentence: str
) -> None:
    answer = await browser.post("/data/profiles/selection", content=body)
    assert (answer.status_code, answer.json()["error"]) == (422, sentence)


async def test_whoever_goes_to_another_page_in_the_middle_is_no_mistake(app: App) -> None:
    (route,) = [each for each in routes(app, KeptSelections()) if each.path == "/data/profiles/changed"]  # type: ignore[attr-defined]

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": [], "state": {"actor": VIEWER}}, gone)
    with pytest.raises(UserError, match="it did not arrive"):
        await route.endpoint(request)  # type: ignore[attr-defined]
    with pytest.raises(ClientDisconnect):
        await request.body()
