"""What checking so many profiles will probably cost: requests, and the time that the limits leave them.  Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from core.domain.limits import DAY, HOUR, MINUTE, Limits

# With ids known, on public profiles of which two in five are live: DESIGN's prototype, and our own runs.
USUAL_REQUESTS = 0.25
# One exchange over a proxy, from the request to the whole answer.
_EXCHANGE_SECONDS = 0.7
# Fewer checks than these say little of the next ones.
_ENOUGH_CHECKS = 20


def requests_a_profile(batches: Iterable[tuple[int, int]]) -> float:
    """Requests that a verdict took in *batches* (requests, finished checks of each); the usual where they are few."""
    asked = [(requests, finished) for requests, finished in batches if requests and finished]
    finished = sum(finished for _, finished in asked)
    if finished < _ENOUGH_CHECKS:
        return USUAL_REQUESTS
    return sum(requests for requests, _ in asked) / finished


def expected_requests(profiles: int, each: float) -> int:
    """Requests for so many profiles; at least one for somebody."""
    return math.ceil(profiles * each) if profiles else 0


def expected_seconds(requests: int, routes: int, limits: Limits, *, look_ups: int = 0) -> float | None:
    """How long *requests* take over so many routes if nothing fails and no allowance is used up yet.

    None where there is no route.

    Args:
        look_ups: How many of the requests ask for a profile by name, which sessions may do far less often.
    """
    if not requests:
        return 0.0
    if routes < 1:
        return None
    at_once = min(routes, limits.workers_for(routes))
    rounds = math.ceil(requests / at_once)
    gap = limits.route_gap_seconds * (1 + limits.route_gap_jitter / 2)
    on_each, look_ups_on_each = math.ceil(requests / routes), math.ceil(look_ups / routes)
    seconds = max(rounds * _EXCHANGE_SECONDS, on_each * _EXCHANGE_SECONDS + (on_each - 1) * gap)
    for allowed, period, spent in (
        (limits.per_route_hour, HOUR, on_each),
        (limits.per_route_day, DAY, on_each),
        (limits.lookups_hour, HOUR, look_ups_on_each),
        (limits.lookups_day, DAY, look_ups_on_each),
        (limits.global_per_minute, MINUTE, requests),
    ):
        if allowed is not None:
            # What exceeds a sliding window waits until the first ones fall out of it.
            seconds = max(seconds, (math.ceil(spent / allowed) - 1) * period)
    return seconds
