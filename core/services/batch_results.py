"""Rows of batches and checks as views, and finished checks in the order in which they were stored."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotFound
from core.events import BatchProgress
from core.services.views import BatchEventView, BatchView, CheckView
from core.storage import checks
from core.storage.database import Database, Row, from_sql_time

_PAGE = 500
# Any number that a row can have, and no larger one.
_MARK = re.compile(r"([0-9]{1,10})\.([0-9]{1,18})")

# The columns of the contract.
EXPORTED = ("username", "outcome", "reason", "attempts", "story_until", "checked_at", "proxy", "session")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a batch's finished checks: behind the check of this id, stored by the commit of this number."""

    commit: int = 0
    check_id: int = 0

    def __str__(self) -> str:
        return f"{self.commit}.{self.check_id}"

    @classmethod
    def parse(cls, text: str | None) -> Mark:
        """The mark that *text* spells; None is the beginning.

        Raises:
            InvalidInput: It spells none.
        """
        if text is None:
            return cls()
        found = _MARK.fullmatch(text)
        if found is None:
            raise InvalidInput("mark", "give the mark that came with the checks before, or none to begin")
        return cls(int(found[1]), int(found[2]))


async def settled_page(database: Database, batch_id: str, mark: Mark, count: int) -> tuple[list[CheckView], Mark]:
    """Up to *count* checks that were stored behind *mark*, and the mark behind them."""
    found = await checks.settled_after(database, batch_id, number=mark.commit, check_id=mark.check_id, count=count)
    if found:
        mark = Mark(found[-1]["settled_in"], found[-1]["id"])
    return [check_view(row) for row in found], mark


async def settled_checks(
    database: Database, batch_id: str, mark: Mark, outcomes: Collection[Outcome] | None
) -> AsyncGenerator[CheckView, None]:
    """The checks that were stored behind *mark*, one after the other; holds one page of them."""
    while True:
        page, mark = await settled_page(database, batch_id, mark, _PAGE)
        for check in page:
            if outcomes is None or check.outcome in outcomes:
                yield check
        if len(page) < _PAGE:
            return


async def records(found: AsyncIterable[CheckView]) -> AsyncIterator[dict[str, Any]]:
    """Checks as the lines of an export."""
    async for check in found:
        yield {column: getattr(check, column) for column in EXPORTED}


def batch_view(row: Row) -> BatchView:
    """The batch of a row of :mod:`core.storage.batches`."""
    return BatchView(
        id=row["id"],
        name=row["name"],
        niche=row["niche"],
        status=row["status"],
        requested_at=_time(row["requested_at"]),
        position=None if row["status"] == "done" else row["position"],
        place_in_line=row["place_in_line"],
        total=row["total"],
        finished=row["finished"],
        live=row["live"],
        none=row["none"],
        private=row["private"],
        gone=row["gone"],
        unknown=row["unknown"],
        skipped=row["skipped"],
        requests=row["requests"],
        seconds=row["active_seconds"],
        waiting_reason=row["waiting_reason"],
        waiting_until=_time(row["waiting_until"]),
        created_by=row["created_by"],
        created_at=from_sql_time(row["created_at"]),
        started_at=_time(row["started_at"]),
        finished_at=_time(row["finished_at"]),
        results_kept=are_kept(row),
    )


def are_kept(row: Row) -> bool:
    """Whether the batch's checks are still there."""
    return bool(row["results"] == "kept")


def must_be_kept(row: Row) -> None:
    """Raise where the batch's checks are forgotten.

    Raises:
        NotFound: They are; the sentence says why.
    """
    if not are_kept(row):
        raise NotFound(f'The results of the batch "{row["name"]}" were kept for 90 days; only its counts are left.')


def progress(view: BatchView) -> BatchProgress:
    """The news of a batch that looks like this."""
    return BatchProgress(
        view.id,
        view.status,
        view.total,
        view.finished,
        view.live,
        view.none,
        view.private,
        view.gone,
        view.unknown,
        view.requests,
    )


def check_view(row: Row) -> CheckView:
    """The check of a row of :mod:`core.storage.checks`."""
    return CheckView(
        username=row["profile_id"],
        outcome=Outcome(row["outcome"]),
        reason=Reason(row["reason"]),
        attempts=row["attempts"],
        story_since=_time(row["story_since"]),
        story_until=_time(row["story_until"]),
        checked_at=_time(row["checked_at"]),
        proxy=row["proxy_id"],
        session=row["session_id"],
        trail=row["trail"],
    )


def event_view(row: Row) -> BatchEventView:
    """The line of a row of a batch's log."""
    return BatchEventView(from_sql_time(row["at"]), row["what"], row["text"], row["username"], row["proxy_id"])


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
