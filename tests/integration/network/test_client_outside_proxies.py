"""Proxy programs of others: what they do when the platform answers, refuses, hangs, hangs up or has no name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.client import Client
from core.secrets import Secret
from tests import outside_proxies
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import PATIENT, Ending, ask, failure
from tests.integration.network.peers import OK, Origin, Script, hanging_after, listening, replying

pytestmark = pytest.mark.outside_proxy

NO_NAME = "https://no-such-platform.invalid/"
# As long as we wait for those that wait as long as we do; squid gives up after its own second.
SHORT = 1.5


Started = Callable[[Path], AbstractAsyncContextManager[ProxyAddress]]

# Started inside the test: pytest cannot start an asynchronous fixture that is asked for by name.
PROGRAMS: dict[str, Started] = {
    "squid": outside_proxies.squid,
    "tinyproxy": outside_proxies.tinyproxy,
    "dante": outside_proxies.dante,
    "microsocks": lambda _: outside_proxies.microsocks(),
}
every_program = pytest.mark.parametrize("name", list(PROGRAMS))

OF_THE_PROXY = ("proxy", Reason.PROXY_ERROR, Blame.PROXY)
OF_EITHER = ("proxy", Reason.PROXY_ERROR, Blame.ROUTE)
OF_THE_PLATFORM = ("proxy", Reason.NET_ERROR, Blame.PLATFORM)
NO_ANSWER = ("headers", Reason.NET_ERROR, Blame.ROUTE)
NO_ANSWER_IN_TIME = ("headers", Reason.TIMEOUT, Blame.ROUTE)


def wrong(address: ProxyAddress) -> ProxyAddress:
    """*address* with another password."""
    return ProxyAddress(address.scheme, address.host, address.port, address.user, Secret("another"))


async def in_plain_text(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers the beginning of TLS with HTTP and hangs up."""
    await reader.read(1)
    writer.write(OK)
    await writer.drain()


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


@every_program
async def test_answers_and_errors_of_the_platform_come_through(
    client: Client, certificates: Certificates, tmp_path: Path, name: str
) -> None:
    async with PROGRAMS[name](tmp_path) as address:
        assert await relayed(client, address, certificates) == ALL_RELAYED


@pytest.mark.parametrize(
    ("name", "expected"),
    [("squid", OF_EITHER), ("tinyproxy", OF_EITHER), ("dante", OF_THE_PLATFORM), ("microsocks", OF_THE_PLATFORM)],
)
async def test_a_platform_that_refuses_connections_is_never_the_proxys_fault_alone(
    client: Client, tmp_path: Path, unused_tcp_port: int, name: str, expected: Ending
) -> None:
    async with PROGRAMS[name](tmp_path) as address:
        assert await failure(client, address, f"https://127.0.0.1:{unused_tcp_port}/") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("squid", OF_EITHER), ("tinyproxy", OF_EITHER), ("dante", OF_THE_PLATFORM), ("microsocks", OF_EITHER)],
)
async def test_a_platform_that_has_no_name_is_never_the_proxys_fault_alone(
    client: Client, tmp_path: Path, name: str, expected: Ending
) -> None:
    async with PROGRAMS[name](tmp_path) as address:
        assert await failure(client, address, NO_NAME) == expected


@pytest.mark.parametrize(
    ("name", "script", "expected"),
    [
        pytest.param("squid", replying(), OF_THE_PROXY, id="squid, hangs up"),
        pytest.param("squid", hanging_after(), OF_THE_PROXY, id="squid, hangs"),
        pytest.param("tinyproxy", replying(), NO_ANSWER, id="tinyproxy, hangs up"),
        pytest.param("tinyproxy", hanging_after(), NO_ANSWER_IN_TIME, id="tinyproxy, hangs"),
        pytest.param("dante", replying(), NO_ANSWER, id="dante, hangs up"),
        pytest.param("dante", hanging_after(), NO_ANSWER_IN_TIME, id="dante, hangs"),
        pytest.param("microsocks", replying(), NO_ANSWER, id="microsocks, hangs up"),
        pytest.param("microsocks", hanging_after(), NO_ANSWER_IN_TIME, id="microsocks, hangs"),
    ],
)
async def test_a_platform_that_gives_no_answer_in_plain_text_is_explained(
    client: Client, tmp_path: Path, name: str, script: Script, expected: Ending
) -> None:
    # Only squid answers in the platform's place, and it has a second to do so.
    total = PATIENT if name == "squid" or expected is NO_ANSWER else SHORT
    async with PROGRAMS[name](tmp_path) as address, listening(script) as port:
        assert await failure(client, address, f"http://localhost:{port}/", total_timeout=total) == expected


@every_program
async def test_tls_that_breaks_off_behind_the_proxy_may_be_either_ones_fault(
    client: Client, tmp_path: Path, name: str
) -> None:
    async with PROGRAMS[name](tmp_path) as address, listening(in_plain_text) as port:
        broken = await failure(client, address, f"https://localhost:{port}/")
    assert broken == ("connect", Reason.NET_ERROR, Blame.ROUTE)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        # It ends the tunnel after its own second.
        ("squid", Reason.NET_ERROR),
        ("tinyproxy", Reason.TIMEOUT),
        ("dante", Reason.TIMEOUT),
        ("microsocks", Reason.TIMEOUT),
    ],
)
async def test_tls_that_hangs_behind_the_proxy_may_be_either_ones_fault(
    client: Client, tmp_path: Path, name: str, reason: Reason
) -> None:
    total = PATIENT if name == "squid" else SHORT
    async with PROGRAMS[name](tmp_path) as address, listening(hanging_after()) as port:
        late = await failure(client, address, f"https://localhost:{port}/", total_timeout=total)
    assert late == ("connect", reason, Blame.ROUTE)


@pytest.mark.parametrize("name", ["tinyproxy", "microsocks"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_wrong_password_is_the_proxys_matter_and_is_not_shown(
    client: Client, tmp_path: Path, name: str, scheme: str
) -> None:
    async with PROGRAMS[name](tmp_path) as address, listening(Origin()) as port:
        assert await failure(client, wrong(address), f"{scheme}://localhost:{port}/") == OF_THE_PROXY
