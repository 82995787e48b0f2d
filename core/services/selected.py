"""Whom a selection means, a slice at a time: never all of it in memory, and nobody twice."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime

from core.domain.feed import FeedQuery, Selection
from core.services.feed import Feed
from core.services.named import usernames
from core.storage import feed as rows
from core.storage.database import Database

Who = Sequence[str] | Selection


def cleaned(who: Who) -> Who:
    """*who* with its names in their one spelling, each once; a selection by a query as it is.

    Raises:
        InvalidInput: Nobody is named, or a name is no username.
    """
    if isinstance(who, Selection):
        return who if who.query is not None else usernames(who.names)
    return usernames(who)


async def slices(
    database: Database, feed: Feed, who: Who, at: datetime, size: int
) -> AsyncGenerator[Sequence[str], None]:
    """The usernames of a cleaned *who* in slices of at most *size*: named ones in their order, others by name.

    Of a query, each slice holds whom it matches when the slice is asked for, with the times of *at*; whoever is
    changed in between is not met twice.

    Raises:
        NotFound: The niche of the query was deleted.
    """
    if not isinstance(who, Selection):
        for start in range(0, len(who), size):
            yield who[start : start + size]
        return
    assert who.query is not None, "it was cleaned"
    what, after = await feed.wanted(who.query, at), ""
    while True:
        found = await rows.names_after(database, what, after, size)
        names = [name for name in found if name not in who.except_names]
        if names:
            yield names
        if len(found) < size:
            return
        after = found[-1]


async def count(database: Database, feed: Feed, who: FeedQuery | Selection) -> int:
    """How many profiles *who* means now.

    Raises:
        NotFound: The niche of the query was deleted.
    """
    query = who if isinstance(who, FeedQuery) else who.query
    if query is None:
        return len(who.names) if isinstance(who, Selection) else 0
    total = await feed.count(query)
    if isinstance(who, FeedQuery) or not who.except_names:
        return total
    return total - await rows.count_named(database, await feed.wanted(query), sorted(who.except_names))
