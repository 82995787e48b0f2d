"""What goes onto the wire."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.secrets import Secret
from core.sources import instagram
from core.sources.base import Kind, Login, Question, Subject
from core.sources.instagram import Instagram
from tests.unit.core.sources.answers import BY_ID, BY_NAME, SOURCE, STORIES, login

BASE = "http://127.0.0.1:8099"


def test_stories_of_several_are_asked_for_in_one_request() -> None:
    url = SOURCE.request(STORIES, login()).url
    assert url == f"{BASE}/api/v1/feed/reels_media/?reel_ids=1&reel_ids=2&reel_ids=3"


def test_a_name_is_looked_up_by_name() -> None:
    assert SOURCE.request(BY_NAME, login()).url == f"{BASE}/api/v1/users/web_profile_info/?username=ann"


def test_an_id_is_looked_up_by_id() -> None:
    assert SOURCE.request(BY_ID, login()).url == f"{BASE}/api/v1/users/1/info/"


def test_a_name_cannot_add_to_the_question() -> None:
    odd = "a&b=c d/é#?"
    url = SOURCE.request(Question(Kind.LOOK_UP_NAME, (Subject(odd),)), login()).url
    assert url.isascii()
    assert parse_qsl(urlsplit(url).query) == [("username", odd)]


@pytest.mark.parametrize("kind", [Kind.STORIES, Kind.LOOK_UP_ID])
def test_a_question_by_id_needs_one(kind: Kind) -> None:
    with pytest.raises(ValueError, match="a subject has none"):
        SOURCE.request(Question(kind, (Subject("ann"),)), login())


@pytest.mark.parametrize("base", [None, "https://www.instagram.com", "https://www.instagram.com/"])
def test_the_platforms_own_address_is_the_default(base: str | None) -> None:
    request = Instagram(base).request(BY_NAME, login())
    assert request.url == "https://www.instagram.com/api/v1/users/web_profile_info/?username=ann"
    assert request.headers["Referer"] == "https://www.instagram.com/"


def test_the_headers_are_those_of_the_sites_own_page() -> None:
    assert SOURCE.request(STORIES, login()).headers == {
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en-US,en;q=0.9",
        "Cookie": "sessionid=1001%3Aabc%3A7%3Asig; ds_user_id=1001; csrftoken=csrf",
        "Referer": f"{BASE}/",
        "Sec-Fetch-Dest": "empty",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Site": "same-origin",
        "User-Agent": "Agent/1.0",
        "X-ASBD-ID": "129477",
        "X-CSRFToken": "csrf",
        "X-IG-App-ID": "936619743392459",
        "X-IG-WWW-Claim": "0",
        "X-Requested-With": "XMLHttpRequest",
    }


def test_all_questions_carry_the_same_headers() -> None:
    sent = [SOURCE.request(question, login()).headers for question in (STORIES, BY_NAME, BY_ID)]
    assert sent[0] == sent[1] == sent[2]


def test_without_the_cookie_there_is_no_csrf_header() -> None:
    bare = Login({"sessionid": Secret("x"), "csrftoken": Secret("")}, "Agent/1.0")
    assert "X-CSRFToken" not in SOURCE.request(STORIES, bare).headers


def test_the_claim_that_was_set_last_is_sent() -> None:
    marked = replace(login(), marks={"www_claim": "hmac.AR3"})
    assert SOURCE.request(STORIES, marked).headers["X-IG-WWW-Claim"] == "hmac.AR3"


def test_each_login_is_sent_with_its_own_headers_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instagram, "_KNOWN_LOGINS", 2)
    source = Instagram(BASE)
    logins = [login(csrftoken=f"csrf{number}") for number in range(5)]
    for _ in range(2):
        sent = [source.request(STORIES, one).headers["X-CSRFToken"] for one in logins]
        assert sent == [f"csrf{number}" for number in range(5)]
    assert len(source._headers) == 2


def test_logins_that_come_and_go_are_never_taken_for_each_other() -> None:
    # A login that is thrown away leaves its address to the next one.
    sent = [SOURCE.request(STORIES, login(csrftoken=f"csrf{number}")).headers["X-CSRFToken"] for number in range(50)]
    assert sent == [f"csrf{number}" for number in range(50)]


def test_a_request_and_the_source_show_no_cookie() -> None:
    source = Instagram(BASE)
    shown = f"{source.request(STORIES, login())!r} {source!r} {login()!r}"
    assert "abc" not in shown
    assert "csrf" not in shown
    assert repr(source) == "<Instagram at 127.0.0.1>"
