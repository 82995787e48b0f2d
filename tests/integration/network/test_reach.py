"""Reaching a proxy and being let in, over real sockets: nothing reaches the platform, and every refusal is told."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame
from core.network.client import Client
from core.network.reach import NotLetIn, Trouble
from core.secrets import Secret
from tests.integration.network.certificates import Certificates
from tests.integration.network.exchanges import BRIEF, PASSWORD, PATIENT, proxy_at
from tests.integration.network.peers import (
    Origin,
    Script,
    Socks5,
    black_hole,
    for_ever,
    listening,
    replying,
    reset,
)
from tests.outside_proxies import dante, microsocks, squid, tinyproxy


async def connect(
    client: Client, address: ProxyAddress, *, connect_timeout: float = PATIENT, total_timeout: float = PATIENT
) -> float:
    return await client.connect(address, connect_timeout=connect_timeout, total_timeout=total_timeout)


async def trouble(
    client: Client, address: ProxyAddress, *, connect_timeout: float = PATIENT, total_timeout: float = PATIENT
) -> Trouble:
    """Why the proxy did not let us in; the error shows nothing of the password."""
    with pytest.raises(NotLetIn) as caught:
        await connect(client, address, connect_timeout=connect_timeout, total_timeout=total_timeout)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert "pl4nted" not in "".join(traceback.format_exception(error))
    return error.trouble


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ends the connection at once."""


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    reset(writer)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await for_ever()


async def speaking_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()


async def wanting_a_password(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(64)
    writer.write(b"\x05\x02")
    await reader.read(64)


def said(status: str) -> Script:
    return replying(f"HTTP/1.1 {status}\r\n\r\n".encode())


async def test_an_http_proxy_is_asked_for_nowhere_with_the_sign_in(client: Client) -> None:
    origin = Origin(b"HTTP/1.1 503 No such name\r\nContent-Length: 0\r\n\r\n")
    async with listening(origin) as port:
        assert await connect(client, proxy_at(port)) >= 0
    (head,) = origin.heads
    assert head.startswith(b"CONNECT check.invalid:443 HTTP/1.1\r\nHost: check.invalid:443\r\n")
    assert origin.sent("Proxy-Authorization") == ["Basic cmVhZGVyOnBsNG50ZWQ6cEBzcy93JXJk"]


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden", "502 Bad Gateway", "503 No", "504 Late", "500 No"])
async def test_whatever_a_proxy_says_of_nowhere_it_has_let_us_in(client: Client, status: str) -> None:
    async with listening(said(status)) as port:
        assert await connect(client, proxy_at(port)) >= 0


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(said("407 Proxy Authentication Required"), Trouble.PASSWORD, id="407"),
        pytest.param(said("401 Unauthorized"), Trouble.PASSWORD, id="401"),
        pytest.param(said("402 Payment Required"), Trouble.UNPAID, id="402"),
        pytest.param(hanging_up, Trouble.HUNG_UP, id="hangs up"),
        pytest.param(resetting, Trouble.HUNG_UP, id="resets"),
        pytest.param(replying(b"SSH-2.0-OpenSSH_9.2\r\n"), Trouble.NOT_HTTP, id="no HTTP"),
        pytest.param(replying(b"\x05\xff"), Trouble.NOT_HTTP, id="SOCKS"),
        pytest.param(replying(b"x" * 200_000), Trouble.NOT_HTTP, id="a line without an end"),
    ],
)
async def test_an_http_proxy_that_does_not_let_us_in_is_told(client: Client, script: Script, expected: Trouble) -> None:
    async with listening(script) as port:
        assert await trouble(client, proxy_at(port)) is expected


async def test_a_password_that_is_missing_is_told_apart_from_a_wrong_one(client: Client) -> None:
    async with listening(said("407 Proxy Authentication Required")) as port:
        assert await trouble(client, ProxyAddress("http", "127.0.0.1", port)) is Trouble.NO_PASSWORD


