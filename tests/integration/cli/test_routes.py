"""The verbs of proxies and sessions as people give them: nothing secret comes out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.secrets import new_key
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


def test_a_proxy_gets_limits_of_its_own_and_a_name(storywatch: Storywatch, proxies: None) -> None:
    limited = storywatch("proxy", "limits", "1", "2", "per_hour=60", "per_day=none", "--json").records
    assert [(each["per_hour"], each["per_day"], each["parallel"]) for each in limited] == [(60, 0, None)] * 2
    assert storywatch("proxy", "label", "1", "de-12", "--json").record["label"] == "de-12"
    assert "de-12" in storywatch("proxy", "list").out
    refused = storywatch("proxy", "limits", "1", "parallel=0")
    assert (refused.code, refused.err.startswith("parallel: with 0 no proxy would ever be used")) == (2, True)


def test_sessions_are_bound_in_order_to_the_proxies_that_have_none(storywatch: Storywatch, proxies: None) -> None:
    add(storywatch, "ann", 11, "--proxy", "2")
    lines = "\n".join([cookie(21), "nonsense", cookie(22), cookie(23)])
    ran = storywatch("session", "import", "-", "--bind-in-order", "--json", given=lines)
    invalid, report = ran.records
    assert (invalid["line"], set(invalid)) == (2, {"line", "why"})
    assert report == {"created": 3, "updated": 0, "known": 0, "invalid": 1, "bound": 2, "unbound": 1}
    bound = [session["proxy"] for session in storywatch("session", "list", "--json").records]
    assert bound == [2, 1, 3, None]


def test_a_session_is_renewed_and_renamed(storywatch: Storywatch, proxies: None) -> None:
    add(storywatch, "ann", 11, "--proxy", "1")
    renewed = storywatch("session", "renew", "ann", "--json", given=cookie(11).replace("abc", "def"))
    assert (renewed.record["state"], renewed.record["proxy"]) == ("valid", 1)
    other = storywatch("session", "renew", "ann", given=cookie(12))
    assert (other.code, other.err.startswith("cookies: they are of the account 12")) == (2, True)
    assert storywatch("session", "label", "ann", "bea", "--json").record["label"] == "bea"


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


def test_every_line_of_a_list_is_told_on_request(storywatch: Storywatch, proxies: None) -> None:
    given = "127.0.0.1:8001\nrita:s3cr3t-word@nowhere\n127.0.0.1:8002:rita:0ther-word\n127.0.0.1:8009\n127.0.0.1:8009\n"
    ran = storywatch("proxy", "import", "-", "--lines", "--json", given=given)
    *lines, report = ran.records
    assert [line["result"] for line in lines] == ["known", "invalid", "updated", "created", "duplicate"]
    assert report == {"created": 1, "known": 3, "invalid": 1, "updated": 1, "duplicate": 1}
    assert "0ther-word" not in ran.out + ran.err
    shown = storywatch("proxy", "import", "-", "--lines", given=given)
    assert "it is the proxy of line 4 again; the last password counts" in shown.out
    assert "0ther-word" not in shown.out + shown.err


def test_many_proxies_are_switched_and_removed_with_one_command(storywatch: Storywatch, proxies: None) -> None:
    ran = storywatch("proxy", "disable", "1", "127.0.0.1:8003", "--json")
    assert [(record["id"], record["enabled"]) for record in ran.records] == [(1, False), (3, False)]
    assert storywatch("proxy", "enable", "1", "99").code == 2
    removed = storywatch("proxy", "remove", "1", "3", "--json")
    assert [record["id"] for record in removed.records] == [1, 3]
    assert [record["id"] for record in storywatch("proxy", "list", "--json").records] == [2]


def test_many_sessions_are_switched_and_removed_with_one_command(storywatch: Storywatch, proxies: None) -> None:
    for account, label in ((11, "ann"), (12, "bea"), (13, "cleo")):
        add(storywatch, label, account)
    states = [record["state"] for record in storywatch("session", "disable", "ann", "3", "--json").records]
    assert states == ["disabled", "disabled"]
    assert storywatch("session", "remove", "ann", "bea").code == 0
    assert [record["label"] for record in storywatch("session", "list", "--json").records] == ["cleo"]


def test_sessions_are_attached_to_proxies_in_order(storywatch: Storywatch, proxies: None) -> None:
    for account, label in ((11, "ann"), (12, "bea"), (13, "cleo")):
        add(storywatch, label, account)
    ran = storywatch("session", "attach", "cleo", "ann", "--to", "1,127.0.0.1:8003", "--json")
    assert [(record["label"], record["proxy"]) for record in ran.records] == [("cleo", 1), ("ann", 3)]
    assert [record["label"] for record in storywatch("session", "attach", "--json").records] == ["bea"]
    refused = storywatch("session", "attach", "ann", "bea", "--to", "1")
    assert (refused.code, refused.err) == (
        2,
        "proxy: there are 2 sessions and 1 proxies to bind them to; give as many of one as of the other\n",
    )


@pytest.mark.parametrize(("noun", "first"), [("proxy", "id,address,kind,"), ("session", "id,label,account_id,")])
def test_exports_go_to_standard_output_or_to_a_file(
    storywatch: Storywatch, proxies: None, place: Path, noun: str, first: str
) -> None:
    add(storywatch, "ann", 11, "--proxy", "1")
    shown = storywatch(noun, "export").out
    assert shown.startswith(first)
    assert len(storywatch(noun, "export", "--json").records) == len(shown.splitlines()) - 1
    assert storywatch(noun, "export", "--out", str(place / "all.csv")).out == ""
    assert (place / "all.csv").read_text().splitlines() == shown.splitlines()
    assert "s3cr3t-word" not in shown
    assert storywatch(noun, "export", "--out", str(place / "all.txt")).code == 2


def test_a_test_names_what_it_tests_or_all(storywatch: Storywatch, proxies: None) -> None:
    for noun in ("proxy", "session", "canary"):
        assert storywatch(noun, "test").err == "test: name what to test, or give --all\n"
        assert storywatch(noun, "test", "1", "--all").code == 2


def test_what_was_imported_is_tested_on_request(storywatch: Storywatch) -> None:
    # Nothing listens there; the engine is this command's own meanwhile.
    given = "127.0.0.1:9\n127.0.0.1:8002:rita\n"
    ran = storywatch("proxy", "import", "-", "--test", "--json", given=given)
    _, report, tested = ran.records
    assert (ran.code, report["created"]) == (3, 1)
    assert {name: tested[name] for name in ("proxy", "ok", "reason", "blame")} == {
        "proxy": 1,
        "ok": False,
        "reason": "proxy_error",
        "blame": "proxy",
    }
    assert tested["sentence"].startswith("Nothing takes connections at this address; ")
    again = storywatch("proxy", "test", "--all")
    assert again.code == 3
    assert "127.0.0.1:9  fails  Nothing takes connections at this address; " in again.out


def test_the_key_is_changed_and_everything_still_opens(storywatch: Storywatch, proxies: None, place: Path) -> None:
    add(storywatch, "ann", 11)
    old = (place / "data" / "secret.key").read_text()
    ran = storywatch("key", "rotate", "--json")
    assert ran.record == {"resealed": 3, "resumed": False, "old_key_kept_for": [], "from_environment": False}
    assert (place / "data" / "secret.key").read_text() != old
    assert storywatch("key", "rotate").out == "3 secrets encrypted anew with the newest key.\n"
    assert storywatch("proxy", "import", "-", "--json", given=PROXIES).record["updated"] == 0


def test_a_key_of_the_environment_is_refused_with_the_way_to_change_it(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYWATCH_SECRET_KEY", new_key().reveal())
    ran = storywatch("key", "rotate")
    assert (ran.code, ran.out) == (2, "")
    assert "set the variable to NEW,OLD" in ran.err
