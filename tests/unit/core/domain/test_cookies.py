from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cookies import cookie_header, parse_cookies
from core.errors import InvalidInput

NETSCAPE = "# Netscape HTTP Cookie File\n"


def values(text: str, site: str = "instagram.com") -> dict[str, str]:
    return {name: value.reveal() for name, value in parse_cookies(text, site).values.items()}


def why(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        parse_cookies(text)
    assert refused.value.field == "cookies"
    return refused.value.why


def netscape(domain: str, name: str, value: str, *more: str) -> str:
    return "\t".join([domain, "TRUE", "/", "TRUE", "1800000000", name, value, *more]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "sessionid=1%3Ax%3A2; ds_user_id=1",
        "Cookie: sessionid=1%3Ax%3A2; ds_user_id=1",
        "  cookie:sessionid=1%3Ax%3A2;ds_user_id=1;\n",
        "\ufeffsessionid = 1%3Ax%3A2 ;; ds_user_id=1",
        "sessionid=1%3Ax%3A2; ds_user_id=1; sessionid=1%3Ax%3A2",
        '{"sessionid": "1%3Ax%3A2", "ds_user_id": 1}',
        '[{"name": "sessionid", "value": "1%3Ax%3A2"}, {"name": "ds_user_id", "value": "1", "domain": null}]',
        json.dumps(
            {
                "cookies": [
                    {"name": "sessionid", "value": "1%3Ax%3A2", "domain": ".instagram.com", "expires": 1.5},
                    {"name": "ds_user_id", "value": "1", "domain": "www.instagram.com"},
                ],
                "origins": [],
            }
        ),
        NETSCAPE
        + "#HttpOnly_"
        + netscape(".instagram.com", "sessionid", "1%3Ax%3A2")
        + netscape("instagram.com", "ds_user_id", "1", "8th column"),
    ],
)
def test_every_way_of_pasting_gives_the_same_cookies(text: str) -> None:
    assert values(text) == {"sessionid": "1%3Ax%3A2", "ds_user_id": "1"}


def test_values_are_kept_as_they_stand() -> None:
    value = '"NCG\\0541\\05417:01f7=="'
    assert values(f"rur={value}; a=b=c; empty=") == {"rur": value, "a": "b=c", "empty": ""}
    assert values("a=Cookie:b") == {"a": "Cookie:b"}


def test_only_cookies_of_the_site_are_taken_where_domains_are_given() -> None:
    text = (
        NETSCAPE
        + netscape(".instagram.com", "sessionid", "mine")
        + netscape(".facebook.com", "xs", "theirs")
        + netscape("notinstagram.com", "a", "theirs")
        + netscape("instagram.com.evil.example", "b", "theirs")
        + netscape("i.Instagram.com", "mid", "mine too")
    )
    assert values(text) == {"sessionid": "mine", "mid": "mine too"}
    assert values(text, "facebook.com") == {"xs": "theirs"}


def test_the_value_of_the_sites_own_host_wins() -> None:
    below = {"name": "csrftoken", "value": "below", "domain": "i.instagram.com"}
    own = {"name": "csrftoken", "value": "own", "domain": ".instagram.com"}
    assert values(json.dumps([below, own])) == values(json.dumps([own, below])) == {"csrftoken": "own"}


def test_the_last_field_of_a_cookie_file_may_be_empty() -> None:
    assert values(NETSCAPE + netscape(".instagram.com", "mid", "")) == {"mid": ""}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing was given; paste the Cookie header of a browser that is logged in"),
        (" \n", "nothing was given; paste the Cookie header of a browser that is logged in"),
        ("Cookie:", "no cookie is there; paste the whole header, as in name=value; name2=value2"),
        (";;", "no cookie is there; paste the whole header, as in name=value; name2=value2"),
        ("a=1; s3cret", "part 2 has no '='; paste the whole header, as in name=value; name2=value2"),
        ("a=1\nb=s3cret", "a line break is inside; a Cookie header is one line"),
        ("a=s3cret; Path=/", "Path belongs to a Set-Cookie line; paste the Cookie header that the browser sends"),
        ("a=s3\x07cret", "the value of a holds a line break or another character that cannot be sent; copy it again"),
        ("a=s3crét", "the value of a holds a line break or another character that cannot be sent; copy it again"),
        ('{"a": "s3\\ncret"}', "the value of a holds a line break or another character that cannot be sent; "),
        ('{"a": "s3;cret"}', "the value of a holds a line break or another character that cannot be sent; "),
        ("1%3As3cret==", "a name holds characters that no cookie's name has; copy the cookies again"),
        ("=s3cret", "a name holds characters that no cookie's name has; copy the cookies again"),
        ("a=" + "s3cret" * 1_000, "the value of a is longer than 4,096 characters; copy it again"),
        ("a=s3cret; a=s4cret", "a is there twice with different values; paste the cookies of one login"),
        ("s3cret" * 200_000, "1,200,000 characters are no cookies; paste the Cookie header alone"),
        ('{"a": "s3cret"', "it begins like JSON and is none; export the cookies again or paste the Cookie header"),
        ("[" * 100_000, "it begins like JSON and is none; export the cookies again or paste the Cookie header"),
        ("[]", "no cookie is there; export them again while logged in"),
        (NETSCAPE, "no cookie is there; export them again while logged in"),
        ('[{"name": "a"}]', "entry 1 has no name and value; export the cookies again"),
        ('["s3cret"]', "entry 1 has no name and value; export the cookies again"),
        ('{"a": ["s3cret"]}', "the value of a is no text; export the cookies again"),
        ('{"a": true}', "the value of a is no text; export the cookies again"),
        (NETSCAPE + ".instagram.com TRUE / s3cret", "line 2 has 1 of 7 fields; export the cookie file again, with "),
        (netscape(".x.example", "a", "s3cret"), "they are of x.example, not of instagram.com; export those of "),
        ('[{"name": "a", "value": "s3cret", "domain": "x.example"}]', "they are of x.example, not of instagram.com; "),
    ],
)
def test_what_cannot_be_taken_is_refused_without_a_value(text: str, sentence: str) -> None:
    assert why(text).startswith(sentence)
    assert "s3cret" not in why(text)


