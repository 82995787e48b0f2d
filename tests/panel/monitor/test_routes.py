"""What the Monitor asks for: figures of a span, failures, patterns, proxies, stories."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from core.app import App
from core.storage.database import Database
from tests.integration.services.conftest import QuickClock
from tests.panel.monitor.conftest import SAMPLE


async def told(browser: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """What is answered."""
    answer = await browser.get(f"/data/monitor{path}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_where_nothing_was_ever_checked_the_page_says_so(viewer: httpx.AsyncClient) -> None:
    seen = await told(viewer, "")
    assert (seen["empty"], seen["span"], seen["pause"]) == (True, "hour", None)


@pytest.mark.usefixtures("history")
async def test_tiles_and_charts_of_a_span_agree(viewer: httpx.AsyncClient) -> None:
    for span, points in (("hour", 60), ("day", 144), ("month", 120)):
        seen, drawn = await told(viewer, f"?span={span}"), await told(viewer, f"/charts?span={span}")
        assert (seen["empty"], seen["tiles"]["finished"], seen["tiles"]["success_rate"]) == (False, 5, 0.8)
        assert {len(drawn[name]) for name in ("times", "live", "rate", "p50", "limited", "cpu", "paused")} == {points}
        assert (sum(drawn["live"]), sum(drawn["unknown"])) == (4, 1)
        assert drawn["reasons"] == [{"reason": "timeout", "words": "timed out", "count": 1}]
        assert sorted(drawn["times"]) == drawn["times"]


@pytest.mark.usefixtures("history")
async def test_failures_are_told_by_proxy_and_hour_and_for_one_reason(viewer: httpx.AsyncClient) -> None:
    seen = await told(viewer, "/failures")
    (row,) = seen["rows"]
    assert (row["proxy"], row["cells"][-1], sum(row["cells"])) == ("127.0.0.1:4002", 2, 2)
    assert (len(seen["hours"]), seen["failing"], seen["proxies"], seen["total"]) == (24, 1, 2, 2)
    other = await told(viewer, "/failures?reason=rate_limited")
    assert (other["rows"], other["reason"], other["total"]) == ([], "rate_limited", 2)
    assert other["reasons"] == [{"reason": "timeout", "words": "timed out", "count": 2}]


@pytest.mark.usefixtures("history")
async def test_patterns_come_with_what_was_done_and_samples_one_by_one(viewer: httpx.AsyncClient) -> None:
    pattern, trace = (await told(viewer, "/patterns"))["rows"]
    assert (pattern["key"], pattern["title"], pattern["times"]) == ("timeout", "timed out · 127.0.0.1:4002", 2)
    assert trace["title"] == "answer not understood · stories: wrong_shape"
    assert trace["done"]
    assert "sample" not in trace
    fingerprint = trace["key"].removeprefix("trace-")
    assert (await told(viewer, f"/sample?fingerprint={fingerprint}"))["sample"] == SAMPLE
    gone = await viewer.get("/data/monitor/sample?fingerprint=other")
    assert (gone.status_code, gone.json()["error"]) == (404, "Errors of this kind are not kept any more.")


@pytest.mark.usefixtures("history")
async def test_the_table_of_proxies_begins_with_the_one_that_failed_most(viewer: httpx.AsyncClient) -> None:
    for span in ("hour", "month"):
        worst, best = (await told(viewer, f"/proxies?span={span}"))["rows"]
        assert (worst["name"], worst["failures"], worst["success"]) == ("127.0.0.1:4002", 2, 0.0)
        assert (best["name"], best["failures"], best["success"], best["word"]) == ("127.0.0.1:4001", 0, 1.0, "ready")


async def test_the_calendar_is_of_the_niche_asked_for_and_else_of_the_first(
    app: App, history: None, viewer: httpx.AsyncClient
) -> None:
    first = await told(viewer, "/calendar?niche=who")
    assert (first["niche"], first["niches"], first["stories"]) == ("food", ["food"], 0)
    assert [len(day) for day in first["cells"]] == [24] * 7


async def test_without_a_niche_there_is_no_calendar(viewer: httpx.AsyncClient) -> None:
    assert await told(viewer, "/calendar") == {"niches": [], "niche": None}


@pytest.mark.parametrize("path", ["?span=year", "/charts?span=1h", "/failures?reason=bad luck", "/proxies?span=x"])
async def test_what_cannot_be_read_is_refused_with_what_can(viewer: httpx.AsyncClient, path: str) -> None:
    answer = await viewer.get(f"/data/monitor{path}")
    assert answer.status_code == 422
    assert "choose one of" in answer.json()["why"]


async def test_many_pages_take_one_reading_a_second(
    app: App, history: None, database: Database, clock: QuickClock, viewer: httpx.AsyncClient
) -> None:
    async def finished() -> int:
        return int((await told(viewer, ""))["tiles"]["finished"])

    assert await finished() == 5
    async with database.transaction() as tx:
        await tx.execute("UPDATE minute_stat SET live = live + 1 WHERE live > 0")
    assert await finished() == 5
    clock.pass_by(1.0)
    assert await finished() == 6
