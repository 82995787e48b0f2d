"""What goes over a connection that is used again: the same as over a new one, and it fails in the same ways."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from core.clock import SystemClock
from core.domain.verdict import Blame, Reason
from core.network.client import BODY_LIMIT, Client
from core.network.errors import TransportError
from core.sources.base import WireRequest
from core.tasks import spawn
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import BRIEF, ask, failure, proxy_at
from tests.integration.network.peers import (
    OK,
    Origin,
    Script,
    Socks5,
    hanging_after,
    head,
    listening,
    replying,
    resetting_after,
    tunnelling,
)
from tests.integration.network.test_client_failures import (
    A_BODY_BROKE,
    AN_ANSWER_BROKE,
    HALF_A_BODY,
    HALF_A_CHUNK,
    NO_GZIP,
    NO_HTTP,
    THE_PROXY_SPOKE,
    dripping,
    status,
)

PLAIN = "http://127.0.0.1:9/"


def then(script: Script) -> Script:
    """Answers one request well, and is *script* from there on; a second connection gets nothing."""
    connections = 0

    async def both(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        if connections == 1:
            await head(reader)
            writer.write(OK)
            await script(reader, writer)

    return both


@pytest.fixture
def nothing_new(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once it is called, whatever would need a new connection fails."""

    async def refused(*_: object, **__: object) -> None:
        raise AssertionError("a new connection was asked for")

    return lambda: monkeypatch.setattr(ClientSession, "_request", refused)


@pytest.mark.parametrize("way", ["direct", "http", "tunnel", "socks5", "socks5 and tls"])
async def test_a_second_request_goes_over_the_connection_of_the_first_and_is_spelled_alike(
    client: Client, certificates: Certificates, nothing_new: Callable[[], None], way: str
) -> None:
    tls = certificates.good if way in ("tunnel", "socks5 and tls") else None
    relays: dict[str, Script] = {"tunnel": tunnelling, "socks5": Socks5(), "socks5 and tls": Socks5()}
    origin = Origin()
    async with listening(origin, tls) as target, listening(relays.get(way, origin)) as port:
        address = None if way == "direct" else proxy_at(port, "socks5" if way.startswith("socks5") else "http")
        url = f"{'http' if tls is None else 'https'}://{'127.0.0.1' if tls is None else 'localhost'}:{target}"
        headers = {"Accept": "*/*", "Cookie": "a=1; b=2", "X-Last": "x"}
        for path in ("/one?reel_ids=1&x=%7E,%20", "/two", "/one?reel_ids=1&x=%7E,%20"):
            request = WireRequest(url + path, headers)
            answer = await client.fetch(address, request, connect_timeout=9, total_timeout=9)
            assert (answer.status, answer.body) == (200, b"{}")
            assert answer.header("content-type") == "application/json"
            nothing_new()
    first, _, third = origin.heads
    assert third == first
    assert first.startswith(b"GET http://" if way == "http" else b"GET /one?reel_ids=1&x=%7E,%20 HTTP/1.1\r\n")
    assert (b"Proxy-Authorization" in first) is (way == "http")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(replying(), AN_ANSWER_BROKE, id="closes after the request"),
        pytest.param(resetting_after(), AN_ANSWER_BROKE, id="resets before the answer"),
        pytest.param(replying(b"HTTP/1.1 200 OK\r\nContent-"), AN_ANSWER_BROKE, id="closes in the headers"),
        pytest.param(replying(HALF_A_BODY), A_BODY_BROKE, id="closes in the body"),
        pytest.param(replying(HALF_A_CHUNK), A_BODY_BROKE, id="closes in a chunk"),
        pytest.param(resetting_after(HALF_A_BODY), A_BODY_BROKE, id="resets in the body"),
        pytest.param(replying(NO_GZIP), A_BODY_BROKE, id="invalid gzip"),
        pytest.param(replying(b"SSH-2.0-OpenSSH_9.2\r\n"), NO_HTTP, id="no HTTP"),
        pytest.param(replying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), NO_HTTP, id="bad length"),
        pytest.param(replying(OK + b"{}"), NO_HTTP, id="a body longer than its length"),
        pytest.param(replying(status("200 OK", "X-Long: " + "x" * 9_000)), NO_HTTP, id="a header over 8190 bytes"),
        pytest.param(replying(status("407 Auth", "Proxy-Authenticate: Basic")), THE_PROXY_SPOKE, id="407"),
        pytest.param(replying(status("503 No", "X-Squid-Error: ERR_CONNECT_FAIL 111")), THE_PROXY_SPOKE, id="squid"),
        pytest.param(hanging_after(), ("headers", Reason.TIMEOUT, Blame.ROUTE), id="hangs"),
        pytest.param(hanging_after(HALF_A_BODY), ("body", Reason.TIMEOUT, Blame.ROUTE), id="hangs in the body"),
        pytest.param(dripping, ("body", Reason.TIMEOUT, Blame.ROUTE), id="drips"),
    ],
)
async def test_what_breaks_a_kept_connection_is_explained_as_on_a_new_one(
    client: Client, nothing_new: Callable[[], None], script: Script, expected: tuple[Any, ...]
) -> None:
    timed_out = expected[1] is Reason.TIMEOUT
    async with listening(then(script)) as port:
        await ask(client, proxy_at(port), PLAIN)
        nothing_new()
        more = {"total_timeout": BRIEF} if timed_out else {}
        assert await failure(client, proxy_at(port), PLAIN, **more) == expected


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        pytest.param((b"HTTP/1.1 200 OK\r\nCont", b"ent-Length: 4\r\n\r\n{", b" }\n"), b"{ }\n", id="in pieces"),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{ \r\n", b"1\r\n}\r\n0\r\n\r\n"),
            b"{ }",
            id="in chunks",
        ),
        pytest.param((b"HTTP/1.1 200 OK\r\n\r\n{", b"}"), b"{}", id="until it closes"),
        pytest.param((b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,), b"{}", id="after hints"),
        pytest.param((b"HTTP/1.1 204 No Content\r\n\r\n",), b"", id="without a body"),
    ],
)
async def test_an_answer_comes_whole_however_it_is_cut(
    client: Client, nothing_new: Callable[[], None], parts: tuple[bytes, ...], body: bytes
) -> None:
    async with listening(then(replying(*parts))) as port:
        await ask(client, proxy_at(port), PLAIN)
        nothing_new()
        assert (await ask(client, proxy_at(port), PLAIN)).body == body


