"""``storywatch alert``: what people are told, where, and by which rules."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli import alert_lines, files
from cli.door import Door, Json, door_of, noun
from cli.exits import ExitCode
from core.app import App
from core.domain.span_text import seconds_of
from core.errors import InvalidInput
from core.secrets import Secret
from core.services.views import AlertRulesView, AlertTargetView

Target = Annotated[str, typer.Argument(metavar="TARGET", help="The target, by its id or label.")]
MaybeTarget = Annotated[str | None, typer.Argument(metavar="[TARGET]", help="Its id or label; all without one.")]
Channel = Annotated[
    str | None, typer.Option("--channel", metavar="ID", help="A Discord channel, by its id; the bot writes there.")
]
File = Annotated[
    str | None,
    typer.Option("--file", metavar="FILE", help="Where the address for Apprise is; - is standard input."),
]
Kinds = Annotated[
    str | None, typer.Option("--kinds", metavar="KINDS", help="What it gets, with commas between; by default all.")
]
Quiet = Annotated[
    str | None, typer.Option("--quiet", metavar="HOURS", help="Hold what can wait in these hours: 22:00-07:00, none.")
]
Mention = Annotated[
    str | None, typer.Option("--mention", metavar="ID", help="The Discord role that each message mentions, or none.")
]

_MINUTE, _YEAR = 60, 366 * 86_400


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Alerts: what somebody should know, and where it is told.")
    group.command("list")(list_alerts)
    group.command("targets")(targets)
    group.command("add")(add)
    group.command("change")(change)
    group.command("remove")(remove)
    group.command("test")(send_test)
    group.command("mute")(mute)
    group.command("unmute")(unmute)
    group.command("rules")(rules)
    group.command("set")(set_rules)
    return group


def list_alerts(
    context: typer.Context,
    count: Annotated[int, typer.Option("--count", help="At most so many, the last ones, 1 to 10,000.")] = 100,
    target: Annotated[
        str | None, typer.Option("--target", metavar="TARGET", help="Only those that went to this target.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the last alerts with what became of them, the newest last."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.alerts.list(door.actor, count=count, target=target)
        if not as_json:
            door.screen.show(alert_lines.alerts_table(views))
            return
        for view in views:
            door.screen.record(alert_lines.alert(view))

    door.run(verb)


def targets(context: typer.Context, as_json: Json = False) -> None:
    """List where alerts go, and how the last delivery went."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.alerts.targets(door.actor), as_json)

    door.run(verb)


def add(
    context: typer.Context,
    label: Annotated[str, typer.Option("--label", "-l", help="What it is called here.")],
    channel: Channel = None,
    file: File = None,
    kinds: Kinds = None,
    quiet: Quiet = None,
    mention: Mention = None,
    as_json: Json = False,
) -> None:
    """Add a Discord channel, or an address for Apprise.

    Without --channel, the address is read from standard input or a file. It is no argument on purpose: it holds
    secrets, and arguments stay in the shell's history.

    \b
      storywatch alert add --label desk --channel 112233445566778899 --mention 112233445566778800
      storywatch alert add --label mail --file address.txt --kinds batch_finished,story
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        via, address = await _address(door, channel, file or files.STANDARD_INPUT)
        values = _given(kinds=kinds, quiet=quiet, mention=mention)
        _show(door, app, [await app.alerts.add_target(door.actor, label, via, address, values)], as_json)

    door.run(verb)


def change(
    context: typer.Context,
    target: Target,
    label: Annotated[str | None, typer.Option("--label", "-l", help="Another name.")] = None,
    channel: Channel = None,
    file: File = None,
    kinds: Kinds = None,
    quiet: Quiet = None,
    mention: Mention = None,
    enabled: Annotated[
        bool | None, typer.Option("--on/--off", help="One that is off is told nothing, not even afterwards.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Change a target; what is not given stays."""
    door = door_of(context)

    async def verb(app: App) -> None:
        address = None
        if channel is not None or file is not None:
            _, address = await _address(door, channel, file or files.STANDARD_INPUT)
        switched = None if enabled is None else "on" if enabled else "off"
        values = _given(label=label, kinds=kinds, quiet=quiet, mention=mention, enabled=switched)
        _show(door, app, [await app.alerts.change_target(door.actor, target, values, address)], as_json)

    door.run(verb)


