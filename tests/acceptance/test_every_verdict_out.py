"""A file of names in, every verdict out, on a day on which much goes wrong."""

from __future__ import annotations

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import counted, counters, moved, unexplained, wrong
from tests.acceptance.tapping import tapped

# 5 % of the answers limited, 10 % of the proxies dead, one session in 20 flagged from the start and one that
# goes blind in the run, groups answered short, people who became private or gone while their story is live.
A_BAD_DAY = {
    "limited": 0.05,
    "dead_proxies": 2,
    "flagged_sessions": 1,
    "blinding_sessions": 1,
    "blinding_after": 8,
    "short_share": 0.5,
    "turned_private": 0.05,
    "turned_gone": 0.05,
    # An answer that leads elsewhere: whoever followed it would take the cookie along.
    "rows": [{"row": 5, "share": 0.02}],
}


def test_every_verdict_is_the_truth_or_unknown_with_a_reason(pretend: MakePretend, terminal: MakeTerminal) -> None:
    platform = pretend(profiles=400, proxies=20, faults=A_BAD_DAY)
    mine = terminal(platform)
    with tapped(platform.lines("proxies")) as taps:
        given = "\n".join(taps.lines)
        assert mine.run("proxy", "import", "-", "--json", given=given).record["created"] == 20
        sessions = mine.run("session", "import", platform.told["sessions"], "--bind-in-order", "--json").record
        assert (sessions["created"], sessions["bound"]) == (20, 20)
        mine.run("canary", "add", *platform.lines("canaries"))
        mine.run("limits", "set", *platform.limits)
        ran = mine.run("check", platform.names, "--niche", "demo", "--json")
    *checks, last = ran.records

    assert list(last) == ["batch"]
    assert sorted(check["username"] for check in checks) == sorted(platform.lines("usernames"))
    assert wrong(checks, platform.truth()) == []
    assert unexplained(checks) == []
    assert counters(ran.batch) == counted(checks)
    assert ran.batch["status"] == "done"

    journal = platform.journal()
    assert {fault for entry in journal for fault in entry["fault"].split(",")} >= {"limited", "short", "blind", "row 5"}
    assert moved(journal) == {}
    assert "" not in {entry["session"] for entry in journal}
    assert {request.address for request in taps.requests() if request.cookie} == {platform.url}
