"""What limits allow in an hour and a day, and which of them decides."""

from __future__ import annotations

from core.domain.budget import Budget, Carrier, budget
from core.domain.limits import Limits
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN, ProxyLimits

ONE = Carrier(NO_LIMITS_OF_ITS_OWN, 1)


def test_the_rate_of_the_sessions_decides_by_default() -> None:
    assert budget(Limits(), [ONE] * 10) == Budget(300, 3_000, "per_route_hour")


def test_a_long_gap_decides_with_half_its_jitter() -> None:
    limits = Limits(route_gap_seconds=200.0, route_gap_jitter=0.8)
    # 200 s and 40 % of them: 280 s from an exchange to the next.
    assert budget(limits, [ONE] * 7) == Budget(90, 2_100, "route_gap_seconds")


def test_a_proxy_with_many_sessions_decides_for_them() -> None:
    assert budget(Limits(), [Carrier(NO_LIMITS_OF_ITS_OWN, 10)]) == Budget(120, 600, "per_proxy_hour")


def test_a_proxys_own_limits_stand_in_for_the_general_ones() -> None:
    wide = Carrier(ProxyLimits(per_hour=0, per_day=0), 10)
    assert budget(Limits(), [wide]) == Budget(300, 3_000, "per_route_hour")
    narrow = Carrier(ProxyLimits(per_hour=5, per_day=20), 10)
    assert budget(Limits(), [narrow]) == Budget(5, 20, "per_proxy_hour")


def test_what_a_day_allows_is_no_more_than_its_hours() -> None:
    assert budget(Limits(per_route_hour=2), [ONE]) == Budget(2, 48, "per_route_hour")


def test_new_sessions_use_their_share() -> None:
    assert budget(Limits(), [Carrier(NO_LIMITS_OF_ITS_OWN, grown=1, young=2)]) == Budget(48, 498, "per_route_hour")


def test_the_gate_for_everything_is_one_more() -> None:
    assert budget(Limits(global_per_minute=2), [ONE] * 10) == Budget(120, 2_880, "global_per_minute")


def test_without_limits_there_is_no_number_and_without_routes_it_is_none() -> None:
    assert budget(Limits.sandbox(), [ONE]) == Budget(None, None, None)
    assert budget(Limits(), []) == Budget(0, 0, None)
