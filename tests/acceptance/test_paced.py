"""A session rests between an answer and its next request."""

from __future__ import annotations

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import unknown


def test_not_one_request_is_early(pretend: MakePretend, furnished: MakeTerminal) -> None:
    platform = pretend(profiles=40, proxies=10, gap_seconds=0.5, ids_known=True, private_share=0, gone_share=0)
    mine = furnished(platform, group_size=1, confirm_size=1)
    ran = mine.run("check", platform.names, "--niche", "demo", "--json")
    assert (ran.batch["finished"], unknown(ran.checks)) == (40, [])
    journal = platform.journal()
    assert {entry["status"] for entry in journal} == {200}
    assert [entry for entry in journal if entry["early"]] == []
