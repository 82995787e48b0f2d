"""A proxy's own limits: their names, their texts, and what is refused."""

from __future__ import annotations

import pytest

from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN, ProxyLimits, with_own
from core.errors import InvalidInput


def test_each_limit_is_set_by_its_name_and_the_others_stay() -> None:
    before = ProxyLimits(per_hour=60, parallel=2)
    assert with_own(before, {"per_day": "400"}) == ProxyLimits(60, 400, 2)
    assert with_own(before, {"Per-Hour": "10"}) == ProxyLimits(10, None, 2)


@pytest.mark.parametrize("text", ["none", "0", "None"])
def test_no_limit_is_another_thing_than_the_general_limit(text: str) -> None:
    assert with_own(NO_LIMITS_OF_ITS_OWN, {"per_hour": text}) == ProxyLimits(per_hour=0)
    assert with_own(ProxyLimits(per_hour=60), {"per_hour": "default"}) == NO_LIMITS_OF_ITS_OWN


@pytest.mark.parametrize("text", ["none", "0", "-1", "1001", "two", ""])
def test_a_proxy_cannot_do_without_a_number_of_exchanges_at_once(text: str) -> None:
    with pytest.raises(InvalidInput, match="or default for the general per_proxy_parallel") as refused:
        with_own(NO_LIMITS_OF_ITS_OWN, {"parallel": text})
    assert refused.value.field == "parallel"


def test_a_limit_that_a_proxy_does_not_have_is_refused_with_the_closest_name() -> None:
    with pytest.raises(InvalidInput, match='no such limit of its own; did you mean "per_hour"'):
        with_own(NO_LIMITS_OF_ITS_OWN, {"perhour": "5"})
