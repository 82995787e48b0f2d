"""What checking so many profiles will probably take: requests, and the time of their exchanges.  Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from core.domain.limits import Limits

# With ids known, on public profiles of which two in five are live: DESIGN's prototype, and our own runs.
USUAL_REQUESTS = 0.25
# One exchange over a proxy, from the request to the whole answer.
_EXCHANGE_SECONDS = 0.7
# Where a verdict took more, most profiles were new: each had to be looked up first, which happens once.
_MOSTLY_NEW = 0.75
# Fewer checks than these say little of the next ones.
_ENOUGH_CHECKS = 20


def requests_a_profile(batches: Iterable[tuple[int, int]]) -> float:
    """Requests that a verdict on a known profile took in *batches* (requests, finished checks of each).

    The usual number where they are few.
    """
    asked = [(requests, finished) for requests, finished in batches if 0 < requests <= _MOSTLY_NEW * finished]
    finished = sum(finished for _, finished in asked)
    if finished < _ENOUGH_CHECKS:
        return USUAL_REQUESTS
    return sum(requests for requests, _ in asked) / finished


def expected_requests(profiles: int, each: float) -> int:
    """Requests for so many profiles; at least one for somebody."""
    return math.ceil(profiles * each) if profiles else 0


def least_seconds(requests: int, routes: int, limits: Limits) -> float | None:
    """How long *requests* take over so many routes at least: their exchanges, and the gaps between them.

    None where there is no route.
    """
    if not requests:
        return 0.0
    if routes < 1:
        return None
    rounds = math.ceil(requests / min(routes, limits.workers_for(routes)))
    gap = limits.route_gap_seconds * (1 + limits.route_gap_jitter / 2)
    on_each = math.ceil(requests / routes)
    return max(rounds * _EXCHANGE_SECONDS, on_each * _EXCHANGE_SECONDS + (on_each - 1) * gap)
