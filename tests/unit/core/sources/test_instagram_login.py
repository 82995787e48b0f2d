"""Cookies that are pasted, and what answers change of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.cookies import parse_cookies
from core.errors import InvalidInput
from core.secrets import Secret
from core.sources.base import Login
from core.sources.instagram import Instagram
from core.sources.instagram_login import DEFAULT_USER_AGENT
from tests.unit.core.sources.answers import SOURCE, answer, login

SESSION = "1001%3Aabc%3A7%3Asig"


def revealed(cookies: Mapping[str, Secret]) -> dict[str, str]:
    return {name: value.reveal() for name, value in cookies.items()}


def pasted(text: str, user_agent: str | None = None) -> Login:
    pasted = parse_cookies(text)
    return SOURCE.login(pasted.values, user_agent, pasted.ends)


def renewed(*lines: str, of: Login | None = None, **headers: str) -> Login | None:
    """What the login becomes after an answer with these ``Set-Cookie`` lines."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return SOURCE.renewed(of or login(), answer(headers={"set-cookie": lines, **told}))


def changed(*lines: str) -> dict[str, str]:
    """The cookies that differ afterwards; a removed one is empty."""
    before, after = login(), renewed(*lines)
    if after is None:
        return {}
    names = before.cookies.keys() | after.cookies.keys()
    old, new = revealed(before.cookies), revealed(after.cookies)
    return {name: new.get(name, "") for name in names if old.get(name) != new.get(name)}


# -- what is pasted -----------------------------------------------------------


def test_a_login_keeps_all_cookies_and_its_user_agent() -> None:
    made = pasted(f"mid=m; sessionid={SESSION}; ds_user_id=1001; csrftoken=c; rur=r", "Agent/2.0")
    assert made.user_agent == "Agent/2.0"
    assert made.marks == {}
    assert revealed(made.cookies) == {
        "mid": "m",
        "sessionid": SESSION,
        "ds_user_id": "1001",
        "csrftoken": "c",
        "rur": "r",
    }


def test_the_session_alone_is_enough() -> None:
    made = pasted(f"sessionid={SESSION}")
    assert revealed(made.cookies) == {"sessionid": SESSION, "ds_user_id": "1001"}
    assert made.user_agent == DEFAULT_USER_AGENT


def test_a_decoded_session_is_the_same_login() -> None:
    assert pasted("sessionid=1001:abc:7:sig; ds_user_id=1001") == pasted(f"sessionid={SESSION}; ds_user_id=1001")


def test_an_empty_account_is_filled_in() -> None:
    assert revealed(pasted(f"sessionid={SESSION}; ds_user_id=").cookies)["ds_user_id"] == "1001"


