"""Commands that need the engine, in processes of their own, over a pretend platform."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest

from tests.chaos.ports import free_ports
from tests.integration.cli.conftest import Storywatch
from tests.integration.cli.platform import Box, Command, sandbox


@pytest.fixture(autouse=True)
def panel_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel of one test may be up beside that of another."""
    monkeypatch.setenv("STORYWATCH_PANEL_PORT", str(free_ports(1).start))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def deployment(box: Box, storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch) -> Box:
    """A database that has the sandbox's routes; what the sandbox prints is taken as it is."""
    monkeypatch.setenv("STORYWATCH_PLATFORM_URL", box.told["platform_url"])
    for command in (
        ("proxy", "import", box.told["proxies"]),
        ("session", "import", box.told["sessions"], "--bind-in-order"),
        ("canary", "add", box.told["canaries"]),
        ("limits", "set", *box.told["limits"]),
    ):
        ran = storywatch(*command)
        assert ran.code == 0, ran.err
    return box


@pytest.fixture
def slow(deployment: Box, storywatch: Storywatch) -> Box:
    """Each route asks once and then rests for longer than a test lasts."""
    storywatch("limits", "set", "route_gap_seconds=600")
    return deployment


def records(out: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in out.splitlines()]


def names_of(lines: list[dict[str, Any]]) -> list[str]:
    return [line["username"] for line in lines if "username" in line]


def only_batch(storywatch: Storywatch) -> dict[str, Any]:
    batch: dict[str, Any] = storywatch("batch", "list", "--json").record["batch"]
    return batch


# -- to the end -------------------------------------------------------------------


def test_a_check_prints_every_verdict_once_and_then_the_batch(deployment: Box, place: Path) -> None:
    with Command("check", deployment.told["usernames"], "--niche", "demo", "--json", "--out", "all.csv") as command:
        code, out, err = command.ended()
    *checks, last = records(out)
    assert (code, "Traceback" in err) == (0, False)
    assert {check["username"]: check["outcome"] for check in checks} == deployment.truth()
    assert len(checks) == len(deployment.truth())
    batch = last["batch"]
    assert (batch["status"], batch["total"], batch["finished"]) == ("done", len(checks), len(checks))
    assert sum(batch[name] for name in ("live", "none", "private", "gone", "unknown")) == len(checks)
    with (place / "all.csv").open(newline="") as file:
        assert {row["username"]: row["outcome"] for row in csv.DictReader(file)} == deployment.truth()
    assert 'The niche "demo" was created.' in err


def test_a_second_check_takes_over_what_is_fresh_and_asks_nobody(deployment: Box) -> None:
    with Command("check", deployment.told["usernames"], "--niche", "demo", "--json") as command:
        assert command.ended()[0] == 0
    with Command("check", deployment.told["usernames"], "--niche", "demo", "--json") as command:
        code, out, _ = command.ended()
    *checks, last = records(out)
    assert (code, {check["reason"] for check in checks}, last["batch"]["requests"]) == (0, {"fresh"}, 0)
    assert {check["username"]: check["outcome"] for check in checks} == deployment.truth()


# -- interrupted ------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_check_is_stopped_and_goes_on_where_it_was(
    slow: Box, storywatch: Storywatch, number: signal.Signals
) -> None:
    with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as command:
        first = records(command.line())
        # Twice, as supervisors do that signal a process and then its group.
        code, out, err = command.sent(number).sent(number).ended()
    batch = only_batch(storywatch)
    assert (code, batch["status"], batch["requested_at"]) == (130, "queued", None)
    assert f"Go on with: storywatch batch start {batch['id'][:8]} --wait" in err
    assert "Stopped at " in err
    assert "Traceback" not in err
    assert set(names_of(first + records(out))) <= slow.truth().keys()

    storywatch("limits", "set", "route_gap_seconds=0")
    with Command("batch", "start", batch["id"][:8], "--wait", "--json") as command:
        code, out, _ = command.ended()
    *checks, last = records(out)
    assert (code, last["batch"]["status"], last["batch"]["finished"]) == (0, "done", len(slow.truth()))
    assert sorted(names_of(checks)) == sorted(slow.truth())
    assert storywatch("batch", "start", batch["id"]).code == 2
    with Command("batch", "start", batch["id"], "--wait", "--json") as command:
        assert command.ended()[:2] == (0, out)


def test_waiting_ends_when_max_wait_is_over(slow: Box, storywatch: Storywatch) -> None:
    with Command("check", slow.told["usernames"], "--niche", "demo", "--json", "--max-wait", "1") as command:
        code, out, err = command.ended()
    batch = records(out)[-1]["batch"]
    assert (code, batch["status"]) == (4, "queued")
    assert batch["finished"] == len(names_of(records(out)))
    assert "--max-wait: 1 s are over." in err
    assert f"storywatch batch start {batch['id'][:8]} --wait" in err


def test_a_check_whose_reader_has_gone_stops_its_batch_and_ends_quietly(slow: Box, storywatch: Storywatch) -> None:
    with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as command:
        command.line()
        assert command.process.stdout is not None
        command.process.stdout.close()
        storywatch("limits", "set", "route_gap_seconds=0.2")
        code = command.process.wait(60)
        assert command.process.stderr is not None
        err = command.process.stderr.read().decode()
    assert (code, "Traceback" in err, "Exception" in err) == (0, False, False)
    assert only_batch(storywatch)["status"] == "queued"


