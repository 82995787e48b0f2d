"""Requests that a verdict costs when many profiles are asked about at once, at 40, 10 and 2 % live.

Public profiles with known ids, groups of 10 with a canary, absences confirmed in groups of 5 with two, no
faults.  The bound is what the rules leave at best: one first group for ten profiles, and one confirming
group for five of those that were missing.  Every verdict is compared with the truth.
"""

from __future__ import annotations

import asyncio

from benchmarks import ground
from benchmarks.peers.platform import is_live, name
from benchmarks.peers.processes import Peers, peers
from benchmarks.table import Line, say
from core.app import App
from core.domain.verdict import Outcome

ROUTES = 20
MOST_REQUESTS = {40: 0.25}
_GROUP, _CONFIRM = 10, 5
_LIMITS = {"group_size": str(_GROUP), "confirm_size": str(_CONFIRM)}


def measure(quick: bool) -> list[Line]:
    """Requests a verdict at each share."""
    profiles = 1_000 if quick else 4_000
    return [asyncio.run(_share(share, profiles)) for share in (40, 10, 2)]


async def _share(live: int, profiles: int) -> Line:
    with peers() as others:
        async with ground.opened(others, routes=ROUTES, profiles=profiles, limits=_LIMITS) as app:
            others.begin(live=live)
            async with app.engine.attend("bench"):
                requests, wrong, unknown = await _batch(app, others, live)
    each = requests / profiles
    bound = 1 / _GROUP + (1 - live / 100) / _CONFIRM
    most = MOST_REQUESTS.get(live)
    say(f"  {live} % live: {requests:,} requests, {wrong} wrong, {unknown} unknown of {profiles:,}")
    return Line(
        f"requests a verdict, {live} % live ({wrong} wrong, {unknown} unknown)",
        f"{each:.3f}",
        f"{bound:.3f} at best",
        f"{each / bound:.2f}",
        "" if most is None else f"≤ {most}",
        None if most is None else each <= most and not wrong,
    )


async def _batch(app: App, others: Peers, live: int) -> tuple[int, int, int]:
    """Requests as the platform counted them, and how many verdicts were wrong or unknown."""
    batch = await ground.checked(app, await ground.created(app))
    requests = others.told().requests
    truth = {name(number): Outcome.LIVE if is_live(number, live) else Outcome.NONE for number in range(batch.total)}
    found = {check.username: check.outcome async for check in await app.batches.results(ground.BENCH, batch.id)}
    if found.keys() != truth.keys():
        raise RuntimeError(f"{len(found)} checks for {len(truth)} profiles")
    unknown = sum(outcome is Outcome.UNKNOWN for outcome in found.values())
    wrong = sum(found[each] is not outcome for each, outcome in truth.items()) - unknown
    return requests, wrong, unknown
