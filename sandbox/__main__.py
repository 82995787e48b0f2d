"""``python -m sandbox``: a sandbox in a process of its own, until it is told to end."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.announcement import json_line, summary, write_files, write_niches
from sandbox.box import Sandbox
from sandbox.listeners import PortInUse
from sandbox.scenario import Scenario

BAD_INPUT = 2
REFUSED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until SIGTERM, SIGINT or, if asked for, the end of standard input; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        scenario = _scenario(options)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        return BAD_INPUT
    with ExitStack() as stack:
        if options.folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="storywatch-sandbox-")))
        else:
            folder = Path(options.folder).absolute()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            asyncio.run(_run(scenario, folder, as_json=options.json, until_closed=options.until_stdin_closes))
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return BAD_INPUT
        except (PortInUse, OSError) as error:
            sys.stderr.write(f"{_sentence(error)}\n")
            return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="A pretend platform with pretend proxies on loopback.")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--port", type=int, help="the platform's port; proxies follow on the next ones")
    parser.add_argument("--profiles", type=int, help="how many profiles there are")
    parser.add_argument("--proxies", type=int, help="how many proxies there are, each with a session")
    parser.add_argument("--seed", type=int, help="the same seed makes the same world")
    parser.add_argument("--scenario", help="a JSON file; what the command line names wins over it")
    parser.add_argument("--folder", help="where the files go; a temporary one that is removed at the end without")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when standard input is closed")
    return parser


def _scenario(options: argparse.Namespace) -> Scenario:
    text = "{}" if options.scenario is None else Path(options.scenario).read_text(encoding="utf-8")
    scenario = Scenario.from_json(text)
    named = {name: getattr(options, name) for name in ("port", "profiles", "proxies", "seed")}
    return replace(scenario, **{name: value for name, value in named.items() if value is not None})


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'sandbox'}: {(error.strerror or str(error)).lower()}"
    return str(error)


async def _run(scenario: Scenario, folder: Path, *, as_json: bool, until_closed: bool) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    if until_closed:
        # A thread, since standard input may be a file, and no loop watches files.
        watch = threading.Thread(target=_wait_for_end_of_input, args=(loop, ended), daemon=True)
        watch.start()
    async with Sandbox(scenario, folder=folder) as box:
        files = write_files(box, folder)
        said = json_line(box, files, write_niches(box, folder)) if as_json else summary(box, files)
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
        await ended.wait()


def _wait_for_end_of_input(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    # Not sys.stdin: its lock would be held while the interpreter ends.
    while os.read(0, 65_536):
        pass
    loop.call_soon_threadsafe(ended.set)


if __name__ == "__main__":
    sys.exit(main())