def test_the_default_user_agent_is_a_desktop_browser_and_fit_for_a_header() -> None:
    assert DEFAULT_USER_AGENT.startswith("Mozilla/5.0 (Windows NT 10.0; Win64; x64)")
    assert DEFAULT_USER_AGENT.isascii()
    assert DEFAULT_USER_AGENT.isprintable()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("csrftoken=s3cret", "sessionid is missing; copy the cookies of instagram.com from a browser that is logged "),
        ("sessionid=; ds_user_id=1001", "sessionid is missing; copy the cookies"),
        ("sessionid=s3cret", "the value of sessionid is none; it looks like NUMBER%3ATEXT%3ANUMBER%3ATEXT, copy all"),
        ("sessionid=1001%3As3cret", "the value of sessionid is none"),
        ("sessionid=1001%3As3cret%3A7%3A", "the value of sessionid is none"),
        ("sessionid=0%3As3cret%3A7%3Asig", "the value of sessionid is none"),
        ("sessionid=ann%3As3cret%3A7%3Asig", "the value of sessionid is none"),
        ("sessionid=1001%3As3cret%3Ax%3Asig", "the value of sessionid is none"),
        ('sessionid="1001%3As3cret%3A7%3Asig"', "the value of sessionid is none"),
        (
            "sessionid=1001%3As3cret%3A7%3Asig; ds_user_id=1002",
            "sessionid and ds_user_id are of different accounts; paste the cookies of one login",
        ),
    ],
)
def test_a_login_that_cannot_work_is_refused_without_its_value(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        pasted(text)
    assert refused.value.field == "cookies"
    assert refused.value.why.startswith(sentence)
    assert "s3cret" not in str(refused.value)


# -- what answers change ------------------------------------------------------


def test_an_answer_that_sets_nothing_changes_nothing() -> None:
    assert SOURCE.renewed(login(), answer()) is None
    assert renewed() is None


def test_a_cookie_that_is_set_is_taken_and_its_value_kept_as_it_stands() -> None:
    lines = ("csrftoken=new; Domain=.instagram.com; Path=/; Secure", 'rur="NCG\\0541001\\054=="; path=/; HttpOnly')
    assert changed(*lines) == {"csrftoken": "new", "rur": '"NCG\\0541001\\054=="'}


def test_the_same_value_again_changes_nothing() -> None:
    assert renewed("csrftoken=csrf; Path=/", f"sessionid={SESSION}; Path=/") is None


def test_a_renewed_session_of_the_same_account_is_taken() -> None:
    assert changed("sessionid=1001%3Afresh%3A8%3Asig; Path=/; HttpOnly") == {"sessionid": "1001%3Afresh%3A8%3Asig"}


@pytest.mark.parametrize(
    "line",
    [
        "sessionid=; Path=/",
        'sessionid=""; Path=/',
        'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/',
        f"sessionid={SESSION}; Max-Age=0",
        f"sessionid={SESSION}; max-age=-1",
        f"sessionid={SESSION}; expires=Thu, 01-Jan-1970 00:00:00 GMT",
        "sessionid=deleted; Path=/",
        "sessionid=1002%3Aabc%3A7%3Asig; Path=/",
    ],
)
def test_no_answer_takes_a_session_away_or_changes_its_account(line: str) -> None:
    assert changed(line, "csrftoken=other", "ds_user_id=1002", "mid=; Max-Age=0") == {}


def test_the_account_of_a_login_does_not_change() -> None:
    assert changed("ds_user_id=1002") == changed("ds_user_id=; Max-Age=0") == {}


def test_another_cookie_that_ends_is_dropped() -> None:
    assert changed("csrftoken=x; Max-Age=0", "mid=m") == {"csrftoken": "", "mid": "m"}
    assert changed("csrftoken=; Path=/") == changed('csrftoken=""; Path=/') == {"csrftoken": ""}


def test_max_age_weighs_more_than_expires_and_what_cannot_be_read_ends_nothing() -> None:
    past, future = "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Mar 2027 12:00:00 GMT"
    assert changed(f"mid=a; Max-Age=60; Expires={past}") == {"mid": "a"}
    assert changed(f"mid=a; Max-Age=soon; Expires={future}") == {"mid": "a"}
    assert changed("mid=a; Max-Age=; Expires=whenever") == {"mid": "a"}


def test_of_a_cookie_that_is_set_twice_the_last_one_counts() -> None:
    assert changed("mid=a", "mid=b") == {"mid": "b"}
    assert changed("mid=a", "mid=; Max-Age=0") == {}


@pytest.mark.parametrize("domain", ["", ".instagram.com", "instagram.com", "Instagram.com", "127.0.0.1"])
def test_cookies_of_the_platforms_own_domain_are_taken(domain: str) -> None:
    assert changed(f"mid=a; Domain={domain}; Path=/") == {"mid": "a"}


@pytest.mark.parametrize("domain", ["com", ".facebook.com", "notinstagram.com", "instagram.com.evil.example", "."])
def test_cookies_of_other_domains_are_not_taken(domain: str) -> None:
    assert changed(f"mid=a; Domain={domain}x; Path=/") == {}


def test_the_host_of_the_deployment_counts_as_the_platforms_own() -> None:
    line = answer(headers={"set-cookie": ("mid=a; Domain=stories.example",)})
    assert SOURCE.renewed(login(), line) is None
    assert Instagram("https://stories.example:8443").renewed(login(), line) is not None


@pytest.mark.parametrize(
    "line", ["", ";", "mid", "=a", "mi d=a", "mid=a\x00b", "mid=a\r\nX: y", "mid=é", "mid=" + "a" * 5000, "é=a"]
)
def test_what_could_not_be_sent_back_is_not_taken(line: str) -> None:
    assert changed(line) == {}


def test_an_answer_cannot_fill_a_login_up() -> None:
    grown = renewed(*(f"c{number}=x" for number in range(500)))
    assert grown is not None
    assert len(grown.cookies) == 60


def test_the_claim_is_kept_for_the_next_request() -> None:
    first = renewed(x_ig_set_www_claim="hmac.AR3")
    assert first == replace(login(), marks={"www_claim": "hmac.AR3"})
    assert renewed(of=first, x_ig_set_www_claim="hmac.AR3") is None
    second = renewed("mid=m", of=first, x_ig_set_www_claim="hmac.AR4")
    assert second is not None
    assert second.marks == {"www_claim": "hmac.AR4"}
    assert second.user_agent == first.user_agent
    assert revealed(second.cookies)["mid"] == "m"
    third = renewed("mid=n", of=second)
    assert third is not None
    assert third.marks == second.marks


@pytest.mark.parametrize("claim", ["", "a b", "a\r\nX: y", "é", "a" * 600])
def test_a_claim_that_could_not_be_sent_back_is_not_taken(claim: str) -> None:
    assert renewed(x_ig_set_www_claim=claim) is None


def test_a_login_that_is_renewed_is_not_changed_itself() -> None:
    before = login()
    renewed("csrftoken=new", of=before, x_ig_set_www_claim="c")
    assert before == login()


# -- when a login ends ---------------------------------------------------------

YEAR = timedelta(days=365)


def lasting(ends_at: datetime | None) -> Login:
    return replace(login(), ends_at=ends_at)


def set_for(seconds: float, session: str = SESSION) -> str:
    return f"sessionid={session}; Path=/; Max-Age={seconds:.0f}; HttpOnly"


def test_a_login_ends_with_its_session_whatever_else_ends() -> None:
    lines = [
        {"name": "sessionid", "value": SESSION, "expires": 1_800_000_000},
        {"name": "csrftoken", "value": "c", "expires": 1_700_000_000},
    ]
    assert pasted(json.dumps(lines)).ends_at == datetime.fromtimestamp(1_800_000_000, UTC)
    assert pasted(f"sessionid={SESSION}").ends_at is None


def test_a_session_that_is_set_for_longer_ends_later() -> None:
    now = answer().received_at
    after = renewed(set_for(YEAR.total_seconds()), of=lasting(now + timedelta(days=3)))
    assert after is not None
    assert after.ends_at == now + YEAR
    assert after.cookies == login().cookies


def test_a_session_that_is_set_again_and_again_is_no_news_each_time() -> None:
    now = answer().received_at
    assert renewed(set_for(YEAR.total_seconds()), of=lasting(now + YEAR - timedelta(hours=5))) is None


def test_a_session_without_an_end_has_none_any_more() -> None:
    after = renewed("sessionid=1001%3Afresh%3A8%3Asig; Path=/", of=lasting(answer().received_at + YEAR))
    assert after is not None
    assert after.ends_at is None


def test_what_else_an_answer_sets_leaves_the_end_as_it_was() -> None:
    ends_at = answer().received_at + timedelta(days=3)
    after = renewed("mid=other; Max-Age=60", of=lasting(ends_at), x_ig_set_www_claim="hmac.1")
    assert after is not None
    assert (after.ends_at, after.cookies["mid"].reveal()) == (ends_at, "other")
    assert after.marks


def test_an_end_that_no_calendar_has_is_none() -> None:
    after = renewed(f"sessionid={SESSION}; Max-Age={'9' * 18}", of=lasting(answer().received_at + YEAR))
    assert after is not None
    assert after.ends_at is None
