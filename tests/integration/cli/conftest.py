"""Commands as people give them, over a real database, each in a data directory of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.commands import Hooks, run_cli
from core.app import App, open_app
from core.clock import SystemClock
from core.settings import read_settings


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines; fails where it is anything else."""
        return [orjson.loads(line) for line in self.out.splitlines()]

    @property
    def record(self) -> dict[str, Any]:
        """The only line of standard output."""
        (record,) = self.records
        return record


Storywatch = Callable[..., Ran]


@asynccontextmanager
async def opened() -> AsyncIterator[App]:
    """The application as the environment describes it, without setting up the log."""
    async with open_app(read_settings(), SystemClock()) as app:
        yield app


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in, and no setting but the data directory and a real platform."""
    for name in list(os.environ):  # noqa: TID251  # only a test has to know which settings its machine has
        if name.startswith("STORYWATCH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STORYWATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("STORYWATCH_PLATFORM", "instagram")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def storywatch(capfd: pytest.CaptureFixture[str]) -> Storywatch:
    """Give one command; ``given`` is its standard input."""
    hooks = Hooks(open_app=opened, sandbox=_sandbox, version="1.2.3")

    def run(*arguments: str, given: bytes | str = b"") -> Ran:
        capfd.readouterr()
        with _standard_input(given.encode() if isinstance(given, str) else given):
            code = run_cli(hooks, list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def names(place: Path) -> str:
    """A list of three usernames and two lines that are none."""
    return written(place / "names.txt", "ann\n@Bea\nnot a name!\nhttps://www.instagram.com/cleo/\nann\n-\n")


def written(path: Path, content: str | bytes) -> str:
    """The name of a file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def cookie(account: int) -> str:
    """A cookie header of *account*, as a browser shows it."""
    return f"sessionid={account}%3Aabc%3A7%3Asig; ds_user_id={account}; csrftoken=csrf{account}"


def _sandbox(arguments: Sequence[str]) -> int:
    """In place of the sandbox's own command, which has tests of its own."""
    sys.stdout.write(f"sandbox {' '.join(arguments)}\n")
    return 3 if "--port" in arguments else 0


@contextmanager
def _standard_input(data: bytes) -> Iterator[None]:
    """File descriptor 0 reads these bytes while the block runs."""
    kept = os.dup(0)
    reading, writing = os.pipe()
    os.dup2(reading, 0)
    os.close(reading)
    # A pipe holds 64 KB; what tests give is smaller.
    os.write(writing, data)
    os.close(writing)
    try:
        yield
    finally:
        os.dup2(kept, 0)
        os.close(kept)
