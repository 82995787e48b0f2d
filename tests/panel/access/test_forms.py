"""Signing in and out by the forms, as browsers do it, and as others try to."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from core.clock import FakeClock
from core.domain.actor import Role
from core.settings import Platform
from tests.panel.access.conftest import ADMIN, PASSWORD, Place, first_code, place_of

COOKIE = "storywatch"


async def sign_in(
    browser: httpx.AsyncClient, name: str, password: str = PASSWORD, leads_to: str = "/"
) -> httpx.Response:
    return await browser.post("/login", data={"name": name, "password": password, "next": leads_to})


def told(answer: httpx.Response) -> str:
    """The sentence that a form shows as wrong."""
    found = re.search(r'role="alert">([^<]*)<', answer.text)
    assert found is not None, answer.text
    return found[1]


# -- the first person -----------------------------------------------------------------


async def test_the_first_link_leads_to_a_form_for_a_name_and_a_password_and_in(place: Place) -> None:
    link = (await first_code(place.app)).reveal()
    browser = await place.browser()
    shown = await browser.get(link)
    assert shown.status_code == 200
    assert 'value="admin"' in shown.text
    assert 'autocomplete="new-password"' in shown.text
    admitted = await browser.post(link, data={"name": "Mara", "password": PASSWORD})
    assert (admitted.status_code, admitted.headers["location"]) == (303, "/")
    assert (await browser.get("/data/who")).json() == {"actor": "panel:Mara", "role": "ADMIN", "person": 1}


async def test_a_link_works_once_and_says_so_afterwards(place: Place) -> None:
    link = (await first_code(place.app)).reveal()
    await (await place.browser()).post(link, data={"name": "Mara", "password": PASSWORD})
    other = await place.browser()
    for answer in (await other.get(link), await other.post(link, data={"name": "eve", "password": PASSWORD})):
        assert answer.status_code == 404
        assert told(answer).startswith("This link does not work any more; ask an admin for a new one")
    assert (await other.get("/data/who")).status_code == 401


async def test_looking_at_a_link_does_not_use_it_up(place: Place) -> None:
    link = (await first_code(place.app)).reveal()
    for _ in range(3):
        assert (await (await place.browser()).get(link)).status_code == 200


async def test_a_password_that_is_too_short_is_told_and_the_name_stays(place: Place) -> None:
    link = (await first_code(place.app)).reveal()
    answer = await (await place.browser()).post(link, data={"name": "Mara", "password": "short"})
    assert answer.status_code == 400
    assert told(answer) == "password: at least 10 characters, this one has 5"
    assert 'value="Mara"' in answer.text


async def test_a_reset_link_shows_whose_password_it_is_and_takes_no_other_name(place: Place) -> None:
    await place.person("ann", Role.OPERATOR)
    link = (await place.app.people.reset(ADMIN, "ann")).url.reveal()
    browser = await place.browser()
    assert 'value="ann" readonly' in (await browser.get(link)).text
    await browser.post(link, data={"name": "root", "password": "another of hers"})
    assert (await browser.get("/data/who")).json()["actor"] == "panel:ann"


async def test_a_link_that_is_over_is_refused_after_a_day(place: Place, clock: FakeClock) -> None:
    link = (await place.app.people.add(ADMIN, "ann", Role.VIEWER)).url.reveal()
    await clock.advance(86_400)
    assert (await (await place.browser()).get(link)).status_code == 404


# -- name and password -----------------------------------------------------------------


async def test_name_and_password_lead_in_and_to_the_page_that_was_wanted(place: Place) -> None:
    await place.person("ann")
    browser = await place.browser()
    asked = await browser.get("/batches?state=done")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/batches%3Fstate%3Ddone")
    shown = await browser.get(asked.headers["location"])
    assert 'name="next" value="/batches?state=done"' in shown.text
    admitted = await sign_in(browser, "ann", leads_to="/batches?state=done")
    assert admitted.headers["location"] == "/batches?state=done"
    assert (await browser.get("/batches")).text == "the panel"


async def test_a_wrong_password_is_told_with_the_tries_that_are_left_and_the_name_stays(place: Place) -> None:
    await place.person("ann")
    answer = await sign_in(await place.browser(), "ann", "wrong")
    assert answer.status_code == 401
    assert told(answer) == "Name or password is wrong. 4 tries left before a 15 min pause."
    assert 'value="ann"' in answer.text
    assert "wrong" not in answer.text.replace("is wrong", "")


async def test_the_sixth_wrong_password_is_too_many_and_says_when_to_come_back(place: Place) -> None:
    await place.person("ann")
    browser = await place.browser("198.51.100.1")
    for _ in range(5):
        assert (await sign_in(browser, "ann", "wrong")).status_code == 401
    answer = await sign_in(browser, "ann", PASSWORD)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    assert told(answer) == "Too many sign-ins failed; try again in 15 min."


async def test_guessing_from_many_addresses_is_slowed_and_does_not_lock_the_admin_out(place: Place) -> None:
    await place.person("ann", Role.ADMIN)
    answers = [await sign_in(await place.browser(f"198.51.100.{n}"), "ann", f"guess number {n}") for n in range(30)]
    assert [answer.status_code for answer in answers] == [401] * 20 + [429] * 10
    assert answers[-1].headers["retry-after"] == "1"
    assert (await sign_in(await place.browser(), "ann")).status_code == 303


async def test_a_made_up_forwarding_header_does_not_change_the_address(place: Place) -> None:
    await place.person("ann")
    answers = []
    for n in range(6):
        browser = await place.browser("198.51.100.1", **{"x-forwarded-for": f"192.0.2.{n}"})
        answers.append((await sign_in(browser, "ann", "wrong")).status_code)
    assert answers == [401] * 5 + [429]


async def test_behind_a_trusted_proxy_each_person_has_an_address_of_their_own(tmp_path: Path, clock: FakeClock) -> None:
    async with place_of(tmp_path, clock, trusted_proxies="10.0.0.0/8") as place:
        forwarded = {"x-forwarded-for": "192.0.2.66, 198.51.100.1"}
        assert (await (await place.browser("10.0.0.2", **forwarded)).get("/healthz")).text == "198.51.100.1"
        for _ in range(6):
            last = await sign_in(await place.browser("10.0.0.2", **forwarded), "ann", "wrong")
        assert last.status_code == 429
        other = await place.browser("10.0.0.2", **{"x-forwarded-for": "198.51.100.2"})
        assert (await sign_in(other, "ann", "wrong")).status_code == 401


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/login",
        "/logout",
        "/welcome/abc",
        "/data/who",
        "",
        "/" + "x" * 600,
    ],
)
async def test_a_sign_in_leads_to_no_other_place_than_a_page_of_ours(place: Place, wanted: str) -> None:
    await place.person("ann")
    browser = await place.browser()
    assert (await sign_in(browser, "ann", leads_to=wanted)).headers["location"] == "/"
    assert (await browser.get("/login", params={"next": wanted})).headers["location"] == "/"


async def test_a_form_that_is_none_is_a_wrong_password_and_no_error(place: Place) -> None:
    browser = await place.browser()
    for body, kind in (
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"a=1&" * 50, "application/x-www-form-urlencoded"),
        (b'{"name": "ann"}', "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ):
        answer = await browser.post("/login", content=body, headers={"content-type": kind})
        assert answer.status_code in (401, 429)


async def test_what_people_type_is_shown_as_text(place: Place) -> None:
    browser = await place.browser()
    hostile = '"><script>alert(1)</script>'
    answer = await sign_in(browser, hostile, leads_to=f"/batches?{hostile}")
    assert "<script>" not in answer.text
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in answer.text
    link = (await place.app.people.add(ADMIN, hostile, Role.VIEWER)).url.reveal()
    assert "<script>" not in (await browser.get(link)).text
    assert "<script>" not in (await browser.get("/welcome/<script>alert(1)</script>")).text


# -- the cookie ------------------------------------------------------------------------


async def test_over_plain_http_the_cookie_is_for_the_browser_alone(place: Place) -> None:
    await place.person("ann")
    answer = await sign_in(await place.browser(), "ann")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith(f"{COOKIE}=")
    attributes = cookie.lower().split("; ")[1:]
    assert {"httponly", "path=/", "samesite=lax", "max-age=604800"} <= set(attributes)
    assert "secure" not in attributes


async def test_over_https_the_cookie_is_bound_to_this_host_and_to_https(tmp_path: Path, clock: FakeClock) -> None:
    async with place_of(tmp_path, clock, public_url="https://stories.example.org") as place:
        browser = await place.person("ann")
        assert (await browser.get("/data/who")).status_code == 200
        answer = await sign_in(await place.browser(), "ann")
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-storywatch=")
        attributes = set(cookie.lower().split("; ")[1:])
        assert {"httponly", "path=/", "samesite=lax", "secure"} <= attributes
        assert not any(attribute.startswith("domain") for attribute in attributes)
        token = cookie.partition("=")[2].partition(";")[0]
        plain = await place.browser()
        assert (await plain.get("/data/who", headers={"cookie": f"{COOKIE}={token}"})).status_code == 401


async def test_a_cookie_that_was_put_there_before_the_sign_in_opens_nothing_afterwards(place: Place) -> None:
    await place.person("ann")
    victim = await place.browser()
    victim.cookies.set(COOKIE, "chosen-by-somebody-else")
    answer = await sign_in(victim, "ann")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert "chosen-by-somebody-else" not in cookie
    attacker = await place.browser()
    attacker.cookies.set(COOKIE, "chosen-by-somebody-else")
    assert (await attacker.get("/data/who")).status_code == 401


async def test_signing_in_again_ends_the_sign_in_that_the_browser_had(place: Place) -> None:
    browser = await place.person("ann")
    before = browser.cookies[COOKIE]
    await sign_in(browser, "ann")
    thief = await place.browser()
    thief.cookies.set(COOKIE, before)
    assert browser.cookies[COOKIE] != before
    assert (await browser.get("/data/who")).status_code == 200
    assert (await thief.get("/data/who")).status_code == 401


async def test_after_signing_out_the_old_cookie_opens_nothing(place: Place) -> None:
    browser = await place.person("ann")
    token = browser.cookies[COOKIE]
    answer = await browser.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert COOKIE not in browser.cookies
    browser.cookies.set(COOKIE, token)
    assert (await browser.get("/data/who")).status_code == 401


async def test_nobody_is_signed_out_by_a_link(place: Place) -> None:
    browser = await place.person("ann")
    assert (await browser.get("/logout")).status_code == 405
    assert (await browser.get("/data/who")).status_code == 200


async def test_who_is_signed_in_is_led_on_from_the_form(place: Place) -> None:
    browser = await place.person("ann")
    answer = await browser.get("/login?next=/batches")
    assert (answer.status_code, answer.headers["location"]) == (303, "/batches")


# -- what stands there -----------------------------------------------------------------


async def test_every_field_has_a_label_and_the_page_names_its_language(place: Place) -> None:
    link = (await first_code(place.app)).reveal()
    browser = await place.browser()
    for page in (await browser.get("/login"), await browser.get(link)):
        fields = re.findall(r'<input id="(\w+)"', page.text)
        assert fields == re.findall(r'<label for="(\w+)"', page.text) == ["name", "password"]
        assert '<html lang="en">' in page.text


async def test_the_forms_hold_nothing_that_their_policy_forbids(place: Place) -> None:
    browser = await place.browser()
    page = await browser.get("/login")
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text)
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    sheet = re.search(r'href="(/login/sign-in\.css\?\w{8})"', page.text)
    assert sheet is not None
    answer = await browser.get(sheet[1])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]


async def test_discord_is_offered_only_where_it_is_set_up(place: Place, tmp_path: Path, clock: FakeClock) -> None:
    browser = await place.browser()
    assert "Discord" not in (await browser.get("/login")).text
    assert (await browser.get("/login/discord")).status_code == 404
    folder = tmp_path / "other"
    async with place_of(folder, clock, discord_client_id="1", discord_client_secret="2") as other:
        assert 'href="/login/discord?next=/batches"' in (await (await other.browser()).get("/login?next=/batches")).text


async def test_in_the_sandbox_the_form_says_so(place: Place, tmp_path: Path, clock: FakeClock) -> None:
    assert "Sandbox" not in (await (await place.browser()).get("/login")).text
    async with place_of(tmp_path / "other", clock, platform=Platform.SANDBOX) as other:
        assert "Sandbox: pretend data" in (await (await other.browser()).get("/login")).text
