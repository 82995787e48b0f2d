"""Open pages over real sockets: who may speak for a page, and what becomes of it when its sign-in ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from uuid import uuid4

import aiohttp
import pytest
import socketio  # type: ignore[import-untyped]  # it comes without types

from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Role
from tests.integration.engine.test_engine import until
from tests.panel.access.at_the_panel import ADMIN, OpenPanel, Visitor, open_panel, person, visitor

Refused = socketio.exceptions.ConnectionError


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPanel]:
    """One panel for all; what it complained of while it ran is nothing."""
    with open_panel(tmp_path_factory.mktemp("panel")) as running:
        yield running
    assert running.errors.read_text() == ""


def somebody() -> str:
    """A name that no other test has."""
    return f"ann {uuid4().hex[:8]}"


@pytest.fixture
async def ann(panel: OpenPanel) -> AsyncIterator[Visitor]:
    async with person(panel, somebody(), Role.OPERATOR) as signed_in:
        yield signed_in


@pytest.fixture
async def eve(panel: OpenPanel) -> AsyncIterator[Visitor]:
    """Somebody else who is signed in, too."""
    async with person(panel, somebody(), Role.OPERATOR) as signed_in:
        yield signed_in


async def clicks_heard(visitor: Visitor) -> list[str]:
    return [line for line in await visitor.heard() if line.startswith(("read", "write"))]


# -- whose socket it is --------------------------------------------------------------


async def test_a_page_is_heard_over_its_own_socket(ann: Visitor) -> None:
    page = await ann.open()
    before = len(await clicks_heard(ann))
    async with ann.socket(page) as socket:
        await socket.click(page, "Write")

        async def heard() -> bool:
            return len(await clicks_heard(ann)) == before + 1

        await until(heard)
    assert (await clicks_heard(ann))[-1].startswith("write by panel:ann")


async def test_who_knows_the_id_of_a_page_and_is_not_signed_in_gets_no_socket(ann: Visitor) -> None:
    page = await ann.open()
    for cookie in ("", "storywatch=made-up"):
        with pytest.raises(Refused):
            async with ann.socket(page, cookie=cookie):
                pytest.fail("it was let in")
    async with visitor(ann.panel) as nobody:
        assert await nobody.polled(page) == (401, "")


async def test_who_is_signed_in_gets_no_socket_for_the_page_of_somebody_else(ann: Visitor, eve: Visitor) -> None:
    page = await ann.open()
    with pytest.raises(Refused):
        async with eve.socket(page):
            pytest.fail("it was let in")
    assert await eve.polled(page) == (403, "")


async def test_another_sign_in_of_the_same_person_does_not_speak_for_the_page_either(
    ann: Visitor, panel: OpenPanel
) -> None:
    page = await ann.open()
    name = next(e["text"] for e in page.elements.values() if "text" in e).split(" of ")[1].rstrip(".")
    async with visitor(panel) as other:
        await other.sign_in(name)
        with pytest.raises(Refused):
            async with other.socket(page):
                pytest.fail("it was let in")


async def test_a_socket_that_another_site_opens_is_refused(ann: Visitor) -> None:
    page = await ann.open()
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{ann.panel.port + 1}"):
        with pytest.raises(Refused):
            async with ann.socket(page, origin=origin):
                pytest.fail("it was let in")


async def test_messages_for_the_page_of_somebody_else_are_not_heard(ann: Visitor, eve: Visitor) -> None:
    theirs, own = await ann.open(), await eve.open()
    before = await clicks_heard(eve)
    async with ann.socket(theirs), eve.socket(own) as socket:
        await socket.click(theirs, "Write")
        await socket.client.emit("javascript_response", {"client_id": theirs.id, "request_id": "x", "result": 1})
        await socket.client.emit("log", {"client_id": theirs.id, "level": "error", "message": "never written"})
        await socket.client.emit("ack", {"client_id": theirs.id, "next_message_id": 10**9})
        assert (
            await socket.client.call("handshake", {"client_id": theirs.id, "tab_id": "t", "document_id": "d"}) is False
        )
        # Its own click comes after all of them.
        await socket.click(own, "Read")

        async def heard() -> bool:
            return len(await clicks_heard(eve)) > len(before)

        await until(heard)
    new = (await clicks_heard(eve))[len(before) :]
    assert len(new) == 1
    assert new[0].startswith("read by panel:ann")


async def test_the_number_of_a_socket_is_worth_nothing_to_others(ann: Visitor, eve: Visitor) -> None:
    page = await ann.open()
    status, number = await ann.polled(page)
    assert status == 200
    path = f"/_nicegui_ws/socket.io/?transport=polling&EIO=4&sid={number}"
    connect = b"40"
    for verb in ("POST", "GET"):
        assert await eve.status(verb, path, data=connect) == 403
    async with visitor(ann.panel) as nobody:
        assert await nobody.status("POST", path, data=connect) == 401
    assert await ann.status("POST", path, data=connect) == 200


# -- files -----------------------------------------------------------------------------


async def test_a_file_is_taken_from_the_page_that_asks_for_it_and_from_nobody_else(ann: Visitor, eve: Visitor) -> None:
    page = await ann.open()

    def file() -> aiohttp.FormData:
        form = aiohttp.FormData()
        form.add_field("file", BytesIO(b"x" * 2_000_000), filename="names.txt", content_type="text/plain")
        return form

    async with ann.socket(page):
        assert await eve.status("POST", page.upload, data=file()) == 403
        async with visitor(ann.panel) as nobody:
            assert await nobody.status("POST", page.upload, data=file()) == 401
        assert "file of 2000000 bytes" not in await ann.heard()
        assert await ann.status("POST", page.upload, data=file()) == 200
        assert "file of 2000000 bytes" in await ann.heard()


async def test_a_form_that_grows_too_large_on_its_way_is_cut_off(ann: Visitor) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(12):
            yield b"x" * 100_000

    form = {"content-type": "application/x-www-form-urlencoded"}
    ann.headers.update(form)
    assert await ann.status("POST", "/login", data=parts()) == 413


async def test_a_file_that_says_that_it_is_too_large_is_refused(ann: Visitor) -> None:
    page = await ann.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", ann.panel.port)
    writer.write(
        f"POST {page.upload} HTTP/1.1\r\nHost: 127.0.0.1:{ann.panel.port}\r\nOrigin: {ann.panel.url}\r\n"
        f"Cookie: {ann.cookie}\r\nContent-Length: 100000001\r\nExpect: 100-continue\r\n\r\n".encode()
    )
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    writer.close()
    await writer.wait_closed()


async def test_a_file_that_grows_too_large_on_its_way_is_cut_off(ann: Visitor) -> None:
    page = await ann.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", ann.panel.port)
    writer.write(
        f"POST {page.upload} HTTP/1.1\r\nHost: 127.0.0.1:{ann.panel.port}\r\nOrigin: {ann.panel.url}\r\n"
        f"Cookie: {ann.cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        "Transfer-Encoding: chunked\r\n\r\n".encode()
    )
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="names.txt"\r\n\r\n'
    writer.write(b"%x\r\n%b\r\n" % (len(head), head))
    for _ in range(110):
        writer.write(b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n")
        await writer.drain()
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    writer.close()
    await writer.wait_closed()
    assert not any(line.startswith("file of 1") for line in await ann.heard())


# -- when it ends -----------------------------------------------------------------------


async def test_when_somebody_signs_out_all_their_open_pages_are_led_to_the_form(ann: Visitor, eve: Visitor) -> None:
    first, second, other = await ann.open(), await ann.open(), await eve.open()
    async with ann.socket(first) as one, ann.socket(second) as two, eve.socket(other) as three:
        assert await ann.status("POST", "/logout") == 303
        async with asyncio.timeout(20):
            await one.gone.wait()
            await two.gone.wait()
        assert one.scripts[-1] == two.scripts[-1] == "window.location.reload()"
        assert not three.gone.is_set()
    assert await ann.status("GET", "/data/heard") == 401


async def test_what_another_process_ends_closes_the_pages_as_well(ann: Visitor, panel: OpenPanel) -> None:
    page = await ann.open()
    name = next(e["text"] for e in page.elements.values() if "text" in e).split(" of ")[1].rstrip(".")
    async with ann.socket(page) as socket, open_app(panel.settings, SystemClock()) as elsewhere:
        await elsewhere.people.set_role(ADMIN, name, Role.VIEWER)
        async with asyncio.timeout(20):
            await socket.gone.wait()
        assert socket.scripts[-1] == "window.location.reload()"
    with pytest.raises(Refused):
        async with ann.socket(page):
            pytest.fail("it was let in")


async def test_a_click_that_comes_before_the_page_is_closed_is_refused(ann: Visitor, panel: OpenPanel) -> None:
    page = await ann.open()
    name = next(e["text"] for e in page.elements.values() if "text" in e).split(" of ")[1].rstrip(".")
    async with ann.socket(page) as socket, open_app(panel.settings, SystemClock()) as elsewhere:
        await elsewhere.people.disable(ADMIN, name)
        await socket.click(page, "Write")
        async with asyncio.timeout(20):
            await socket.gone.wait()
    async with person(panel, somebody()) as other:
        assert f"write by panel:{name}" not in await other.heard()


async def test_a_viewer_who_sends_the_click_of_a_button_for_operators_is_refused(panel: OpenPanel) -> None:
    name = somebody()
    async with person(panel, name, Role.VIEWER) as vera:
        page = await vera.open()
        async with vera.socket(page) as socket:
            await socket.click(page, "Write")
            sentence = f"To press this button takes the role operator; panel:{name} is viewer."

            async def heard() -> bool:
                return sentence in await vera.heard()

            await until(heard)
        assert f"write by panel:{name}" not in await vera.heard()
