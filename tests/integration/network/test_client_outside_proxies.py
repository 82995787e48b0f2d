"""Proxy programs of others: what they do when the platform answers, refuses, hangs, hangs up or has no name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.proxy_address import ProxyAddress
from core.network.client import Client
from core.secrets import Secret
from tests import outside_proxies
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import ask
from tests.integration.network.peers import Origin, listening

pytestmark = pytest.mark.outside_proxy

NO_NAME = "https://no-such-platform.invalid/"
# As long as a proxy takes to hang: squid is set to one second, the others wait for us.
SHORT = 2.5


@pytest.fixture
async def squid(tmp_path: Path) -> AsyncIterator[ProxyAddress]:
    async with outside_proxies.squid(tmp_path) as address:
        yield address


@pytest.fixture
async def tinyproxy(tmp_path: Path) -> AsyncIterator[ProxyAddress]:
    async with outside_proxies.tinyproxy(tmp_path) as address:
        yield address


@pytest.fixture
async def dante(tmp_path: Path) -> AsyncIterator[ProxyAddress]:
    async with outside_proxies.dante(tmp_path) as address:
        yield address


@pytest.fixture
async def microsocks() -> AsyncIterator[ProxyAddress]:
    async with outside_proxies.microsocks() as address:
        yield address


def wrong(address: ProxyAddress) -> ProxyAddress:
    """*address* with another password."""
    return ProxyAddress(address.scheme, address.host, address.port, address.user, Secret("another"))


async def relayed(client: Client, address: ProxyAddress, certificates: Certificates) -> list[tuple[int, bytes]]:
    """Status and body of an answer in plain text, two over one TLS connection, and an error of the platform's own."""
    refusing = Origin(b"HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nours")
    async with (
        listening(Origin()) as plain,
        listening(Origin(), certificates.good) as secure,
        listening(refusing) as failing,
    ):
        urls = [f"http://localhost:{plain}/", *[f"https://localhost:{secure}/"] * 2, f"http://localhost:{failing}/"]
        answers = [await ask(client, address, url) for url in urls]
    return [(answer.status, answer.body) for answer in answers]


ALL_RELAYED = [(200, b"{}"), (200, b"{}"), (200, b"{}"), (503, b"ours")]


@pytest.mark.parametrize("name", ["squid", "tinyproxy", "dante", "microsocks"])
async def test_answers_and_errors_of_the_platform_come_through(
    client: Client, certificates: Certificates, request: pytest.FixtureRequest, name: str
) -> None:
    address = request.getfixturevalue(name)
    assert await relayed(client, address, certificates) == ALL_RELAYED
