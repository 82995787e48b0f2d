"""``storywatch proxy``: exit addresses with their health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from cli import files, jsonlines, tables, trials, words
from cli.door import Door, Json, door_of, noun
from cli.rejections import remark_rejected
from core.app import App
from core.services.views import ProxyView

Proxy = Annotated[str, typer.Argument(metavar="PROXY", help="Its id, or its HOST:PORT.")]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Proxies: the addresses that requests leave from.")
    group.command("import")(import_proxies)
    group.command("list")(list_proxies)
    group.command("test")(trials.try_proxies)
    group.command("enable")(enable)
    group.command("disable")(disable)
    group.command("remove")(remove)
    return group


def import_proxies(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of proxies, one a line; - is standard input.")],
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

    async def verb(app: App) -> None:
        report = await app.proxies.import_lines(door.actor, await files.text(file))
        if as_json:
            for line in report.rejected:
                door.screen.record(jsonlines.rejected(line))
            door.screen.record(jsonlines.proxies_imported(report))
            return
        remark_rejected(door.screen, report.rejected, report.invalid, "mend these first")
        known = f", {report.known:,} known already" if report.known else ""
        renewed = f" ({report.updated:,} with a new password)" if report.updated else ""
        door.screen.show(f"{words.count(report.created, 'proxy', 'proxies')} added{known}{renewed}.")

    door.run(verb)


def list_proxies(context: typer.Context, as_json: Json = False) -> None:
    """List the proxies with their health; passwords are masked."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.proxies.list(door.actor)
        if not as_json:
            door.screen.show(tables.proxies(views, app.clock.now()))
            return
        for view in views:
            door.screen.record(jsonlines.proxy(view))

    door.run(verb)


def enable(context: typer.Context, proxy: Proxy, as_json: Json = False) -> None:
    """Switch a proxy on, and end its quarantine."""
    _switch(door_of(context), lambda app, door: app.proxies.enable(door.actor, proxy), as_json=as_json)


def disable(context: typer.Context, proxy: Proxy, as_json: Json = False) -> None:
    """Switch a proxy off; its sessions stay bound to it and rest."""
    _switch(door_of(context), lambda app, door: app.proxies.disable(door.actor, proxy), as_json=as_json)


def remove(context: typer.Context, proxy: Proxy, as_json: Json = False) -> None:
    """Remove a proxy.

    Its sessions rest until they are bound to another one.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        removed = await app.proxies.remove(door.actor, proxy)
        if as_json:
            door.screen.record({"id": removed.id, "address": removed.address, "unbound": removed.unbound})
            return
        door.screen.show(f"The proxy {removed.id} ({removed.address}) is removed.")
        if removed.unbound:
            names = ", ".join(removed.unbound)
            door.screen.remark(f"Unbound now: {names}. Bind with: storywatch session bind SESSION PROXY")

    door.run(verb)


def _switch(door: Door, switch: Callable[[App, Door], Awaitable[ProxyView]], *, as_json: bool) -> None:
    async def verb(app: App) -> None:
        view = await switch(app, door)
        if as_json:
            door.screen.record(jsonlines.proxy(view))
        else:
            door.screen.show(tables.proxies([view], app.clock.now()))

    door.run(verb)
