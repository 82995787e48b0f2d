"""Plain routes about people: what admins send about others, and what everybody sends about themselves.

Passwords come this way, and one-time links and codes go, to the browser that asked and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import role_named
from core.secrets import Secret
from core.services.views import OneTimeLink, SignedIn
from panel.answers import answered, who_asks
from panel.pages.settings.given import given
from panel.pages.settings.words import moment


class PeopleRoutes:
    """The routes over one application."""

    def __init__(self, app: App) -> None:
        self._app = app

    def all(self) -> Sequence[BaseRoute]:
        """Every route about people."""
        return [
            Route("/data/settings/people/add", self._add, methods=["POST"]),
            Route("/data/settings/people/edit", self._edit, methods=["POST"]),
            Route("/data/settings/people/reset", self._reset, methods=["POST"]),
            Route("/data/settings/people/pair", self._pair, methods=["POST"]),
            Route("/data/account/password", self._change_password, methods=["POST"]),
        ]

    async def _add(self, request: Request) -> Response:
        values = await given(request)
        discord_id = values.text("discord_id").strip() or None
        role = role_named(values.text("role"))
        link = await self._app.people.add(who_asks(request), values.text("name"), role, discord_id=discord_id)
        return _linked(link)

    async def _reset(self, request: Request) -> Response:
        values = await given(request)
        return _linked(await self._app.people.reset(who_asks(request), values.text("person")))

    async def _pair(self, request: Request) -> Response:
        values = await given(request)
        offered = await self._app.pairing.offer(who_asks(request), values.text("person"))
        told = {"name": offered.person.name, "code": offered.code.reveal(), "expires_at": moment(offered.expires_at)}
        return answered(told)

    async def _edit(self, request: Request) -> Response:
        """Only what is different is changed: another role, for one, signs a person out."""
        values, actor, people = await given(request), who_asks(request), self._app.people
        before = await people.show(actor, values.text("person"))
        name, role = values.text("name"), role_named(values.text("role"))
        discord_id = values.text("discord_id").strip() or None
        if role.name.lower() != before.role:
            await people.set_role(actor, before.name, role)
        if discord_id != before.discord_id:
            await people.set_discord(actor, before.name, discord_id)
        if name != before.name:
            await people.rename(actor, before.name, name)
        return answered({"name": name})

    async def _change_password(self, request: Request) -> Response:
        values = await given(request)
        signed_in: SignedIn = request.state.signed_in
        current, new = Secret(values.text("current")), Secret(values.text("new"))
        await self._app.account.change_password(signed_in.id, current, new)
        return answered({})


def _linked(link: OneTimeLink) -> Response:
    """The link, which nobody can ask for again."""
    told = {"name": link.person.name, "url": link.url.reveal(), "expires_at": moment(link.expires_at)}
    return answered(told)
