"""A real Chromium: found, started, and asked for pages that tell what goes wrong in them.

Where there is none, its tests are skipped with the reason; with the environment variable ``CI`` set, they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox, because tests may run as root; the others keep it from looking for its makers.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def _program() -> str:
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or _missing()


def _missing() -> NoReturn:
    reason = "Chromium is not installed; on Debian: apt-get install chromium"
    if os.environ.get("CI"):  # noqa: TID251  # whether it may be missing is the one thing that CI decides here
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser for as long as the block runs."""
    program = _program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


class Problems:
    """What went wrong in the pages of one browser context, as its console and its requests tell it."""

    def __init__(self, context: BrowserContext) -> None:
        self.told: list[str] = []
        self._context = context
        context.on("page", self._listen)

    def stop(self) -> None:
        """Listen to no page that is opened from now on."""
        self._context.remove_listener("page", self._listen)

    def _listen(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", self._raised)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # A request that was refused is told with its answer, by address.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.told.append(f"{message.type}: {message.text}")

    def _raised(self, error: Error) -> None:
        self.told.append(f"error: {error}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.told.append(f"{answer.status}: {answer.request.method} {answer.url}")

    def take(self) -> list[str]:
        """What was told since the last time."""
        told, self.told = self.told, []
        return told
