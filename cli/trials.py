"""``storywatch proxy test``, ``session test``, ``canary test``: does it work, and if not, what is to be done?"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Annotated, TypeVar

import typer
from rich.text import Text

from cli import jsonlines
from cli.door import Door, Json, door_of
from cli.exits import ExitCode
from core.app import App
from core.errors import InvalidInput
from core.services.views import CanaryTested, ProxyTested, SessionTested

T = TypeVar("T", ProxyTested, SessionTested, CanaryTested)

Tested = ProxyTested | SessionTested | CanaryTested
Every = Annotated[bool, typer.Option("--all", help="All that are switched on.")]


def try_proxies(
    context: typer.Context,
    proxies: Annotated[list[str] | None, typer.Argument(metavar="PROXY…", help="Ids, or HOST:PORT.")] = None,
    every: Every = False,
    as_json: Json = False,
) -> None:
    """Connect over proxies, and ask the platform for a canary.

    Says what is wrong and how to mend it.  Sign-in included; the question travels over a session that is bound
    to the proxy, within its limits, and is counted.  Exit code 3 if one of them does not work.
    """
    door = door_of(context)

    async def verb(app: App) -> ExitCode:
        return await of_proxies(door, app, _wanted(proxies, every), every=every, as_json=as_json)

    door.run(verb)


def try_sessions(
    context: typer.Context,
    sessions: Annotated[list[str] | None, typer.Argument(metavar="SESSION…", help="Ids or labels.")] = None,
    every: Every = False,
    as_json: Json = False,
) -> None:
    """Ask the platform for a canary over sessions.

    One that was logged out or challenged is in use again if it passes.  Waits for gaps, keeps to limits, and is
    counted.  Exit code 3 if one of them does not work.
    """
    door = door_of(context)

    async def verb(app: App) -> ExitCode:
        wanted = _wanted(sessions, every)
        async with app.engine.attend("session test"):
            return await _told(door, app.trials.test_sessions(door.actor, wanted, every=every), as_json=as_json)

    door.run(verb)


def try_canaries(
    context: typer.Context,
    canaries: Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="Usernames, with or without @.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that have not retired.")] = False,
    as_json: Json = False,
) -> None:
    """Ask the platform for canaries, and say whether they are seen.

    Each is asked for beside another one over whichever session is ready; one that was never asked for costs a
    look-up besides.  Waits for gaps, keeps to limits, and is counted.  Exit code 3 if one of them is not seen.
    """
    door = door_of(context)

    async def verb(app: App) -> ExitCode:
        wanted = _wanted(canaries, every)
        async with app.engine.attend("canary test"):
            tests = app.trials.test_canaries(door.actor, wanted, every=every)
            return await _told(door, tests, as_json=as_json, good="seen", bad="not seen", of_all="were seen")

    door.run(verb)


async def of_proxies(
    door: Door, app: App, proxies: Sequence[str], *, every: bool = False, as_json: bool = False
) -> ExitCode:
    """Test proxies and tell of each.  The engine may be anybody's; if it is nobody's, it is ours meanwhile."""
    async with app.engine.attend("proxy test"):
        return await _told(door, app.trials.test_proxies(door.actor, proxies, every=every), as_json=as_json)


async def _told(
    door: Door,
    tests: AsyncGenerator[T, None],
    *,
    as_json: bool,
    good: str = "works",
    bad: str = "fails",
    of_all: str = "work",
) -> ExitCode:
    tested = failed = 0
    async with aclosing(tests):
        async for view in tests:
            tested += 1
            failed += not view.ok
            if as_json:
                door.screen.record(_record(view))
            else:
                door.screen.show(_line(view, good if view.ok else bad))
            door.screen.flush()
    if not as_json and tested > 1:
        door.screen.remark(f"{tested - failed:,} of {tested:,} {of_all}.")
    return ExitCode.REFUSED if failed else ExitCode.DONE


def _record(view: Tested) -> jsonlines.Record:
    if isinstance(view, CanaryTested):
        return jsonlines.canary_tested(view)
    return jsonlines.proxy_tested(view) if isinstance(view, ProxyTested) else jsonlines.session_tested(view)


def _line(view: Tested, word: str) -> Text:
    if isinstance(view, CanaryTested):
        name, times = view.canary, [("answered", view.answer_ms)]
    elif isinstance(view, ProxyTested):
        name = f"{view.proxy}  {view.address}"
        times = [("connected", view.connect_ms), ("answered", view.answer_ms)]
    else:
        name = f"{view.session}  {view.label}"
        times = [("answered", view.answer_ms)]
    told = ", ".join(f"{what} in {ms:,.0f} ms" for what, ms in times if ms is not None)
    style = "green" if view.ok else "red"
    return Text.assemble(f"{name}  ", (word, style), f"  {view.sentence}", f" ({told})" if told else "")


def _wanted(named: list[str] | None, every: bool) -> list[str]:
    """What is named.

    Raises:
        InvalidInput: Nothing is, or something is besides ``--all``.
    """
    if every and named:
        raise InvalidInput("--all", "it tests all that are switched on; leave the names away, or leave it away")
    if not every and not named:
        raise InvalidInput("test", "name what to test, or give --all")
    return named or []
