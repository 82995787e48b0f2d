"""Where in Discord an open batch is shown: its messages with what became of them, and a form for another one.

What the messages say, and posting them, is the bot's.
"""

from __future__ import annotations

import re
from typing import Any

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor, Role
from core.errors import InvalidInput
from core.services.views.channels import BatchMessageView
from panel.answers import answered, who_asks
from panel.context import PageContext
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.heading import Heading
from panel.widgets.telling import tell

_PATH = "/data/batches/{batch}/channels"
_DISCORD = "https://discord.com/channels"
# What Discord copies for a channel: its number, or a link with the server's and the channel's.
_NUMBER = re.compile(r"[0-9]{15,20}", re.ASCII)
_LINK = re.compile(r"https://(?:\w+\.)?discord\.com/channels/([0-9]{15,20})/([0-9]{15,20})(?:/[0-9]*)?", re.ASCII)


class BatchChannels:
    """The part of one open page that shows them."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._batch_id = ""

    def build(self) -> None:
        """Make the card; the browser fills it, and hides it where there is nothing to show and no bot."""
        has_bot = self._page.app.settings.discord_token is not None
        with ui.element("div").classes("card batch-channels away").props('data-batch="channels-card"'):
            with ui.element("div").classes("card-head"):
                Heading("In Discord", level=2)
                ui.space()
                if has_bot and self._page.may(Role.OPERATOR):
                    button = ui.button("Show in a channel", color=None, on_click=self._ask)
                    button.classes("quiet link small").props('data-batch="channels-add"')
            ui.element("div").classes("card-body down gap-4").props('data-batch="channels" role="status"')

    def turn_to(self, batch_id: str) -> None:
        """This batch is the one that the page shows."""
        self._batch_id = batch_id

    def _ask(self) -> None:
        servers = sorted(self._page.app.settings.discord_guild_ids)
        fields = [
            Field(
                "channel",
                "Channel",
                help="With Discord's developer mode on, a channel's menu copies its id; its link does, too. "
                "The bot needs View Channel, Send Messages and Embed Links there.",
                placeholder=f"{_DISCORD}/…",
            )
        ]
        if len(servers) > 1:
            choices = [(str(each), str(each)) for each in servers]
            fields.append(Field("server", "Server", kind="choice", choices=choices, help="Where a bare id is from."))
        FormDialog(
            "Show the batch in a Discord channel",
            fields,
            path=_PATH.format(batch=self._batch_id),
            button="Show it there",
            on_done=self._asked,
        ).open()

    def _asked(self, answer: Any) -> None:
        tell("The bot posts it as soon as it can.")
        self._page.client.run_javascript("SW.batchChannels.look()")


async def channels_of(app: App, actor: Actor, batch: str) -> dict[str, Any]:
    """The batch's messages, the newest first, and whether there is a bot that could post one."""
    messages = await app.batch_messages.of_batch(actor, batch)
    has_bot = app.settings.discord_token is not None
    return {"has_bot": has_bot, "messages": [_row(each) for each in reversed(messages)]}


def channel_routes(app: App) -> list[BaseRoute]:
    """What the part asks."""
    channels = _ChannelRoutes(app)
    return [Route(_PATH, channels.shown), Route(_PATH, channels.ask, methods=["POST"])]


class _ChannelRoutes:
    def __init__(self, app: App) -> None:
        self._app = app

    async def shown(self, request: Request) -> Response:
        """What :func:`channels_of` tells."""
        return answered(await channels_of(self._app, who_asks(request), request.path_params["batch"]))

    async def ask(self, request: Request) -> Response:
        """Have the batch shown in the ``channel``, which is an id in the ``server`` or a link."""
        asked = await request.json()
        guild_id, channel_id = self._place(str(asked.get("channel", "")).strip(), str(asked.get("server", "")))
        message = await self._app.batch_messages.ask_for(
            who_asks(request), request.path_params["batch"], guild_id=guild_id, channel_id=channel_id
        )
        return answered(_row(message))

    def _place(self, channel: str, server: str) -> tuple[int, int]:
        servers = self._app.settings.discord_guild_ids
        if link := _LINK.fullmatch(channel):
            place = int(link[1]), int(link[2])
        elif _NUMBER.fullmatch(channel) and (len(servers) == 1 or server.isdecimal()):
            place = int(server) if server.isdecimal() else next(iter(servers)), int(channel)
        else:
            raise InvalidInput("channel", "give the id or the link that Discord copies for it")
        if place[0] not in servers:
            raise InvalidInput("channel", "it is in a server that STORYWATCH_DISCORD_GUILDS does not name")
        return place


def _row(message: BatchMessageView) -> dict[str, Any]:
    """Ids as text: browsers cannot hold them as numbers."""
    places = [message.guild_id, message.channel_id, *filter(None, [message.message_id])]
    return {
        "channel": str(message.channel_id),
        "link": "/".join([_DISCORD, *map(str, places)]),
        "posted": message.message_id is not None,
        "ended": message.ended_because,
    }
