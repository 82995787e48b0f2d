"""What the command line says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from itertools import pairwise

import pytest

from cli.commands import Hooks, build, run_cli
from cli.exits import ExitCode
from core.app import App

GROUPS = (
    "niche",
    "profile",
    "batch",
    "schedule",
    "proxy",
    "session",
    "canary",
    "limits",
    "alert",
    "key",
    "person",
    "discord",
)
ALONE = ("run", "check", "import", "health", "doctor", "backup", "restore", "migrate")

Help = Callable[..., str]


def refuses_to_open() -> AbstractAsyncContextManager[App]:
    raise AssertionError("help opens no database")


HOOKS = Hooks(open_app=refuses_to_open, sandbox=lambda arguments: 0, version="1.2.3")


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Help:
    """The help of one command."""

    def tell(*command: str) -> str:
        capfd.readouterr()
        assert run_cli(HOOKS, [*command, "--help"]) == 0
        return capfd.readouterr().out

    return tell


def listed(text: str) -> Iterator[tuple[str, str]]:
    """The commands that a help text lists, with their summaries."""
    for line in text.partition("Commands:\n")[2].splitlines():
        if found := re.fullmatch(r"  ([a-z-]+) +(\S.*)", line):
            yield found[1], found[2]
        else:
            return


def test_every_command_has_a_summary_that_is_shown_whole(told: Help) -> None:
    for path in ((), *((group,) for group in GROUPS)):
        commands = list(listed(told(*path)))
        assert commands, path
        assert [name for name, summary in commands if summary.endswith("...")] == []


def test_the_root_lists_all_commands_and_ends_with_the_exit_codes(told: Help) -> None:
    text = told()
    assert {name for name, _ in listed(text)} == {*GROUPS, *ALONE, "sandbox"}
    codes = set(re.findall(r"\d+", text.partition("Exit codes:")[2]))
    assert codes == {str(code.value) for code in ExitCode if code is not ExitCode.INTERNAL}


def test_every_option_and_argument_is_explained(told: Help) -> None:
    for path in [*((name,) for name in ALONE), *((g, name) for g in GROUPS for name, _ in listed(told(g)))]:
        lines = told(*path).splitlines()
        for line, following in pairwise([*lines, ""]):
            # A long entry has its explanation below it, further to the right than any entry.
            alone = re.fullmatch(r"  (-\w, )?--[a-z-]+( \S+)?", line)
            assert not alone or following.startswith("     "), (path, line)


def test_help_shows_examples_where_they_teach(told: Help) -> None:
    assert "storywatch check names.txt --niche food\n" in told("check")
    assert "storywatch batch start 3f2a --wait\n" in told("batch", "start")
    assert "host:port:user:password\n" in told("proxy", "import")


def test_cookies_cannot_be_given_as_an_argument(told: Help) -> None:
    assert "Arguments:" not in told("session", "add")


def test_a_group_without_a_command_shows_its_help_and_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_cli(HOOKS, ["batch"]) == 2
    printed = capfd.readouterr()
    assert (printed.out, "Commands:" in printed.err) == ("", True)


def test_a_mistake_of_ours_is_one_line_and_shows_its_place_when_asked(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_cli(HOOKS, ["niche", "list"]) == 70
    line = capfd.readouterr().err
    assert line.startswith("Internal error: AssertionError: help opens no database.")
    assert (line.count("\n"), "--debug" in line) == (1, True)
    assert run_cli(HOOKS, ["--debug", "niche", "list"]) == 70
    assert "Traceback" in capfd.readouterr().err


def test_the_command_line_can_be_built_without_running() -> None:
    assert build(HOOKS).info.name == "storywatch"
