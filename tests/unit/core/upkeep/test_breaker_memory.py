"""What one holder of the engine leaves of an open breaker, and what the next makes of it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import orjson
import pytest

from core.domain.breaker import Pause
from core.domain.verdict import Reason
from core.upkeep.breaker_memory import kept, remembered, remind
from tests.unit.core.network.pools import Bench


async def test_a_breaker_stands_for_the_next_holder_as_it_stood_for_the_last() -> None:
    first, second = Bench(), Bench()
    first.pool.hearing.resume(Pause(Reason.WRONG_SHAPE, False, 3, first.clock.monotonic() + 240))
    snapshot = orjson.loads(orjson.dumps({"pool": "…", **remembered(first.pool)}))
    await second.clock.advance(100)
    remind(second.pool, snapshot, second.clock)
    pause = second.pool.hearing.pause
    assert pause is not None
    assert (pause.reason, pause.look_ups_alone, pause.failed_probes) == (Reason.WRONG_SHAPE, False, 3)
    assert second.pool.hearing.paused_until == first.clock.now() + timedelta(seconds=240)


def test_only_the_breaker_outlives_its_holder() -> None:
    bench = Bench()
    assert remembered(bench.pool) == {}
    assert kept({"pool": "<Pool>"}) == {}
    assert kept({"pool": "<Pool>", "breaker": {"reason": "timeout"}}) == {"breaker": {"reason": "timeout"}}


@pytest.mark.parametrize(
    "told",
    [
        "open",
        {},
        {"reason": "?", "look_ups_alone": False, "failed_probes": 0, "until": "2026-01-01T00:00:00+00:00"},
        {"reason": "timeout", "look_ups_alone": False, "failed_probes": 0, "until": "soon"},
    ],
)
def test_what_cannot_be_read_leaves_it_closed(told: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    bench = Bench()
    remind(bench.pool, {"breaker": told}, bench.clock)
    assert bench.pool.hearing.pause is None
    assert len(caplog.records) == 1
