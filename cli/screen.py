"""Where results and remarks go: results to standard output, everything else to standard error.

Owns the two streams.  Never decides what is said.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any, TextIO, TypeGuard

from rich.console import Console, RenderableType
from rich.file_proxy import FileProxy
from rich.text import Text

from cli.exits import OutputClosed
from core.services.exports import json_line

# Wide enough for every table of ours: what a pipe carries is not cut to the width of some screen.
_PIPE_WIDTH = 400


class Screen:
    """Standard output and standard error of one command."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._out = out
        self._results = _console(out)
        self.remarks = _console(err)
        self._above: Console | None = None

    @property
    def shows_progress(self) -> bool:
        """Somebody looks at standard error."""
        return self.remarks.is_terminal

    def record(self, record: Mapping[str, Any]) -> None:
        """One object as a line of JSON; see :meth:`flush`."""
        self.write(json_line(record))

    def write(self, text: str) -> None:
        """*text* as it is, a result; see :meth:`flush`."""
        with _reader_may_go():
            self._out.write(text)

    def show(self, result: RenderableType) -> None:
        """A result for people."""
        with _reader_may_go():
            (self._above or self._results).print(result)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Lines of a result for people, each with its style; cheap where nobody sees colours."""
        if not self._results.is_terminal:
            self.write("".join(f"{text}\n" for text, _ in lines))
        elif lines:
            # At once: a display that redraws itself below does so for each time that something is printed.
            text = Text("\n").join(Text(line, style) for line, style in lines)
            with _reader_may_go():
                (self._above or self._results).print(text, soft_wrap=True)

    def flush(self) -> None:
        """Hand over what was written so far."""
        with _reader_may_go():
            self._out.flush()

    def remark(self, text: str) -> None:
        """A sentence beside the results."""
        self.remarks.print(text, soft_wrap=True)

    def remark_each(self, texts: Iterable[str]) -> None:
        """Sentences beside the results."""
        for text in texts:
            self.remark(text)

    @contextmanager
    def results_above(self, display: Console) -> Iterator[None]:
        """Print results and the log through *display* while it redraws its last lines, where they share a terminal."""
        self._above = display if self._results.is_terminal else None
        moved = [handler for handler in logging.getLogger().handlers if _writes_to(handler, display.file)]
        for handler in moved:
            handler.setStream(FileProxy(display, display.file))
        try:
            yield
        finally:
            self._above = None
            for handler in moved:
                handler.setStream(display.file)


def standard_screen() -> Screen:
    """The screen of this process; both streams speak UTF-8, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return Screen(sys.stdout, sys.stderr)


def silence_standard_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the process does not complain about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _reader_may_go() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise OutputClosed from None


class _Console(Console):
    """A console that leaves it to the command what a closed output means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _writes_to(handler: logging.Handler, stream: IO[str]) -> TypeGuard[logging.StreamHandler[Any]]:
    return isinstance(handler, logging.StreamHandler) and handler.stream is stream


def _console(stream: TextIO) -> Console:
    # What people called their niches is text, whatever brackets and colons are in it.
    console = _Console(file=stream, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console
