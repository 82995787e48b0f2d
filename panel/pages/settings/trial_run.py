"""Tests of proxies, sessions or canaries as they go: what each of them found, and what mends it, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from nicegui import json, ui

from core.errors import UserError
from core.services.views import CanaryTested, ProxyTested, SessionTested
from core.tasks import spawn
from panel import errors
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.settings.drawer import Drawer
from panel.pages.settings.words import several

Tested = ProxyTested | SessionTested | CanaryTested


class TrialRun:
    """One run of tests at a time; closing it ends the run.

    Args:
        good: What is said of one that passes.
        bad: And of one that does not.
        of_all: What so many of all do that pass.
    """

    def __init__(self, page: PageContext, *, good: str = "Works", bad: str = "Fails", of_all: str = "work") -> None:
        self._page = page
        self._good, self._bad, self._of_all = good, bad, of_all
        self._task: asyncio.Task[None] | None = None
        self._drawer = Drawer("Tests", self.close)
        with self._drawer.body:
            with ui.element("div").classes("drawer-section down gap-8"):
                self._said = ui.label().classes("muted").props('role="status" aria-live="polite"')
                with ui.element("div").classes("meter") as self._meter:
                    self._bar = ui.element("i")
            self._list = ui.element("ul").classes("trial-list").props('aria-label="What the tests found"')
        self._number = self._works = 0
        page.client.on_delete(self._stop)

    def start(self, names: tuple[str, str], tests: AsyncGenerator[Tested, None], expected: int) -> None:
        """Run *tests* and tell of each; a run before it ends.

        Args:
            names: What is tested: one, and many of it.
            expected: How many of them there are.
        """
        self._stop()
        self._number = self._works = 0
        self._page.client.run_javascript(f"SW.trial.clear({self._list.id})")
        self._drawer.open(f"Test of {several(expected, *names)}")
        self._progress(expected)
        self._task = spawn(self._run(tests, expected), name="tests of a page")

    def close(self) -> None:
        """Leave it; what is not tested yet is not tested."""
        self._stop()
        self._drawer.close()

    async def _run(self, tests: AsyncGenerator[Tested, None], expected: int) -> None:
        try:
            async with aclosing(tests):
                async for view in tests:
                    self._tell(view, expected)
            self._said.text = f"Done: {self._works:,} of {self._number:,} {self._of_all}."
        except UserError as error:
            self._said.text = str(error)
        except Exception as error:  # noqa: BLE001  # nobody waits for this task
            with self._drawer.body:
                errors.tell(error)
        finally:
            self._meter.set_visibility(False)

    def _tell(self, view: Tested, expected: int) -> None:
        row: Row = {"word": self._good if view.ok else self._bad, **_row(view)}
        self._number += 1
        self._works += view.ok
        self._page.client.run_javascript(f"SW.trial.add({self._list.id}, {json.dumps(row)})")
        self._progress(expected)

    def _progress(self, expected: int) -> None:
        self._said.text = f"{self._number:,} of {expected:,} tested, {self._works:,} {self._of_all}."
        self._meter.set_visibility(True)
        self._bar.style(f"width: {100 * self._number / max(1, expected):.0f}%")

    def _stop(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._task = None


def _row(view: Tested) -> Row:
    if isinstance(view, CanaryTested):
        key, name, times = view.canary, f"@{view.canary}", [("answered", view.answer_ms)]
    elif isinstance(view, ProxyTested):
        key, name, times = str(view.proxy), view.address, [("connected", view.connect_ms), ("answered", view.answer_ms)]
    else:
        key, name, times = str(view.session), view.label, [("answered", view.answer_ms)]
    told = ", ".join(f"{what} in {ms:,.0f} ms" for what, ms in times if ms is not None)
    return {"id": key, "ok": view.ok, "name": name, "sentence": view.sentence, "times": told}
