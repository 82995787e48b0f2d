"""SOCKS proxies: the rows of the exception table that are theirs, and how many connections are kept."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from core.clock import SystemClock
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.client import Client
from core.secrets import Secret
from core.tasks import spawn
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import BRIEF, PASSWORD, ask, failure, proxy_at
from tests.integration.network.peers import (
    OK,
    SOCKS5_GRANTED,
    Origin,
    Script,
    Socks5,
    black_hole,
    for_ever,
    greeted,
    head,
    listening,
    replying,
    reset,
    socks_request,
)

PLAIN = "http://127.0.0.1:9/"
SECURE = "https://127.0.0.1:9/"

HUNG_UP = ("proxy", Reason.NET_ERROR, Blame.ROUTE)
THE_PROXY_REFUSED = ("proxy", Reason.PROXY_ERROR, Blame.PROXY)
EITHER_REFUSED = ("proxy", Reason.PROXY_ERROR, Blame.ROUTE)
THE_PLATFORM_REFUSED = ("proxy", Reason.NET_ERROR, Blame.PLATFORM)


def choosing(method: int) -> Script:
    """Takes the greeting, picks a way to sign in, hangs up after what comes then."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greeted(reader)
        writer.write(bytes([5, method]))
        await reader.read(1_000)

    return script


def asked(answer: bytes, *, then: Script | None = None) -> Script:
    """Signs in nobody, takes the request, sends *answer*, and goes on as *then*."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greeted(reader)
        writer.write(b"\x05\x00")
        await socks_request(reader)
        writer.write(answer)
        await writer.drain()
        if then is not None:
            await then(reader, writer)

    return script


def asked_by_socks4(code: int) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        await reader.readuntil(b"\x00")
        writer.write(bytes([0, code]) + bytes(6))

    return script


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ends the connection at once."""


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def hanging(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await for_ever()


async def answering_in_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def refusing_the_password(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await Socks5(password=b"another")(reader, writer)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(hanging_up, HUNG_UP, id="closes at once"),
        pytest.param(resetting, HUNG_UP, id="resets at once"),
        pytest.param(choosing(0), HUNG_UP, id="closes on the request"),
        pytest.param(asked(b"\x05"), HUNG_UP, id="closes in its reply"),
        pytest.param(answering_in_http, THE_PROXY_REFUSED, id="is an HTTP server"),
        pytest.param(choosing(0xFF), THE_PROXY_REFUSED, id="wants no such sign-in"),
        pytest.param(choosing(0x01), THE_PROXY_REFUSED, id="wants a sign-in that was not offered"),
        pytest.param(refusing_the_password, THE_PROXY_REFUSED, id="knows another password"),
        pytest.param(asked(b"\x05\x01\x00"), EITHER_REFUSED, id="reply 1"),
        pytest.param(asked(b"\x05\x02\x00"), THE_PROXY_REFUSED, id="reply 2"),
        pytest.param(asked(b"\x05\x03\x00"), THE_PLATFORM_REFUSED, id="reply 3"),
        pytest.param(asked(b"\x05\x04\x00"), THE_PLATFORM_REFUSED, id="reply 4"),
        pytest.param(asked(b"\x05\x05\x00"), THE_PLATFORM_REFUSED, id="reply 5"),
        pytest.param(asked(b"\x05\x06\x00"), THE_PLATFORM_REFUSED, id="reply 6"),
        pytest.param(asked(b"\x05\x07\x00"), THE_PROXY_REFUSED, id="reply 7"),
        pytest.param(asked(b"\x05\x08\x00"), THE_PROXY_REFUSED, id="reply 8"),
        pytest.param(asked(b"\x05\x63\x00"), THE_PROXY_REFUSED, id="a reply that does not exist"),
        pytest.param(asked(b"\x05\x00\x00\x09"), THE_PROXY_REFUSED, id="a kind of address that does not exist"),
        pytest.param(asked(b"\x05\x00\x00\x03\x02\xff\xfe\x00\x00"), THE_PROXY_REFUSED, id="a name that is no text"),
    ],
)
async def test_a_socks5_proxy_that_does_not_connect_is_explained(
    client: Client, script: Script, expected: tuple[Any, ...]
) -> None:
    async with listening(script) as port:
        assert await failure(client, proxy_at(port, "socks5"), SECURE) == expected