def test_an_error_carries_no_value_along() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_cookies('{"sessionid": "s3cret"')
    assert refused.value.__context__ is None


def test_cookies_are_masked_until_they_are_sent() -> None:
    cookies = parse_cookies("sessionid=s3cret; mid=x")
    assert "s3cret" not in f"{cookies}"
    assert cookie_header(cookies.values) == "sessionid=s3cret; mid=x"


NOT_NAMES = {"path", "domain", "expires", "samesite", "cookies"}
NAMES = st.from_regex(r"\A[a-z_]{1,12}\Z").filter(lambda name: name not in NOT_NAMES)
VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=";"), max_size=40)


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=6))
def test_a_header_reads_as_the_cookies_that_made_it(cookies: dict[str, str]) -> None:
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    assert values(header) == cookies
    assert cookie_header(parse_cookies(header).values) == header
    assert values(json.dumps(cookies)) == cookies
    exported = "".join(netscape(".instagram.com", name, value) for name, value in cookies.items())
    assert values(NETSCAPE + exported) == cookies


@settings(deadline=None)
@given(st.text(max_size=200) | st.text(st.sampled_from('=;\t\n[]{}",:a1# '), max_size=80))
def test_any_text_is_cookies_fit_for_the_wire_or_refused(text: str) -> None:
    try:
        header = cookie_header(parse_cookies(text).values)
    except InvalidInput:
        return
    assert header.isascii()
    assert header.isprintable()


END = datetime(2027, 1, 15, 8, tzinfo=UTC)  # 1800000000


@pytest.mark.parametrize(
    "told",
    [
        {"expirationDate": 1_800_000_000.0},
        {"expires": 1_800_000_000},
        {"expiry": 1_800_000_000},
        {"expires": 1_800_000_000_000},
        {"expires": "1800000000"},
        {"expires": "2027-01-15T08:00:00Z"},
        {"expires": "2027-01-15T09:00:00+01:00"},
        {"expires": "2027-01-15T08:00:00"},
    ],
    ids=str,
)
def test_an_export_tells_when_its_cookies_end(told: dict[str, object]) -> None:
    item = {"name": "sessionid", "value": "1%3Ax%3A2", "domain": ".instagram.com"}
    assert parse_cookies(json.dumps([item | told])).ends == {"sessionid": END}


@pytest.mark.parametrize(
    "told",
    [
        -1,
        0,
        1e300,
        10**1000,
        float("nan"),
        float("inf"),
        None,
        True,
        "",
        "soon",
        "-1",
        "9" * 400,
        "9999-12-31T23:59:59-12:00",
        [],
        {},
    ],
    ids=repr,
)
def test_an_end_that_cannot_be_is_none(told: object) -> None:
    item = {"name": "sessionid", "value": "1%3Ax%3A2", "domain": ".instagram.com", "expires": told}
    pasted = parse_cookies(json.dumps([item]))
    assert (list(pasted.values), dict(pasted.ends)) == (["sessionid"], {})


def test_a_cookie_file_tells_when_its_cookies_end_and_a_header_does_not() -> None:
    lasting = netscape(".instagram.com", "sessionid", "1%3Ax%3A2")
    passing = netscape(".instagram.com", "rur", "x").replace("1800000000", "0")
    assert parse_cookies(NETSCAPE + lasting + passing).ends == {"sessionid": END}
    assert parse_cookies("sessionid=1%3Ax%3A2; ds_user_id=1").ends == {}