async def test_a_proxy_that_takes_no_connection_is_told(client: Client) -> None:
    async with listening(silent) as port:
        pass
    assert await trouble(client, proxy_at(port)) is Trouble.REFUSED
    async with black_hole() as port:
        assert await trouble(client, proxy_at(port), connect_timeout=BRIEF) is Trouble.LATE
    assert await trouble(client, proxy_at(80, host="proxy.invalid")) is Trouble.NAME


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_says_nothing_is_told(client: Client, scheme: str) -> None:
    async with listening(silent) as port:
        assert await trouble(client, proxy_at(port, scheme), total_timeout=BRIEF) is Trouble.SILENT


async def test_the_certificate_of_an_https_proxy_is_verified(client: Client, certificates: Certificates) -> None:
    async with listening(said("502 No"), certificates.good) as port:
        assert await connect(client, proxy_at(port, "https", "localhost")) >= 0
    async with listening(said("502 No"), certificates.foreign) as port:
        assert await trouble(client, proxy_at(port, "https", "localhost")) is Trouble.CERTIFICATE
    async with listening(speaking_plainly) as port:
        assert await trouble(client, proxy_at(port, "https", "localhost")) is Trouble.NO_TLS


async def test_a_socks5_proxy_is_signed_in_to_and_asked_for_nothing(client: Client) -> None:
    proxy = Socks5(PASSWORD.encode())
    async with listening(proxy) as port:
        assert await connect(client, proxy_at(port, "socks5h")) >= 0
    assert proxy.signed_in == [(b"reader", PASSWORD.encode())]
    assert proxy.asked == []


async def test_a_socks5_proxy_that_does_not_let_us_in_is_told(client: Client) -> None:
    async with listening(Socks5(b"another")) as port:
        assert await trouble(client, proxy_at(port, "socks5")) is Trouble.PASSWORD
    async with listening(hanging_up) as port:
        assert await trouble(client, proxy_at(port, "socks5")) is Trouble.HUNG_UP


async def test_a_socks5_proxy_that_wants_a_password_gets_none_where_there_is_none(client: Client) -> None:
    async with listening(wanting_a_password) as port:
        assert await trouble(client, ProxyAddress("socks5", "127.0.0.1", port)) is Trouble.NO_PASSWORD


async def test_an_http_proxy_that_was_taken_for_socks5_is_told(client: Client) -> None:
    async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with listening(http) as port:
        assert await trouble(client, proxy_at(port, "socks5")) is Trouble.NOT_SOCKS


async def test_a_socks4_proxy_is_only_connected_to(client: Client) -> None:
    async with listening(silent) as port:
        assert await connect(client, proxy_at(port, "socks4")) >= 0


async def test_only_what_cannot_be_told_apart_blames_nobody(client: Client) -> None:
    assert {each for each in Trouble if NotLetIn(each).blame is not Blame.PROXY} == {Trouble.HUNG_UP}


async def test_a_client_that_is_not_open_connects_to_nothing(certificates: Certificates) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        await connect(Client(clock=SystemClock()), proxy_at(9))


# -- programs of others ---------------------------------------------------------------


async def test_the_proxies_of_others_let_us_in(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "squid"
    folder.mkdir()
    async with squid(folder) as address:
        assert await connect(client, address) >= 0
    for made in (tinyproxy(tmp_path), dante(tmp_path), microsocks()):
        async with made as address:
            assert await connect(client, address) >= 0


async def test_the_proxies_of_others_refuse_a_wrong_password(client: Client, tmp_path: Path) -> None:
    for made in (tinyproxy(tmp_path), microsocks()):
        async with made as address:
            wrong = ProxyAddress(address.scheme, address.host, address.port, address.user, Secret("pl4nted"))
            assert await trouble(client, wrong) is Trouble.PASSWORD
            without = ProxyAddress(address.scheme, address.host, address.port)
            assert await trouble(client, without) is Trouble.NO_PASSWORD
