"""``kill -9`` in the middle, twenty times: what was said stands, and the rest is done once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import Check, counted, counters, moved, wrong
from tests.acceptance.pretend import Pretend
from tests.acceptance.rows import column, only
from tests.acceptance.terminal import Process, Terminal, eventually
from tests.integration.engine.recount import recount

KILLS = 20
# Every answer takes a while, so that twenty kills fit into one batch.
SLOW = {"slow": 1.0, "slow_seconds": 0.15}


def test_after_twenty_kills_every_check_was_finished_once(pretend: MakePretend, furnished: MakeTerminal) -> None:
    platform = pretend(profiles=700, faults=SLOW)
    mine = furnished(platform)
    mine.run("import", platform.names, "--niche", "demo")
    batch_id = mine.run("batch", "create", "--niche", "demo", "--json").batch["id"]
    chance = random.Random(9)
    said: dict[str, Check] = {}
    # The second one follows the first and takes over; after each kill another one comes.
    left = [mine.start("batch", "start", batch_id, "--wait", "--json") for _ in range(2)]
    for _ in range(KILLS):
        holder = _whoever_has_the_engine(mine, left)
        # With the first answer under way, or later: before a commit, in it, behind it.
        _wait_for_requests(platform, chance.randrange(25))
        _must_stand(said, holder.kill())
        left.remove(holder)
        left.append(mine.start("batch", "start", batch_id, "--wait", "--json"))
    assert only(mine.database, "SELECT finished FROM batch") < 700, "the batch was over before the last kill"

    platform.goes_wrong()
    for process in left:
        _must_stand(said, process.ended())
        assert sorted(check["username"] for check in process.checks) == sorted(platform.lines("usernames"))
        assert counters(process.batch) == counted(process.checks)
        assert process.batch["status"] == "done"
    assert wrong(said.values(), platform.truth()) == []
    asyncio.run(recount(mine.database))
    assert set(column(mine.database, "SELECT checks_total FROM profile")) == {1}
    assert moved(platform.journal()) == {}


def test_a_follower_takes_over_from_a_run_that_was_killed(pretend: MakePretend, furnished: MakeTerminal) -> None:
    platform = pretend(profiles=200, faults=SLOW)
    mine = furnished(platform)
    run = mine.start("run").says("storywatch batch list")
    follower = mine.start("check", platform.names, "--niche", "demo", "--json").has_finished(20)
    run.kill()
    follower.says("The engine's process has ended; this one goes on with its work.").ended()
    assert sorted(check["username"] for check in follower.checks) == sorted(platform.lines("usernames"))
    assert wrong(follower.checks, platform.truth()) == []
    assert counters(follower.batch) == counted(follower.checks)
    asyncio.run(recount(mine.database))


def _must_stand(said: dict[str, Check], process: Process) -> None:
    """What processes said before is what this one says too; what it says from now on counts as said."""
    for check in process.checks:
        assert said.setdefault(check["username"], check) == check


def _wait_for_requests(platform: Pretend, count: int) -> None:
    due = platform.asked + count
    eventually(lambda: platform.asked >= due, f"{count} more requests have ended")


def _whoever_has_the_engine(mine: Terminal, processes: Sequence[Process]) -> Process:
    def holders() -> list[Process]:
        pids = column(mine.database, "SELECT pid FROM engine_state")
        return [process for process in processes if process.process.pid in pids]

    eventually(lambda: bool(holders()), "one of the processes has the engine")
    (holder,) = holders()
    return holder
