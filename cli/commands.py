"""The command line as a whole: all commands under one name, and how each way of failing ends.

Owns the root command and the boundary where an error becomes a sentence and an exit code.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
import typer.main
from typer.exceptions import TyperException

from cli import (
    alerts,
    backups,
    batches,
    canaries,
    discord_roles,
    doctor,
    imports,
    keys,
    limits,
    niches,
    people,
    profiles,
    proxies,
    running,
    schedules,
    sessions,
    upkeep,
)
from cli.check import check
from cli.door import Door, Hooks, door_of
from cli.exits import ExitCode, OutputClosed, code_of, is_told_as_it_is, sole
from cli.screen import silence_standard_output, standard_screen

__all__ = ["Hooks", "build", "run_cli"]

NAME = "storywatch"

_HELP = """Tells which of many public profiles have a live story right now.

Start with `storywatch run`: without settings it works on a pretend platform.  Then, from another terminal:

\b
  storywatch check names.txt --niche food      who of these is live?
  storywatch batch list                        what was checked
  storywatch doctor                            what is missing, and how to mend it

Results go to standard output, remarks and progress to standard error.  --json prints one object a line.
"""

_EXIT_CODES = """Exit codes: 0 done; 2 bad input; 3 not reachable or refused (database, port, another run, no usable
route); 4 --max-wait ran out; 78 configuration; 130 interrupted."""


def build(hooks: Hooks) -> typer.Typer:
    """The command line over *hooks*."""
    return _build(Door(hooks, standard_screen()))


def run_cli(hooks: Hooks, arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code.

    Args:
        arguments: None takes those of the process.
    """
    door = Door(hooks, standard_screen())
    command = typer.main.get_command(_build(door))
    try:
        code = command.main(arguments, prog_name=NAME, standalone_mode=False)
        door.screen.flush()
    except OutputClosed:
        silence_standard_output()
        return ExitCode.DONE
    except TyperException as error:
        return _told_usage(error)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the boundary: beyond it is only the shell
        return _told(door, sole(error))
    return int(code or ExitCode.DONE)


def _build(door: Door) -> typer.Typer:
    root = typer.Typer(
        name=NAME,
        help=_HELP,
        epilog=_EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "obj": door},
    )
    root.callback()(_root)
    root.command("run")(running.run)
    root.command("check")(check)
    root.command("import")(imports.import_file)
    for name, noun in (
        ("niche", niches),
        ("profile", profiles),
        ("batch", batches),
        ("schedule", schedules),
        ("proxy", proxies),
        ("session", sessions),
        ("canary", canaries),
        ("alert", alerts),
        ("limits", limits),
        ("key", keys),
        ("person", people),
        ("discord", discord_roles),
    ):
        root.add_typer(noun.commands(), name=name)
    root.command("health")(upkeep.health)
    root.command("doctor")(doctor.doctor)
    root.command("backup")(backups.backup)
    root.command("restore")(backups.restore)
    root.command("migrate")(upkeep.migrate)
    passes_on = {"allow_extra_args": True, "ignore_unknown_options": True}
    root.command("sandbox", add_help_option=False, context_settings=passes_on)(upkeep.sandbox)
    return root


def _say_version(context: typer.Context, asked: bool) -> None:
    if asked:
        door = door_of(context)
        door.screen.write(f"{NAME} {door.hooks.version}\n")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version this is.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an internal error happened.")] = False,
) -> None:
    door_of(context).debug = debug


def _told_usage(error: TyperException) -> int:
    """Say what is wrong with the arguments, and where to read how they go."""
    show_help = getattr(error, "message", "") if type(error).__name__ == "NoArgsIsHelpError" else ""
    if show_help:
        sys.stderr.write(f"{show_help}\n")
        return ExitCode.BAD_INPUT
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else NAME
    sys.stderr.write(f"{message.rstrip('.')}; see: {path} --help\n")
    return ExitCode.BAD_INPUT


def _told(door: Door, error: BaseException) -> int:
    """Say what ended the command, in one sentence."""
    code = code_of(error)
    if is_told_as_it_is(error):
        door.screen.remark(str(error))
    elif code is ExitCode.INTERNAL:
        if door.debug:
            traceback.print_exception(error, file=sys.stderr)
        door.screen.remark(
            f"Internal error: {type(error).__name__}: {error}. This is a mistake in Storywatch, not yours; "
            "`storywatch --debug …` shows where, STORYWATCH_LOG_FORMAT=json logs what led to it."
        )
    return code
