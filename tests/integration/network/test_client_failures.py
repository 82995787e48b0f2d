"""The exception table, row by row, over HTTP proxies that misbehave."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from core.domain.verdict import Blame, Reason
from core.network.client import BODY_LIMIT, Client
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import BRIEF, ask, failure, proxy_at
from tests.integration.network.peers import (
    OK,
    TUNNEL,
    Script,
    black_hole,
    for_ever,
    hanging_after,
    head,
    listening,
    replying,
    reset,
    resetting_after,
    tunnelling,
)

PLAIN = "http://127.0.0.1:9/"
SECURE = "https://localhost:9/"

HALF_A_BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
HALF_A_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"
NO_GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"


def status(line: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "", ""]).encode()


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ends the connection at once."""


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await head(reader)
    writer.write(HALF_A_BODY)
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(BRIEF / 20)


AN_ANSWER_BROKE = ("headers", Reason.NET_ERROR, Blame.ROUTE)
A_BODY_BROKE = ("body", Reason.NET_ERROR, Blame.ROUTE)
NO_HTTP = ("headers", Reason.PROXY_ERROR, Blame.PROXY)
THE_PROXY_SPOKE = ("proxy", Reason.PROXY_ERROR, Blame.PROXY)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(hanging_up, AN_ANSWER_BROKE, id="closes at once"),
        pytest.param(resetting, AN_ANSWER_BROKE, id="resets at once"),
        pytest.param(resetting_after(), AN_ANSWER_BROKE, id="resets before the answer"),
        pytest.param(replying(), AN_ANSWER_BROKE, id="closes after the request"),
        pytest.param(replying(b"HTTP/1.1 200 OK\r\nContent-"), AN_ANSWER_BROKE, id="closes in the headers"),
        pytest.param(replying(HALF_A_BODY), A_BODY_BROKE, id="closes in the body"),
        pytest.param(replying(HALF_A_CHUNK), A_BODY_BROKE, id="closes in a chunk"),
        pytest.param(resetting_after(HALF_A_BODY), A_BODY_BROKE, id="resets in the body"),
        pytest.param(replying(NO_GZIP), A_BODY_BROKE, id="invalid gzip"),
        pytest.param(replying(b"SSH-2.0-OpenSSH_9.2\r\n"), NO_HTTP, id="no HTTP"),
        pytest.param(replying(b"\x05\xff"), NO_HTTP, id="a SOCKS proxy"),
        pytest.param(replying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), NO_HTTP, id="bad length"),
        # What follows cannot be told from what was no HTTP from its beginning.
        pytest.param(replying(OK + b"{}"), NO_HTTP, id="a body longer than its length"),
        pytest.param(replying(status("200 OK", "X-Long: " + "x" * 9_000)), NO_HTTP, id="a header over 8190 bytes"),
        pytest.param(replying(status("407 Auth", "Proxy-Authenticate: Basic")), THE_PROXY_SPOKE, id="407"),
        pytest.param(replying(status("503 No", "X-Squid-Error: ERR_CONNECT_FAIL 111")), THE_PROXY_SPOKE, id="squid"),
        pytest.param(replying(status("502 No", "Proxy-agent: proxy.py v2")), THE_PROXY_SPOKE, id="names its agent"),
        pytest.param(replying(status("500 No", "Server: tinyproxy/1.11.1")), THE_PROXY_SPOKE, id="is its own server"),
    ],
)
async def test_a_proxy_that_breaks_a_plain_exchange_is_explained(
    client: Client, script: Script, expected: tuple[Any, ...]
) -> None:
    async with listening(script) as port:
        assert await failure(client, proxy_at(port), PLAIN) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(hanging_after(), ("headers", Reason.TIMEOUT, Blame.ROUTE), id="hangs"),
        pytest.param(hanging_after(HALF_A_BODY), ("body", Reason.TIMEOUT, Blame.ROUTE), id="hangs in the body"),
        pytest.param(dripping, ("body", Reason.TIMEOUT, Blame.ROUTE), id="drips"),
    ],
)
async def test_a_proxy_that_takes_too_long_over_a_plain_exchange_is_explained(
    client: Client, script: Script, expected: tuple[Any, ...]
) -> None:
    async with listening(script) as port:
        assert await failure(client, proxy_at(port), PLAIN, total_timeout=BRIEF) == expected


