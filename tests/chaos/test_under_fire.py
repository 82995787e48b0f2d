"""Proxies die, hang, lie and come back while thousands are checked, and the verdicts are the truth all the same.

Programs that others wrote and pretend proxies side by side.  How many checks: ``--chaos-checks``.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from tests.acceptance.judging import Check, counted, counters, moved, unexplained, unknown, wrong
from tests.acceptance.rows import only
from tests.acceptance.terminal import Process
from tests.chaos.ground import Ground, chaos_ground
from tests.chaos.troubles import Troubles
from tests.integration.engine.recount import recount

pytestmark = pytest.mark.outside_proxy

MOST_UNKNOWN = 0.005
KILLS = 5
A_FEW = 1_000
A_ROUND = 5_000  # everybody falls ill once in so many checks
# Troubles begin with the first answers, and end while there is enough left to be asked for everyone to come back.
FROM, TO = 0.02, 0.62


@pytest.fixture
def checks(pytestconfig: pytest.Config) -> int:
    """Checks of each of the two tests."""
    return int(pytestconfig.getoption("--chaos-checks")) // 2


def test_every_verdict_is_the_truth_while_proxies_die_and_come_back(tmp_path: Path, checks: int) -> None:
    with chaos_ground(tmp_path, profiles=checks, https=False) as ground:
        troubles = Troubles(ground.platform, ground.programs, max(1, checks // A_ROUND))
        process = ground.mine.start("check", ground.platform.names, "--niche", "demo", "--json")
        for step in range(troubles.steps):
            _until_finished(ground, process, _share(step, troubles.steps) * checks)
            troubles.step()
        process.ended()
        _must_be_right(ground, process)
        _must_have_been_felt(ground)
        _must_be_used_again(ground, troubles)


def test_no_verdict_is_lost_when_the_engine_is_killed_among_dying_proxies(tmp_path: Path, checks: int) -> None:
    with chaos_ground(tmp_path, profiles=checks, https=True) as ground:
        troubles = Troubles(ground.platform, ground.programs, max(1, checks // A_ROUND))
        process = ground.mine.start("check", ground.platform.names, "--niche", "demo", "--json")
        kills = {troubles.steps * kill // KILLS for kill in range(KILLS)}
        said: dict[str, Check] = {}
        for step in range(troubles.steps):
            _until_finished(ground, process, _share(step, troubles.steps) * checks)
            troubles.step()
            if step in kills:
                _must_stand(said, process.kill())
                process = ground.mine.start("batch", "start", _batch_id(ground), "--wait", "--json")
        _must_stand(said, process.ended())
        _must_be_right(ground, process)
        _must_have_been_felt(ground)
        _must_be_used_again(ground, troubles)


# -- its course ------------------------------------------------------------------------------


def _share(step: int, steps: int) -> float:
    return FROM + (TO - FROM) * step / (steps - 1)


def _until_finished(ground: Ground, process: Process, count: float) -> None:
    process.until(partial(_has_finished, ground, count), f"{count:.0f} checks are finished")


def _has_finished(ground: Ground, count: float) -> bool:
    if not ground.mine.database.exists():
        return False
    return int(only(ground.mine.database, "SELECT COALESCE(sum(finished), 0) FROM batch")) >= count


def _batch_id(ground: Ground) -> str:
    return str(only(ground.mine.database, "SELECT id FROM batch"))


# -- what has to hold ---------------------------------------------------------------------------


def _must_stand(said: dict[str, Check], process: Process) -> None:
    """What earlier processes said is what this one says, too."""
    for check in process.checks:
        assert said.setdefault(check["username"], check) == check


def _must_be_right(ground: Ground, process: Process) -> None:
    checks, platform = process.checks, ground.platform
    truth = platform.truth()
    assert sorted(check["username"] for check in checks) == sorted(truth)
    assert wrong(checks, truth) == []
    assert len(unknown(checks)) <= MOST_UNKNOWN * len(checks), unknown(checks)
    assert unexplained(checks) == []
    assert process.batch["status"] == "done"
    assert counters(process.batch) == counted(checks)
    asyncio.run(recount(ground.mine.database))
    assert moved(platform.journal()) == {}


def _must_have_been_felt(ground: Ground) -> None:
    """Some troubles end before anybody comes by; most of them cost their proxy something."""
    proxies, failed = (
        only(ground.mine.database, f"SELECT count(*) FROM proxy WHERE {which}") for which in ("true", "failures > 0")
    )
    assert failed > proxies / 2


def _must_be_used_again(ground: Ground, troubles: Troubles) -> None:
    """A rest may last longer than what was left of the batch; then the next ones show it."""
    assert len(troubles.well_since) == only(ground.mine.database, "SELECT count(*) FROM proxy")
    some = ground.mine.written("some.csv", "\n".join(ground.platform.lines("usernames")[:A_FEW]))
    for _ in range(20):
        if not troubles.not_used_again(ground.platform.journal()):
            return
        ground.mine.run("check", some, "--niche", "demo", "--json")
    assert troubles.not_used_again(ground.platform.journal()) == set()
