"""Where results and remarks go."""

from __future__ import annotations

import io

import pytest

from cli.exits import OutputClosed
from cli.screen import Screen


class Closed(io.StringIO):
    """A pipe that nobody reads any more."""

    def write(self, text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


def test_results_and_remarks_go_to_streams_of_their_own() -> None:
    out, err = io.StringIO(), io.StringIO()
    screen = Screen(out, err)
    screen.record({"a": 1})
    screen.show("a result")
    screen.remark("a remark")
    assert (out.getvalue(), err.getvalue()) == ('{"a":1}\na result\n', "a remark\n")


def test_what_people_call_things_is_no_markup() -> None:
    out = io.StringIO()
    screen = Screen(out, io.StringIO())
    screen.show("[bold]x[/bold] :smile: 12")
    screen.show_lines([("[red]y", "green")])
    assert out.getvalue() == "[bold]x[/bold] :smile: 12\n[red]y\n"


def test_a_long_sentence_stays_on_one_line_in_a_pipe() -> None:
    out, err = io.StringIO(), io.StringIO()
    screen = Screen(out, err)
    screen.remark("word " * 200)
    assert err.getvalue().count("\n") == 1


def test_a_reader_that_has_gone_ends_the_command_quietly() -> None:
    screen = Screen(Closed(), io.StringIO())
    with pytest.raises(OutputClosed):
        screen.record({"a": 1})
    with pytest.raises(OutputClosed):
        screen.show("a result")
    with pytest.raises(OutputClosed):
        screen.flush()
