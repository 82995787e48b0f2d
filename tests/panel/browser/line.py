"""The line between a page and its server, which a test may hold: what is said waits, and arrives in its order."""

from __future__ import annotations

from playwright.async_api import Page, WebSocketRoute


class Line:
    """What the server says to one page; nothing overtakes, and nothing is lost but what the line is deaf to.

    Attributes:
        deaf_to: Messages with this in them never arrive.
        said: What the page has said so far.
    """

    def __init__(self) -> None:
        self.deaf_to: str | None = None
        self.said: list[str] = []
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
            if self.deaf_to is not None and self.deaf_to in str(message):
                return
            if self._held is None:
                page.send(message)
            else:
                self._held.append((page, message))

        def said(message: str | bytes) -> None:
            self.said.append(str(message))
            server.send(message)

        page.on_message(said)
        server.on_message(heard)
