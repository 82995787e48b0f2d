"""Everything that a pretend proxy can do instead of its work, switched while it runs."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from aiohttp_socks import ProxyConnectionError, ProxyError

from sandbox import Faults, ProxyFault, ProxyTrouble, Sandbox, Scenario
from tests.integration.sandbox.asking import Got, ask, client, get, stories_path

HTTP, SOCKS = 0, 4
HUNG_UP = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async with Sandbox(Scenario(profiles=10)) as made:
        yield made


async def over(box: Sandbox, number: int) -> Got:
    """A question over proxy *number*."""
    return await ask(box, stories_path(box, box.canaries), proxy=number)


async def works_again(box: Sandbox, number: int) -> None:
    """The fault ends, and the proxy works on the same port."""
    port = box.proxies[number].port
    box.proxies[number].fault = ProxyFault.NONE
    assert (await over(box, number)).status == 200
    assert box.proxies[number].port == port


@pytest.mark.parametrize(
    ("fault", "right"),
    [
        (ProxyFault.WRONG_PASSWORD, lambda got: got.status == 407 and "proxy-authenticate" in got.headers),
        (ProxyFault.ERROR_502, lambda got: got.status == 502 and "x-squid-error" in got.headers),
        (ProxyFault.ERROR_503, lambda got: got.status == 503 and "x-squid-error" in got.headers),
        (ProxyFault.ERROR_504, lambda got: got.status == 504 and "x-squid-error" in got.headers),
        (ProxyFault.PORTAL, lambda got: got.status == 200 and b"<title>Guest network" in got.body),
        (ProxyFault.EXPIRED_402, lambda got: got.status == 402 and b"expired" in got.body),
        (ProxyFault.EXPIRED_403, lambda got: got.status == 403 and b"expired" in got.body),
        (ProxyFault.GZIP_BOMB, lambda got: got.status == 200 and len(got.body) == 64 << 20),
    ],
)
async def test_an_http_proxy_answers_in_its_own_name(
    box: Sandbox, fault: ProxyFault, right: Callable[[Got], bool]
) -> None:
    box.proxies[HTTP].fault = fault
    assert right(await over(box, HTTP))
    assert len(box.journal) == 0
    await works_again(box, HTTP)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (ProxyFault.REFUSE, aiohttp.ClientProxyConnectionError),
        (ProxyFault.CLOSE, HUNG_UP),
        (ProxyFault.GARBAGE, aiohttp.ClientResponseError),
        (ProxyFault.RESET_MID_BODY, (aiohttp.ClientPayloadError, *HUNG_UP)),
    ],
)
async def test_an_http_proxy_breaks_the_exchange(
    box: Sandbox, fault: ProxyFault, error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    box.proxies[HTTP].fault = fault
    with pytest.raises(error):
        await over(box, HTTP)
    assert len(box.journal) == (1 if fault is ProxyFault.RESET_MID_BODY else 0)
    await works_again(box, HTTP)


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (ProxyFault.REFUSE, ProxyConnectionError, None),
        (ProxyFault.CLOSE, (EOFError, *HUNG_UP), None),
        (ProxyFault.GARBAGE, ProxyError, None),
        (ProxyFault.WRONG_PASSWORD, ProxyError, None),
        (ProxyFault.ERROR_502, ProxyError, 5),
        (ProxyFault.ERROR_503, ProxyError, 1),
        (ProxyFault.ERROR_504, ProxyError, 4),
        (ProxyFault.EXPIRED_402, ProxyError, 2),
        (ProxyFault.RESET_MID_BODY, (aiohttp.ClientPayloadError, *HUNG_UP), None),
    ],
)
async def test_a_socks_proxy_says_the_same_in_its_own_words(
    box: Sandbox, fault: ProxyFault, error: type[Exception] | tuple[type[Exception], ...], code: int | None
) -> None:
    box.proxies[SOCKS].fault = fault
    with pytest.raises(error) as caught:
        await over(box, SOCKS)
    if code is not None:
        assert caught.value.error_code == code  # type: ignore[attr-defined]
    await works_again(box, SOCKS)


@pytest.mark.parametrize("fault", [ProxyFault.PORTAL, ProxyFault.GZIP_BOMB])
async def test_a_socks_proxy_answers_in_the_platforms_place(box: Sandbox, fault: ProxyFault) -> None:
    box.proxies[SOCKS].fault = fault
    assert (await over(box, SOCKS)).status == 200
    assert len(box.journal) == 0
    await works_again(box, SOCKS)


@pytest.mark.parametrize("number", [HTTP, SOCKS])
@pytest.mark.parametrize("fault", [ProxyFault.HANG, ProxyFault.DRIP])
async def test_a_proxy_that_hangs_or_drips_outlasts_patience(box: Sandbox, number: int, fault: ProxyFault) -> None:
    box.proxies[number].fault = fault
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await over(box, number)
    await works_again(box, number)


@pytest.mark.parametrize("number", [HTTP, SOCKS])
async def test_tunnels_break_in_the_handshake(number: int, tmp_path: Path) -> None:
    async with Sandbox(Scenario(profiles=10, https=True), folder=tmp_path) as box:
        tls = ssl.create_default_context(cafile=str(box.ca_file))
        box.proxies[number].fault = ProxyFault.TLS_FAILURE
        async with client(box.proxy_lines[number], tls) as session:
            with pytest.raises((aiohttp.ClientConnectorSSLError, aiohttp.ClientOSError)):
                await get(session, box.platform_url + "/")
            box.proxies[number].fault = ProxyFault.NONE
            assert (await get(session, box.platform_url + "/")).status in {302, 403}


@pytest.mark.parametrize(
    ("fault", "status"),
    [(ProxyFault.WRONG_PASSWORD, 407), (ProxyFault.ERROR_502, 502), (ProxyFault.EXPIRED_403, 403)],
)
async def test_connect_is_refused_with_the_same_pages(fault: ProxyFault, status: int, tmp_path: Path) -> None:
    async with Sandbox(Scenario(profiles=10, https=True), folder=tmp_path) as box:
        box.proxies[HTTP].fault = fault
        async with client(box.proxy_lines[HTTP]) as session:
            with pytest.raises(aiohttp.ClientHttpProxyError) as caught:
                await get(session, box.platform_url + "/")
        assert caught.value.status == status


async def test_a_fault_shows_at_the_next_request_of_an_open_connection(box: Sandbox) -> None:
    url = box.platform_url + stories_path(box, box.canaries)
    async with client(box.proxy_lines[HTTP]) as session:
        statuses = []
        for fault in (ProxyFault.NONE, ProxyFault.ERROR_503, ProxyFault.NONE):
            box.proxies[HTTP].fault = fault
            statuses.append((await get(session, url, box.session_lines[0])).status)
    assert statuses == [200, 503, 200]


@pytest.mark.parametrize("number", [HTTP, SOCKS])
async def test_a_fault_ends_open_tunnels(number: int, tmp_path: Path) -> None:
    async with Sandbox(Scenario(profiles=10, https=True), folder=tmp_path) as box:
        tls = ssl.create_default_context(cafile=str(box.ca_file))
        async with client(box.proxy_lines[number], tls) as session:
            await get(session, box.platform_url + "/")
            box.proxies[number].fault = ProxyFault.ERROR_503
            with pytest.raises((aiohttp.ClientHttpProxyError, ProxyError, *HUNG_UP)):
                await get(session, box.platform_url + "/")
        assert len(box.journal) == 1


async def test_dead_proxies_are_chosen_by_the_seed_and_live_again_without_the_fault() -> None:
    scenario = Scenario(
        profiles=10, faults=Faults(dead_proxies=2, proxies=(ProxyTrouble(proxy=1, fault=ProxyFault.HANG),))
    )
    async with Sandbox(scenario) as box:
        faults = [proxy.fault for proxy in box.proxies]
        assert faults[0] is ProxyFault.HANG
        assert 1 <= faults.count(ProxyFault.REFUSE) <= 2
        box.set_faults(Faults())
        assert {proxy.fault for proxy in box.proxies} == {ProxyFault.NONE}
        for number in range(10):
            assert (await over(box, number)).status == 200
    async with Sandbox(scenario) as again:
        assert [proxy.fault for proxy in again.proxies] == faults


async def test_a_proxy_that_does_not_exist_has_no_faults(box: Sandbox) -> None:
    with pytest.raises(ValueError, match=r"proxy: there is no number 11; there are 10"):
        box.set_faults(Faults(proxies=(ProxyTrouble(proxy=11, fault=ProxyFault.HANG),)))
