"""What goes onto the wire, what comes back, and what is left behind."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import tracemalloc
import zlib
from types import MappingProxyType

import pytest

from core.clock import FakeClock, SystemClock
from core.domain.proxy_address import ProxyAddress
from core.network.client import Client
from core.network.errors import TransportError
from core.secrets import Secret
from core.sources.base import WireRequest
from core.tasks import spawn
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import PASSWORD, ask, failure, proxy_at
from tests.integration.network.peers import (
    OK,
    SOCKS5_GRANTED,
    TUNNEL,
    Origin,
    Script,
    greeted,
    head,
    listening,
    replying,
    socks_request,
    tunnelling,
)

PLAIN = "http://127.0.0.1:9/"
SECURE = "https://localhost:9/"
UNASKED = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nunasked"


async def test_an_answer_comes_back_whole_with_its_times_by_the_clock() -> None:
    clock = FakeClock()
    body = b'{"reels": {}}'
    answer = (
        b"HTTP/1.1 429 Too Many Requests\r\nSet-Cookie: a=1\r\nX-Other: x\r\nset-cookie: b=2\r\n"
        b"Retry-After: 30\r\nContent-Length: %d\r\n\r\n" % len(body)
    ) + body

    async def after_two_seconds(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        await clock.advance(2.0)
        writer.write(answer)

    async with Client(clock=clock) as client, listening(after_two_seconds) as port:
        response = await ask(client, None, f"http://127.0.0.1:{port}/")
    assert (response.status, response.body) == (429, body)
    assert response.headers["set-cookie"] == ("a=1", "b=2")
    assert response.header("retry-after") == "30"
    assert response.elapsed == 2.0
    assert response.received_at == clock.now()


async def test_a_redirect_is_an_answer_and_is_not_followed(client: Client) -> None:
    origin = Origin(b"HTTP/1.1 302 Found\r\nLocation: /accounts/login/\r\nContent-Length: 0\r\n\r\n")
    async with listening(origin) as port:
        response = await ask(client, None, f"http://127.0.0.1:{port}/")
    assert (response.status, response.header("location")) == (302, "/accounts/login/")
    assert len(origin.heads) == 1


async def test_the_request_goes_out_as_it_was_given_and_nothing_is_added(client: Client) -> None:
    origin = Origin()
    async with listening(origin) as port:
        url = f"http://127.0.0.1:{port}/a%2Fb?reel_ids=1&reel_ids=2&x=%7E,%20"
        headers = MappingProxyType({"User-Agent": "Ours/1", "Accept-Encoding": "gzip", "Cookie": "a=1; b=2"})
        await client.fetch(None, WireRequest(url, headers), connect_timeout=9, total_timeout=9)
    assert origin.heads == [
        f"GET /a%2Fb?reel_ids=1&reel_ids=2&x=%7E,%20 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "User-Agent: Ours/1\r\nAccept-Encoding: gzip\r\nCookie: a=1; b=2\r\n\r\n".encode()
    ]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_no_proxy_is_taken_from_the_environment(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    origin = Origin()
    async with listening(origin) as port:
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        await ask(client, None, f"http://127.0.0.1:{port}/")
    assert len(origin.heads) == 1


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/", "http://127.0.0.1.example/", "ftp://localhost/", "https:///x", "http://localhost/ä"]
)
async def test_what_must_not_or_cannot_be_sent_is_a_mistake_of_the_program(client: Client, url: str) -> None:
    with pytest.raises(ValueError, match=r"http|URL"):
        await ask(client, None, url)


@pytest.mark.parametrize(("connect", "total"), [(0.0, 5.0), (5.0, 0.0)])
async def test_a_time_out_of_zero_is_refused_rather_than_taken_for_none(
    client: Client, connect: float, total: float
) -> None:
    with pytest.raises(ValueError, match="positive"):
        await ask(client, None, PLAIN, connect_timeout=connect, total_timeout=total)


async def test_a_client_that_is_not_open_sends_nothing() -> None:
    client = Client(clock=SystemClock())
    assert repr(client) == "<Client closed>"
    with pytest.raises(RuntimeError, match="not open"):
        await ask(client, None, PLAIN)


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("reader", "plain"),
        ("re@der", "p@ss:w/rd%20#?&+ "),
        ("käse", "grün"),
        ("читатель", "пароль-€-✓"),
        ("reader", ""),
    ],
)
async def test_user_and_password_reach_an_http_proxy_whole_in_utf8(client: Client, user: str, password: str) -> None:
    origin = Origin()
    async with listening(origin) as port:
        for _ in range(3):
            await ask(client, ProxyAddress("http", "127.0.0.1", port, user, Secret(password)), PLAIN)
    expected = base64.b64encode(f"{user}:{password}".encode()).decode()
    assert origin.connections == 1, "a kept connection is where the sign-in could go missing"
    assert origin.sent("Proxy-Authorization") == [f"Basic {expected}"] * 3


async def test_the_sign_in_goes_to_the_proxy_and_not_through_the_tunnel(
    client: Client, certificates: Certificates
) -> None:
    asked: list[bytes] = []

    async def noting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await head(reader))
        again = asyncio.StreamReader()
        again.feed_data(asked[-1])
        spawn(_feed(reader, again), name="feed")
        await tunnelling(again, writer)

    origin = Origin()
    async with listening(origin, certificates.good) as target, listening(noting) as port:
        await ask(client, proxy_at(port), f"https://localhost:{target}/", {"Cookie": "sessionid=1"})
    assert b"Proxy-Authorization: Basic" in asked[0]
    assert b"sessionid" not in asked[0]
    assert origin.sent("Proxy-Authorization") == [None]
    assert origin.sent("Cookie") == ["sessionid=1"]


async def _feed(reader: asyncio.StreamReader, other: asyncio.StreamReader) -> None:
    while data := await reader.read(65_536):
        other.feed_data(data)
    other.feed_eof()


async def test_tls_with_the_proxy_and_inside_it_tls_with_the_platform_both_work(
    client: Client, certificates: Certificates
) -> None:
    async with (
        listening(Origin(), certificates.good, "::1") as target,
        listening(tunnelling, certificates.good, "::1") as port,
    ):
        answer = await ask(client, ProxyAddress("https", "::1", port), f"https://[::1]:{target}/")
    assert answer.body == b"{}"


@pytest.mark.parametrize("over_a_proxy", [True, False])
async def test_one_call_is_one_hit_even_if_the_connection_drops(client: Client, over_a_proxy: bool) -> None:
    hits = []

    async def dropping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hits.append(await head(reader))

    async with listening(dropping) as port:
        await failure(client, proxy_at(port) if over_a_proxy else None, f"http://127.0.0.1:{port}/")
    assert len(hits) == 1


async def test_one_call_is_one_hit_even_if_a_kept_connection_drops(client: Client) -> None:
    hits = []

    async def dropping_the_second(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hits.append(await head(reader))
        writer.write(OK)
        hits.append(await head(reader))

    async with listening(dropping_the_second) as port:
        await ask(client, proxy_at(port), PLAIN)
        await failure(client, proxy_at(port), PLAIN)
    assert len(hits) == 2


async def test_a_connection_is_used_again_but_never_for_another_sign_in(client: Client) -> None:
    origin = Origin()
    async with listening(origin) as port:
        for user in ("one", "two", "one", "two"):
            await ask(client, ProxyAddress("http", "127.0.0.1", port, user, Secret("x")), PLAIN)
    assert origin.connections == 2


@pytest.mark.parametrize(
    "sent_before", [UNASKED, UNASKED[:20], UNASKED[:-3]], ids=["whole", "the head's beginning", "without its end"]
)
async def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next_one(
    client: Client, sent_before: bytes
) -> None:
    unasked = asyncio.Event()

    async def talking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst")
        await unasked.wait()
        writer.write(sent_before)
        with contextlib.suppress(asyncio.IncompleteReadError):
            await head(reader)
            writer.write(UNASKED.removeprefix(sent_before))

    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond")

    scripts = [talking, answering]

    async def each_its_own(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await scripts.pop(0)(reader, writer)

    async with listening(each_its_own) as port:
        assert (await ask(client, proxy_at(port), PLAIN)).body == b"first"
        unasked.set()
        # Another connection's round trip: the unasked answer was sent before, on the same loop.
        async with listening(Origin()) as other:
            for _ in range(5):
                await ask(client, None, f"http://127.0.0.1:{other}/")
        assert (await ask(client, proxy_at(port), PLAIN)).body == b"second"


async def test_cookies_of_two_logins_never_mix_over_one_proxy(client: Client) -> None:
    proxy = Origin(OK.replace(b"OK\r\n", b"OK\r\nSet-Cookie: sessionid=taken; Path=/\r\n"))
    async with listening(proxy) as port:
        for login in ("sessionid=one", "sessionid=two; csrftoken=x", None):
            headers = {} if login is None else {"Cookie": login}
            # A host name: the library's jar would ignore what an address sets, and hide the fault.
            await ask(client, proxy_at(port), "http://localhost:9/", headers)
    assert proxy.sent("Cookie") == ["sessionid=one", "sessionid=two; csrftoken=x", None]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_packed_answer_is_unpacked(client: Client, encoding: str) -> None:
    packer = zlib.compressobj(wbits=31 if encoding == "gzip" else 15)
    packed = packer.compress(b"x" * 100_000) + packer.flush()
    answer = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    async with listening(replying(answer + packed)) as port:
        assert (await ask(client, None, f"http://127.0.0.1:{port}/")).body == b"x" * 100_000


async def test_an_answer_that_unpacks_to_200_mb_is_given_up_early(client: Client) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 250_000
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    async with listening(replying(answer)) as port:
        tracemalloc.start()
        try:
            with pytest.raises(TransportError, match="longer than 2000000 bytes"):
                await ask(client, None, f"http://127.0.0.1:{port}/")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 12_000_000


async def test_a_long_time_out_is_not_rounded_up_to_whole_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    before, call_at = loop.time(), loop.call_at
    moments: list[float] = []

    def noting(when: float, *args: object, **kwargs: object) -> object:
        moments.append(when)
        return call_at(when, *args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(loop, "call_at", noting)
    async with listening(Origin()) as port:
        await ask(client, proxy_at(port), PLAIN, connect_timeout=70.25, total_timeout=700.25)
    timers = [when for when in moments if when > before + 60]
    assert len(timers) == 2
    assert all(when % 1 for when in timers)


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_no_log_line_holds_the_password(
    client: Client, caplog: pytest.LogCaptureFixture, scheme: str, certificates: Certificates
) -> None:
    refusal = refusing_socks if scheme == "socks5" else replying(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
    with caplog.at_level(logging.DEBUG):
        async with listening(refusal, certificates.good if scheme == "https" else None) as port:
            await failure(client, proxy_at(port, scheme), SECURE)
    assert "pl4nted" not in caplog.text
    assert PASSWORD not in repr(client)


class Stage:
    """A connection that gets as far as *script* takes it, and then hangs until the client ends it."""

    def __init__(self, script: Script) -> None:
        self.reached = asyncio.Event()
        self.ended = asyncio.Event()
        self._script = script

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._script(reader, writer)
            await writer.drain()
            self.reached.set()
            await reader.read()
        except OSError:
            pass
        self.ended.set()


async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepts, no more."""