def test_a_list_whose_reader_has_gone_ends_quietly(deployment: Box, storywatch: Storywatch, place: Path) -> None:
    (place / "many.txt").write_text("".join(f"name{n}\n" for n in range(5_000)))
    storywatch("import", "many.txt", "--niche", "many")
    with Command("profile", "list", "--niche", "many") as command:
        assert command.process.stdout is not None
        command.line()
        command.process.stdout.close()
        code = command.process.wait(60)
        assert command.process.stderr is not None
        assert (code, command.process.stderr.read()) == (0, b"")


def test_a_command_that_waits_for_standard_input_can_be_interrupted() -> None:
    with Command("import", "-", "--niche", "demo", given=subprocess.PIPE) as command:
        assert command.process.stdin is not None
        # More than a pipe holds: when all of it is written, the command reads.
        os.write(command.process.stdin.fileno(), b"name\n" * 50_000)
        code = command.sent(signal.SIGINT).process.wait(60)
    assert code == 130


# -- one engine -------------------------------------------------------------------


def test_a_run_serves_others_and_is_the_only_one(deployment: Box, storywatch: Storywatch) -> None:
    with Command("run") as run:
        served = run.lines_until("storywatch batch list")
        assert served[0].startswith("Storywatch ")
        assert "instagram" in served[0]
        assert served[1] == "0 niches, 0 profiles, 4 proxies, 4 sessions.\n"

        assert storywatch("health").code == 0
        second = storywatch("run")
        assert (second.code, len(second.err.splitlines())) == (3, 1)
        assert "another `storywatch run`" in second.err

        with Command("check", deployment.told["usernames"], "--niche", "demo", "--json") as command:
            code, out, _ = command.ended()
        assert (code, records(out)[-1]["batch"]["status"]) == (0, "done")
        assert {check["username"]: check["outcome"] for check in records(out)[:-1]} == deployment.truth()

        run.lines_until(": Done. ")
        assert run.sent(signal.SIGTERM).ended()[0] == 0
    assert storywatch("health").code == 3


def test_a_run_that_is_interrupted_says_so(deployment: Box) -> None:
    with Command("run") as run:
        run.lines_until("storywatch batch list")
        code, _, err = run.sent(signal.SIGINT).ended()
    assert (code, "Traceback" in err) == (130, False)


def test_a_new_sandbox_shows_what_comes_out_of_a_first_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORYWATCH_PLATFORM")
    with Command("run") as run:
        served = run.lines_until("storywatch batch list")
        assert "Sandbox: pretend data" in served[0]
        assert served[1].startswith("3 niches, ")
        assert [line for line in served if line.startswith("A first batch checks the niche ")]
        (done,) = [line for line in served if ": Done. " in line]
        assert "unknown" not in done
        # Ctrl-C goes to the whole group, and the platform has to outlive the engine that asks it.
        (platform,) = psutil.Process(run.process.pid).children()
        assert os.getpgid(platform.pid) != os.getpgid(run.process.pid)
        assert run.sent(signal.SIGINT).ended()[0] == 130
        assert not platform.is_running()


def test_who_only_followed_leaves_the_batch_to_the_one_that_runs_it(slow: Box, storywatch: Storywatch) -> None:
    with Command("run") as run:
        run.lines_until("storywatch batch list")
        with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as command:
            command.line()
            code, _, err = command.sent(signal.SIGINT).ended()
        assert (code, "goes on in `storywatch run` (process " in err) == (130, True)
        assert only_batch(storywatch)["status"] == "in_progress"
        assert run.sent(signal.SIGTERM).ended()[0] == 0


def test_a_follower_takes_over_when_the_engine_is_killed(slow: Box, storywatch: Storywatch) -> None:
    with Command("run") as run:
        run.lines_until("storywatch batch list")
        with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as command:
            first = records(command.line())
            run.sent(signal.SIGKILL)
            storywatch("limits", "set", "route_gap_seconds=0")
            code, out, err = command.ended()
    *checks, last = first + records(out)
    assert (code, last["batch"]["status"]) == (0, "done")
    assert "this one goes on with its work" in err
    assert sorted(names_of(checks)) == sorted(slow.truth())
    assert {check["username"]: check["outcome"] for check in checks} == slow.truth()


def test_a_run_waits_while_a_check_has_the_engine(slow: Box) -> None:
    with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as check:
        check.line()
        with Command("run") as run:
            told = "".join(run.lines_until("storywatch batch list"))
            assert "storywatch check (process " in told
            assert "this process takes over when that one ends." in told
            check.sent(signal.SIGTERM).ended()
            run.lines_until("this process has the engine now")
            assert run.sent(signal.SIGTERM).ended()[0] == 0


def test_a_batch_that_is_stopped_elsewhere_ends_its_follower(slow: Box, storywatch: Storywatch) -> None:
    with Command("check", slow.told["usernames"], "--niche", "demo", "--json") as command:
        command.line()
        storywatch("batch", "stop", only_batch(storywatch)["id"])
        code, out, err = command.ended()
    assert (code, "Stopped at " in err) == (130, True)
    assert records(out)[-1]["batch"]["status"] == "queued"
