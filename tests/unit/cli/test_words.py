"""Times, spans, counts and checks in people's words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cli import words
from core.domain.verdict import Outcome, Reason
from core.services.views import ProxyView
from tests.unit.cli.views import NOW, batch, check


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        *[(-3, "0 s"), (0.4, "0 s"), (89, "89 s"), (90, "2 min"), (5_399, "90 min"), (5_400, "1 h 30 min")],
        *[(10_800, "3 h"), (86_399, "24 h"), (86_400, "1 d"), (259_200, "3 d")],
    ],
)
def test_a_span_is_told_in_its_largest_units(seconds: float, shown: str) -> None:
    assert words.span(seconds) == shown


def test_moments_are_told_from_now() -> None:
    assert words.ago(None, NOW) == "never"
    assert words.ago(NOW - timedelta(seconds=2), NOW) == "just now"
    assert words.ago(NOW - timedelta(minutes=5), NOW) == "5 min ago"
    assert words.until(NOW + timedelta(hours=3), NOW) == "for 3 h"
    assert words.until(NOW - timedelta(hours=3), NOW) == ""
    assert words.until(None, NOW) == ""


def test_things_are_counted_in_one_and_many() -> None:
    assert words.count(1, "profile") == "1 profile"
    assert words.count(1_200, "profile") == "1,200 profiles"
    assert words.count(2, "proxy", "proxies") == "2 proxies"


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (check(), "ann                             live     for 3 h"),
        (check(story_until=None), "ann                             live"),
        (
            check(outcome=Outcome.NONE, story_until=None),
            "ann                             none     none visible to us",
        ),
        (check(outcome=Outcome.GONE, reason=Reason.NOT_FOUND), "ann                             gone"),
        (check(outcome=Outcome.UNKNOWN, reason=Reason.TIMEOUT), "ann                             unknown  timeout"),
        (
            check(outcome=Outcome.NONE, reason=Reason.FRESH, checked_at=NOW - timedelta(minutes=20)),
            "ann                             none     none visible to us, as of 20 min ago",
        ),
    ],
)
def test_a_check_is_one_line(view: object, line: str) -> None:
    assert words.check_line(view, NOW) == line  # type: ignore[arg-type]


def test_unknown_ones_are_told_by_reason() -> None:
    reasons = {Reason.RATE_LIMITED: 3, Reason.TIMEOUT: 1}
    assert words.outcomes(batch(), reasons) == (
        "20 live, 15 none visible to us, 1 private, 1 gone, 4 unknown (3 rate_limited, 1 timeout)"
    )
    assert words.outcomes(batch(live=0, none=0, private=0, gone=0, unknown=0), {}) == "nothing yet"


def test_a_batch_that_waits_says_why_and_until_when() -> None:
    waits = batch(waiting_reason="every session rests", waiting_until=NOW + timedelta(minutes=2, seconds=30))
    assert words.why_it_waits(waits, NOW) == "waits: every session rests (until 12:02:30 UTC, in 2 min)"
    assert words.why_it_waits(batch(waiting_reason="no session is left"), NOW) == "waits: no session is left"
    assert words.why_it_waits(batch(), NOW) == ""


def test_an_ended_batch_is_one_sentence() -> None:
    done = batch(status="done", finished=100, unknown=63, total=100)
    assert words.batch_ended(done, {Reason.NO_CANARY: 63}) == (
        "food 27 Nov 12:00: Done. 100 checks, 12 requests in 4 s: "
        "20 live, 15 none visible to us, 1 private, 1 gone, 63 unknown (63 no_canary)."
    )


def test_how_to_go_on_is_a_command() -> None:
    assert words.go_on(batch()) == "storywatch batch start 0a1b2c3d --wait"


def _proxy(state: str, *, enabled: bool = True) -> ProxyView:
    return ProxyView(1, "http://a:1", "http", enabled, state, None, 0, 0, 0, 0, None, None, (), None, None, NOW)


def test_a_list_of_proxies_ends_with_how_many_are_away() -> None:
    ready, away, off = _proxy("ready"), _proxy("quarantined"), _proxy("ready", enabled=False)
    assert words.proxies_stand([ready, ready]) == ""
    assert words.proxies_stand([]) == ""
    assert words.proxies_stand([ready, off]) == "2 proxies: 1 ready, 1 off. What happened: storywatch proxy log"
    assert words.proxies_stand([ready, away, away]) == (
        "3 proxies: 1 ready, 2 quarantined. "
        "Cooling and quarantined ones come back by themselves. What happened: storywatch proxy log"
    )
