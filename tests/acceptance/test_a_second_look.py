"""A list that was checked before is checked again: what was learned is used, and does not mislead."""

from __future__ import annotations

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import counted, counters, moved, unexplained, unknown, wrong

ENOUGH_REQUESTS = 0.25  # a verdict, for public profiles with known ids of which 40 % are live


def test_where_nothing_goes_wrong_no_verdict_is_wrong_or_unknown(pretend: MakePretend, furnished: MakeTerminal) -> None:
    platform = pretend(profiles=200)
    ran = furnished(platform).run("check", platform.names, "--niche", "demo", "--json")
    assert wrong(ran.checks, platform.truth()) == []
    assert counters(ran.batch) == counted(ran.checks)
    assert (ran.batch["finished"], unknown(ran.checks)) == (200, [])


def test_a_known_id_saves_requests_and_hides_nobody_who_turned_private_or_gone(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    platform = pretend(profiles=400, private_share=0, gone_share=0, ids_known=True)
    mine = furnished(platform)
    first = mine.run("check", platform.names, "--niche", "demo", "--json")
    second = mine.run("check", platform.names, "--niche", "demo", "--recheck", "--json")
    for ran in (first, second):
        assert wrong(ran.checks, platform.truth()) == []
        assert (ran.batch["finished"], unknown(ran.checks)) == (400, [])
    assert second.batch["requests"] <= ENOUGH_REQUESTS * 400

    platform.goes_wrong(turned_private=0.2, turned_gone=0.2)
    truth = platform.truth()
    assert {"private", "gone"} <= set(truth.values())
    third = mine.run("check", platform.names, "--niche", "demo", "--recheck", "--json")
    assert (wrong(third.checks, truth), unexplained(third.checks)) == ([], [])
    assert {"private", "gone"} <= {check["outcome"] for check in third.checks}
    assert counters(third.batch) == counted(third.checks)
    assert moved(platform.journal()) == {}


def test_who_was_checked_a_moment_ago_is_taken_over_without_a_request(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    platform = pretend(profiles=60)
    mine = furnished(platform)
    mine.run("check", platform.names, "--niche", "demo", "--json")
    platform.forget()
    again = mine.run("check", platform.names, "--niche", "demo", "--json")
    assert ({check["reason"] for check in again.checks}, again.batch["requests"]) == ({"fresh"}, 0)
    assert wrong(again.checks, platform.truth()) == []
    assert platform.journal() == []
