"""The sandbox's own pages under ``/_sandbox/``: other processes read the truth and switch faults here.

Answers nobody but loopback.  Everything is JSON; an error is one sentence under ``error``.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol

from aiohttp import web

from sandbox.faults import Faults, ProxyTrouble
from sandbox.journal import Journal
from sandbox.reading import from_json

PREFIX = "/_sandbox/"


class World(Protocol):
    """What control may see and change."""

    @property
    def journal(self) -> Journal:
        """What the platform was asked."""

    def truth(self, usernames: list[str] | None = None) -> dict[str, str]:
        """What is right to say of everybody, or of *usernames*."""

    def set_faults(self, faults: Faults) -> None:
        """Let *faults* take the place of all earlier ones."""

    def set_proxy_fault(self, trouble: ProxyTrouble) -> None:
        """Give one proxy a fault."""

    def turn(self, username: str, state: str) -> str:
        """Make somebody public, private, gone or renamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    username: str
    state: str


class Control:
    """Answers the requests for control.

    ``GET truth`` (``?usernames=a,b``), ``GET journal`` (``?since=N``), ``DELETE journal``, ``POST faults``,
    ``POST proxies`` (``{"proxy": 1, "fault": "hang"}``), ``POST people`` (``{"username", "state"}``).
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._verbs: dict[tuple[str, str], Callable[[web.BaseRequest], Awaitable[object]]] = {
            ("GET", "truth"): self._truth,
            ("GET", "journal"): self._journal,
            ("DELETE", "journal"): self._forget,
            ("POST", "faults"): self._faults,
            ("POST", "proxies"): self._proxies,
            ("POST", "people"): self._people,
        }

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """The answer; 400 with a sentence for what cannot be read."""
        if request.remote is None or not ip_address(request.remote).is_loopback:
            return _reply({"error": "the sandbox is controlled from this machine alone"}, 403)
        verb = self._verbs.get((request.method, request.path.removeprefix(PREFIX).strip("/")))
        if verb is None:
            known = ", ".join(f"{method} {PREFIX}{name}" for method, name in self._verbs)
            return _reply({"error": f"there is no such page; known are {known}"}, 404)
        try:
            return _reply(await verb(request))
        except ValueError as error:
            return _reply({"error": str(error)}, 400)

    async def _truth(self, request: web.BaseRequest) -> object:
        asked = request.query.get("usernames")
        return self._world.truth(None if asked is None else [name for name in asked.split(",") if name])

    async def _journal(self, request: web.BaseRequest) -> object:
        since = request.query.get("since", "0")
        if not (since.isascii() and since.isdigit() and len(since) < 16):
            raise ValueError("since: it takes how many entries were read before, a whole number")
        return [entry.as_json() for entry in self._world.journal.since(int(since))]

    async def _forget(self, request: web.BaseRequest) -> object:
        self._world.journal.reset()
        return {"done": True}

    async def _faults(self, request: web.BaseRequest) -> object:
        self._world.set_faults(Faults.from_json(await request.text()))
        return {"done": True}

    async def _proxies(self, request: web.BaseRequest) -> object:
        self._world.set_proxy_fault(from_json(ProxyTrouble, await request.text(), "a proxy's fault"))
        return {"done": True}

    async def _people(self, request: web.BaseRequest) -> object:
        turn = from_json(_Turn, await request.text(), "a turn")
        return {"username": self._world.turn(turn.username, turn.state)}


def _reply(data: object, status: int = 200) -> web.Response:
    return web.Response(status=status, text=json.dumps(data) + "\n", content_type="application/json")