def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="TARGET…", help="Targets, by their ids or labels.")],
    as_json: Json = False,
) -> None:
    """Remove targets; the alerts stay in the list."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.alerts.remove_targets(door.actor, names)
        if as_json:
            _show(door, app, views, as_json)
        for view in views:
            door.screen.remark(f'The target "{view.label}" is removed.')

    door.run(verb)


def send_test(context: typer.Context, target: Target, as_json: Json = False) -> None:
    """Send a test to a target and say what became of it."""
    door = door_of(context)

    async def verb(app: App) -> ExitCode | None:
        tested = await app.alerts.test_target(door.actor, target)
        if as_json:
            door.screen.record(alert_lines.tested(tested))
        elif tested.ok:
            door.screen.show(tested.sentence)
        else:
            door.screen.remark(tested.sentence)
        return None if tested.ok else ExitCode.REFUSED

    door.run(verb)


def mute(
    context: typer.Context,
    target: MaybeTarget = None,
    length: Annotated[str | None, typer.Option("--for", metavar="TIME", help="For so long: 90m, 4h, 1d.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="Until then: 2026-12-01T08:00, or with its offset.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Hold alerts for a while; they come as one message afterwards."""
    door = door_of(context)

    async def verb(app: App) -> None:
        await app.alerts.mute(door.actor, _end(app, length, until), target)
        await _show_mutes(door, app, target, as_json)

    door.run(verb)


def unmute(context: typer.Context, target: MaybeTarget = None, as_json: Json = False) -> None:
    """Hold alerts no longer."""
    door = door_of(context)

    async def verb(app: App) -> None:
        await app.alerts.unmute(door.actor, target)
        await _show_mutes(door, app, target, as_json)

    door.run(verb)


def rules(context: typer.Context, as_json: Json = False) -> None:
    """Show the rules with their defaults and meanings."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_rules(door, await app.alerts.rules(door.actor), as_json)

    door.run(verb)


def set_rules(
    context: typer.Context,
    values: Annotated[list[str], typer.Argument(metavar="NAME=VALUE…", help="default takes a rule back.")],
    as_json: Json = False,
) -> None:
    """Set rules, all that are given or none of them.

    \b
      storywatch alert set batches=all proxies_low=30
      storywatch alert set kinds=batch_finished,story,breaker quiet=22:00-07:00
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_rules(door, await app.alerts.set_rules(door.actor, _pairs(values)), as_json)

    door.run(verb)


def _show(door: Door, app: App, views: Sequence[AlertTargetView], as_json: bool) -> None:
    if not as_json:
        door.screen.show(alert_lines.targets_table(views, app.clock.now()))
        return
    for view in views:
        door.screen.record(alert_lines.target(view))


def _show_rules(door: Door, view: AlertRulesView, as_json: bool) -> None:
    if as_json:
        door.screen.record(alert_lines.rules(view))
        return
    door.screen.show(alert_lines.rules_table(view.fields))
    if view.muted_until is not None:
        door.screen.remark(f"All alerts are muted until {view.muted_until:%Y-%m-%d %H:%M} UTC.")


async def _show_mutes(door: Door, app: App, target: str | None, as_json: bool) -> None:
    if target is not None:
        _show(door, app, [await app.alerts.target(door.actor, target)], as_json)
        return
    view = await app.alerts.rules(door.actor)
    if as_json:
        door.screen.record(alert_lines.rules(view))
    elif view.muted_until is None:
        door.screen.show("Alerts are not muted.")
    else:
        door.screen.show(f"All alerts are muted until {view.muted_until:%Y-%m-%d %H:%M} UTC.")


async def _address(door: Door, channel: str | None, file: str) -> tuple[str, Secret]:
    if channel is not None:
        return "discord", Secret(channel)
    if file == files.STANDARD_INPUT and sys.stdin is not None and sys.stdin.isatty():
        door.screen.remark("Paste the address for Apprise, then press Enter and Ctrl-D:")
    return "apprise", Secret((await files.text(file)).strip())


def _given(**values: str | None) -> dict[str, str]:
    return {name: text for name, text in values.items() if text is not None}


def _end(app: App, length: str | None, until: str | None) -> datetime:
    """When a mute ends; without an offset, by the clock of the deployment."""
    if (length is None) == (until is None):
        raise InvalidInput("mute", "say how long, with --for or with --until")
    if length is not None:
        seconds = seconds_of(length, "for", least=_MINUTE, most=_YEAR, example="4h")
        return app.clock.now() + timedelta(seconds=seconds)
    assert until is not None, "one of them is given"
    try:
        moment = datetime.fromisoformat(until.strip())
    except ValueError:
        raise InvalidInput("until", f'write a time such as 2026-12-01T08:00, not "{until.strip()[:40]}"') from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=app.settings.zone)


def _pairs(values: Sequence[str]) -> dict[str, str]:
    """Values by name.

    Raises:
        InvalidInput: One is not NAME=VALUE, or a name is there twice.
    """
    pairs: dict[str, str] = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals or not name.strip():
            raise InvalidInput("rules", f'"{given[:60]}" is no rule with a value; write NAME=VALUE')
        if name in pairs:
            raise InvalidInput(name, "it is given twice; give it once")
        pairs[name] = value
    return pairs
