"""The names and shapes that other programs rely on."""

from __future__ import annotations

import orjson

from cli import jsonlines
from core.domain.verdict import Outcome, Reason
from core.services.exports import json_line
from core.services.views import CanaryView, ImportReport, LimitView, ProxyView, SessionView
from tests.unit.cli.views import NOW, batch, check


def test_a_check_has_exactly_the_promised_names_and_plain_values() -> None:
    assert orjson.loads(json_line(jsonlines.check(check()))) == {
        "username": "ann",
        "outcome": "live",
        "reason": "ok",
        "attempts": 2,
        "story_until": "2026-11-27T15:00:00+00:00",
        "checked_at": "2026-11-27T12:00:00+00:00",
        "proxy": 7,
        "session": 9,
    }


def test_what_is_absent_is_null() -> None:
    fresh = check(outcome=Outcome.NONE, reason=Reason.FRESH, attempts=0, story_until=None, proxy=None, session=None)
    record = orjson.loads(json_line(jsonlines.check(fresh)))
    assert [record[name] for name in ("story_until", "proxy", "session", "reason")] == [None, None, None, "fresh"]


def test_a_batch_begins_with_the_promised_names_under_one_of_its_own() -> None:
    record = orjson.loads(json_line(jsonlines.batch(batch())))
    assert list(record) == ["batch"]
    promised = {
        "id": "0a1b2c3d-0000-4000-8000-000000000000",
        "status": "in_progress",
        "total": 100,
        "finished": 41,
        "live": 20,
        "none": 15,
        "private": 1,
        "gone": 1,
        "unknown": 4,
        "requests": 12,
        "seconds": 3.5,
    }
    assert list(record["batch"].items())[: len(promised)] == list(promised.items())


def test_an_import_has_the_promised_names() -> None:
    report = ImportReport(9, 3, 1, 1, 1, 2, 1, 0, (), (), "food", niche_created=True, dry_run=False)
    record = jsonlines.import_report(report)
    assert {name: record[name] for name in list(record)[:6]} == {
        "lines": 9,
        "created": 3,
        "known_here": 1,
        "known_elsewhere": 1,
        "repeated": 1,
        "invalid": 2,
    }


def test_routes_and_canaries_have_the_promised_names() -> None:
    proxy = ProxyView(1, "http://a:1", "http", True, "ready", None, 5, 4, 1, 0, None, 12.5, ("ann",), None, None, NOW)
    session = SessionView(1, "ann", "11", 1, "valid", None, 5, 4, 1, 0, "timeout", "UA", NOW, NOW, NOW)
    promised = {"id", "address", "kind", "enabled", "state", "ready_at", "requests", "successes", "failures"}
    assert promised | {"consecutive_failures", "last_error", "response_ms"} <= set(jsonlines.proxy(proxy))
    promised = {"id", "label", "proxy", "state", "requests", "successes", "failures", "last_error"}
    assert promised <= set(jsonlines.session(session))
    canary = jsonlines.canary(CanaryView("nasa", "proven", 0.9, NOW))
    assert {"username", "state", "live_share", "last_seen_at"} <= set(canary)


def test_limits_are_one_object_by_name() -> None:
    views = [LimitView("workers", None, None, "workers", ""), LimitView("attempts", 4, 3, "exchanges", "")]
    assert jsonlines.limits(views) == {"workers": None, "attempts": 4}