@pytest.mark.parametrize(("code", "expected"), [(91, EITHER_REFUSED), (92, THE_PROXY_REFUSED), (93, THE_PROXY_REFUSED)])
async def test_a_socks4_proxy_that_does_not_connect_is_explained(
    client: Client, code: int, expected: tuple[Any, ...]
) -> None:
    async with listening(asked_by_socks4(code)) as port:
        assert await failure(client, proxy_at(port, "socks4"), SECURE) == expected


@pytest.mark.parametrize(("connect", "total"), [(BRIEF, 20.0), (20.0, BRIEF)])
@pytest.mark.parametrize("script", [hanging, asked(b"\x05")], ids=["in the greeting", "in the reply"])
async def test_a_socks_proxy_that_hangs_is_late_and_perhaps_not_to_blame(
    client: Client, script: Script, connect: float, total: float
) -> None:
    async def hanging_there(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await script(reader, writer)
        await for_ever()

    async with listening(hanging_there) as port:
        late = await failure(client, proxy_at(port, "socks5"), SECURE, connect_timeout=connect, total_timeout=total)
    assert late == ("proxy", Reason.TIMEOUT, Blame.ROUTE)


async def test_a_socks_proxy_that_refuses_connections_is_to_blame(client: Client, unused_tcp_port: int) -> None:
    refused = await failure(client, proxy_at(unused_tcp_port, "socks5"), PLAIN)
    assert refused == ("connect", Reason.PROXY_ERROR, Blame.PROXY)


@pytest.mark.parametrize(("connect", "total"), [(BRIEF, 20.0), (20.0, BRIEF)])
async def test_a_socks_proxy_that_swallows_connections_is_to_blame(
    client: Client, connect: float, total: float
) -> None:
    async with black_hole() as port:
        late = await failure(client, proxy_at(port, "socks5"), PLAIN, connect_timeout=connect, total_timeout=total)
    assert late == ("connect", Reason.TIMEOUT, Blame.PROXY)


async def test_a_name_that_we_look_up_for_socks_in_vain_is_the_platforms(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = socket.getaddrinfo

    def without_the_platform(host: str, *args: Any, **kwargs: Any) -> list[Any]:
        if host == "no-such-platform.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return list(known(host, *args, **kwargs))

    monkeypatch.setattr(socket, "getaddrinfo", without_the_platform)
    async with listening(Socks5()) as port:
        unknown = await failure(client, ProxyAddress("socks5", "127.0.0.1", port), "https://no-such-platform.example/")
    assert unknown == ("proxy", Reason.NET_ERROR, Blame.PLATFORM)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        pytest.param(hanging_up, ("connect", Reason.NET_ERROR, Blame.ROUTE), id="closes"),
        pytest.param(resetting, ("connect", Reason.NET_ERROR, Blame.ROUTE), id="resets"),
        pytest.param(answering_in_http, ("connect", Reason.NET_ERROR, Blame.ROUTE), id="speaks plain text"),
    ],
)
async def test_tls_that_fails_behind_socks_is_perhaps_not_the_proxys_fault(
    client: Client, then: Script, expected: tuple[Any, ...]
) -> None:
    async with listening(asked(SOCKS5_GRANTED, then=then)) as port:
        assert await failure(client, proxy_at(port, "socks5"), SECURE) == expected


@pytest.mark.parametrize(("connect", "total"), [(BRIEF, 20.0), (20.0, BRIEF)])
async def test_tls_that_hangs_behind_socks_ends_with_whichever_time_runs_out(
    client: Client, connect: float, total: float
) -> None:
    async with listening(asked(SOCKS5_GRANTED, then=hanging)) as port:
        late = await failure(client, proxy_at(port, "socks5"), SECURE, connect_timeout=connect, total_timeout=total)
    assert late == ("connect", Reason.TIMEOUT, Blame.ROUTE)


async def test_a_bad_certificate_behind_socks_may_be_the_platforms_or_the_proxys(
    client: Client, certificates: Certificates
) -> None:
    async with listening(replying(), certificates.foreign) as target, listening(Socks5()) as port:
        bad = await failure(client, ProxyAddress("socks5", "127.0.0.1", port), f"https://localhost:{target}/")
    assert bad == ("connect", Reason.NET_ERROR, Blame.ROUTE)