async def test_an_answer_that_is_longer_than_what_is_read_ahead_comes_whole(
    client: Client, nothing_new: Callable[[], None]
) -> None:
    body = bytes(range(256)) * 6_000
    packer = zlib.compressobj(level=1, wbits=31)
    packed = packer.compress(body) + packer.flush()
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed,
    ]

    async def one_after_the_other(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in (OK, *answers, *answers):
            await head(reader)
            writer.write(answer)
            await writer.drain()

    async with listening(one_after_the_other) as port:
        await ask(client, proxy_at(port), PLAIN)
        nothing_new()
        for _ in range(2 * len(answers)):
            assert (await ask(client, proxy_at(port), PLAIN)).body == body


async def test_a_packed_answer_is_unpacked_and_one_that_is_too_long_given_up(
    client: Client, nothing_new: Callable[[], None]
) -> None:
    packer = zlib.compressobj(wbits=31)
    packed = packer.compress(b"x" * (BODY_LIMIT + 1)) + packer.flush()
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
    async with listening(then(hanging_after(answer))) as port:
        await ask(client, proxy_at(port), PLAIN)
        nothing_new()
        with pytest.raises(TransportError, match="longer than 2000000 bytes"):
            await ask(client, proxy_at(port), PLAIN)


@pytest.mark.parametrize("part", [b"", HALF_A_BODY], ids=["before the answer", "in the body"])
async def test_a_connection_whose_exchange_was_cancelled_is_closed_and_not_used_again(
    client: Client, part: bytes
) -> None:
    reached, ended = asyncio.Event(), asyncio.Event()

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(part)
        await writer.drain()
        reached.set()
        await reader.read()
        ended.set()

    async with listening(then(half)) as port:
        await ask(client, proxy_at(port), PLAIN)
        exchange = spawn(ask(client, proxy_at(port), PLAIN), name="cancelled")
        await reached.wait()
        exchange.cancel()
        with pytest.raises(asyncio.CancelledError):
            await exchange
        async with asyncio.timeout(5):
            await ended.wait()
        # The second connection is told nothing, so nothing can have gone over the first one.
        assert await failure(client, proxy_at(port), PLAIN) == AN_ANSWER_BROKE


async def test_a_connection_that_the_other_side_will_close_is_not_used_again(client: Client) -> None:
    origin = Origin(OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
    async with listening(origin) as port:
        for _ in range(3):
            await ask(client, proxy_at(port), PLAIN)
    assert origin.connections == 3


async def test_a_header_that_would_end_its_line_is_not_sent_over_a_kept_connection_either(client: Client) -> None:
    origin = Origin()
    async with listening(origin) as port:
        await ask(client, proxy_at(port), PLAIN)
        with pytest.raises(ValueError, match=r"(?i)newline|carriage|header"):
            await ask(client, proxy_at(port), PLAIN, {"Cookie": "a=1\r\nX-Other: 2"})
        await ask(client, proxy_at(port), PLAIN)
    assert len(origin.heads) == 2


async def test_closing_ends_the_exchanges_that_are_under_way_over_kept_connections() -> None:
    reached = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        reached.set()
        await reader.read()

    async with listening(then(silent)) as port:
        async with Client(clock=SystemClock()) as client:
            await ask(client, proxy_at(port), PLAIN)
            exchange = spawn(ask(client, proxy_at(port), PLAIN), name="under way")
            await reached.wait()
        with pytest.raises(TransportError):
            await exchange


async def test_each_exchange_has_its_own_time_also_when_many_run_at_once(client: Client) -> None:
    """Two answers that never come, and one that comes meanwhile and again after them."""
    async with (
        listening(then(hanging_after())) as first,
        listening(then(hanging_after())) as second,
        listening(Origin()) as good,
    ):
        for port in (first, second, good):
            await ask(client, proxy_at(port), PLAIN)
        silent = [proxy_at(port) for port in (first, second)]
        late = [spawn(failure(client, each, PLAIN, total_timeout=BRIEF), name="late") for each in silent]
        assert (await ask(client, proxy_at(good), PLAIN)).status == 200
        assert [await each for each in late] == [("headers", Reason.TIMEOUT, Blame.ROUTE)] * 2
        assert (await ask(client, proxy_at(good), PLAIN)).status == 200
