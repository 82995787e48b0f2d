"""Work that a person stops, in whatever way, is kept as far as it came and goes on where it was."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import counted, counters, wrong
from tests.acceptance.pretend import Pretend
from tests.acceptance.rows import only
from tests.acceptance.terminal import Process, Terminal, eventually

# Every answer takes a while, so that there is something left to stop.
SLOW = {"slow": 1.0, "slow_seconds": 0.6}
NAMES = 150


@pytest.fixture
def platform(pretend: MakePretend) -> Pretend:
    """A slow platform."""
    return pretend(profiles=NAMES, faults=SLOW)


@pytest.fixture
def mine(platform: Pretend, furnished: MakeTerminal) -> Terminal:
    """A terminal for it."""
    return furnished(platform)


def begun(mine: Terminal, platform: Pretend) -> Process:
    """A check of everybody of which something is finished."""
    return mine.start("check", platform.names, "--niche", "demo", "--json").has_finished(1)


def goes_on(mine: Terminal, platform: Pretend, words: list[str]) -> None:
    """The command takes the batch to its end, and every verdict is the truth."""
    platform.goes_wrong()
    ran = mine.run(*words, "--json")
    assert sorted(check["username"] for check in ran.checks) == sorted(platform.lines("usernames"))
    assert wrong(ran.checks, platform.truth()) == []
    assert counters(ran.batch) == counted(ran.checks)
    assert ran.batch["status"] == "done"


def command_of(remarks: str) -> list[str]:
    """The words behind ``storywatch`` in the remark that says how to go on."""
    (command,) = re.findall(r"Go on with: storywatch (.+)$", remarks, re.MULTILINE)
    return shlex.split(command)


def claims(mine: Terminal) -> int:
    """Unfinished checks that somebody works on."""
    return int(only(mine.database, "SELECT count(*) FROM checks WHERE state = 'pending' AND claimed_by IS NOT NULL"))


def only_batch(mine: Terminal) -> str:
    """The id of the only batch."""
    return str(only(mine.database, "SELECT id FROM batch"))


def test_stop_from_another_terminal_ends_a_check_and_gives_back_what_is_not_finished(
    mine: Terminal, platform: Pretend
) -> None:
    process = begun(mine, platform)
    stopped = mine.run("batch", "stop", only_batch(mine), "--json").batch
    assert (stopped["status"], stopped["requested_at"]) == ("queued", None)
    process.ended(130)
    assert 0 < process.batch["finished"] < NAMES
    assert counters(process.batch) == counted(process.checks) | {"total": NAMES}
    assert claims(mine) == 0
    goes_on(mine, platform, command_of(process.err))


def test_stop_from_another_terminal_quiets_an_engine_that_stays_up(mine: Terminal, platform: Pretend) -> None:
    mine.start("run").says("storywatch batch list")
    follower = begun(mine, platform)
    mine.run("batch", "stop", only_batch(mine))
    follower.ended(130)
    eventually(lambda: claims(mine) == 0, "everything is given back")
    # What was under way is dropped, so the platform hears nothing more.
    asked = platform.asked
    assert mine.run("batch", "show", only_batch(mine), "--json").batch["status"] == "queued"
    assert platform.asked == asked
    goes_on(mine, platform, command_of(follower.err))


def test_ctrl_c_says_how_to_go_on_and_that_works(mine: Terminal, platform: Pretend) -> None:
    process = begun(mine, platform).interrupt().ended(130)
    assert "Traceback" not in process.err
    assert claims(mine) == 0
    goes_on(mine, platform, command_of(process.err))


def test_ctrl_c_of_a_follower_lets_the_batch_go_on_where_it_runs(mine: Terminal, platform: Pretend) -> None:
    mine.start("run").says("storywatch batch list")
    follower = begun(mine, platform).interrupt().ended(130)
    (command,) = re.findall(r"goes on in `storywatch run` .* Follow it with: storywatch (.+)$", follower.err, re.M)
    goes_on(mine, platform, shlex.split(command))


def test_whoever_goes_on_with_a_batch_that_is_done_meanwhile_is_given_its_checks(
    mine: Terminal, platform: Pretend
) -> None:
    platform.goes_wrong()
    mine.run("check", platform.names, "--niche", "demo")
    platform.forget()
    goes_on(mine, platform, ["batch", "start", only_batch(mine), "--wait"])
    assert platform.asked == 0


def test_waiting_long_enough_ends_with_a_code_of_its_own(mine: Terminal, platform: Pretend) -> None:
    process = mine.start("check", platform.names, "--niche", "demo", "--json", "--max-wait", "1").ended(4)
    assert "--max-wait: 1 s are over." in process.err
    assert process.batch["finished"] < NAMES
    assert claims(mine) == 0
    goes_on(mine, platform, command_of(process.err))
