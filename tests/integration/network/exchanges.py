"""How the tests ask, and what they look at when an exchange fails."""

from __future__ import annotations

import traceback
from collections.abc import Mapping

import pytest

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.client import Client
from core.network.errors import TransportError
from core.secrets import Secret
from core.sources.base import Response, WireRequest

# Every proxy of these tests is signed in to with it, and no failure may show it.
PASSWORD = "pl4nted:p@ss/w%rd"

# Long enough never to be what ends an exchange on a busy machine, and short enough to wait for where it is.
PATIENT, BRIEF = 20.0, 0.3

Ending = tuple[str, Reason, Blame]


def proxy_at(port: int, scheme: str = "http", host: str = "127.0.0.1") -> ProxyAddress:
    """A proxy on *port* that is signed in to, as far as its protocol knows that."""
    return ProxyAddress(scheme, host, port, "reader", None if scheme == "socks4" else Secret(PASSWORD))


async def ask(
    client: Client,
    address: ProxyAddress | None,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    connect_timeout: float = PATIENT,
    total_timeout: float = PATIENT,
) -> Response:
    """One exchange."""
    request = WireRequest(url, headers or {})
    return await client.fetch(address, request, connect_timeout=connect_timeout, total_timeout=total_timeout)


async def failure(
    client: Client,
    address: ProxyAddress | None,
    url: str,
    *,
    connect_timeout: float = PATIENT,
    total_timeout: float = PATIENT,
) -> Ending:
    """Phase, reason and blame of an exchange that must fail, showing nothing of the password."""
    with pytest.raises(TransportError) as caught:
        await ask(client, address, url, connect_timeout=connect_timeout, total_timeout=total_timeout)
    error = caught.value
    assert error.detail
    assert len(error.detail) <= 200
    assert error.__cause__ is None
    assert error.__context__ is None
    for shown in (str(error), repr(error), error.detail, "".join(traceback.format_exception(error))):
        assert PASSWORD not in shown
        assert "pl4nted" not in shown
    return error.phase, error.reason, error.blame
