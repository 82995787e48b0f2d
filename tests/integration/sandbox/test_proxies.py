"""The pretend proxies do a proxy's work."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import aiohttp
import pytest
from aiohttp_socks import ProxyError

from sandbox import Sandbox, Scenario
from sandbox.listeners import can_leave_from
from tests.integration.sandbox.asking import ask, client, get, stories_path
from tests.integration.sandbox.peers import origin

# Number from 0: plain HTTP, HTTP with password, SOCKS5 without, SOCKS5 with password.
KINDS = [0, 1, 4, 9]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize("number", KINDS)
async def test_every_kind_of_proxy_leads_to_the_platform_from_its_own_address(number: int) -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        got = await ask(box, stories_path(box, box.canaries), proxy=number)
        assert got.status == 200
        (entry,) = box.journal
        assert entry.source == f"127.0.0.{number + 2}" == box.proxies[number].source


async def test_every_second_proxy_asks_for_a_password_and_every_fifth_speaks_socks() -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        assert [line.partition(":")[0] for line in box.proxy_lines] == (["http"] * 4 + ["socks5"]) * 2
        assert ["@" in line for line in box.proxy_lines] == [False, True] * 5


@pytest.mark.parametrize("number", [1, 9])
async def test_a_wrong_password_and_none_at_all_are_refused(number: int) -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        right = box.proxy_lines[number]
        start, _, place = right.partition("@")
        none = f"{start.partition('//')[0]}//{place}"
        for line in (f"{start}x@{place}", none):
            async with client(line) as session:
                if number == 1:
                    got = await get(session, box.platform_url + "/")
                    assert got.status == 407
                    assert got.headers["proxy-authenticate"] == 'Basic realm="sandbox"'
                else:
                    with pytest.raises(ProxyError):
                        await get(session, box.platform_url + "/")
        assert len(box.journal) == 0


async def test_a_refused_sign_in_leaves_the_connection_open_for_the_right_one() -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        reader, writer = await asyncio.open_connection("127.0.0.1", box.proxies[1].port)
        writer.write(b"GET http://127.0.0.1:9/ HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        for _ in range(2):
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 407 ")
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]))
        writer.close()
        await writer.wait_closed()


async def test_connections_are_kept_on_both_sides() -> None:
    async with Sandbox(Scenario(profiles=10)) as box, origin(OK) as far, client(box.proxy_lines[1]) as session:
        for _ in range(3):
            got = await get(session, f"http://127.0.0.1:{far.port}/path?q=1")
            assert got.body == b"ok"
            assert got.headers["via"] == "1.1 sandbox"
        assert far.sources == ["127.0.0.3"]
        assert len(far.requests) == 3
        assert far.requests[0].startswith(b"GET /path?q=1 HTTP/1.1\r\n")
        assert b"proxy-" not in far.requests[0].lower()


async def test_one_client_connection_may_lead_to_several_places() -> None:
    async with Sandbox(Scenario(profiles=10)) as box, origin(OK) as one, origin(OK) as two:
        reader, writer = await asyncio.open_connection("127.0.0.1", box.proxies[0].port)
        for far in (one, two, one):
            writer.write(f"GET http://127.0.0.1:{far.port}/ HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200 OK")
        assert (len(one.requests), len(two.requests)) == (2, 1)
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\n\r\nabcde",
    ],
    ids=["chunked", "with a length", "until the end"],
)
async def test_answers_of_every_framing_pass(answer: bytes) -> None:
    async with (
        Sandbox(Scenario(profiles=10)) as box,
        origin(answer, hangs_up=b"\r\nContent-L" not in answer and b"chunked" not in answer) as far,
        client(box.proxy_lines[0]) as session,
    ):
        for _ in range(2):
            assert (await get(session, f"http://127.0.0.1:{far.port}/")).body == b"abcde"


async def test_a_body_passes_up_and_head_has_none_down() -> None:
    head_only = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
    async with (
        Sandbox(Scenario(profiles=10)) as box,
        origin(OK) as far,
        origin(head_only) as quiet,
        client(box.proxy_lines[0]) as session,
    ):
        async with session.post(f"http://127.0.0.1:{far.port}/", data=b"x" * 100_000) as answer:
            assert answer.status == 200
        assert far.requests[0].endswith(b"x" * 100_000)
        async with session.head(f"http://127.0.0.1:{quiet.port}/") as answer:
            assert answer.headers["content-length"] == "99"


@pytest.mark.parametrize("number", [0, 4])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_names_and_addresses_both_lead_on(number: int, host: str) -> None:
    async with Sandbox(Scenario(profiles=10)) as box, origin(OK) as far, client(box.proxy_lines[number]) as session:
        assert (await get(session, f"http://{host}:{far.port}/")).body == b"ok"


@pytest.mark.parametrize("number", [0, 4])
async def test_ipv6_leads_on(number: int) -> None:
    if not can_leave_from("::1"):
        pytest.skip("this machine has no IPv6 loopback")
    async with (
        Sandbox(Scenario(profiles=10)) as box,
        origin(OK, "::1") as far,
        client(box.proxy_lines[number]) as session,
    ):
        assert (await get(session, f"http://[::1]:{far.port}/")).body == b"ok"


async def test_a_proxy_leads_to_this_machine_alone_and_says_why_it_cannot() -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        async with client(box.proxy_lines[0]) as session:
            outside = await get(session, "http://192.0.2.1/")
            nobody = await get(session, "http://127.0.0.1:9/")
            unknown = await get(session, "http://no-such-host.invalid/")
        assert (outside.status, outside.headers["x-squid-error"]) == (403, "ERR_ACCESS_DENIED 0")
        assert (nobody.status, nobody.headers["x-squid-error"]) == (503, "ERR_CONNECT_FAIL 0")
        assert (unknown.status, unknown.headers["x-squid-error"]) == (503, "ERR_DNS_FAIL 0")
        async with client(box.proxy_lines[4]) as session:
            for url, code in [("http://192.0.2.1/", 2), ("http://127.0.0.1:9/", 5)]:
                with pytest.raises(ProxyError) as caught:
                    await get(session, url)
                assert caught.value.error_code == code


async def test_what_is_no_request_for_a_proxy_is_a_bad_request() -> None:
    async with Sandbox(Scenario(profiles=10)) as box, client() as session:
        assert (await get(session, f"http://127.0.0.1:{box.proxies[0].port}/")).status == 400


@pytest.mark.parametrize("number", KINDS)
async def test_tunnels_carry_tls_and_keep_the_source_address(number: int, tmp_path: Path) -> None:
    async with Sandbox(Scenario(profiles=10, https=True), folder=tmp_path) as box:
        assert box.platform_url.startswith("https://")
        tls = ssl.create_default_context(cafile=str(box.ca_file))
        async with client(box.proxy_lines[number], tls) as session:
            for _ in range(2):
                url = box.platform_url + stories_path(box, box.canaries)
                assert (await get(session, url, box.session_lines[0])).status == 200
        assert {entry.source for entry in box.journal} == {box.proxies[number].source}


async def test_without_addresses_of_their_own_proxies_are_told_apart_by_the_platforms_ports(tmp_path: Path) -> None:
    scenario = Scenario(profiles=10, own_addresses=False, https=True)
    async with Sandbox(scenario, folder=tmp_path) as box:
        tls = ssl.create_default_context(cafile=str(box.ca_file))
        for number in KINDS:
            async with client(box.proxy_lines[number], tls) as session:
                url = box.platform_url + stories_path(box, box.canaries)
                assert (await get(session, url, box.session_lines[number])).status == 200
        assert [entry.source for entry in box.journal] == [box.proxies[number].source for number in KINDS]
        async with client(None, tls) as session:
            await get(session, box.platform_url + "/")
        assert list(box.journal)[-1].source == "127.0.0.1"


async def test_a_platform_that_is_not_trusted_is_not_talked_to() -> None:
    async with Sandbox(Scenario(profiles=10, https=True)) as box, client() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await get(session, box.platform_url + "/")