async def test_what_is_no_http_behind_socks_is_the_platforms_only_inside_tls(
    client: Client, certificates: Certificates
) -> None:
    nonsense = replying(b"nonsense\r\n")
    async with (
        listening(Socks5()) as port,
        listening(nonsense, certificates.good) as secure,
        listening(nonsense) as plain,
    ):
        address = ProxyAddress("socks5", "127.0.0.1", port)
        over_tls = await failure(client, address, f"https://localhost:{secure}/")
        in_the_open = await failure(client, address, f"http://localhost:{plain}/")
    assert over_tls == ("headers", Reason.NET_ERROR, Blame.PLATFORM)
    assert in_the_open == ("headers", Reason.NET_ERROR, Blame.ROUTE)


@pytest.mark.parametrize(("scheme", "kind", "host"), [("socks5", 1, b"\x7f\x00\x00\x01"), ("socks5h", 3, b"localhost")])
async def test_socks5_looks_names_up_here_and_socks5h_lets_the_proxy_do_it(
    client: Client, certificates: Certificates, scheme: str, kind: int, host: bytes
) -> None:
    proxy = Socks5()
    async with listening(Origin(), certificates.good) as target, listening(proxy) as port:
        answer = await ask(client, ProxyAddress(scheme, "127.0.0.1", port), f"https://localhost:{target}/")
    assert answer.body == b"{}"
    assert proxy.asked == [(kind, host)]


@pytest.mark.parametrize("password", [PASSWORD, "пароль-ü"])
async def test_a_socks5_password_arrives_whole_in_utf8(client: Client, password: str) -> None:
    proxy = Socks5(password=password.encode())
    async with listening(Origin()) as target, listening(proxy) as port:
        address = ProxyAddress("socks5", "127.0.0.1", port, "ä:b", Secret(password))
        assert (await ask(client, address, f"http://127.0.0.1:{target}/")).status == 200
    assert proxy.signed_in == [("ä:b".encode(), password.encode())]


async def test_a_connection_over_socks_is_used_again(client: Client, certificates: Certificates) -> None:
    origin, proxy = Origin(), Socks5()
    async with listening(origin, certificates.good) as target, listening(proxy) as port:
        for _ in range(3):
            await ask(client, ProxyAddress("socks5", "127.0.0.1", port), f"https://localhost:{target}/")
    assert len(origin.heads) == 3
    assert len(proxy.asked) == 1


class Watched:
    """A SOCKS5 proxy that is its own platform and tells when a connection has ended."""

    def __init__(self, *, holds: bool = False) -> None:
        self.reached = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.ended = asyncio.Event()
        if not holds:
            self.goes_on.set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(SOCKS5_GRANTED)(reader, writer)
        await head(reader)
        self.reached.set()
        await self.goes_on.wait()
        writer.write(OK)
        await reader.read()
        self.ended.set()


async def test_the_least_recently_used_socks_proxy_is_let_go_when_one_too_many_is_kept() -> None:
    first, second, third = Watched(), Watched(), Watched()
    async with (
        Client(clock=SystemClock(), socks_connections=2) as client,
        listening(first) as one,
        listening(second) as two,
        listening(third) as three,
    ):
        for port in (one, two, three):
            await ask(client, ProxyAddress("socks5", "127.0.0.1", port), PLAIN)
        assert repr(client) == "<Client open | 2 SOCKS proxies>"
        await first.ended.wait()
        assert not second.ended.is_set()
        assert not third.ended.is_set()


async def test_a_socks_proxy_in_use_is_not_let_go() -> None:
    busy, other = Watched(holds=True), Watched()
    async with (
        Client(clock=SystemClock(), socks_connections=1) as client,
        listening(busy) as one,
        listening(other) as two,
    ):
        exchange = spawn(ask(client, ProxyAddress("socks5", "127.0.0.1", one), PLAIN), name="busy")
        await busy.reached.wait()
        await ask(client, ProxyAddress("socks5", "127.0.0.1", two), PLAIN)
        await other.ended.wait()  # it is over first, so it is the surplus
        assert repr(client) == "<Client open | 1 SOCKS proxies>"
        busy.goes_on.set()
        assert (await exchange).body == b"{}"
