"""How long who rests: the ladders of cool-downs and quarantines.  Plain arithmetic in seconds.

``draw`` is the chance in each of them: a number from 0 to below 1, so that a test can choose it.
"""

from __future__ import annotations

MINUTE = 60.0
HOUR = 3600.0

FIRST_COOL = 15 * MINUTE
LONGEST_COOL = 4 * HOUR
COOL_JITTER = 0.25
FIRST_QUARANTINE = 5 * MINUTE
LONGEST_QUARANTINE = 1 * HOUR
LEAST_OF_A_QUARANTINE = 0.1
ROUTE_REST = 30.0  # one answer could not tell proxy from session
BLIND_HOLD = 1 * HOUR  # failure table row 33
DEFAULT_HOLD = 30 * MINUTE  # failure table row 13
DEFAULT_SUSPICION = 5 * MINUTE  # failure table row 12
DEFAULT_PROXY_HOLD = 6 * HOUR  # failure table row 11


def cool(cools_before: int, draw: float) -> float:
    """Seconds a route cools after a 429 that named no time, having cooled *cools_before* times in a row.

    15 min, doubling to 4 h; chance adds up to a quarter but never goes beyond 4 h.
    """
    return min(LONGEST_COOL, _doubled(FIRST_COOL, cools_before, LONGEST_COOL) * (1 + COOL_JITTER * draw))


def told_to_cool(seconds: float) -> float:
    """Seconds a route cools when the platform named *seconds*: those, at most 4 h."""
    return min(LONGEST_COOL, seconds)


def quarantine(quarantines_before: int, draw: float) -> float:
    """Seconds a proxy stays away, having been quarantined *quarantines_before* times in a row.

    5 min, doubling to 1 h, of which chance takes between a tenth and all: proxies that failed
    together must not come back together.
    """
    ceiling = _doubled(FIRST_QUARANTINE, quarantines_before, LONGEST_QUARANTINE)
    return ceiling * max(LEAST_OF_A_QUARANTINE, draw)


def _doubled(first: float, times: int, ceiling: float) -> float:
    # Cap the exponent, not the product: 2.0**1024 overflows, and proxies do stay dead for weeks.
    return min(ceiling, first * 2.0 ** min(times, 30))
