"""The line between a page and its server, which a test may hold: what is said waits, and arrives in its order."""

from __future__ import annotations

from playwright.async_api import Page, WebSocketRoute


class Line:
    """What the server says to one page; nothing is lost, and nothing overtakes."""

    def __init__(self) -> None:
        self._held: list[tuple[WebSocketRoute, str | bytes]] | None = None

    async def through(self, page: Page) -> None:
        """Stand between *page* and its server; before the page is opened."""
        await page.route_web_socket("**/_nicegui_ws/**", self._connect)

    def hold(self) -> None:
        """Let the page hear nothing from now on; what it says goes through."""
        self._held = []

    def release(self) -> None:
        """Let the page hear everything that it missed, and what comes."""
        held, self._held = self._held or [], None
        for page, message in held:
            page.send(message)

    def _connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def heard(message: str | bytes) -> None:
            if self._held is None:
                page.send(message)
            else:
                self._held.append((page, message))

        page.on_message(server.send)
        server.on_message(heard)
