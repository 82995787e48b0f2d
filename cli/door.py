"""What all commands share: who asks, how the application is opened, and how an asynchronous verb is run."""

from __future__ import annotations

import asyncio
import getpass
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Annotated

import typer

from cli.exits import ExitCode, OutputClosed, sole
from cli.interruption import Interruption
from cli.screen import Screen, silence_standard_output
from core.app import App
from core.domain.actor import Actor, Role

Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines: one object a line, nothing else.")]
NicheName = Annotated[str, typer.Option("--niche", "-n", metavar="NAME", help="The niche, by its name.")]


@dataclass(frozen=True)
class Hooks:
    """What the composition root puts into the command line.

    Args:
        open_app: Opens the application of this deployment; raises ConfigError or Unavailable.
        sandbox: The pretend platform's own command: arguments to exit code.
        serve: Serves panel and bot while the block runs and yields the panel's address; None serves none.
    """

    open_app: Callable[[], AbstractAsyncContextManager[App]]
    sandbox: Callable[[Sequence[str]], int]
    version: str
    serve: Callable[[App], AbstractAsyncContextManager[str]] | None = None


Verb = Callable[[App], Awaitable[ExitCode | None]]


@dataclass
class Door:
    """One command on its way through."""

    hooks: Hooks
    screen: Screen
    actor: Actor = field(default_factory=lambda: Actor(f"cli:{_user()}", Role.ADMIN))
    interruption: Interruption = field(default_factory=Interruption)
    debug: bool = False

    def run(self, verb: Verb, *, on_sigterm: ExitCode = ExitCode.INTERRUPTED, if_interrupted: str = "") -> None:
        """Run *verb* over the open application to its end, or to the first signal.

        Args:
            on_sigterm: How a command ends that SIGTERM is the normal end of.
            if_interrupted: Where things stand then, and how to go on.
        """

        async def opened() -> ExitCode | None:
            async with self.hooks.open_app() as app:
                return await verb(app)

        self._run(opened, on_sigterm, if_interrupted)

    def run_alone(self, verb: Callable[[], Awaitable[ExitCode | None]], *, if_interrupted: str = "") -> None:
        """Run *verb*, which opens what it needs itself, to its end, or to the first signal.

        Args:
            if_interrupted: Where things stand then, and how to go on.
        """
        self._run(verb, ExitCode.INTERRUPTED, if_interrupted)

    def _run(self, work: Callable[[], Awaitable[ExitCode | None]], on_sigterm: ExitCode, if_interrupted: str) -> None:
        try:
            code = asyncio.run(self._cancelled_by_signals(work, on_sigterm))
            self.screen.flush()
        except OutputClosed:
            silence_standard_output()
            code = ExitCode.DONE
        if self.interruption.by is not None and if_interrupted:
            self.screen.remark(if_interrupted)
        if code:
            raise typer.Exit(code)

    async def _cancelled_by_signals(
        self, work: Callable[[], Awaitable[ExitCode | None]], on_sigterm: ExitCode
    ) -> ExitCode:
        task = asyncio.current_task()
        assert task is not None
        with self.interruption.cancels(task):
            try:
                return await work() or ExitCode.DONE
            except asyncio.CancelledError:
                if self.interruption.by is None:
                    raise
                return on_sigterm if self.interruption.by is signal.SIGTERM else ExitCode.INTERRUPTED
            except BaseExceptionGroup as group:
                raise sole(group) from group


def noun(about: str) -> typer.Typer:
    """An empty group of commands; help is plain text, as everything else that we print."""
    return typer.Typer(help=about, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def door_of(context: typer.Context) -> Door:
    """The door that the root command put there."""
    door = context.find_object(Door)
    assert door is not None
    return door


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user that no file knows
        return str(os.getuid())
