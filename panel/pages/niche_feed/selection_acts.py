"""What people do with the selected profiles: check, move, pause, resume, remove, export.

Each act takes the selection that the browser has left, calls one verb with it, and tells what became of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from nicegui import events, json

from core.domain.actor import Actor
from core.domain.feed import FeedQuery, Selection
from core.services.exports import Form
from core.services.views import ProfilesChanged
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.feed_address import words_of
from panel.pages.niche_feed.kept_selections import KeptSelections
from panel.pages.niche_feed.move_dialog import ask_where
from panel.place import Place, TabName
from panel.widgets.confirming import confirmed
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell, tell_with_undo

Left = events.GenericEventArguments


class SelectionActs:
    """The acts of one open page.

    Args:
        shown: The query that the page shows.
        niches: The niches' names in their order.
        on_change: Told when an act begins, when it ends, and when profiles changed.
    """

    def __init__(
        self,
        page: PageContext,
        kept: KeptSelections,
        *,
        shown: Callable[[], FeedQuery],
        niches: Callable[[], Sequence[str]],
        on_change: Callable[[], None],
    ) -> None:
        self._page = page
        self._app = page.app
        self._kept = kept
        self._shown = shown
        self._niches = niches
        self._on_change = on_change
        self.busy = False

    async def check(self, left: Left) -> None:
        """Make a batch of them, put it in line, and show it."""
        async with self._acting(left) as (actor, selection):
            batch = await self._app.batches.create(actor, names=selection)
            if batch.status == "queued":
                await self._app.batches.start(actor, [batch.id], leave_done=True)
            else:
                tell("All of them were checked a short while ago; the batch took those verdicts over.")
        await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))

    async def create(self, left: Left) -> None:
        """Make a batch of them that waits for its start, and show it."""
        async with self._acting(left) as (actor, selection):
            batch = await self._app.batches.create(actor, names=selection)
        await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))

    async def move(self, left: Left) -> None:
        """Ask for a niche, and put them into it."""
        async with self._acting(left) as (actor, selection):
            count = await self._app.profiles.count(actor, selection)
            niche = await ask_where(self._app, count, self._niches())
            if niche is not None:
                done = await self._app.profiles.move(await access.current_actor(), selection, niche)
                self._told(done, f"moved to {niche}", "were there already")

    async def pause(self, left: Left) -> None:
        """Leave them out of their niches' batches from now on."""
        async with self._acting(left) as (actor, selection):
            done = await self._app.profiles.pause(actor, selection)
            self._told(done, "paused", "were paused or gone already", then=" Schedules skip them.")

    async def resume(self, left: Left) -> None:
        """Take them back into their niches' batches."""
        async with self._acting(left) as (actor, selection):
            done = await self._app.profiles.resume(actor, selection)
            self._told(done, "resumed", "were active already")

    async def remove(self, left: Left) -> None:
        """Ask, and erase them."""
        async with self._acting(left) as (actor, selection):
            profiles = count_of(await self._app.profiles.count(actor, selection), "profile")
            sure = await confirmed(
                f"Remove {profiles}?",
                "Their statistics and every check of them are erased, in batches and results, too. "
                "That cannot be undone.",
                yes=f"Remove {profiles}",
                no="Keep them",
            )
            if sure:
                done = await self._app.profiles.remove(await access.current_actor(), selection)
                self._told(done, "removed", "")

    async def export_csv(self, left: Left) -> None:
        """Give them as a file for a spreadsheet."""
        self._download({"form": Form.CSV.value, "selection": str(left.args)})

    async def export_json_lines(self, left: Left) -> None:
        """Give them as a file for a program."""
        self._download({"form": Form.JSONL.value, "selection": str(left.args)})

    async def export_matching(self) -> None:
        """Give all that match as a file, selected or not."""
        self._download(words_of(self._shown()) | {"form": Form.CSV.value})

    # -- what they share -------------------------------------------------------------------

    @asynccontextmanager
    async def _acting(self, left: Left) -> AsyncIterator[tuple[Actor, Selection]]:
        """Whoever asks, and what the browser left for this act; buttons are off meanwhile."""
        actor = await access.current_actor()
        selection = self._kept.take(actor, str(left.args), self._app.clock.monotonic())
        self.busy = True
        self._on_change()
        try:
            # In the page's own slot, because the menu that the click came from closes.
            with self._page.client:
                yield actor, selection
        finally:
            self.busy = False
            self._on_change()

    def _told(self, done: ProfilesChanged, became: str, already: str, *, then: str = "") -> None:
        text = sentence(done, became, already, then=then)
        if done.undo is None:
            tell(text)
        else:
            tell_with_undo(text, self._undo(done.undo))

    def _undo(self, token: str) -> Callable[[], Awaitable[None]]:
        async def undo() -> None:
            done = await self._app.profiles.undo(await access.current_actor(), token)
            self._on_change()
            tell(f"{count_of(done.changed, 'profile')} {'is' if done.changed == 1 else 'are'} as before.")

        return undo

    def _download(self, words: dict[str, str]) -> None:
        self._page.client.run_javascript(f"SWFeed.download({json.dumps('/data/profiles/export?' + urlencode(words))})")


def sentence(done: ProfilesChanged, became: str, already: str, *, then: str = "") -> str:
    """What became of the selected profiles: those changed, those that were so already, those that are not there."""
    parts = [f"{count_of(done.changed, 'profile')} {became}.{then if done.changed else ''}"]
    if done.unchanged and already:
        parts.append(f"{done.unchanged:,} {already}.")
    if done.missing:
        parts.append(f"{len(done.missing):,} {'is' if len(done.missing) == 1 else 'are'} no longer there.")
    return " ".join(parts)
