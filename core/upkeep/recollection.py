"""What a new holder of the engine learns about exchanges of before, so that it exceeds no limit that they used up.

Owns the way from stored minutes to the pool's windows, in slices that keep nobody waiting.
"""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.network.pool import Pool
from core.network.recollection import Sent
from core.storage import allowances
from core.storage.database import Database, from_sql_time

SLICE = 2_000


async def recollect(database: Database, pool: Pool, clock: Clock, *, wake: Callable[[], None]) -> None:
    """Fill the windows of *pool* with what is stored, and let it lend against stored allowances from now on.

    Args:
        wake: Makes the recorder commit at once.
    """
    place = allowances.place_of(clock.now() - allowances.KEPT)
    while rows := await allowances.sent_after(database, place, SLICE):
        pool.recall(
            Sent(row["session_id"], row["proxy_id"], from_sql_time(row["minute"]), row["sent"], row["look_ups"])
            for row in rows
        )
        last = rows[-1]
        place = last["minute"], last["session_id"], last["proxy_id"]
    pool.go_on(await allowances.last_uses(database), wake=wake)
