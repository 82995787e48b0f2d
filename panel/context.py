"""What every tab of one open page is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from nicegui import Client
from starlette.routing import BaseRoute

from core.app import App
from core.domain.actor import Role
from panel.live_updates import LiveUpdates
from panel.place import Place


@dataclass(slots=True)
class PageContext:
    """One open page of one person.

    Args:
        role: The person's as the page was opened, for showing and hiding; handlers ask again (``access.requires``).
        go: Leads this page to another place, with its address in the browser's history; shown a moment later.
        rename: Gives what is at the first place the address of the second, without a step for the back button.
        set_theme: Has the panel look ``light``, ``dark`` or like the ``system``, now and from now on.
    """

    app: App
    live: LiveUpdates
    client: Client
    role: Role
    go: Callable[[Place], Awaitable[None]]
    rename: Callable[[Place, Place], None]
    set_theme: Callable[[str], Awaitable[None]]

    def may(self, role: Role) -> bool:
        """Whether the page shows what takes *role*."""
        return self.role >= role


class Tab(Protocol):
    """A tab of an open page.  It is built when it is first shown, and then stays."""

    async def build(self) -> None:
        """Make the tab's elements in the slot that is open."""

    async def show(self, place: Place) -> None:
        """Bring *place*, which is in this tab, into view."""


def _no_topics(live: LiveUpdates) -> None:
    """A tab that shows nothing live has no topics."""


def _no_routes(app: App) -> Sequence[BaseRoute]:
    return ()


@dataclass(frozen=True, slots=True)
class TabKind:
    """What the frame has to know of a tab.

    Args:
        icon: Of the bundled set; shown on a phone.
        make: A tab for one open page.
        topics: Registers what the tab shows live.
        routes: Plain routes of the tab, all under ``/data``.
        scripts: Files under ``/static`` that the tab needs, like *sheets*.
    """

    label: str
    icon: str
    make: Callable[[PageContext], Tab]
    topics: Callable[[LiveUpdates], None] = _no_topics
    routes: Callable[[App], Sequence[BaseRoute]] = _no_routes
    scripts: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
