"""A real ``storywatch run`` with its panel and its pretend platform, and people who are signed in to it."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.acceptance.terminal import PATIENCE, Process, Terminal
from tests.panel.browser.chromium import DESK, Problems

PASSWORD = "correct horse battery"
# Milliseconds; longer than the engine takes for what a test has it do, on a machine that is busy with other things.
CHECKED = 60_000
ADMIN, OPERATOR, VIEWER = "admin", "operator", "viewer"
_LINK = re.compile(r"http://\S+/welcome/\S+")


class Served:
    """A running Storywatch.

    Args:
        terminal: Gives commands to the same database.
        first_link: What the first start printed for making the first admin.
        run: The process itself.
    """

    def __init__(self, terminal: Terminal, first_link: str, run: Process) -> None:
        self.terminal = terminal
        self._run = run
        self.first_link = first_link
        self._states: dict[str, object] = {}
        self._free: dict[object, list[BrowserContext]] = defaultdict(list)

    @property
    def url(self) -> str:
        """The panel's address."""
        return f"http://127.0.0.1:{self.terminal.settings['panel_port']}"

    @property
    def log(self) -> str:
        """Everything that the process has printed so far."""
        return self._run.out + self._run.err

    async def person(
        self,
        browser: Browser,
        role: str = ADMIN,
        *,
        size: dict[str, int] | None = None,
        dark: bool = False,
        fresh: bool = False,
    ) -> Person:
        """Somebody of this role, signed in, in a browser of their own until they leave.

        Args:
            fresh: By a sign-in that no other test uses, because this one ends it.
        """
        if role not in self._states:
            self._states[role] = await self._signed_in(browser, role)
        if fresh:
            return Person(await self._context(browser, await self._signed_in_again(browser, role), size, dark=dark))
        # Whoever comes after somebody like them finds the panel's files where a browser keeps them.
        free = self._free[role, str(size), dark]
        context = free.pop() if free else await self._context(browser, self._states[role], size, dark=dark)
        return Person(context, left=free)

    async def _context(
        self, browser: Browser, state: object, size: dict[str, int] | None, *, dark: bool
    ) -> BrowserContext:
        return await browser.new_context(
            storage_state=state,  # type: ignore[arg-type]
            viewport=size or DESK,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            # What moves is no test's, and would have each wait until it stands still.
            reduced_motion="reduce",
            base_url=self.url,
            accept_downloads=True,
        )

    async def _signed_in_again(self, browser: Browser, role: str) -> object:
        context = await browser.new_context(base_url=self.url)
        try:
            page = await context.new_page()
            await page.goto("/login")
            await page.fill("input[name=name]", role)
            await page.fill("input[name=password]", PASSWORD)
            await page.click("button[type=submit]")
            await page.wait_for_url(re.compile(r".*/feed.*"), wait_until="commit")
            return await context.storage_state()
        finally:
            await context.close()

    async def _signed_in(self, browser: Browser, role: str) -> object:
        """Set a password by the link that a person is given, which also signs in."""
        if role == ADMIN:
            link = self.first_link
        else:
            if ADMIN not in self._states:
                self._states[ADMIN] = await self._signed_in(browser, ADMIN)
            added = self.terminal.run("person", "add", role, "--role", role, "--json")
            link = added.record["link"]
        context = await browser.new_context(base_url=self.url)
        try:
            page = await context.new_page()
            await page.goto(link)
            # Told with what the page shows instead.
            await expect(page.locator("input[name=password]")).to_be_visible()
            if await page.locator("input[name=name]:not([readonly])").count():
                await page.fill("input[name=name]", role)
            await page.fill("input[name=password]", PASSWORD)
            if await page.locator("input[name=again]").count():
                await page.fill("input[name=again]", PASSWORD)
            await page.click("button[type=submit]")
            await page.wait_for_url(re.compile(r".*/feed.*"), wait_until="commit")
            return await context.storage_state()
        finally:
            await context.close()


class Person:
    """Somebody at a browser of their own.

    Args:
        left: Where the browser is left for somebody of the same role; without it, it ends with them.
    """

    def __init__(self, context: BrowserContext, left: list[BrowserContext] | None = None) -> None:
        self.context = context
        self.problems = Problems(context)
        self._left = left

    async def open(self, address: str = "/feed") -> Page:
        """A new page at *address*, connected."""
        page = await self.context.new_page()
        await page.goto(address)
        await page.wait_for_function("() => window.socket && window.socket.connected")
        return page

    async def close(self) -> None:
        """Leave; fails where something went wrong in a page and nobody took note of it."""
        self.problems.stop()
        if self._left is None:
            await self.context.close()
        else:
            for page in self.context.pages:
                await page.close()
            await self.context.clear_permissions()
            self._left.append(self.context)
        problems = self.problems.take()
        assert problems == [], problems


@contextmanager
def served(folder: Path, *, command: list[str] | None = None, **settings: object) -> Iterator[Served]:
    """A Storywatch of its own in *folder*, up and with its first batch done.

    Args:
        command: How ``storywatch`` is called, where that is not as usual.
    """
    terminal = Terminal(folder, **settings)
    terminal.command = command or terminal.command
    try:
        run = terminal.start("run").says("storywatch batch list")
        found = _LINK.search(run.out)
        assert found is not None, run.out
        made = Served(terminal, found[0], run)
        _wait_until_ready(made.url)
        yield made
    finally:
        terminal.close()


def _wait_until_ready(url: str) -> None:
    ends_at = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, json.JSONDecodeError):
            assert time.monotonic() < ends_at, f"{url} never became ready"
            time.sleep(0.1)
