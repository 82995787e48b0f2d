"""``storywatch proxy``: exit addresses with their health."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Annotated

import typer

from cli import exports, files, jsonlines, logs, tables, trials, words
from cli.door import Door, Json, door_of, noun
from cli.exits import ExitCode
from cli.rejections import remark_rejected
from core.app import App
from core.domain.actor import Actor
from core.services.exports import Form
from core.services.views import ProxiesImported, ProxyView

Proxies = Annotated[list[str], typer.Argument(metavar="PROXY…", help="Ids, or HOST:PORT.")]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Proxies: the addresses that requests leave from.")
    group.command("import")(import_proxies)
    group.command("list")(list_proxies)
    group.command("test")(trials.try_proxies)
    group.command("limits")(limits)
    group.command("label")(label)
    group.command("enable")(enable)
    group.command("disable")(disable)
    group.command("remove")(remove)
    group.command("log")(logs.of_proxies)
    group.command("export")(export)
    return group


def import_proxies(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of proxies, one a line; - is standard input.")],
    lines: Annotated[bool, typer.Option("--lines", help="Say of every line what became of it.")] = False,
    test: Annotated[bool, typer.Option("--test", help="Test now what was added or got another password.")] = False,
    as_json: Json = False,
) -> None:
    """Add proxies from a file, one a line.

    \b
      host:port
      host:port:user:password
      user:password@host:port
      socks5://user:password@host:port    (http, https, socks4, socks5, socks5h)
      http://[2001:db8::1]:8080
    """
    door = door_of(context)

    async def verb(app: App) -> ExitCode:
        report = await app.proxies.import_lines(door.actor, await files.text(file))
        _tell_import(door, report, lines=lines, as_json=as_json)
        if not test:
            return ExitCode.DONE
        news = [str(line.proxy) for line in report.lines if line.result in ("created", "updated")]
        if not news:
            door.screen.remark("Nothing new is to be tested.")
            return ExitCode.DONE
        door.screen.flush()
        return await trials.of_proxies(door, app, news, as_json=as_json)

    door.run(verb)


def _tell_import(door: Door, report: ProxiesImported, *, lines: bool, as_json: bool) -> None:
    if as_json:
        told = [jsonlines.proxy_line(line) for line in report.lines] if lines else []
        for record in told or map(jsonlines.rejected, report.rejected):
            door.screen.record(record)
        door.screen.record(jsonlines.proxies_imported(report))
        return
    if lines:
        door.screen.show(tables.proxy_lines(report.lines))
    else:
        remark_rejected(door.screen, report.rejected, report.invalid, "see them all with --lines")
    before = report.known - report.duplicate
    known = f", {before:,} known already" if before else ""
    renewed = f" ({report.updated:,} with a new password)" if report.updated else ""
    repeated = f", {report.duplicate:,} repeated" if report.duplicate else ""
    door.screen.show(f"{words.count(report.created, 'proxy', 'proxies')} added{known}{renewed}{repeated}.")


def list_proxies(context: typer.Context, as_json: Json = False) -> None:
    """List the proxies with their health; passwords are masked."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.proxies.list(door.actor)
        if not as_json:
            door.screen.show(tables.proxies(views, app.clock.now()))
            if stand := words.proxies_stand(views):
                door.screen.remark(stand)
            return
        for view in views:
            door.screen.record(jsonlines.proxy(view))

    door.run(verb)


def export(context: typer.Context, out: exports.Out = None, as_json: Json = False) -> None:
    """Write the proxies with their health as CSV.

    Users and passwords are masked.
    """

    async def verb(app: App, actor: Actor, form: Form) -> AsyncIterator[str]:
        return await app.proxies.export(actor, form)

    exports.write(door_of(context), verb, out, as_json=as_json)


def limits(
    context: typer.Context,
    proxies: Annotated[
        list[str], typer.Argument(metavar="PROXY… NAME=VALUE…", help="Ids or HOST:PORT, then limits of their own.")
    ],
    as_json: Json = False,
) -> None:
    """Give proxies limits of their own, in place of the general ones.

    A value is a number, none for no limit, or default for the general limit again.

    \b
      storywatch proxy limits 3 4 per_hour=60 per_day=400 parallel=2
      storywatch proxy limits 3 per_hour=default
    """
    door = door_of(context)
    values = dict(each.split("=", 1) for each in proxies if "=" in each)
    named = [each for each in proxies if "=" not in each]
    _switch(door, lambda app, door: app.proxies.set_limits(door.actor, named, values), as_json=as_json)


def label(
    context: typer.Context,
    proxy: Annotated[str, typer.Argument(metavar="PROXY", help="Its id, or HOST:PORT.")],
    name: Annotated[str, typer.Argument(metavar="LABEL", help="What to call it; an empty one takes its name away.")],
    as_json: Json = False,
) -> None:
    """Give a proxy a name."""

    async def named(app: App, door: Door) -> Sequence[ProxyView]:
        return [await app.proxies.set_label(door.actor, proxy, name)]

    _switch(door_of(context), named, as_json=as_json)


def enable(context: typer.Context, proxies: Proxies, as_json: Json = False) -> None:
    """Switch proxies on, and end their quarantines."""
    _switch(door_of(context), lambda app, door: app.proxies.enable_all(door.actor, proxies), as_json=as_json)


def disable(context: typer.Context, proxies: Proxies, as_json: Json = False) -> None:
    """Switch proxies off; their sessions stay bound to them and rest."""
    _switch(door_of(context), lambda app, door: app.proxies.disable_all(door.actor, proxies), as_json=as_json)


def remove(context: typer.Context, proxies: Proxies, as_json: Json = False) -> None:
    """Remove proxies.

    Their sessions rest until they are bound to others.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        removed = await app.proxies.remove_all(door.actor, proxies)
        for each in removed:
            if as_json:
                door.screen.record({"id": each.id, "address": each.address, "unbound": each.unbound})
            else:
                door.screen.show(f"The proxy {each.id} ({each.address}) is removed.")
        unbound = [label for each in removed for label in each.unbound]
        if unbound and not as_json:
            door.screen.remark(f"Unbound now: {', '.join(unbound)}. Bind with: storywatch session bind SESSION PROXY")

    door.run(verb)


def _switch(door: Door, switch: Callable[[App, Door], Awaitable[Sequence[ProxyView]]], *, as_json: bool) -> None:
    async def verb(app: App) -> None:
        views = await switch(app, door)
        if not as_json:
            door.screen.show(tables.proxies(views, app.clock.now()))
            return
        for view in views:
            door.screen.record(jsonlines.proxy(view))

    door.run(verb)
