"""What people do to niches, from the list beside the table: add, edit, order, delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from core.domain.feed import FeedQuery
from panel import access
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.niche_feed.niche_dialogs import ask_for_niche, ask_what_becomes
from panel.widgets.menu import menu_item
from panel.widgets.telling import tell

Look = Callable[[FeedQuery], Awaitable[None]]


class NicheActs:
    """The acts of one open page.

    Args:
        look: Shows a query: of a niche that was added, or of everything after one was deleted.
        on_change: Told when a niche became another one.
    """

    def __init__(self, page: PageContext, look: Look, on_change: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._app = page.app
        self._look = look
        self._on_change = on_change

    def menu(self, row: Callable[[], Row]) -> ui.button:
        """A niche's own menu, in the slot that is open.

        Args:
            row: The niche as of now.
        """
        button = ui.button(icon="more_horiz", color=None).classes("quiet icon-only small niche-more")
        with button, ui.menu(), ui.element("div").classes("menu-list"):
            menu_item("Edit name and target", on_click=lambda: self.edit(row()))
            menu_item("Move up", on_click=lambda: self.move(row(), -1))
            menu_item("Move down", on_click=lambda: self.move(row(), 1))
            ui.separator()
            menu_item("Delete niche", lambda: self.delete(row()), danger=True)
        return button

    async def add(self) -> None:
        """Ask for a niche's name and target, and add it."""

        async def create(name: str, target: int | None) -> None:
            niche = await self._app.niches.create(await access.current_actor(), name, daily_story_target=target)
            await self._look(FeedQuery(niche=niche.id))

        # In the page's own slot: the list that the click came from may be laid out anew meanwhile.
        with self._page.client:
            await ask_for_niche("Add a niche", create, yes="Add niche")

    async def edit(self, row: Row) -> None:
        """Ask for another name or target."""

        async def change(name: str, target: int | None) -> None:
            actor = await access.current_actor()
            if target != row["target"]:
                await self._app.niches.set_target(actor, row["name"], target)
            if name.strip() != row["name"]:
                await self._app.niches.rename(actor, row["name"], name)
            await self._on_change()

        with self._page.client:
            await ask_for_niche("Edit niche", change, yes="Save", name=row["name"], target=row["target"])

    async def move(self, row: Row, by: int) -> None:
        """Change places with the niche above or below."""
        actor = await access.current_actor()
        names = list(await self._app.niches.names(actor))
        at = names.index(row["name"]) if row["name"] in names else -1
        to = at + by
        if at < 0 or not 0 <= to < len(names):
            return
        names.insert(to, names.pop(at))
        await self._app.niches.reorder(actor, names)
        await self._on_change()

    async def delete(self, row: Row) -> None:
        """Ask what becomes of the niche's profiles, and delete it."""
        with self._page.client:
            names = await self._app.niches.names(await access.current_actor())
            others = [name for name in names if name != row["name"]]
            choice = await ask_what_becomes(row, others)
            if choice is None:
                return
            actor = await access.current_actor()
            removed = await self._app.niches.delete(
                actor,
                row["name"],
                move_to=choice.move_to,
                with_profiles=choice.move_to is None and bool(row["profiles"]),
            )
            became = ""
            if removed.moved:
                became = f" {removed.moved:,} profiles are in {choice.move_to} now."
            elif removed.erased:
                became = f" {removed.erased:,} profiles were removed with it."
            tell(f"{removed.name} is deleted.{became}")
            await self._look(FeedQuery())