MAYBE_THE_PLATFORM = ("proxy", Reason.PROXY_ERROR, Blame.ROUTE)
HUNG_UP = ("proxy", Reason.NET_ERROR, Blame.ROUTE)
NO_TLS = ("connect", Reason.NET_ERROR, Blame.ROUTE)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(replying(status("403 Forbidden")), THE_PROXY_SPOKE, id="403"),
        pytest.param(replying(status("407 Auth", "Proxy-Authenticate: Basic")), THE_PROXY_SPOKE, id="407"),
        pytest.param(replying(b"HTTP/1.1 599\r\n\r\n"), THE_PROXY_SPOKE, id="a status without a name"),
        pytest.param(replying(status("204 No Content")), THE_PROXY_SPOKE, id="204"),
        pytest.param(replying(status("500 No")), MAYBE_THE_PLATFORM, id="500"),
        pytest.param(replying(status("502 Bad Gateway")), MAYBE_THE_PLATFORM, id="502"),
        pytest.param(replying(status("503 No")), MAYBE_THE_PLATFORM, id="503"),
        pytest.param(replying(status("504 Late")), MAYBE_THE_PLATFORM, id="504"),
        pytest.param(replying(b"SSH-2.0-OpenSSH_9.2\r\n"), THE_PROXY_SPOKE, id="no HTTP"),
        pytest.param(hanging_up, HUNG_UP, id="closes at once"),
        pytest.param(replying(), HUNG_UP, id="closes after the request"),
        pytest.param(resetting_after(), HUNG_UP, id="resets"),
        pytest.param(replying(TUNNEL), NO_TLS, id="connects, then closes"),
        pytest.param(resetting_after(TUNNEL), NO_TLS, id="connects, then resets"),
        pytest.param(replying(TUNNEL, b"HTTP/1.1 200 OK\r\n\r\n"), NO_TLS, id="connects, then plain text"),
    ],
)
async def test_a_proxy_that_does_not_connect_is_explained(
    client: Client, script: Script, expected: tuple[Any, ...]
) -> None:
    async with listening(script) as port:
        assert await failure(client, proxy_at(port), SECURE) == expected


async def test_a_proxy_that_hangs_on_connect_is_late_and_perhaps_not_to_blame(client: Client) -> None:
    async with listening(hanging_after()) as port:
        late = await failure(client, proxy_at(port), SECURE, connect_timeout=BRIEF / 2, total_timeout=BRIEF)
    assert late == ("proxy", Reason.TIMEOUT, Blame.ROUTE)


@pytest.mark.parametrize(("connect", "total"), [(BRIEF, 20.0), (20.0, BRIEF)])
async def test_tls_that_hangs_behind_the_proxy_is_late_and_perhaps_not_the_proxys_fault(
    client: Client, connect: float, total: float
) -> None:
    async with listening(hanging_after(TUNNEL)) as port:
        late = await failure(client, proxy_at(port), SECURE, connect_timeout=connect, total_timeout=total)
    assert late == ("connect", Reason.TIMEOUT, Blame.ROUTE)


async def test_a_bad_certificate_behind_the_proxy_may_be_the_platforms_or_the_proxys(
    client: Client, certificates: Certificates
) -> None:
    async with listening(replying(), certificates.foreign) as target, listening(tunnelling) as port:
        bad = await failure(client, proxy_at(port), f"https://127.0.0.1:{target}/")
    assert bad == ("connect", Reason.NET_ERROR, Blame.ROUTE)


async def test_what_is_no_http_inside_the_tunnel_is_the_platforms(client: Client, certificates: Certificates) -> None:
    async with listening(replying(b"nonsense\r\n"), certificates.good) as target, listening(tunnelling) as port:
        assert await failure(client, proxy_at(port), f"https://localhost:{target}/") == (
            "headers",
            Reason.NET_ERROR,
            Blame.PLATFORM,
        )


