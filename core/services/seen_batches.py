"""The verbs that look at batches: list, show, results, export, log.  They change nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection

from core.domain.actor import Actor, Role
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput
from core.services import batch_results, exports
from core.services.batch_results import Mark, batch_view, must_be_kept
from core.services.named_batches import existing_batch
from core.services.views import BatchEventView, BatchView, CheckView
from core.storage import batches as rows
from core.storage import checks
from core.storage.database import Database
from core.storage.models import BatchStatus

LARGEST_PAGE = 1_000
_SETTLED_PAGE = 1_000


class SeenBatches:
    """Batches as somebody looks at them.  How they are named is told by :class:`core.services.batches.Batches`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def current(self, actor: Actor, *, newest: int = 200) -> tuple[BatchView, ...]:
        """Every batch in progress or in line, and the newest ones besides; the newest first.

        Args:
            newest: 1 to 1,000.

        Raises:
            InvalidInput: The number is out of bounds.
        """
        actor.must_be(Role.VIEWER, "list batches")
        if not 1 <= newest <= LARGEST_PAGE:
            raise InvalidInput("newest", f"give 1 to {LARGEST_PAGE:,} batches, not {newest}")
        return tuple(batch_view(row) for row in await rows.current(self._database, newest))

    async def list(
        self, actor: Actor, *, count: int = 50, after: str | None = None, status: str | None = None
    ) -> tuple[BatchView, ...]:
        """Batches, the newest first.

        Args:
            count: 1 to 1,000.
            after: The id of the last batch of the page before.
            status: Only those that are ``queued``, ``in_progress`` or ``done``.

        Raises:
            InvalidInput: The count or the status is none.
            NotFound: The batch that *after* names was deleted; list from the beginning.
        """
        actor.must_be(Role.VIEWER, "list batches")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE:,} batches, not {count}")
        shown = [each.value for each in BatchStatus if each is not BatchStatus.HIDDEN]
        if status is not None and status not in shown:
            raise InvalidInput("status", f'"{status}" is none; there are {", ".join(shown)}')
        last = None if after is None else await existing_batch(self._database, after)
        key = None if last is None else (last["created_at"], last["id"])
        found = await rows.newest(self._database, status=status, after=key, count=count)
        return tuple(batch_view(row) for row in found)

    async def show(self, actor: Actor, batch: str) -> BatchView:
        """One batch."""
        actor.must_be(Role.VIEWER, "see a batch")
        return batch_view(await existing_batch(self._database, batch))

    async def results(
        self,
        actor: Actor,
        batch: str,
        *,
        outcomes: Collection[Outcome] | None = None,
        finished_after: str | None = None,
    ) -> AsyncIterator[CheckView]:
        """The finished checks in the order in which they were stored, one after the other; holds one page of them.

        Args:
            outcomes: Only checks with one of these.
            finished_after: A mark of :meth:`settled_since`: only checks behind it.

        Raises:
            InvalidInput: That is no mark.
            NotFound: They were kept for 90 days.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        must_be_kept(row)
        return batch_results.settled_checks(self._database, row["id"], Mark.parse(finished_after), outcomes)

    async def settled_since(self, actor: Actor, batch: str, mark: str | None) -> tuple[tuple[CheckView, ...], str]:
        """Checks that were stored since *mark*, each exactly once, and the mark for the next call.

        Costs what it returns, at most 1,000 checks: none means that there are no more until now.

        Args:
            mark: What the call before gave; None begins with the first finished check.

        Raises:
            InvalidInput: That is no mark.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        found, last = await batch_results.settled_page(self._database, row["id"], Mark.parse(mark), _SETTLED_PAGE)
        return tuple(found), str(last)

    async def export(self, actor: Actor, batch: str, form: exports.Form) -> AsyncIterator[str]:
        """The finished checks as lines of CSV or JSON Lines.

        Raises:
            NotFound: They were kept for 90 days.
        """
        found = await self.results(actor, batch)
        return exports.lines(batch_results.EXPORTED, batch_results.records(found), form)

    async def unknown_reasons(self, actor: Actor, batch: str) -> dict[Reason, int]:
        """How often each reason left a check unknown, the most frequent first."""
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        counts = await checks.unknown_reasons(self._database, row["id"])
        return {Reason(reason): count for reason, count in counts.items()}

    async def log(self, actor: Actor, batch: str, count: int = 100) -> tuple[BatchEventView, ...]:
        """The last lines of the batch's own log, the newest first.

        Args:
            count: 1 to 1,000.

        Raises:
            InvalidInput: The count is out of bounds.
        """
        actor.must_be(Role.VIEWER, "see a batch's log")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"give 1 to {LARGEST_PAGE:,} lines, not {count}")
        row = await existing_batch(self._database, batch)
        return tuple(batch_results.event_view(line) for line in await rows.log(self._database, row["id"], count))