async def refusing_socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes name and password, and refuses them."""
    await greeted(reader)
    writer.write(b"\x05\x02")
    await reader.read(1_000)
    writer.write(b"\x01\x01")


async def granting_socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await greeted(reader)
    writer.write(b"\x05\x00")
    await socks_request(reader)
    writer.write(SOCKS5_GRANTED)
    await reader.readexactly(5)  # the beginning of the client's TLS


async def granting_connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await replying(TUNNEL)(reader, writer)
    await reader.readexactly(5)


@pytest.mark.parametrize(
    ("scheme", "url", "script"),
    [
        pytest.param("http", PLAIN, replying(), id="waiting for an answer"),
        pytest.param("http", PLAIN, replying(OK[:-1]), id="in the body"),
        pytest.param("http", SECURE, replying(), id="asking for a tunnel"),
        pytest.param("http", SECURE, granting_connect, id="in TLS behind the tunnel"),
        pytest.param("https", PLAIN, nothing, id="in TLS with the proxy"),
        pytest.param("socks5", PLAIN, nothing, id="in the SOCKS greeting"),
        pytest.param("socks5", SECURE, granting_socks, id="in TLS behind SOCKS"),
    ],
)
async def test_a_cancelled_exchange_ends_at_once_and_leaves_no_connection(
    client: Client, scheme: str, url: str, script: Script
) -> None:
    stage = Stage(script)
    async with listening(stage) as port:
        exchange = spawn(ask(client, proxy_at(port, scheme), url), name="cancelled")
        await stage.reached.wait()
        exchange.cancel()
        with pytest.raises(asyncio.CancelledError):
            await exchange
        async with asyncio.timeout(5):
            await stage.ended.wait()


async def test_closing_ends_the_exchanges_under_way() -> None:
    stage = Stage(replying())
    async with listening(stage) as port:
        async with Client(clock=SystemClock()) as client:
            exchange = spawn(ask(client, proxy_at(port), PLAIN), name="under way")
            await stage.reached.wait()
        with pytest.raises(TransportError):
            await exchange
