"""Who comes through the gate, who does not, and how every answer is protected."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from nicegui import __version__ as nicegui_version

from core.clock import FakeClock
from core.domain.actor import Role
from core.storage import sqlite_client
from panel.access.protection import PAGES_POLICY
from tests.panel.access.conftest import ADMIN, PASSWORD, Place, place_of

EVIL = "https://evil.example"


async def stranger(place: Place, **headers: str) -> httpx.AsyncClient:
    """A program that says nothing of itself but *headers*."""
    browser = await place.browser()
    browser.headers.clear()
    browser.headers.update(headers)
    return browser


# -- signed in or not -------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/data/who", "/_nicegui_ws/socket.io/", "/_nicegui/client/x/upload/1", "/_nicegui/0.1/x"]
)
async def test_programs_that_are_not_signed_in_are_told_so(place: Place, path: str) -> None:
    browser = await place.browser()
    answer = await browser.get(path)
    assert (answer.status_code, answer.json()) == (401, {"error": "You are signed out; sign in again."})


async def test_people_who_are_not_signed_in_are_led_to_the_form(place: Place) -> None:
    browser = await place.browser()
    assert (await browser.get("/")).headers["location"] == "/login"
    assert (await browser.get("/batches/7?tab=log")).headers["location"] == "/login?next=/batches/7%3Ftab%3Dlog"


async def test_a_path_that_leads_elsewhere_is_not_carried_along(place: Place) -> None:
    browser = await place.browser()
    assert (await browser.get("//evil.example/")).headers["location"] == "/login"


async def test_a_program_on_a_page_is_told_and_not_led_to_a_form(place: Place) -> None:
    browser = await place.browser()
    assert (await browser.get("/batches", headers={"sec-fetch-dest": "empty"})).status_code == 401
    assert (await browser.get("/batches", headers={"accept": "application/json"})).status_code == 401
    assert (await browser.post("/batches")).status_code == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/login", 200),
        ("/favicon.ico", 404),
        ("/metrics", 404),
        ("/readyz", 404),
        ("/static/x.css", 404),
        (f"/_nicegui/{nicegui_version}/static/x.js", 404),
        ("/loginx", 303),
        ("/staticx", 303),
        ("/welcome", 303),
        ("/healthz/more", 303),
    ],
)
async def test_few_things_are_for_everybody(place: Place, path: str, status: int) -> None:
    assert (await (await place.browser()).get(path)).status_code == status


async def test_who_asks_is_known_behind_the_gate(place: Place) -> None:
    browser = await place.person("Mara", Role.OPERATOR)
    assert (await browser.get("/data/who")).json() == {"actor": "panel:Mara", "role": "OPERATOR", "person": 1}


async def test_a_token_that_was_made_up_opens_nothing(place: Place) -> None:
    await place.person("ann")
    browser = await place.browser()
    for token in ("", "x", "x" * 5_000, "' OR 1=1 --", "\u00e9"):
        answer = await browser.get("/data/who", headers=[(b"cookie", f"storywatch={token}".encode())])
        assert answer.status_code == 401


async def test_an_expired_sign_in_opens_nothing(place: Place, clock: FakeClock) -> None:
    browser = await place.person("ann")
    await clock.advance(8 * 3_600)
    assert (await browser.get("/data/who")).status_code == 401
    assert (await browser.get("/batches")).headers["location"] == "/login?next=/batches"


async def test_a_person_who_is_removed_or_gets_another_role_is_out_at_once(place: Place) -> None:
    browser, other = await place.person("ann", Role.OPERATOR), await place.person("bea", Role.OPERATOR)
    await place.app.people.set_role(ADMIN, "ann", Role.VIEWER)
    await place.app.people.remove(ADMIN, "bea")
    for each in (browser, other):
        assert (await each.get("/data/who")).status_code == 401
    await browser.post("/login", data={"name": "ann", "password": PASSWORD})
    assert (await browser.get("/data/who")).json()["role"] == "VIEWER"


# -- where it comes from ----------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": EVIL},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8081"},
        {"origin": "http://127.0.0.1.evil.example:8080"},
        {"origin": "http://127.0.0.1:8080@evil.example"},
        {"origin": "file://127.0.0.1:8080"},
        {"origin": "http://127.0.0.1:port"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8080"},
        {},
    ],
)
async def test_a_request_of_another_site_changes_nothing(place: Place, headers: dict[str, str]) -> None:
    token = (await place.person("ann")).cookies["storywatch"]
    other = await stranger(place, cookie=f"storywatch={token}", **headers)
    for path in ("/data/take", "/logout", "/login"):
        answer = await other.post(path, data={"name": "ann", "password": PASSWORD})
        assert (answer.status_code, answer.text) == (403, "This request did not come from a page of this panel.")
    for verb in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert (await other.request(verb, "/data/take")).status_code == 403
    assert (await other.get("/data/who")).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "http://127.0.0.1:8080"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
async def test_a_request_of_our_own_pages_comes_through(place: Place, headers: dict[str, str]) -> None:
    token = (await place.person("ann")).cookies["storywatch"]
    page = await stranger(place, cookie=f"storywatch={token}", **headers)
    assert (await page.post("/data/take", content=b"12345")).json() == {"bytes": 5}


async def test_behind_a_proxy_that_hides_the_host_the_public_address_counts_too(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with place_of(tmp_path, clock, public_url="https://stories.example.org") as place:
        token = (await place.person("ann")).cookies["__Host-storywatch"]
        cookie = f"__Host-storywatch={token}"
        for origin, status in (("https://stories.example.org", 200), ("http://stories.example.org", 403)):
            page = await stranger(place, cookie=cookie, origin=origin, host="10.0.0.5:8080")
            assert (await page.post("/data/take")).status_code == status


# -- how much -----------------------------------------------------------------------------


async def parts(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


@pytest.mark.parametrize(
    ("path", "most"), [("/data/take", 1_000_000), ("/data/imports", 100_000_000), ("/login", 16_384)]
)
async def test_a_body_that_is_too_large_is_refused_before_it_is_read(place: Place, path: str, most: int) -> None:
    browser = await place.person("ann")
    answer = await browser.post(path, content=b"", headers={"content-length": str(most + 1)})
    assert (answer.status_code, answer.text) == (413, "The file or form is too large for this address.")
    answer = await browser.post(path, content=b"", headers={"content-length": "9" * 400})
    assert answer.status_code == 413


async def test_a_body_that_does_not_say_its_length_is_refused_when_it_gets_too_large(place: Place) -> None:
    browser = await place.person("ann")
    assert (await browser.post("/data/take", content=parts(100_000, 10))).json() == {"bytes": 1_000_000}
    answer = await browser.post("/data/take", content=parts(100_000, 11))
    assert (answer.status_code, answer.text) == (413, "The file or form is too large for this address.")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await browser.post("/login", content=parts(10_000, 2), headers=form)).status_code == 413


async def test_an_upload_may_be_larger_than_a_form(place: Place) -> None:
    browser = await place.person("ann")
    assert (await browser.post("/data/imports", content=parts(1_000_000, 5))).json() == {"bytes": 5_000_000}


async def test_an_upload_of_somebody_who_is_not_signed_in_is_not_read(place: Place) -> None:
    browser = await place.browser()
    read = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(10):
            read += 1
            yield b"x" * 1_000

    assert (await browser.post("/data/imports", content=counted())).status_code == 401
    assert read == 0


# -- every answer ---------------------------------------------------------------------------


async def test_every_answer_is_protected(place: Place) -> None:
    browser = await place.person("ann")
    nobody = await place.browser()
    answers = [
        await browser.get("/"),
        await browser.get("/data/who"),
        await browser.get("/nowhere"),
        await nobody.get("/"),
        await nobody.get("/data/who"),
        await nobody.get("/login"),
        await nobody.get("/healthz"),
        await nobody.post("/data/take", headers={"origin": EVIL}),
        await browser.post("/data/take", headers={"content-length": "2000000"}),
    ]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" not in answer.headers
    assert answers[0].headers["content-security-policy"] == PAGES_POLICY


async def test_what_is_for_one_person_is_never_kept_by_the_browser(place: Place) -> None:
    browser = await place.person("ann")
    for path in ("/", "/data/who", "/login"):
        assert (await browser.get(path)).headers["cache-control"] == "no-store"


async def test_over_https_browsers_are_told_to_stay_there(tmp_path: Path, clock: FakeClock) -> None:
    async with place_of(tmp_path, clock, public_url="https://stories.example.org") as place:
        answer = await (await place.browser()).get("/login")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_while_the_database_is_away_the_gate_says_so(
    place: Place, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await place.person("ann")
    monkeypatch.setattr(sqlite_client, "WAITS", 2)
    await clock.advance(60)
    with closing(sqlite3.connect(tmp_path / "storywatch.sqlite3", isolation_level=None)) as somebody_else:
        somebody_else.execute("BEGIN IMMEDIATE")
        answer = await browser.get("/data/who")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "is locked by another program" in answer.text
    assert (await browser.get("/data/who")).status_code == 200
