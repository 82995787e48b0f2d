"""Every command and option that the documentation teaches is one that the command line has."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

import main
from tests.project.checkout import documents, table_under, text_of

Call = tuple[str, ...]

COMMANDS = [row[0].strip("`") for row in table_under("README.md", "Command")]
GROUPS = {command.removesuffix(" …") for command in COMMANDS if command.endswith(" …")}
_SHELL_LINES = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:\.venv/bin/)?storywatch [^`\n]+)`")
_END_OF_CALL = re.compile(r"\s(?:[|<>;&]|&&).*")


def calls_in(line: str) -> Iterator[Call]:
    """The call of storywatch in *line*, if there is one: the words of the command and its options."""
    words = _END_OF_CALL.sub("", line).split()
    # The last one: in "docker compose exec storywatch storywatch health" the first is the service.
    named = [at for at, word in enumerate(words) if word.rpartition("/")[2] == "storywatch"]
    words = words[named[-1] + 1 :] if named else []
    if words and words[0].islower() and words[0].isalpha():
        command = words[:2] if words[0] in GROUPS else words[:1]
        yield (*command, *(word.partition("=")[0] for word in words if word.startswith("--")))


def taught() -> set[Call]:
    """All calls in the documents and in the README's table of commands."""
    lines = [f"storywatch {command}" for command in COMMANDS if not command.endswith(" …")]
    for document in documents():
        text = text_of(str(document))
        lines += [line for block in _SHELL_LINES.findall(text) for line in block.splitlines()]
        lines += _INLINE.findall(text)
    return {call for line in lines for call in calls_in(line)}


def help_of(command: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says of itself; fails where it does not exist."""
    monkeypatch.setattr(sys, "argv", ["storywatch", *command, "--help"])
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(SystemExit) as ended:
        main.main()
    printed = capsys.readouterr()
    assert ended.value.code in (None, 0), f"storywatch {' '.join(command)}: {printed.err}"
    return printed.out


@pytest.mark.parametrize("call", sorted(taught()), ids=" ".join)
def test_every_call_that_is_taught_can_be_made(
    call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = tuple(word for word in call if not word.startswith("--"))
    shown = help_of(command, monkeypatch, capsys)
    assert [word for word in call if word.startswith("--") and not re.search(rf"{word}\b", shown)] == []


def listed_in(shown: str) -> set[str]:
    """The commands that a help text lists."""
    return set(re.findall(r"^[^\w-]*([a-z][a-z-]+)  ", shown.partition("Commands")[2], re.MULTILINE))


def test_the_readme_lists_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    listed = listed_in(help_of((), monkeypatch, capsys))
    assert listed
    assert listed == {command.split()[0] for command in COMMANDS}


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_the_readme_names_every_verb_of_a_group(
    group: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = (row for row in table_under("README.md", "Command") if row[0] == f"`{group} …`")
    assert set(row[1].rpartition(": ")[2].split(", ")) == listed_in(help_of((group,), monkeypatch, capsys))
