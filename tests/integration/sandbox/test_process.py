"""The sandbox in a process of its own."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sandbox.__main__ import main
from sandbox.listeners import listen
from tests.integration.sandbox.asking import client, get

SMALL = ("--profiles", "20", "--proxies", "2")


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[Process]:
    """``python -m sandbox``, killed at the end if it has not ended by itself."""
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "sandbox", *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield made
    finally:
        if made.returncode is None:
            made.kill()
        await made.communicate()


async def announced(made: Process) -> dict[str, Any]:
    """The one line for programs."""
    assert made.stdout is not None
    async with asyncio.timeout(30):
        line: dict[str, Any] = json.loads(await made.stdout.readline())
    return line


async def ended(made: Process) -> tuple[int | None, bytes, bytes]:
    """Exit code and what was printed since."""
    async with asyncio.timeout(30):
        out, err = await made.communicate()
    return made.returncode, out, err


def lines_of(file: str) -> list[str]:
    """The lines of a file."""
    return Path(file).read_text().splitlines()


def is_there(path: Path) -> bool:
    """Whether something has this path."""
    return path.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_prints_one_line_of_values_that_work_and_ends_when_told(number: int, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    async with process("--json", "--folder", str(folder), *SMALL, "--seed", "3") as made:
        line = await announced(made)
        assert list(line) == [
            "platform_url", "proxies", "sessions", "canaries", "usernames", "niches", "truth_url", "limits",
        ]  # fmt: skip
        assert sorted(name for file in line["niches"].values() for name in lines_of(file)) == sorted(
            lines_of(line["usernames"])
        )
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        lines = {name: lines_of(line[name]) for name in ("proxies", "sessions", "canaries", "usernames")}
        assert [len(each) for each in lines.values()] == [2, 2, 4, 20]
        assert "rest_scale=0.002" in line["limits"]
        async with client(lines["proxies"][0]) as session:
            got = await get(session, line["platform_url"] + "/api/v1/feed/reels_tray/", lines["sessions"][0])
            assert got.status == 200
        async with client() as session:
            truth = (await get(session, line["truth_url"])).json
        assert list(truth) == lines["usernames"]
        made.send_signal(number)
        assert await ended(made) == (0, b"", b"")


async def test_it_ends_with_the_program_that_holds_its_standard_input_and_leaves_nothing() -> None:
    async with process("--json", "--until-stdin-closes", *SMALL) as made:
        line = await announced(made)
        folder = Path(line["proxies"]).parent
        assert lines_of(line["proxies"])
        assert made.stdin is not None
        made.stdin.close()
        assert await ended(made) == (0, b"", b"")
        assert not is_there(folder)


async def test_standard_input_may_be_empty_without_the_option() -> None:
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--json", *SMALL, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    await announced(made)
    assert made.returncode is None
    made.terminate()
    assert await ended(made) == (0, b"", b"")


async def test_people_read_a_summary() -> None:
    async with process(*SMALL) as made:
        assert made.stdout is not None
        assert await made.stdout.readline() == b"Sandbox: pretend data.\n"
        made.terminate()
        code, out, _ = await ended(made)
        assert code == 0
        assert b"20 in " in out


async def test_a_scenario_file_is_read_and_the_command_line_wins(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text('{"profiles": 7, "proxies": 5, "https": true, "ids_known": true, "faults": {"limited": 1}}')
    async with process("--json", "--proxies", "1", "--scenario", str(file), "--folder", str(tmp_path / "f")) as made:
        line = await announced(made)
        assert line["platform_url"].startswith("https://")
        assert lines_of(line["platform_ca_file"])[0] == "-----BEGIN CERTIFICATE-----"
        assert len(lines_of(line["proxies"])) == 1
        head, *rows = lines_of(line["usernames"])
        assert head == "username,id"
        assert len(rows) == 7
        assert all(row.rpartition(",")[2].isdigit() for row in rows)
        made.terminate()
        assert (await ended(made))[0] == 0


def test_bad_input_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "scenario.json"
    file.write_text('{"profils": 7}')
    for arguments, sentence in [
        (["--scenario", str(file)], "profils: the scenario has no such field; did you mean profiles?"),
        (["--scenario", str(tmp_path / "none.json")], f"{tmp_path / 'none.json'}: no such file or directory"),
        (["--proxies", "-1"], "proxies: -1 is too small; it takes a number from 0 on"),
    ]:
        assert main(arguments) == 2
        assert capsys.readouterr().err == f"{sentence}\n"


def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        assert main(["--json", "--port", str(port), "--proxies", "0"]) == 3
    assert capsys.readouterr().err == f"Port {port} is in use; stop what uses it, or choose another port.\n"
