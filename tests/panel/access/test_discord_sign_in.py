"""Signing in through Discord, and everything that must not lead in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest

from core.clock import FakeClock
from core.domain.actor import Role
from tests.panel.access.conftest import ADMIN, Place, place_of
from tests.panel.access.discord_stand_in import CLIENT_ID, CLIENT_SECRET, DiscordStandIn, discord

ANN, EVE = "123456789012345678", "666666666666666666"


@pytest.fixture
async def stand_in() -> AsyncIterator[DiscordStandIn]:
    async with discord() as running:
        yield running


@pytest.fixture
async def place(tmp_path: Path, clock: FakeClock, stand_in: DiscordStandIn) -> AsyncIterator[Place]:
    settings = {"discord_client_id": CLIENT_ID, "discord_client_secret": CLIENT_SECRET}
    async with place_of(tmp_path, clock, discord_url=stand_in.url, **settings) as made:
        await made.app.people.add(ADMIN, "ann", Role.OPERATOR, discord_id=ANN)
        yield made


async def begun(browser: httpx.AsyncClient, leads_to: str = "/") -> str:
    """Where the browser is sent when it begins."""
    answer = await browser.get("/login/discord", params={"next": leads_to})
    assert answer.status_code == 303
    return answer.headers["location"]


def changed(url: str, **values: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | values
    return urlunsplit(parts._replace(query=urlencode({name: value for name, value in query.items() if value})))


async def refused(browser: httpx.AsyncClient, url: str, status: int = 400) -> str:
    """The sentence with which a return is refused; nobody is signed in by it."""
    answer = await browser.get(url)
    assert answer.status_code == status, answer.text
    assert (await browser.get("/data/who")).status_code == 401
    found = re.search(r'role="alert">([^<]*)<', answer.text)
    assert found is not None
    return found[1]


async def test_a_linked_user_is_signed_in_as_the_person_and_led_on(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser, "/batches"), ANN)
    assert back.startswith(f"{place.url}/login/discord/return?")
    answer = await browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/batches")
    assert (await browser.get("/data/who")).json() == {"actor": "panel:ann", "role": "OPERATOR", "person": 1}
    assert stand_in.asked == ["token", "me"]
    assert sorted(browser.cookies) == ["storywatch"]


async def test_what_discord_gave_is_stored_nowhere(place: Place, stand_in: DiscordStandIn, tmp_path: Path) -> None:
    browser = await place.browser()
    await browser.get(stand_in.agree(await begun(browser), ANN))
    (token,) = stand_in.tokens
    for file in ("storywatch.sqlite3", "storywatch.sqlite3-wal"):
        assert token.encode() not in (tmp_path / file).read_bytes()


async def test_a_user_whom_nobody_linked_is_refused(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    told = await refused(browser, stand_in.agree(await begun(browser), EVE), 401)
    assert told == "This Discord account may not sign in here; an admin can link it to a person."


@pytest.mark.parametrize("state", ["", "made-up", "é"])
async def test_a_forged_state_is_refused_and_discord_is_not_asked(
    place: Place, stand_in: DiscordStandIn, state: str
) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    assert "begin again" in await refused(browser, changed(back, state=state))
    assert stand_in.asked == []


async def test_the_return_of_another_browser_is_refused(place: Place, stand_in: DiscordStandIn) -> None:
    """Nobody can be signed in as somebody else by a link that they are sent."""
    attacker, victim = await place.browser(), await place.browser()
    back = stand_in.agree(await begun(attacker), ANN)
    assert "begin again" in await refused(victim, back)
    await begun(victim)
    assert "begin again" in await refused(victim, back)
    assert stand_in.asked == []


async def test_a_code_that_was_given_for_another_start_is_refused(place: Place, stand_in: DiscordStandIn) -> None:
    """The verifier of this browser does not fit the challenge that the code was given for."""
    attacker, victim = await place.browser(), await place.browser()
    stolen = dict(parse_qsl(urlsplit(stand_in.agree(await begun(attacker), ANN)).query))["code"]
    back = stand_in.agree(await begun(victim), EVE)
    assert "begin again" in await refused(victim, changed(back, code=stolen))


async def test_a_return_works_once(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    await browser.get(back)
    await browser.post("/logout")
    assert "begin again" in await refused(browser, back)


async def test_after_ten_minutes_the_way_back_is_closed(
    place: Place, stand_in: DiscordStandIn, clock: FakeClock
) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    await clock.advance(601)
    assert "took more than 10 min" in await refused(browser, back)


async def test_a_cookie_that_was_made_up_is_refused(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    browser.cookies.clear()
    browser.cookies.set("storywatch-discord", "made-up")
    assert "begin again" in await refused(browser, back)


async def test_who_does_not_agree_is_told_how_to_go_on(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    told = await refused(browser, changed(back, code="", error="access_denied"))
    assert told == "Discord: it was not allowed to say who you are; begin again and allow it"


@pytest.mark.parametrize(
    "broken", [(500, "oh"), (200, "no json"), (200, "[]"), (200, '{"access_token": "unknown"}'), (200, "x" * 70_000)]
)
async def test_a_discord_that_answers_nonsense_is_told_as_that(
    place: Place, stand_in: DiscordStandIn, broken: tuple[int, str]
) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    stand_in.broken = broken
    answer = await browser.get(back)
    assert answer.status_code in (400, 503)
    assert (await browser.get("/data/who")).status_code == 401


async def test_a_discord_that_has_troubles_of_its_own_is_told_as_that(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    back = stand_in.agree(await begun(browser), ANN)
    stand_in.broken = (503, "")
    told = await refused(browser, back, 503)
    assert told == "Discord does not answer as it should; try again, or sign in with a password."


async def test_a_discord_that_nobody_reaches_is_told_as_that(tmp_path: Path, clock: FakeClock) -> None:
    async with discord() as gone:
        url = gone.url
    settings = {"discord_client_id": CLIENT_ID, "discord_client_secret": CLIENT_SECRET}
    async with place_of(tmp_path, clock, discord_url=url, **settings) as place:
        browser = await place.browser()
        state = dict(parse_qsl(urlsplit(await begun(browser)).query))["state"]
        told = await refused(browser, f"/login/discord/return?code=abc&state={state}", 503)
    assert told == "Discord does not answer as it should; try again, or sign in with a password."


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_the_way_back_leads_to_no_other_place(place: Place, stand_in: DiscordStandIn, wanted: str) -> None:
    browser = await place.browser()
    answer = await browser.get(stand_in.agree(await begun(browser, wanted), ANN))
    assert answer.headers["location"] == "/"


async def test_the_cookie_of_the_way_is_short_and_tells_nothing(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    answer = await browser.get("/login/discord")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert {"httponly", "max-age=600", "samesite=lax"} <= set(cookie.lower().split("; "))
    state = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["state"]
    assert state not in cookie


async def test_the_secret_of_the_application_is_on_no_page(place: Place, stand_in: DiscordStandIn) -> None:
    browser = await place.browser()
    page = await browser.get("/login")
    start = await browser.get("/login/discord")
    assert CLIENT_SECRET not in page.text + str(start.headers)
