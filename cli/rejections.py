"""Lines of a file that could not be used: some to standard error, all to a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from cli import files, jsonlines, words
from cli.screen import Screen
from core.errors import UserError
from core.services.exports import json_line
from core.services.views import RejectedLine

_SHOWN = 5


def remark_rejected(screen: Screen, lines: Sequence[RejectedLine], invalid: int, all_of_them: str) -> None:
    """Say how many lines are invalid, show the first few, and how to see *all_of_them*."""
    if not invalid:
        return
    screen.remark(f"{words.count(invalid, 'line')} could not be used:")
    for line in lines[:_SHOWN]:
        text = f' "{line.text}"' if line.text else ""
        screen.remark(f"  line {line.line:,}{text}: {line.why}")
    if invalid > _SHOWN:
        screen.remark(f"  and {invalid - _SHOWN:,} more; {all_of_them}")


@contextmanager
def errors_file(name: str | None) -> Iterator[Callable[[RejectedLine], None] | None]:
    """Write every invalid line to the file *name* as JSON Lines; None without one.

    The file is kept when the list is refused, too: that is when it is needed most.

    Raises:
        InvalidInput: It cannot be written.
    """
    if name is None:
        yield None
        return
    with files.new_file(name, "--errors") as new:

        def write(line: RejectedLine) -> None:
            new.stream.write(json_line(jsonlines.rejected(line)))

        try:
            yield write
        except UserError:
            new.keep()
            raise
        new.keep()
