"""``storywatch session``: logins that a person made elsewhere.  Cookies are never an argument."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Annotated

import typer

from cli import exports, files, jsonlines, logs, tables, trials, words
from cli.door import Door, Json, door_of, noun
from core.app import App
from core.domain.actor import Actor
from core.services.exports import Form
from core.services.views import SessionLine, SessionsImported, SessionView

Session = Annotated[str, typer.Argument(metavar="SESSION", help="Its id or its label.")]
Sessions = Annotated[list[str], typer.Argument(metavar="SESSION…", help="Ids or labels.")]

_SHOWN = 5


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Sessions: your logins, each bound to one proxy.")
    group.command("add")(add)
    group.command("import")(import_sessions)
    group.command("renew")(renew)
    group.command("label")(label)
    group.command("list")(list_sessions)
    group.command("test")(trials.try_sessions)
    group.command("bind")(bind)
    group.command("attach")(attach)
    group.command("enable")(enable)
    group.command("disable")(disable)
    group.command("remove")(remove)
    group.command("export")(export)
    group.command("log")(logs.of_sessions)
    return group


def add(
    context: typer.Context,
    label: Annotated[str, typer.Option("--label", "-l", help="What it is called here.")],
    proxy: Annotated[
        str | None, typer.Option("--proxy", metavar="PROXY", help="Bind it to this proxy: id or HOST:PORT.")
    ] = None,
    user_agent: Annotated[
        str | None, typer.Option("--user-agent", metavar="UA", help="That of the browser the cookies come from.")
    ] = None,
    file: Annotated[
        str, typer.Option("--file", metavar="FILE", help="Where the cookies are; - is standard input.")
    ] = files.STANDARD_INPUT,
    as_json: Json = False,
) -> None:
    """Add a login by its cookies, from standard input or a file.

    Takes the Cookie header of a browser that is logged in, or the cookies it exports (JSON or cookies.txt).
    Cookies are no argument on purpose: arguments stay in the shell's history.

    \b
      storywatch session add --label ann --proxy 3 --file cookies.txt
      pbpaste | storywatch session add --label ann --proxy 3
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        if file == files.STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty():
            door.screen.remark("Paste the Cookie header, then press Enter and Ctrl-D:")
        cookies = await files.text(file)
        _show(
            door, app, [await app.sessions.add(door.actor, label, cookies, user_agent=user_agent, proxy=proxy)], as_json
        )

    door.run(verb)


