"""Batches as people name them: by id, or by as much of it as tells it from the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.domain.rejected import visible
from core.errors import Conflict, InvalidInput, NotFound
from core.storage import batches as rows
from core.storage.database import Database, Row, Transaction

_HEX = re.compile(r"[0-9a-f]{4,32}")
_GROUPS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
_SHOWN = 5


async def existing_batch(db: Database | Transaction, given: str) -> Row:
    """The batch of this id, or the one whose id begins so; case and dashes do not matter.

    Raises:
        NotFound: There is none.
        Conflict: Several begin so.
        InvalidInput: No id begins like that, or it is shorter than 4 characters.
    """
    prefix = _dashed(given)
    found = await rows.beginning_with(db, prefix, _SHOWN + 1)
    if not found:
        raise NotFound(f'There is no batch "{prefix}"; list the batches to see their ids.')
    if len(found) > 1:
        shown = ", ".join(f"{row['id']} ({row['name']})" for row in found[:_SHOWN])
        more = " and more" if len(found) > _SHOWN else ""
        raise Conflict(f'Several batches begin with "{prefix}": {shown}{more}; give more of the id.')
    return found[0]


async def existing_batches(
    db: Database | Transaction, given: Sequence[str], *, leave_missing: bool = False
) -> list[Row]:
    """The batches of these ids, each once, in the order given.

    Args:
        leave_missing: Do without those that do not exist, as long as one does.

    Raises:
        NotFound: One of them does not exist, or none does.
        Conflict: One of them is the beginning of several ids.
        InvalidInput: One of them is no id, or none is given.
    """
    found: dict[str, Row] = {}
    missing: NotFound | None = None
    for text in given:
        try:
            row = await existing_batch(db, text)
        except NotFound as error:
            if not leave_missing:
                raise
            missing = error
        else:
            found[row["id"]] = row
    if not found and missing is not None:
        raise missing
    if not found:
        raise InvalidInput("batch", "name at least one batch by its id")
    return list(found.values())


def _dashed(given: str) -> str:
    digits = given.strip().lower().replace("-", "")
    if not _HEX.fullmatch(digits):
        why = "is no id of a batch; give the id, or at least its first 4 characters"
        raise InvalidInput("batch", f'"{visible(given)}" {why}')
    return "-".join(group for start, end in _GROUPS if (group := digits[start:end]))
