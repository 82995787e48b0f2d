"""Plain routes of the section Alerts: what its forms send.  Addresses come this way, once, and never go back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor
from core.domain.alarms import CHOICES
from core.errors import InvalidInput
from core.secrets import Secret
from core.services.views.alerts import AlertTargetView
from panel.answers import answered, who_asks
from panel.pages.settings.alert_words import MUTES, mute_until
from panel.pages.settings.given import Given, given
from panel.widgets.discord_choice import CHANNEL, MENTION, OTHER_CHANNEL, channel_of, mention_of

_DIGITS = 15
_NUMBERS = ("proxies_low", "sessions_low", "disk_low_mb", "batches")


class AlertRoutes:
    """The routes over one application."""

    def __init__(self, app: App) -> None:
        self._app = app

    def all(self) -> Sequence[BaseRoute]:
        """Every route about alerts."""
        made = {
            "add-channel": self._add_channel,
            "add-address": self._add_address,
            "edit": self._edit,
            "mute": self._mute,
            "rules": self._rules,
        }
        return [Route(f"/data/settings/alerts/{path}", route, methods=["POST"]) for path, route in made.items()]

    async def _add_channel(self, request: Request) -> Response:
        values = await given(request)
        added = await self._app.alerts.add_target(
            who_asks(request),
            values.text("label"),
            "discord",
            Secret(str(_channel(values))),
            {**_shared(values), "mention": _mention(values)},
        )
        return _told(added)

    async def _add_address(self, request: Request) -> Response:
        values = await given(request)
        added = await self._app.alerts.add_target(
            who_asks(request), values.text("label"), "apprise", Secret(values.text("address").strip()), _shared(values)
        )
        return _told(added)

    async def _edit(self, request: Request) -> Response:
        values, actor = await given(request), who_asks(request)
        target = await self._app.alerts.target(actor, _number(values.text("target")))
        changes = {"label": values.text("label"), **_shared(values)}
        if target.via == "discord":
            changes["mention"] = _mention(values)
            typed = str(_channel(values))
            address = None if typed == str(target.channel_id) else Secret(typed)
        else:
            typed = values.text("address").strip()
            address = Secret(typed) if typed else None
        return _told(await self._app.alerts.change_target(actor, target.id, changes, address))

    async def _mute(self, request: Request) -> Response:
        values, actor, alerts = await given(request), who_asks(request), self._app.alerts
        how = values.text("mute")
        if how not in dict(MUTES):
            raise InvalidInput("mute", "choose how long")
        until = mute_until(how, self._app.clock.now(), self._app.settings.zone)
        targets = [_number(each) for each in values.words("targets")]
        if not targets:
            await (alerts.unmute(actor) if until is None else alerts.mute(actor, until))
        for target in targets:
            await self._mute_one(actor, target, how, until)
        return answered({"mute": how})

    async def _mute_one(self, actor: Actor, target: int, how: str, until: datetime | None) -> None:
        alerts = self._app.alerts
        is_on = (await alerts.target(actor, target)).enabled
        if is_on != (how != "good"):
            await alerts.change_target(actor, target, {"enabled": "off" if is_on else "on"})
        if until is not None:
            await alerts.mute(actor, until, target)
        elif how == "off":
            await alerts.unmute(actor, target)

    async def _rules(self, request: Request) -> Response:
        values = await given(request)
        set_ = {"kinds": _kinds(values), "quiet": _quiet(values), **values.texts(_NUMBERS)}
        await self._app.alerts.set_rules(who_asks(request), set_)
        return answered({})


def _number(text: str) -> int:
    """The id of a target, which the form was filled with."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise InvalidInput("target", "it is gone; load the page anew")
    return int(text)


def _shared(values: Given) -> dict[str, str]:
    """What targets of every kind have."""
    return {"kinds": _kinds(values), "quiet": _quiet(values)}


def _kinds(values: Given) -> str:
    chosen = values.chosen("kinds")
    return "all" if set(chosen) >= set(CHOICES) else ", ".join(chosen) or "none"


def _quiet(values: Given) -> str:
    start, end = values.text("quiet_from").strip(), values.text("quiet_until").strip()
    if bool(start) != bool(end):
        raise InvalidInput("quiet", "give both hours, or neither")
    return f"{start}-{end}" if start else "none"


def _channel(values: Given) -> int:
    channel = channel_of(values.texts([CHANNEL, OTHER_CHANNEL]))
    if channel is None:
        raise InvalidInput("channel", "choose one, or give the id that Discord copies for it")
    return channel


def _mention(values: Given) -> str:
    mention = mention_of(values.texts([MENTION]))
    return "none" if mention is None else str(mention)


def _told(target: AlertTargetView) -> Response:
    told: dict[str, Any] = {"id": target.id, "label": target.label}
    return answered(told)