def import_sessions(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file of Cookie headers, one a line; - is standard input.")
    ],
    bind_in_order: Annotated[
        bool, typer.Option("--bind-in-order", help="Bind them, in order, to the proxies that have no session.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add logins from a file, one Cookie header a line.

    A known account with other cookies is renewed; it keeps its proxy and its user agent.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        report = await app.sessions.import_lines(door.actor, await files.text(file), bind_in_order=bind_in_order)
        invalid = [line for line in report.lines if line.result == "invalid"]
        if as_json:
            for line in invalid:
                door.screen.record(jsonlines.session_line(line))
            door.screen.record(jsonlines.sessions_imported(report))
        else:
            _tell_import(door, report, invalid)

    door.run(verb)


def renew(
    context: typer.Context,
    session: Session,
    user_agent: Annotated[
        str | None, typer.Option("--user-agent", metavar="UA", help="That of the browser of the new login.")
    ] = None,
    file: Annotated[
        str, typer.Option("--file", metavar="FILE", help="Where the cookies are; - is standard input.")
    ] = files.STANDARD_INPUT,
    as_json: Json = False,
) -> None:
    """Give a session the cookies of a new login of its account.

    It is valid again; its proxy stays, and so does its user agent unless another is given.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        cookies = await files.text(file)
        view = await app.sessions.renew(door.actor, session, cookies, user_agent=user_agent)
        _show(door, app, [view], as_json)

    door.run(verb)


def label(
    context: typer.Context,
    session: Session,
    name: Annotated[str, typer.Argument(metavar="LABEL", help="What to call it.")],
    as_json: Json = False,
) -> None:
    """Give a session another name."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, [await app.sessions.set_label(door.actor, session, name)], as_json)

    door.run(verb)


def list_sessions(context: typer.Context, as_json: Json = False) -> None:
    """List the sessions with their state; nothing of their cookies."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.sessions.list(door.actor), as_json)

    door.run(verb)


def bind(
    context: typer.Context,
    session: Session,
    proxy: Annotated[str, typer.Argument(metavar="PROXY|none", help="Id or HOST:PORT; none unbinds it.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why a login that is bound already should move; it is kept.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Bind a session to a proxy.

    A live login does not move, so moving one needs a reason.
    """
    target = None if proxy.strip().lower() == "none" else proxy
    bound = "unbound" if target is None else f"bound to proxy {proxy}"

    async def change(app: App, door: Door) -> Sequence[SessionView]:
        view = await app.sessions.bind(door.actor, session, target, reason=reason)
        door.screen.remark(f'The session "{view.label}" is {bound}.')
        return [view]

    _change(door_of(context), change, as_json)


def attach(
    context: typer.Context,
    sessions: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SESSION…]", help="Ids or labels; without any, those that have no proxy."),
    ] = None,
    proxies: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="PROXY,PROXY…", help="Ids or HOST:PORT; without them, those that have no session."
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why logins that are bound already should move; it is kept.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Bind a list of sessions to a list of proxies, in order.

    The first to the first, the second to the second, and so on: all of them or none.

    \b
      storywatch session attach
      storywatch session attach ann bea cleo --to 4,5,6
    """
    targets = [each.strip() for each in (proxies or "").split(",") if each.strip()]

    async def change(app: App, door: Door) -> Sequence[SessionView]:
        views = await app.sessions.bind_in_order(door.actor, sessions or [], targets, reason=reason)
        door.screen.remark(f"{words.count(len(views), 'session')} bound.")
        return views

    _change(door_of(context), change, as_json)


def export(context: typer.Context, out: exports.Out = None, as_json: Json = False) -> None:
    """Write the sessions with their health as CSV.

    Nothing of their cookies is in it.
    """

    async def verb(app: App, actor: Actor, form: Form) -> AsyncIterator[str]:
        return await app.sessions.export(actor, form)

    exports.write(door_of(context), verb, out, as_json=as_json)


def enable(context: typer.Context, sessions: Sessions, as_json: Json = False) -> None:
    """Switch sessions on.

    Those that were logged out or challenged are tried again.
    """
    _change(door_of(context), lambda app, door: app.sessions.enable_all(door.actor, sessions), as_json)


def disable(context: typer.Context, sessions: Sessions, as_json: Json = False) -> None:
    """Switch sessions off; they keep their proxies and their cookies."""
    _change(door_of(context), lambda app, door: app.sessions.disable_all(door.actor, sessions), as_json)


def remove(context: typer.Context, sessions: Sessions, as_json: Json = False) -> None:
    """Remove sessions with their cookies."""

    async def change(app: App, door: Door) -> Sequence[SessionView]:
        views = await app.sessions.remove_all(door.actor, sessions)
        for view in views:
            door.screen.remark(f'The session "{view.label}" is removed.')
        return views

    _change(door_of(context), change, as_json)


def _change(door: Door, change: Callable[[App, Door], Awaitable[Sequence[SessionView]]], as_json: bool) -> None:
    async def verb(app: App) -> None:
        _show(door, app, await change(app, door), as_json)

    door.run(verb)


def _show(door: Door, app: App, views: Sequence[SessionView], as_json: bool) -> None:
    if not as_json:
        door.screen.show(tables.sessions(views, app.clock.now()))
        for view in views:
            if view.warning:
                door.screen.remark(f"{view.label}: {view.warning}")
        return
    for view in views:
        door.screen.record(jsonlines.session(view))


def _tell_import(door: Door, report: SessionsImported, invalid: Sequence[SessionLine]) -> None:
    for line in invalid[:_SHOWN]:
        door.screen.remark(f"  line {line.line:,}: {line.why}")
    if report.invalid > _SHOWN:
        door.screen.remark(f"  and {report.invalid - _SHOWN:,} more that could not be used")
    numbers = {"renewed": report.updated, "known already": report.known, "not usable": report.invalid}
    others = words.listed(numbers)
    door.screen.show(
        f"{words.count(report.created, 'session')} added{f', {others}' if others else ''}; {report.bound:,} bound."
    )
    if report.unbound:
        door.screen.remark(
            f"{words.count(report.unbound, 'session')} without a proxy will not be used; "
            "bind with: storywatch session bind SESSION PROXY"
        )
