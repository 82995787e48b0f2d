"""What people do with batches, in the table and in an open one: each asks its verb and tells what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass

from nicegui import json

from core.domain.line_order import Toward
from core.errors import NotFound
from core.services.views import BatchView
from panel.access import current_actor
from panel.context import PageContext
from panel.pages.batches import batch_words as words
from panel.place import Place, TabName
from panel.widgets.confirming import confirmed
from panel.widgets.telling import tell


@dataclass(frozen=True, slots=True)
class Picked:
    """Batches that somebody picked, and what the page showed of them then.

    Args:
        names: The first one's.
        unfinished: Checks of all of them that have no verdict yet.
        unknown: Unknown checks, where one batch is picked.
    """

    ids: list[str]
    names: list[str]
    startable: int = 0
    stoppable: int = 0
    in_line: int = 0
    running: int = 0
    unknown: int = 0
    unfinished: int = 0


class BatchActs:
    """The acts of one open page.  Who may do what is each verb's to say."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._batches = page.app.batches

    async def start(self, picked: Picked) -> None:
        """Put those in line that are not done."""
        actor = await current_actor()
        verb = self._batches.start(actor, picked.ids, leave_done=True, leave_missing=True)
        tell(words.started(await self._of_those_left(picked, verb)))

    async def stop(self, picked: Picked) -> None:
        """Take those that run or are in line out of it."""
        actor = await current_actor()
        tell(
            words.stopped(await self._of_those_left(picked, self._batches.stop(actor, picked.ids, leave_missing=True)))
        )

    async def delete(self, picked: Picked) -> bool:
        """Delete them, once the person has read what that means; whether they are gone."""
        actor = await current_actor()
        count = len(picked.ids)
        question = words.delete_question(count, picked.names[0])
        consequence = words.delete_consequence(count, running=picked.running, unfinished=picked.unfinished)
        them = "it" if count == 1 else "them"
        if not await confirmed(question, consequence, yes=words.delete_verb(count), no=f"Keep {them}"):
            return False
        views = await self._of_those_left(picked, self._batches.delete(actor, picked.ids, leave_missing=True))
        self._drop(picked.ids)
        tell(words.deleted(len(views), gone_before=count - len(views)))
        return True

    async def shift(self, picked: Picked, toward: Toward) -> None:
        """Move those that are in line."""
        actor = await current_actor()
        await self._of_those_left(picked, self._batches.shift(actor, picked.ids, toward))

    async def retry(self, picked: Picked) -> None:
        """Make a batch of what stayed unknown, put it in line and show it there."""
        actor = await current_actor()
        (made,) = await self._of_those_left(
            picked, _alone(self._batches.retry_unknown(actor, picked.ids[0])), of_them=False
        )
        await self.begin(made)

    async def begin(self, made: BatchView) -> None:
        """Start a batch that was just made, and show it in the table."""
        actor = await current_actor()
        if made.status != "done":
            (made,) = await self._batches.start(actor, [made.id])
        tell(words.begun(made))
        await self.show(made)

    async def show(self, batch: BatchView) -> None:
        """Lead to the table with this batch highlighted."""
        await self._page.live.look()
        await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))

    async def _of_those_left(
        self, picked: Picked, verb: Awaitable[Sequence[BatchView]], *, of_them: bool = True
    ) -> Sequence[BatchView]:
        """What *verb* did; batches that somebody else has deleted leave the page.

        Args:
            of_them: The verb answers with the batches that were picked.

        Raises:
            NotFound: All of them were deleted meanwhile.
        """
        try:
            views = await verb
        except NotFound:
            self._drop(picked.ids)
            raise NotFound(words.deleted_meanwhile(len(picked.ids), picked.names[0])) from None
        if of_them:
            self._drop(set(picked.ids) - {view.id for view in views})
        # Whoever acts sees at once what came of it; the others within a second.
        await self._page.live.look()
        return views

    def _drop(self, ids: Iterable[str]) -> None:
        self._page.client.run_javascript(f"SW.batches.drop({json.dumps(list(ids))})")


async def _alone(verb: Awaitable[BatchView]) -> Sequence[BatchView]:
    return (await verb,)
