"""Plain routes of the section Schedules: what its form sends, and what that would come to while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor
from core.errors import InvalidInput, NotFound
from core.services.views import ComingRun, ScheduleDraft
from panel.answers import answered, who_asks
from panel.pages.settings.given import Given, given
from panel.pages.settings.schedule_words import budget_in_words, coming_in_words
from panel.widgets.discord_choice import CHANNEL, MENTION, OTHER_CHANNEL, channel_of, mention_of

_COMING = 5
_RULE = ("every", "cron", "timezone", "jitter", "active")


class ScheduleRoutes:
    """The routes over one application."""

    def __init__(self, app: App) -> None:
        self._app = app

    def all(self) -> Sequence[BaseRoute]:
        """Every route about schedules."""
        made = {"add": self._add, "change": self._change, "preview": self._preview}
        return [Route(f"/data/settings/schedules/{path}", route, methods=["POST"]) for path, route in made.items()]

    async def _add(self, request: Request) -> Response:
        values, actor = await given(request), who_asks(request)
        draft = self._draft(actor, values)
        if not values.ticked("anyway"):
            await self._app.estimates.must_fit(actor, draft)
        view = await self._app.schedules.add(actor, draft)
        return answered({"id": str(view.id), "name": view.name})

    async def _change(self, request: Request) -> Response:
        values, actor = await given(request), who_asks(request)
        schedule = _number(values.text("schedule"))
        before = (await self._app.schedules.get(actor, schedule)).draft
        draft = self._draft(actor, values)
        if draft.every == before.every:
            # The same interval goes on as it began.
            draft = replace(draft, starts_at=before.starts_at)
        if not values.ticked("anyway"):
            await self._app.estimates.must_fit(actor, draft)
        view = await self._app.schedules.change(actor, schedule, draft)
        return answered({"id": str(view.id), "name": view.name})

    async def _preview(self, request: Request) -> Response:
        """The coming runs and the budget, as far as what is filled in says so much; it refuses nothing."""
        values, actor = await given(request), who_asks(request)
        told: dict[str, Any] = {"heading": "Next runs", "lines": [], "told": "", "warns": False, "fits": True}
        if not (values.text("every").strip() or values.text("cron").strip()):
            return answered(told)
        try:
            told["lines"] = coming_in_words(await self._coming(actor, values))
            if values.chosen("niches"):
                draft = replace(self._draft(actor, values), channel_id=None, mention=None)
                budget = await self._app.estimates.budget_of_schedule(actor, draft)
                told |= {"told": budget_in_words(budget), "warns": bool(budget.warning), "fits": budget.fits}
        except (InvalidInput, NotFound) as error:
            told |= {"told": f"{str(error)[:1].upper()}{str(error)[1:]}.", "warns": True}
        return answered(told)

    async def _coming(self, actor: Actor, values: Given) -> tuple[ComingRun, ...]:
        """The runs that the rule gives; those of the schedule itself where an edit leaves its rule as it is."""
        rule = {name: values.text(name) for name in _RULE}
        if values.text("schedule"):
            before = await self._app.schedules.get(actor, _number(values.text("schedule")))
            if before.enabled and rule == {name: getattr(before.draft, name) for name in _RULE}:
                return await self._app.schedules.coming(actor, before.id, _COMING)
        return await self._app.schedules.preview(
            actor,
            every=rule["every"],
            cron=rule["cron"],
            timezone=rule["timezone"],
            jitter=rule["jitter"],
            active=rule["active"],
            count=_COMING,
        )

    def _draft(self, actor: Actor, values: Given) -> ScheduleDraft:
        place = values.texts((CHANNEL, OTHER_CHANNEL, MENTION))
        channel = channel_of(place)
        return ScheduleDraft(
            niches=tuple(values.chosen("niches")),
            every=values.text("every"),
            cron=values.text("cron"),
            name=values.text("name").strip() or None,
            timezone=values.text("timezone"),
            jitter=values.text("jitter"),
            active=values.text("active"),
            fresh=values.text("fresh"),
            only=values.text("only"),
            stop_at_target=values.ticked("stop_at_target"),
            only_changes=values.ticked("only_changes"),
            guild_id=None if channel is None else self._server_of(actor, channel),
            channel_id=channel,
            mention=mention_of(place),
        )

    def _server_of(self, actor: Actor, channel: int) -> int | None:
        """The server of a channel that the bot sees; None leaves it to the only one in which it answers."""
        for server in self._app.discord_servers.list(actor):
            if any(each.id == channel for each in server.channels):
                return server.id
        return None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise NotFound("This schedule is not there; load the page anew.")
    return int(text)
