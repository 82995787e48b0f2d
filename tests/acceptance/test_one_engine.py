"""One engine for a database: who has it is said, and whoever waits for it takes over."""

from __future__ import annotations

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import wrong

# Longer than other commands need to start.
SLOW = {"slow": 1.0, "slow_seconds": 2.5}


def test_run_serves_while_a_check_has_the_engine_and_takes_over_when_it_ends(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    platform = pretend(profiles=150, faults=SLOW)
    mine = furnished(platform)
    check = mine.start("check", platform.names, "--niche", "demo", "--json").has_finished(1)

    run = mine.start("run")
    run.says(f"storywatch check (process {check.process.pid}) has the engine; this process takes over when")
    run.says("storywatch batch list")
    assert check.runs

    assert "another `storywatch run` serves" in mine.run("run", code=3).sentence
    health = mine.run("health", "--json").record
    assert (health["holder"], health["pid"]) == ("check", check.process.pid)

    platform.goes_wrong()
    check.ended()
    assert (check.batch["finished"], wrong(check.checks, platform.truth())) == (150, [])
    run.says("this process has the engine now")
    health = mine.run("health", "--json").record
    assert (health["holder"], health["pid"], health["alive"]) == ("run", run.process.pid, True)

    run.terminate().ended()
    assert "Traceback" not in run.err
    assert mine.run("health", code=3).sentence.startswith("No engine is at work")
    mine.start("run").says("storywatch batch list").interrupt().ended(130)
