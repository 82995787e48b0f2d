"""What the limits let the routes do at most: exchanges an hour and a day, and which limit decides.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from core.domain.limits import HOUR, Limits
from core.domain.proxy_limits import ProxyLimits

_MINUTES_AN_HOUR = 60
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Carrier:
    """A proxy in service with the sessions over it that may ask.

    Args:
        grown: Those that may use their limits in full; *young* ones use a share of them.
    """

    limits: ProxyLimits
    grown: int
    young: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """Exchanges that the limits allow.

    Args:
        an_hour: None: no limit.
        a_day: None: no limit.
        decides: The limit that holds most of them back in an hour; None where there is none.
    """

    an_hour: int | None
    a_day: int | None
    decides: str | None


def budget(limits: Limits, carriers: Iterable[Carrier]) -> Budget:
    """What *limits* let *carriers* do, as if there were always something to ask."""
    an_hour = a_day = 0.0
    held_back: Counter[str] = Counter()
    for carrier in carriers:
        hour, name = _an_hour(limits, carrier)
        an_hour += hour
        a_day += min(_HOURS_A_DAY * hour, _a_day(limits, carrier))
        held_back[name] += carrier.grown + carrier.young
    decides = held_back.most_common(1)[0][0] if held_back else None
    if limits.global_per_minute is not None and limits.global_per_minute * _MINUTES_AN_HOUR < an_hour:
        an_hour, decides = limits.global_per_minute * _MINUTES_AN_HOUR, "global_per_minute"
    return Budget(_whole(an_hour), _whole(min(a_day, _HOURS_A_DAY * an_hour)), decides or None)


def _an_hour(limits: Limits, carrier: Carrier) -> tuple[float, str]:
    """Exchanges an hour, and the limit that decides; its name is empty where nothing does."""
    by_rate = _of_sessions(limits.per_route_hour, limits, carrier)
    gap = limits.route_gap_seconds * (1.0 + limits.route_gap_jitter / 2.0)
    by_gap = (carrier.grown + carrier.young) * HOUR / gap if gap else inf
    by_proxy = _of_proxy(carrier.limits.per_hour, limits.per_proxy_hour)
    least = min(by_rate, by_gap, by_proxy)
    if least == inf:
        return inf, ""
    return least, {by_gap: "route_gap_seconds", by_proxy: "per_proxy_hour", by_rate: "per_route_hour"}[least]


def _a_day(limits: Limits, carrier: Carrier) -> float:
    by_sessions = _of_sessions(limits.per_route_day, limits, carrier)
    return min(by_sessions, _of_proxy(carrier.limits.per_day, limits.per_proxy_day))


def _of_sessions(rate: int | None, limits: Limits, carrier: Carrier) -> float:
    if rate is None:
        return inf
    return carrier.grown * rate + carrier.young * max(1, int(rate * limits.new_session_share))


def _of_proxy(own: int | None, general: int | None) -> float:
    """A proxy's own limit or the general one; 0 of its own is no limit."""
    limit = general if own is None else own or None
    return inf if limit is None else limit


def _whole(number: float) -> int | None:
    return None if number == inf else int(number)
