"""Troubles that a test orders: answers of another kind, dropped connections, requests that hang.

A fault meets the next requests that fit, as often as it was ordered, and then is over.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Literal

from tests.discord_server.hub import PATIENCE_SECONDS, Hub
from tests.discord_server.rates import Rates
from tests.discord_server.refusals import SENTENCES, Refusal

Moment = Literal["before", "after"]
# Where a request may be held up: before the server does anything, before it answers, in the middle of its answer.
Place = Literal["before", "after", "body"]


@dataclass(eq=False)
class Fault:
    """One order.

    Args:
        refusal: Answered instead of doing anything.
        drop: The connection is cut before or after the server did what it was asked for.
        hold: Where the request waits for :meth:`release`.
        truncate: Only half of the answer arrives.
        text: Answered as a page for people, as what stands before Discord does.
        via: Whether the answer carries the header by which clients know Discord's own 429.
        left: How many requests it still meets; None is all.
    """

    hub: Hub
    method: str
    pattern: re.Pattern[str]
    refusal: Refusal | None = None
    drop: Moment | None = None
    hold: Place | None = None
    truncate: bool = False
    text: str | None = None
    via: bool = True
    left: int | None = 1
    met: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def fits(self, method: str, path: str) -> bool:
        """Whether it is meant for this request and not yet over."""
        return self.left != 0 and self.method in ("*", method) and self.pattern.fullmatch(path) is not None

    def meet(self) -> None:
        """Count one request that it met."""
        self.met += 1
        if self.left is not None:
            self.left -= 1
        self.hub.changed()

    async def reached(self, times: int = 1, *, patience: float = PATIENCE_SECONDS) -> None:
        """Return once it met *times* requests."""
        await self.hub.until(lambda: self.met >= times, f"the request that the fault of {self.method} is for", patience)

    def release(self) -> None:
        """Let the requests that it holds go on."""
        self._released.set()

    async def held(self) -> None:
        """Return when it was released."""
        await self._released.wait()

    def cancel(self) -> None:
        """Meet no further request, and hold none."""
        self.left = 0
        self.release()


class Faults:
    """The orders of one server."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._rest: list[Fault] = []
        self._cdn: list[Fault] = []

    def rest(
        self,
        method: str,
        path: str,
        *,
        status: int | None = None,
        code: int | None = None,
        message: str | None = None,
        retry_after: float = 1.0,
        everywhere: bool = False,
        scope: str = "user",
        via: bool = True,
        drop: Moment | None = None,
        hold: Place | None = None,
        truncate: bool = False,
        text: str | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Order a fault of the HTTP API.

        Args:
            path: Without the API's base; ``*`` stands for one part of it, ``**`` for any number.
            text: A page for people that is answered with *status*, instead of JSON.
            status: 429 becomes a rate limit of *retry_after* seconds, ``everywhere`` the one of all requests.
            code: Discord's; alone, it brings its usual status and sentence along.
            times: None is every time until :meth:`Fault.cancel`.
        """
        refusal = None
        if status == 429 or (status is None and code == 30046):
            sentence = message or SENTENCES.get(code or 0, (0, "You are being rate limited."))[1]
            refusal = Rates.too_many(retry_after, code=code or 0, message=sentence, everywhere=everywhere, scope=scope)
        elif status is not None or code is not None:
            usual = SENTENCES.get(code or 0, (status or 500, f"{status}: {_REASONS.get(status or 0, 'Error')}"))
            refusal = Refusal(status or usual[0], code or 0, message or usual[1])
        fault = Fault(self._hub, method, _compiled(path), refusal, drop, hold, truncate, text, via, times)
        self._rest.append(fault)
        return fault

    def hold(self, method: str, path: str, *, at: Place = "before", times: int | None = 1) -> Fault:
        """Have requests wait until :meth:`Fault.release`."""
        return self.rest(method, path, hold=at, times=times)

    def cdn(
        self,
        path: str = "**",
        *,
        status: int | None = None,
        drop: Moment | None = None,
        hold: Place | None = None,
        truncate: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Order a fault of the place that files are fetched from."""
        refusal = None if status is None else Refusal(status, 0, f"{status}: {_REASONS.get(status, 'Error')}")
        fault = Fault(self._hub, "GET", _compiled(path), refusal, drop, hold, truncate, left=times)
        self._cdn.append(fault)
        return fault

    def for_rest(self, method: str, path: str) -> Fault | None:
        """The first order that this request meets; it counts."""
        return _first(self._rest, method, path)

    def for_cdn(self, path: str) -> Fault | None:
        """The same for a file."""
        return _first(self._cdn, "GET", path)

    def clear(self) -> None:
        """End all orders."""
        for fault in (*self._rest, *self._cdn):
            fault.cancel()
        self._rest.clear()
        self._cdn.clear()


_REASONS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


def _first(faults: list[Fault], method: str, path: str) -> Fault | None:
    for fault in faults:
        if fault.fits(method, path):
            fault.meet()
            return fault
    return None


def _compiled(path: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*|\*)", path)
    wild = {"**": ".*", "*": "[^/]+"}
    return re.compile("".join(wild.get(piece, re.escape(piece)) for piece in pieces))