async def test_a_refusing_proxy_is_to_blame(client: Client, unused_tcp_port: int) -> None:
    for url in (PLAIN, SECURE):
        refused = await failure(client, proxy_at(unused_tcp_port), url)
        assert refused == ("connect", Reason.PROXY_ERROR, Blame.PROXY)


@pytest.mark.parametrize(("connect", "total"), [(BRIEF, 20.0), (20.0, BRIEF)])
@pytest.mark.parametrize("url", [PLAIN, SECURE])
async def test_a_proxy_that_swallows_connections_is_to_blame_whichever_time_runs_out(
    client: Client, url: str, connect: float, total: float
) -> None:
    async with black_hole() as port:
        late = await failure(client, proxy_at(port), url, connect_timeout=connect, total_timeout=total)
    assert late == ("connect", Reason.TIMEOUT, Blame.PROXY)


async def test_a_proxy_whose_name_is_unknown_is_to_blame(client: Client, no_names: None) -> None:
    for scheme in ("http", "https", "socks5"):
        unknown = await failure(client, proxy_at(8080, scheme, "no-such-proxy.example"), SECURE)
        assert unknown == ("connect", Reason.PROXY_ERROR, Blame.PROXY)


async def test_a_proxy_with_a_bad_certificate_is_to_blame(client: Client, certificates: Certificates) -> None:
    async with listening(hanging_after(), certificates.foreign) as port:
        for url in (PLAIN, SECURE):
            bad = await failure(client, proxy_at(port, "https"), url)
            assert bad == ("connect", Reason.PROXY_ERROR, Blame.PROXY)


async def test_a_plain_proxy_taken_for_one_with_tls_is_to_blame(client: Client) -> None:
    async def waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await for_ever()

    async with listening(waiting) as port:
        late = await failure(client, proxy_at(port, "https"), PLAIN, connect_timeout=BRIEF)
    assert late == ("connect", Reason.TIMEOUT, Blame.PROXY)


async def test_without_a_proxy_what_cannot_be_reached_is_the_platform(
    client: Client, certificates: Certificates, unused_tcp_port: int
) -> None:
    refused = await failure(client, None, f"http://127.0.0.1:{unused_tcp_port}/")
    assert refused == ("connect", Reason.NET_ERROR, Blame.PLATFORM)
    async with black_hole() as port:
        late = await failure(client, None, f"http://127.0.0.1:{port}/", connect_timeout=BRIEF)
    assert late == ("connect", Reason.TIMEOUT, Blame.PLATFORM)
    async with listening(replying(), certificates.foreign) as port:
        bad = await failure(client, None, f"https://localhost:{port}/")
    assert bad == ("connect", Reason.NET_ERROR, Blame.PLATFORM)


async def test_without_a_proxy_an_unknown_name_is_the_platforms(client: Client, no_names: None) -> None:
    unknown = await failure(client, None, "https://no-such-platform.example/")
    assert unknown == ("connect", Reason.NET_ERROR, Blame.PLATFORM)


async def test_plain_http_goes_over_no_proxy_but_those_of_this_machine(client: Client) -> None:
    kept = await failure(client, proxy_at(8080, host="192.0.2.1"), PLAIN)
    assert kept == ("connect", Reason.PROXY_ERROR, Blame.PROXY)


async def test_an_answer_longer_than_the_limit_has_the_wrong_shape(client: Client) -> None:
    longest = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % BODY_LIMIT + b"x" * BODY_LIMIT
    async with listening(hanging_after(longest)) as port:
        assert len((await ask(client, proxy_at(port), PLAIN)).body) == BODY_LIMIT
    longer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1) + b"x" * (BODY_LIMIT + 1)
    async with listening(hanging_after(longer)) as port:
        assert await failure(client, proxy_at(port), PLAIN) == ("body", Reason.WRONG_SHAPE, Blame.ROUTE)


@pytest.mark.parametrize("answer", ["401 No", "404 No", "407 Auth", "503 No"])
async def test_a_relayed_error_of_the_platform_is_an_answer(client: Client, answer: str) -> None:
    async with listening(replying(status(answer, "Via: 1.1 outside (squid/5.7)", "Server: squid"))) as port:
        assert (await ask(client, proxy_at(port), PLAIN)).status == int(answer[:3])


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows a name, without asking the network."""

    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
