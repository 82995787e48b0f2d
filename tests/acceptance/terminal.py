"""A terminal in a folder of its own: gives ``storywatch`` commands as a person does, and ends what it started.

Every command is a process: ``storywatch run`` as a shell begins it, the others from a warm start.  What processes print
goes to files, so that it can be read while they run and after they were killed.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.acceptance.warm_start import WarmProcess, warm_start

COMMAND = Path(sys.executable).with_name("storywatch")
PATIENCE = 120.0  # longer than anything takes on a machine that is busy with other things
_LOOK_EVERY = 0.02


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait until *holds*; fails naming *what* when it does not come true."""
    ends_at = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends_at, f"waited in vain until {what}"
        time.sleep(_LOOK_EVERY)


def free_port() -> int:
    """A port of loopback that nothing listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Process:
    """One command under way.  ``process`` leads a group of its own, as a job of a shell does."""

    def __init__(
        self, words: Sequence[str], *, files: Path, settings: Mapping[str, str], given: bytes, warm: bool
    ) -> None:
        self.words = tuple(words)
        self._out, self._err = files.with_suffix(".out"), files.with_suffix(".err")
        stdin = files.with_suffix(".in")
        stdin.write_bytes(given)
        with stdin.open("rb") as given_file, self._out.open("wb") as out, self._err.open("wb") as err:
            self.process: subprocess.Popen[bytes] | WarmProcess
            if warm:
                self.process = warm_start().start(
                    self.words,
                    folder=files.parent,
                    environment=settings,
                    files=(given_file.fileno(), out.fileno(), err.fileno()),
                    group=True,
                )
            else:
                self.process = subprocess.Popen(
                    self.words,
                    cwd=files.parent,
                    env=settings,
                    stdin=given_file,
                    stdout=out,
                    stderr=err,
                    process_group=0,
                )

    @property
    def out(self) -> str:
        """Standard output so far."""
        return self._out.read_text("utf-8")

    @property
    def err(self) -> str:
        """Standard error so far."""
        return self._err.read_text("utf-8")

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of standard output as JSON, whole lines alone; fails where there is anything else."""
        return [json.loads(line) for line in self.out.splitlines(keepends=True) if line.endswith("\n")]

    @property
    def record(self) -> dict[str, Any]:
        """The only line of standard output."""
        (record,) = self.records
        return record

    @property
    def checks(self) -> list[dict[str, Any]]:
        """The checks among the lines."""
        return [record for record in self.records if "username" in record]

    @property
    def batch(self) -> dict[str, Any]:
        """The last line, which is the batch's."""
        batch: dict[str, Any] = self.records[-1]["batch"]
        return batch

    @property
    def sentence(self) -> str:
        """The one line on standard error; fails where there is more, or anything on standard output."""
        (line,) = self.err.splitlines()
        assert self.out == "", self.out
        return line

    @property
    def runs(self) -> bool:
        """It has not ended yet."""
        return self.process.poll() is None

    def ended(self, code: int = 0) -> Self:
        """Wait for its end; fails where it ends with another code."""
        got = self.process.wait(PATIENCE)
        assert got == code, f"{self}: {got}, not {code}\n{self.err[-2000:]}\n{self.out[-500:]}"
        return self

    def until(self, holds: Callable[[], bool], what: str) -> Self:
        """Wait until *holds*; fails naming *what* when the process ends before."""
        eventually(lambda: holds() or not self.runs, f"{self}: {what}")
        assert holds(), f"{self} ended without it: {what}\n{self.err[-2000:]}"
        return self

    def says(self, text: str) -> Self:
        """Wait until standard output or error has *text*."""
        return self.until(lambda: text in self.out or text in self.err, f"it says {text!r}")

    def has_finished(self, count: int) -> Self:
        """Wait until it has printed so many checks."""
        return self.until(lambda: len(self.checks) >= count, f"{count} checks are finished")

    def interrupt(self) -> Self:
        """Ctrl-C: the whole group is told."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self

    def terminate(self) -> Self:
        """What a supervisor sends: the process alone is told."""
        self.process.terminate()
        return self

    def kill(self) -> Self:
        """``kill -9``."""
        self.process.kill()
        self.process.wait(PATIENCE)
        return self

    def __str__(self) -> str:
        return " ".join(["storywatch", *self.words[1:]])


class Terminal:
    """Gives commands in *folder*, under the settings ``STORYWATCH_*`` named without their first word.

    Attributes:
        command: How ``storywatch`` is called.
    """

    def __init__(self, folder: Path, **settings: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.data = folder / "data"
        self.settings: dict[str, object] = {"data_dir": self.data, "panel_port": free_port(), **settings}
        self.command = [str(COMMAND)]
        self._started: list[Process] = []

    @property
    def database(self) -> Path:
        """The database of the platform that the settings name."""
        return self.data / ("storywatch.sqlite3" if "platform" in self.settings else "sandbox.sqlite3")

    def start(self, *arguments: object, given: bytes | str = b"") -> Process:
        """Start a command and leave it alone."""
        process = Process(
            [*self.command, *map(str, arguments)],
            files=self.folder / f"command-{len(self._started):03}",
            settings=self._environment(),
            given=given.encode() if isinstance(given, str) else given,
            warm=self.command == [str(COMMAND)] and arguments[0] != "run",
        )
        self._started.append(process)
        return process

    def run(self, *arguments: object, given: bytes | str = b"", code: int = 0) -> Process:
        """Give a command and wait for its end; fails where it ends with another code."""
        return self.start(*arguments, given=given).ended(code)

    def written(self, name: str, content: bytes | str) -> Path:
        """A file of the folder with this content."""
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def _environment(self) -> dict[str, str]:
        """The machine's without anything of ours, and what the settings say."""
        machine = os.environ  # noqa: TID251  # only a test has to know which settings its machine has
        kept = {name: value for name, value in machine.items() if not name.startswith("STORYWATCH_")}
        return kept | {f"STORYWATCH_{name.upper()}": str(value) for name, value in self.settings.items()}

    def close(self) -> None:
        """End what still runs, with everything that it started."""
        for process in self._started:
            if process.runs:
                os.killpg(process.process.pid, signal.SIGKILL)
                process.process.wait(PATIENCE)
