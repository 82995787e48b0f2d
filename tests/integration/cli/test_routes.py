"""The verbs of proxies and sessions as people give them: nothing secret comes out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Ran, Storywatch, cookie, written

PROXIES = "127.0.0.1:8001\n127.0.0.1:8002:rita:s3cr3t-word\nsocks5://rita:s3cr3t-word@127.0.0.1:8003\n"


@pytest.fixture
def proxies(storywatch: Storywatch) -> None:
    """Three proxies."""
    assert storywatch("proxy", "import", "-", given=PROXIES).code == 0


def add(storywatch: Storywatch, label: str, account: int, *options: str) -> Ran:
    return storywatch("session", "add", "--label", label, *options, "--json", given=cookie(account))


def test_proxies_are_listed_with_their_passwords_masked(storywatch: Storywatch, proxies: None) -> None:
    ran = storywatch("proxy", "list", "--json")
    assert [(proxy["id"], proxy["kind"], proxy["state"]) for proxy in ran.records] == [
        (1, "http", "ready"),
        (2, "http", "ready"),
        (3, "socks5", "ready"),
    ]
    promised = (
        *("id", "address", "kind", "enabled", "state", "ready_at", "requests", "successes", "failures"),
        *("consecutive_failures", "last_error", "response_ms"),
    )
    assert set(promised) <= set(ran.records[0])
    for shown in (ran.out, storywatch("proxy", "list").out):
        assert "s3cr3t-word" not in shown
        assert "127.0.0.1:8002" in shown


def test_lines_that_are_no_proxies_are_told_and_stop_none_of_the_others(storywatch: Storywatch) -> None:
    ran = storywatch("proxy", "import", "-", "--json", given="127.0.0.1:8001\nrita:s3cr3t-word@nowhere\n")
    invalid, report = ran.records
    assert (invalid["line"], report["created"], report["known"], report["invalid"]) == (2, 1, 0, 1)
    assert "s3cr3t-word" not in ran.out + ran.err


def test_a_list_without_a_proxy_is_refused_in_one_sentence(storywatch: Storywatch) -> None:
    ran = storywatch("proxy", "import", "-", given="nowhere\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("proxies: the only line cannot be read; line 1: ")
    assert len(ran.err.splitlines()) == 1


def test_a_proxy_is_switched_off_and_on_and_removed(storywatch: Storywatch, proxies: None) -> None:
    assert storywatch("proxy", "disable", "2", "--json").record["enabled"] is False
    assert storywatch("proxy", "enable", "127.0.0.1:8002", "--json").record["enabled"] is True
    add(storywatch, "ann", 11, "--proxy", "2")
    ran = storywatch("proxy", "remove", "2")
    assert ran.out.startswith("The proxy 2 (")
    assert "Unbound now: ann." in ran.err
    assert storywatch("proxy", "remove", "2").code == 2


def test_a_session_is_added_from_standard_input(storywatch: Storywatch, proxies: None) -> None:
    ran = add(storywatch, "ann", 11, "--proxy", "1", "--user-agent", "Browser/1")
    promised = ("id", "label", "proxy", "state", "requests", "successes", "failures", "last_error")
    assert [ran.record[name] for name in promised] == [1, "ann", 1, "valid", 0, 0, 0, None]
    assert "sig" not in storywatch("session", "list", "--json").out


def test_a_session_is_added_from_a_file(storywatch: Storywatch, place: Path) -> None:
    ran = storywatch("session", "add", "--label", "ann", "--file", written(place / "c.txt", cookie(11)), "--json")
    assert (ran.code, ran.record["proxy"]) == (0, None)


def test_cookies_are_no_argument(storywatch: Storywatch) -> None:
    ran = storywatch("session", "add", "--label", "ann", cookie(11))
    assert (ran.code, ran.out) == (2, "")
    assert storywatch("session", "list", "--json").records == []


def test_a_session_without_the_cookie_that_the_platform_needs_is_refused(storywatch: Storywatch) -> None:
    ran = storywatch("session", "add", "--label", "ann", given="csrftoken=abc; mid=def")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "sessionid" in ran.err
    assert "abc" not in ran.err


def test_sessions_are_bound_in_order_to_the_proxies_that_have_none(storywatch: Storywatch, proxies: None) -> None:
    add(storywatch, "ann", 11, "--proxy", "2")
    lines = "\n".join([cookie(21), "nonsense", cookie(22), cookie(23)])
    ran = storywatch("session", "import", "-", "--bind-in-order", "--json", given=lines)
    invalid, report = ran.records
    assert (invalid["line"], set(invalid)) == (2, {"line", "why"})
    assert report == {"created": 3, "updated": 0, "known": 0, "invalid": 1, "bound": 2, "unbound": 1}
    bound = [session["proxy"] for session in storywatch("session", "list", "--json").records]
    assert bound == [2, 1, 3, None]


def test_an_import_of_sessions_is_told_in_words(storywatch: Storywatch, proxies: None) -> None:
    ran = storywatch("session", "import", "-", given=f"{cookie(21)}\nnonsense\n")
    assert ran.out == "1 session added, 1 not usable; 0 bound.\n"
    assert "1 session without a proxy will not be used" in ran.err


def test_a_bound_session_moves_for_a_reason_alone(storywatch: Storywatch, proxies: None) -> None:
    add(storywatch, "ann", 11, "--proxy", "1")
    refused = storywatch("session", "bind", "ann", "2")
    assert (refused.code, refused.err.startswith("reason: ")) == (2, True)
    moved = storywatch("session", "bind", "ann", "2", "--reason", "proxy 1 was given up", "--json")
    assert moved.record["proxy"] == 2
    freed = storywatch("session", "bind", "ann", "none", "--reason", "it rests", "--json")
    assert freed.record["proxy"] is None


def test_a_session_is_switched_off_and_on_and_removed(storywatch: Storywatch, proxies: None) -> None:
    add(storywatch, "ann", 11, "--proxy", "1")
    assert storywatch("session", "disable", "ann", "--json").record["state"] == "disabled"
    assert storywatch("session", "enable", "1", "--json").record["state"] == "valid"
    assert 'The session "ann" is removed.' in storywatch("session", "remove", "ann").err
    assert "No sessions yet." in storywatch("session", "list").out


def test_what_is_stored_of_logins_and_passwords_is_unreadable(
    storywatch: Storywatch, proxies: None, place: Path
) -> None:
    add(storywatch, "ann", 11)
    stored = b"".join(path.read_bytes() for path in (place / "data").glob("storywatch.sqlite3*"))
    assert b"%3Aabc%3A7%3Asig" not in stored
    assert b"s3cr3t-word" not in stored
