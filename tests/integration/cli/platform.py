"""A sandbox in a process of its own, and commands in theirs: what signals and pipes do to them is real."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

CHECKOUT = Path(__file__).parents[3]
# So much longer than anything here takes that only a hanging process reaches it.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Box:
    """A running sandbox: what its one line said."""

    told: dict[str, Any]

    def truth(self) -> dict[str, str]:
        """Username to outcome, as of now."""
        with urllib.request.urlopen(self.told["truth_url"], timeout=PATIENCE) as answer:
            truth: dict[str, str] = orjson.loads(answer.read())
        return truth


@contextmanager
def sandbox(folder: Path) -> Iterator[Box]:
    """Forty people whose platform ids the list brings along; an id hides who is private or gone, so none is."""
    scenario = folder / "scenario.json"
    people = {"profiles": 40, "private_share": 0, "gone_share": 0, "ids_known": True}
    scenario.write_bytes(orjson.dumps({**people, "proxies": 4}))
    arguments = ["--json", "--until-stdin-closes", "--folder", str(folder), "--scenario", str(scenario)]
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Box(orjson.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(PATIENCE)


class Command:
    """A command in a process of its own; use it with ``with``, so that nothing stays."""

    def __init__(self, *arguments: str, given: int = subprocess.DEVNULL) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "main.py"), *arguments],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Unbuffered: what reading one line took along would be missing from what is read to the end after it.
            bufsize=0,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def line(self) -> str:
        """The next line of standard output; empty at its end."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode()

    def lines_until(self, text: str) -> list[str]:
        """The lines up to the one that holds *text*.

        Raises:
            AssertionError: The command ended without it.
        """
        lines: list[str] = []
        while line := self.line():
            lines.append(line)
            if text in line:
                return lines
        raise AssertionError(f"it ended without {text!r}: {''.join(lines)}{self.ended()}")

    def sent(self, number: signal.Signals) -> Self:
        """Send it a signal."""
        self.process.send_signal(number)
        return self

    def ended(self) -> tuple[int, str, str]:
        """Wait for its end: exit code, the rest of standard output, standard error."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out.decode(), err.decode()
