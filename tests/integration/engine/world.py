"""A platform in memory behind the real source, pool, engine and database: only the wire is left out."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import orjson

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError
from core.network.reach import NotLetIn, Trouble
from core.sources.base import Response, WireRequest

LIVE, NONE, PRIVATE, GONE = "live", "none", "private", "gone"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the platform saw it."""

    session: str
    proxy: str
    path: str
    names: tuple[str, ...]


@dataclass(slots=True)
class World:
    """Who is what on the platform, and what it was asked.

    Args:
        people: Username to ``live``, ``none``, ``private`` or ``gone``.
        answer_first: Called with each request before it is answered; what it returns is the answer.
        blind: Accounts (``ds_user_id``) that see nobody.
        shut: Addresses (``host:port``) of proxies that let nobody in, and how each of them does not.
        connected: Addresses of the proxies that were only connected to.
        gate: While it is cleared, no request is answered.
    """

    people: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    blind: set[str] = field(default_factory=set)
    shut: dict[str, Trouble] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)
    answer_first: Callable[[Asked], Response | TransportError | Exception | None] = lambda _: None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    in_flight: int = 0
    most_in_flight: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    def id_of(self, name: str) -> str:
        """The platform's id of somebody: the place in the list, from 1000 on."""
        return str(1000 + list(self.people).index(name))

    def client(self) -> AbstractAsyncContextManager[World]:
        """What the engine is given in place of HTTP."""
        return nullcontext(self)

    def times_asked(self) -> Counter[str]:
        """How often each person was named in a request."""
        return Counter(name for asked in self.asked for name in asked.names)

    async def connect(self, address: ProxyAddress, *, connect_timeout: float, total_timeout: float) -> float:
        place = f"{address.host}:{address.port}"
        self.connected.append(place)
        await asyncio.sleep(0)
        if place in self.shut:
            raise NotLetIn(self.shut[place])
        return 0.02

    async def fetch(
        self, address: ProxyAddress, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        asked = self._asked(address, request)
        self.asked.append(asked)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
        finally:
            self.in_flight -= 1
        first = self.answer_first(asked)
        if isinstance(first, Exception):
            raise first
        return first or self._answer(asked)

    def _asked(self, address: ProxyAddress, request: WireRequest) -> Asked:
        parts = urlsplit(request.url)
        cookie = SimpleCookie(request.headers["Cookie"])
        query = parse_qs(parts.query)
        by_id = {self.id_of(name): name for name in self.people} if "reel_ids" in query else {}
        names = query.get("username") or [by_id[each] for each in query.get("reel_ids", [])]
        if not names and "/info/" in parts.path:
            by_id = {self.id_of(name): name for name in self.people}
            names = [by_id[parts.path.split("/")[4]]]
        return Asked(cookie["ds_user_id"].value, f"{address.host}:{address.port}", parts.path, tuple(names))

    def _answer(self, asked: Asked) -> Response:
        if "reels_media" in asked.path:
            seen = [] if asked.session in self.blind else [n for n in asked.names if self.people[n] == LIVE]
            return answer({"reels": {self.id_of(name): self._reel(name) for name in seen}, "status": "ok"})
        (name,) = asked.names
        if self.people.get(name, GONE) == GONE or asked.session in self.blind:
            return answer({"message": "User not found", "status": "fail", "error_type": "user_not_found"}, 404)
        user = {"id": self.id_of(name), "pk": self.id_of(name), "username": name}
        user |= {"is_private": self.people[name] == PRIVATE}  # type: ignore[dict-item]
        return answer(
            {"user": user, "status": "ok"} if "/info/" in asked.path else {"data": {"user": user}, "status": "ok"}
        )

    def _reel(self, name: str) -> dict[str, object]:
        now = int(datetime.now(UTC).timestamp())
        items = [{"taken_at": now - 3600, "expiring_at": now + 82_800}]
        return {"id": self.id_of(name), "user": {"pk": self.id_of(name), "username": name}, "items": items}


def answer(body: object, status: int = 200, **headers: str) -> Response:
    """A JSON answer of the platform."""
    now = datetime.now(UTC)
    told = {"date": (format_datetime(now, usegmt=True),), "content-type": ("application/json",)}
    told |= {name.replace("_", "-"): (value,) for name, value in headers.items()}
    return Response(status, told, orjson.dumps(body), 0.01, now)


def lost() -> TransportError:
    """An exchange without an answer, the proxy's fault."""
    return TransportError("connect", Reason.PROXY_ERROR, Blame.PROXY, "refused")
