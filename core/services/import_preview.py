"""What would become of the lines of a file, found out without writing anything.

The names are counted by niche, so that one count tells of every niche.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain import niche_name
from core.domain.rejected import Rejected
from core.services.niches import known_niche
from core.services.reading import ReadList
from core.services.views import ImportPreview, KnownElsewhere
from core.storage import imports as rows
from core.storage import niches as niche_rows
from core.storage.database import Database

_SLICE = 5_000
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ListCount:
    """What a file holds, and whom of it the database knew in which niche, at one moment.

    Args:
        distinct: Usernames, each once; *added* counts repeated ones as often as they are repeated.
        known: How many of them are in each niche, by its id.
        first: The first 100 of those of each niche, in order.
    """

    at: datetime
    lines: int
    added: int
    distinct: int
    invalid: int
    blank: int
    rejected: tuple[Rejected, ...]
    known: Mapping[int, int]
    first: Mapping[int, list[str]]


async def counted(database: Database, read: ReadList, at: datetime) -> ListCount:
    """Look all names up."""
    known: Counter[int] = Counter()
    first: dict[int, list[str]] = {}
    distinct = 0
    for some in read.names.slices(_SLICE):
        distinct += len(some)
        here = await rows.count_known(database, some)
        known.update(here)
        for niche_id in here:
            shown = first.setdefault(niche_id, [])
            if len(shown) < _SHOWN:
                shown += await rows.known_in(database, some, niche_id=niche_id, count=_SHOWN - len(shown))
    return ListCount(
        at=at,
        lines=read.lines,
        added=read.names.added,
        distinct=distinct,
        invalid=read.invalid,
        blank=read.blank,
        rejected=tuple(read.rejected[:_SHOWN]),
        known=known,
        first=first,
    )


async def preview_of(database: Database, count: ListCount, niche: str | None) -> ImportPreview:
    """What would become of the lines in *niche*, which need not exist.

    Raises:
        InvalidInput: The niche cannot be called that.
    """
    target = None if niche is None else await known_niche(database, niche)
    here = 0 if target is None else count.known.get(target.id, 0)
    names = {each.id: each.name for each in await niche_rows.every(database)}
    # One that was deleted since the count has no name any more.
    others = [each for each in count.known if each in names and (target is None or each != target.id)]
    elsewhere = sorted((username, names[each]) for each in others for username in count.first[each])
    by_niche = sorted(((names[each], count.known[each]) for each in others), key=lambda pair: -pair[1])
    known_elsewhere = sum(count.known.values()) - here
    return ImportPreview(
        lines=count.lines,
        would_create=count.distinct - here - known_elsewhere,
        known_here=here,
        known_elsewhere=known_elsewhere,
        repeated=count.added - count.distinct,
        invalid=count.invalid,
        blank=count.blank,
        niche=target.name if target is not None else None if niche is None else niche_name.clean(niche),
        rejected=count.rejected,
        elsewhere=tuple(KnownElsewhere(*pair) for pair in elsewhere[:_SHOWN]),
        elsewhere_by_niche=tuple(by_niche),
    )
