"""Schedules as people name them: by id, or by name."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.closest import hint, sentence
from core.domain.rejected import visible
from core.errors import InvalidInput, NotFound
from core.services.named import row_number
from core.storage import schedules as rows
from core.storage.database import Database, Transaction
from core.storage.schedules import StoredSchedule

# Its id, or its name.
Given = int | str


async def existing_schedule(db: Database | Transaction, given: Given) -> StoredSchedule:
    """The schedule of this id or name.

    Raises:
        NotFound: There is none; the sentence names the closest one.
    """
    text = str(given).strip()
    number = row_number(text)
    found = await rows.find(db, text.casefold()) if number is None else await rows.by_id(db, number)
    if found is None:
        shown = visible(text)
        raise NotFound(f'There is no schedule "{shown}"; {sentence(hint(shown, await rows.names(db)))}')
    return found


async def existing_schedules(
    db: Database | Transaction, given: Sequence[Given], *, leave_missing: bool = False
) -> Sequence[StoredSchedule]:
    """The schedules of these ids or names, each once, in the order given.

    Args:
        leave_missing: Do without those that do not exist, as long as one does.

    Raises:
        NotFound: One of them does not exist, or none does.
        InvalidInput: None is given.
    """
    found: dict[int, StoredSchedule] = {}
    missing: NotFound | None = None
    for each in given:
        try:
            stored = await existing_schedule(db, each)
        except NotFound as error:
            if not leave_missing:
                raise
            missing = error
        else:
            found[stored.id] = stored
    if not found and missing is not None:
        raise missing
    if not found:
        raise InvalidInput("schedule", "name at least one schedule")
    return tuple(found.values())
