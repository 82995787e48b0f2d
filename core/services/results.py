"""The verbs about what batches found: pages of checks, lists of usernames, unknown by reason, exports of several.

Everything is read a page at a time, whatever the size of the batch.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Any

from core.domain.actor import Actor, Role
from core.domain.check_filter import CheckFilter
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotFound
from core.services import batch_results, exports
from core.services.batch_results import Mark, are_kept, check_view, must_be_kept
from core.services.named_batches import existing_batch, existing_batches
from core.services.views import ChecksPage, FoundCheck
from core.storage import check_pages as pages
from core.storage.database import Database, Row

LARGEST_PAGE = 1_000
_NAMES_AT_ONCE = 5_000


class Results:
    """What batches found.

    A batch is named as for :class:`core.services.batches.Batches`, with the same refusals.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self,
        actor: Actor,
        batch: str,
        wanted: CheckFilter,
        *,
        behind: str | None = None,
        skip: int = 0,
        count: int = 100,
        total: int | None = None,
    ) -> ChecksPage:
        """Finished checks, the newest first; with the beginning of a username in the order of names.

        Going on behind the last check of a page costs what it returns.  Checks that are stored meanwhile stand
        before the first page, so that nothing moves; where names are searched, they are counted in.

        Args:
            behind: A mark of a page or of one of its checks; None begins with the newest check.
            skip: Leave out so many checks behind that.
            count: 1 to 1,000.
            total: How many there are behind the mark, where somebody knows: a page near their end is found sooner.

        Raises:
            InvalidInput: That is no mark, or a number is out of bounds.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE:,} checks, not {count}")
        if skip < 0:
            raise InvalidInput("skip", f"give 0 or more, not {skip}")
        row = await existing_batch(self._database, batch)
        if not are_kept(row):
            return ChecksPage((), 0, str(Mark()), kept=False)
        conditions = _conditions(wanted)
        start = None if behind is None else Mark.parse(behind)
        found_total = None
        if start is None or wanted.prefix:
            start, found_total = await self._beginning(row["id"], wanted.prefix, conditions)
        if wanted.prefix:
            found = await pages.named(
                self._database, row["id"], wanted.prefix, conditions=conditions, count=count, skip=skip
            )
        else:
            if total is not None:
                count = max(0, min(count, total - skip))
            found = await pages.newest(
                self._database,
                row["id"],
                behind=(start.commit, start.check_id),
                conditions=conditions,
                count=count,
                skip=skip,
                left=None if total is None else max(0, total - skip - count),
            )
        return ChecksPage(tuple(map(_found_check, found)), found_total, str(start))

    async def usernames(self, actor: Actor, batch: str, wanted: CheckFilter) -> AsyncIterator[str]:
        """The usernames of finished checks in the order of :meth:`page`, one after the other.

        Raises:
            NotFound: The checks were kept for 90 days.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        must_be_kept(row)
        return self._usernames(row["id"], wanted)

    async def unknown_reasons(self, actor: Actor, batches: Sequence[str]) -> dict[str, dict[Reason, int]]:
        """How often each reason left a check unknown, the most frequent first, by batch.

        Args:
            batches: Whole ids; those of no batch, and of batches without an unknown check, are left out.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        found = await pages.unknown_reasons(self._database, batches)
        return {batch: {Reason(reason): n for reason, n in counts} for batch, counts in found.items()}

    async def export(self, actor: Actor, batches: Sequence[str], form: exports.Form) -> AsyncIterator[str]:
        """The finished checks of batches, one batch after the other; of several, each line names its batch.

        Raises:
            NotFound: The checks of one of them were kept for 90 days.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        found = await existing_batches(self._database, batches, leave_missing=True)
        for row in found:
            must_be_kept(row)
        if len(found) == 1:
            return exports.lines(batch_results.EXPORTED, self._records(found), form)
        return exports.lines(("batch", "batch_name", *batch_results.EXPORTED), self._records(found), form)

    # -- what they share --------------------------------------------------------------

    async def _beginning(self, batch_id: str, prefix: str, conditions: Sequence[str]) -> tuple[Mark, int]:
        """The mark before all checks that are stored by now, and how many of them are wanted."""
        counters = await pages.counters(self._database, batch_id)
        if counters is None:
            raise NotFound("This batch was deleted meanwhile; list the batches to see those that are left.")
        if prefix:
            total = await pages.count_named(self._database, batch_id, prefix, conditions=conditions)
        elif len(conditions) > 1:
            total = await pages.count_reason(self._database, batch_id, conditions[-1])
        else:
            total = counters[conditions[0] if conditions else "finished"]
        return Mark(counters["commits"] + 1, 0), total

    async def _usernames(self, batch_id: str, wanted: CheckFilter) -> AsyncGenerator[str, None]:
        conditions = _conditions(wanted)
        if wanted.prefix:
            async for name in self._names_beginning(batch_id, wanted.prefix, conditions):
                yield name
            return
        behind = pages.BEFORE_ALL
        while found := await pages.newest_names(
            self._database, batch_id, behind=behind, conditions=conditions, count=_NAMES_AT_ONCE
        ):
            for row in found:
                yield row["profile_id"]
            behind = (found[-1]["settled_in"], found[-1]["id"])

    async def _names_beginning(
        self, batch_id: str, prefix: str, conditions: Sequence[str]
    ) -> AsyncGenerator[str, None]:
        skip = 0
        while found := await pages.named_names(
            self._database, batch_id, prefix, conditions=conditions, count=_NAMES_AT_ONCE, skip=skip
        ):
            for row in found:
                yield row["profile_id"]
            skip += len(found)

    async def _records(self, batches: Sequence[Row]) -> AsyncIterator[dict[str, Any]]:
        for batch in batches:
            checks = batch_results.settled_checks(self._database, batch["id"], Mark(), None)
            async for record in batch_results.records(checks):
                yield {"batch": batch["id"], "batch_name": batch["name"], **record}


def _conditions(wanted: CheckFilter) -> tuple[str, ...]:
    """Nothing, an outcome, or an outcome and a reason."""
    if wanted.reason is not None:
        return Outcome.UNKNOWN.value, wanted.reason.value
    return () if wanted.outcome is None else (wanted.outcome.value,)


def _found_check(row: Row) -> FoundCheck:
    return FoundCheck(
        check=check_view(row),
        latency_ms=row["latency_ms"],
        proxy_label=row["proxy_label"],
        session_label=row["session_label"],
        mark=f"{row['settled_in']}.{row['id']}",
    )
