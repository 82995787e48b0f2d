"""How much of what is permitted is used when routes are paced, and whether a request is ever early.

50 routes, a gap of 0.5 s without jitter, 20 s.  Permitted is one request per gap and answer time and route;
the platform answers at once, so next to nothing is forgiven.  Both figures are the platform's own: it keeps
when each session's request came and when its answer left.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import pairwise

from benchmarks import ground
from benchmarks.peers.processes import Told, peers
from benchmarks.table import Line

ROUTES = 50
GAP = 0.5
LEAST_SHARE = 0.97
# The first gaps are spent on starting: every route begins within them.
_WARM_UP = 2.0


@dataclass(frozen=True, slots=True)
class _Paced:
    """What the platform saw between the warm-up and the end."""

    used: int
    permitted: float
    early: int
    gaps: list[float]

    @property
    def share(self) -> float:
        """Of what was permitted."""
        return self.used / self.permitted


def measure(quick: bool) -> list[Line]:
    """The share that was used, and early requests."""
    seconds = 6.0 if quick else 20.0
    seen = _judged(asyncio.run(_asked(seconds)), seconds)
    return [
        Line(
            f"permitted requests used, {ROUTES} routes, gap {GAP} s, {seconds:.0f} s",
            f"{seen.used:,} requests",
            f"{seen.permitted:,.0f} permitted",
            f"{seen.share:.3f}",
            f"≥ {LEAST_SHARE}",
            seen.share >= LEAST_SHARE,
        ),
        Line(
            f"early requests, of {len(seen.gaps):,} seen by the platform",
            f"{seen.early}",
            f"shortest gap {min(seen.gaps) * 1_000:.1f} ms",
            target="0",
            met=seen.early == 0,
        ),
    ]


async def _asked(seconds: float) -> Told:
    limits = {"workers": str(ROUTES), "route_gap_seconds": str(GAP), "group_size": "1", "confirm_size": "1"}
    # More than they can ask, so that work is pending to the end.
    profiles = int(2 * ROUTES * seconds / GAP)
    with peers() as others:
        async with ground.opened(others, routes=ROUTES, profiles=profiles, limits=limits) as app:
            batch_id = await ground.created(app)
            others.begin(times=True)
            async with app.engine.attend("bench"):
                await app.batches.start(ground.BENCH, [batch_id])
                await asyncio.sleep(_WARM_UP + seconds + 1.0)
                return others.told()


def _judged(told: Told, seconds: float) -> _Paced:
    """Count from the warm-up on, for *seconds*."""
    start = min(moments[0][0] for moments in told.moments.values()) + _WARM_UP
    end = start + seconds
    inside = [[m for m in moments if start <= m[0] < end] for moments in told.moments.values()]
    used = sum(map(len, inside))
    answering = sum(done - came for moments in inside for came, done in moments) / used
    gaps = [later[0] - earlier[1] for moments in told.moments.values() for earlier, later in pairwise(moments)]
    return _Paced(used, ROUTES * seconds / (GAP + answering), sum(gap < GAP for gap in gaps), gaps)
