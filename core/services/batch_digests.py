"""The digest of a finished batch, from its checks and those of the run before it."""

from __future__ import annotations

from core.domain.batch_digest import MOST_NAMES, BatchDigest
from core.domain.verdict import Reason
from core.services.views.reasons import reason_in_words
from core.storage import batch_comparison, check_pages
from core.storage.database import Database, Row, from_sql_time

_MOST_REASONS = 5


async def digest_of(database: Database, batch: Row) -> BatchDigest:
    """What *batch* found, held against the run before it.

    Args:
        batch: A row of ``batch_comparison.finished_batch``.
    """
    before = await batch_comparison.run_before(database, batch)
    before_id = None if before is None else before["id"]
    changes = await batch_comparison.changes(database, batch["id"], before_id)
    names = await batch_comparison.new_stories(database, batch["id"], before_id, MOST_NAMES) if changes["new"] else []
    return BatchDigest(
        name=batch["schedule"] or batch["name"],
        total=batch["total"],
        live=batch["live"],
        none=batch["none"],
        private=batch["private"],
        gone=batch["gone"],
        unknown=batch["unknown"],
        requests=batch["requests"],
        seconds=batch["active_seconds"],
        compared_with=None if before is None else from_sql_time(before["finished_at"]).isoformat(),
        live_before=0 if before is None else before["live"],
        new=changes["new"],
        ended=changes["ended"],
        newly_gone=changes["newly_gone"],
        names=tuple(names),
        reasons=await _reasons(database, batch),
    )


async def _reasons(database: Database, batch: Row) -> tuple[tuple[str, int], ...]:
    if not batch["unknown"]:
        return ()
    found = (await check_pages.unknown_reasons(database, [batch["id"]])).get(batch["id"], [])
    shown = [(reason_in_words(Reason(reason)), n) for reason, n in found[:_MOST_REASONS]]
    rest = sum(n for _, n in found[_MOST_REASONS:])
    return (*shown, *([("for other reasons", rest)] if rest else []))
