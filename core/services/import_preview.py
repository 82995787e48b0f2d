"""What would become of the lines of a file, found out without writing anything."""

from __future__ import annotations

from collections import Counter

from core.domain import niche_name
from core.services.niches import known_niche
from core.services.reading import ReadList
from core.services.views import ImportPreview, KnownElsewhere
from core.storage import imports as rows
from core.storage import niches as niche_rows
from core.storage.database import Database

_SLICE = 5_000
_SHOWN = 100


async def preview_of(database: Database, read: ReadList, niche: str | None) -> ImportPreview:
    """Count the lines by what would become of them in *niche*, which need not exist.

    Raises:
        InvalidInput: The niche cannot be called that.
    """
    target = None if niche is None else await known_niche(database, niche)
    niche_id = None if target is None else target.id
    by_niche: Counter[int] = Counter()
    elsewhere: list[KnownElsewhere] = []
    distinct = 0
    for some in read.names.slices(_SLICE):
        distinct += len(some)
        known = await rows.count_known(database, some)
        by_niche.update(known)
        if len(elsewhere) < _SHOWN and known.keys() - {niche_id}:
            left = _SHOWN - len(elsewhere)
            found = await rows.known_elsewhere(database, some, niche_id=niche_id, count=left)
            elsewhere += [KnownElsewhere(row["username"], row["niche"]) for row in found]
    here = by_niche.pop(niche_id, 0) if niche_id is not None else 0
    names = {each.id: each.name for each in await niche_rows.every(database)}
    return ImportPreview(
        lines=read.lines,
        would_create=distinct - here - by_niche.total(),
        known_here=here,
        known_elsewhere=by_niche.total(),
        repeated=read.names.added - distinct,
        invalid=read.invalid,
        blank=read.blank,
        niche=target.name if target is not None else None if niche is None else niche_name.clean(niche),
        rejected=tuple(read.rejected[:_SHOWN]),
        elsewhere=tuple(elsewhere),
        # One that was deleted since the count has no name any more.
        elsewhere_by_niche=tuple((names[each], n) for each, n in by_niche.most_common() if each in names),
    )
