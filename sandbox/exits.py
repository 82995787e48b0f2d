"""How a pretend proxy reaches what lies behind it: from an address of its own, and loopback alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from sandbox.listeners import LOOPBACK

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Unreachable(Exception):
    """The target's name does not exist, or nobody listens there."""

    def __init__(self, *, unknown_name: bool) -> None:
        super().__init__("the name is unknown" if unknown_name else "the connection was refused")
        self.unknown_name = unknown_name


class Forbidden(Exception):
    """The target is not on loopback; pretend proxies lead nowhere else."""


@dataclass(slots=True)
class Exit:
    """Where a proxy comes out.

    Args:
        source: Its identity, as the platform's journal names it.
        bound: It leaves from *source*.  Otherwise it reaches the platform on ports of its own.
        ports: Those ports, by the platform's.
    """

    source: str
    bound: bool
    ports: Mapping[int, int] = field(default_factory=dict)

    async def reach(self, host: str, port: int) -> Streams:
        """A connection to *host*.

        Raises:
            Unreachable: There is nobody.
            Forbidden: It is not on this machine.
        """
        address = await _loopback_address(host)
        local = (self.source, 0) if self.bound and ":" not in address else None
        try:
            return await asyncio.open_connection(address, self.ports.get(port, port), local_addr=local)
        except OSError:
            raise Unreachable(unknown_name=False) from None


async def _loopback_address(host: str) -> str:
    if host == "localhost":
        return LOOPBACK
    try:
        address = str(ip_address(host))
    except ValueError:
        address = await _resolved(host)
    if not ip_address(address).is_loopback:
        raise Forbidden
    return address


async def _resolved(host: str) -> str:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(unknown_name=True) from None
    return str(found[0][4][0])
