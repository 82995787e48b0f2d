"""A session rests between an answer and its next request, whatever becomes of the process that uses it."""

from __future__ import annotations

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import unknown, wrong
from tests.acceptance.rows import only


def test_not_one_request_is_early(pretend: MakePretend, furnished: MakeTerminal) -> None:
    platform = pretend(profiles=40, proxies=10, gap_seconds=0.5, ids_known=True, private_share=0, gone_share=0)
    mine = furnished(platform, group_size=1, confirm_size=1)
    ran = mine.run("check", platform.names, "--niche", "demo", "--json")
    assert (ran.batch["finished"], unknown(ran.checks)) == (40, [])
    journal = platform.journal()
    assert {entry["status"] for entry in journal} == {200}
    assert [entry for entry in journal if entry["early"]] == []


def test_not_one_request_is_early_after_a_kill_either(pretend: MakePretend, furnished: MakeTerminal) -> None:
    # Far longer than a start takes.
    platform = pretend(
        profiles=30, proxies=10, gap_seconds=8.0, gap_enforced=False, ids_known=True, private_share=0, gone_share=0
    )
    mine = furnished(platform)
    first = mine.start("check", platform.names, "--niche", "demo", "--json")
    first.until(lambda: platform.asked >= 3, "the platform was asked")
    first.kill()
    ran = mine.run("batch", "start", only(mine.database, "SELECT id FROM batch"), "--wait", "--json")
    assert wrong(ran.checks, platform.truth()) == []
    assert len({entry["session"] for entry in platform.journal()}) > 1
    assert [entry for entry in platform.journal() if entry["early"]] == []
