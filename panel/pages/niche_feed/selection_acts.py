"""What people do with the selected profiles: check, move, pause, resume, watch, remove, export.

Each act takes the selection that the browser has left, calls one verb with it, and tells what became of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from nicegui import events, json

from core.domain.actor import Actor
from core.domain.feed import FeedQuery, Selection
from core.errors import Conflict
from core.services.exports import Form
from core.services.views import ProfilesChanged
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.feed_address import words_of
from panel.pages.niche_feed.kept_selections import KeptSelections
from panel.pages.niche_feed.move_dialog import ask_where
from panel.place import Place, TabName
from panel.widgets.confirming import confirmed
from panel.widgets.long_act import LongAct, long_act
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell, tell_with_undo

Left = events.GenericEventArguments


class SelectionActs:
    """The acts of one open page.

    Args:
        shown: The query that the page shows.
        selected: How many are selected, for saying how far an act on them is.
        here: The niche in view, which a batch belongs to; selected profiles are always of it.
        on_change: Told when an act begins, when it ends, and when profiles changed.
    """

    def __init__(
        self,
        page: PageContext,
        kept: KeptSelections,
        *,
        shown: Callable[[], FeedQuery],
        selected: Callable[[], int],
        here: Callable[[], str | None],
        on_change: Callable[[], None],
    ) -> None:
        self._page = page
        self._app = page.app
        self._kept = kept
        self._shown = shown
        self._selected = selected
        self._here = here
        self._on_change = on_change
        self.busy = False

    async def check(self, left: Left) -> None:
        """Make a batch of them, put it in line, and show it."""
        async with self._acting(left, "Making the batch") as (actor, selection, going):
            batch = await self._app.batches.create(actor, niche=self._here(), names=selection, on_progress=going)
            (batch,) = await self._app.batches.start(actor, [batch.id], leave_done=True)
            if batch.status == "done":
                tell("All of them were checked a short while ago; the batch has taken those verdicts over.")
        await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))

    async def create(self, left: Left) -> None:
        """Make a batch of them that waits for its start, and show it."""
        async with self._acting(left, "Making the batch") as (actor, selection, going):
            batch = await self._app.batches.create(actor, niche=self._here(), names=selection, on_progress=going)
        await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))

    async def move(self, left: Left) -> None:
        """Ask for a niche, and put them into it."""
        async with self._acting(left, "Moving") as (actor, selection, going):
            count = await self._app.profiles.count(actor, selection)
            niche = await ask_where(self._app, count)
            if niche is not None:
                now = await access.current_actor()
                done = await self._app.profiles.move(now, selection, niche, on_progress=going)
                self._told(done, f"moved to {niche}", "were there already")

    async def pause(self, left: Left) -> None:
        """Leave them out of their niches' batches from now on."""
        async with self._acting(left, "Pausing") as (actor, selection, going):
            done = await self._app.profiles.pause(actor, selection, on_progress=going)
            self._told(done, "paused", "were paused or gone already", then=" Schedules skip them.")

    async def resume(self, left: Left) -> None:
        """Take them back into their niches' batches."""
        async with self._acting(left, "Resuming") as (actor, selection, going):
            done = await self._app.profiles.resume(actor, selection, on_progress=going)
            self._told(done, "resumed", "were active already")

    async def watch(self, left: Left) -> None:
        """Have their new stories told."""
        async with self._acting(left, "Watching") as (actor, selection, going):
            done = await self._app.profiles.watch(actor, selection, on_progress=going)
            self._told(done, "watched", "were watched already", then=" Their new stories are told as alerts.")

    async def unwatch(self, left: Left) -> None:
        """Have their new stories told no more."""
        async with self._acting(left, "Changing") as (actor, selection, going):
            done = await self._app.profiles.unwatch(actor, selection, on_progress=going)
            self._told(done, "watched no more", "were not watched")

    async def remove(self, left: Left) -> None:
        """Ask, and erase them."""
        async with self._acting(left, "Removing") as (actor, selection, going):
            profiles = count_of(await self._app.profiles.count(actor, selection), "profile")
            sure = await confirmed(
                f"Remove {profiles}?",
                "Their statistics and every check of them are erased, in batches and results, too. "
                "That cannot be undone.",
                yes=f"Remove {profiles}",
                no="Keep them",
            )
            if sure:
                done = await self._app.profiles.remove(await access.current_actor(), selection, on_progress=going)
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
    async def _acting(self, left: Left, what: str) -> AsyncIterator[tuple[Actor, Selection, LongAct]]:
        """Whoever asks, what the browser left for this act, and how far it is; buttons are off meanwhile."""
        if self.busy:
            raise Conflict("What you asked for before is still under way; wait for it.")
        self.busy = True
        self._on_change()
        try:
            actor = await access.current_actor()
            selection = self._kept.take(actor, str(left.args), self._app.clock.monotonic())
            # In the page's own slot, because the menu that the click came from closes.
            with self._page.client, long_act(self._app.clock, what, self._selected()) as going:
                yield actor, selection, going
        finally:
            self.busy = False
            self._on_change()

    def _told(self, done: ProfilesChanged, became: str, already: str, *, then: str = "") -> None:
        text = sentence(done, became, already, then=then)
        if done.undo is None:
            tell(text)
        else:
            tell_with_undo(text, self._undo(done.undo, done.changed))

    def _undo(self, token: str, count: int) -> Callable[[], Awaitable[None]]:
        async def undo() -> None:
            with long_act(self._app.clock, "Undoing", count) as going:
                done = await self._app.profiles.undo(await access.current_actor(), token, on_progress=going)
            self._on_change()
            others = f" {done.unchanged:,} changed meanwhile and stay as they are." if done.unchanged else ""
            tell(f"{count_of(done.changed, 'profile')} {'is' if done.changed == 1 else 'are'} as before.{others}")

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
