"""Addresses that are no proxy's because they are ours or the platform's: whoever lists one has mixed something up."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from core.domain.cookies import INSTAGRAM
from core.domain.proxy_address import ProxyAddress
from core.storage import engine_state
from core.storage.database import Database

_PORTS = {"http": 80, "https": 443}
_ITS_SITE = "it is the platform itself, not a proxy; give the address that your proxy provider names"
_ITS_SANDBOX = "it is the pretend platform itself, not a proxy; take the addresses that the sandbox prints as proxies"

WhyNot = Callable[[ProxyAddress], str | None]


class OwnPlaces:
    """The places of this deployment.

    Args:
        platform_url: Where the platform is, if not at its own address.
    """

    def __init__(self, platform_url: str | None = None) -> None:
        self._platform_url = platform_url

    async def known(self, database: Database) -> WhyNot:
        """Says of an address why it is no proxy's; None where nothing speaks against it."""
        sandbox_url = (await engine_state.read(database)).sandbox_url
        places: dict[tuple[str, int], str] = {}
        for url, why in ((sandbox_url, _ITS_SANDBOX), (self._platform_url, _ITS_SITE)):
            if url is not None:
                places[_place(url)] = why

        def why_not(address: ProxyAddress) -> str | None:
            if address.host == INSTAGRAM or address.host.endswith(f".{INSTAGRAM}"):
                return _ITS_SITE
            return places.get((_loopback(address.host), address.port))

        return why_not


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return _loopback(parts.hostname or ""), parts.port or _PORTS[parts.scheme]


def _loopback(host: str) -> str:
    return "127.0.0.1" if host in ("localhost", "::1") else host
