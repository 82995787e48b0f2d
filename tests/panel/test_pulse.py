"""What the header of every page says of what goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from core.services.views import Activity, Overview
from panel.pulse import row

UNTIL = datetime(2026, 5, 4, 12, 0, 40, tzinfo=UTC)
SEEN = Overview(
    activity=Activity.PAUSED,
    reason="wrong_shape",
    until=UNTIL,
    running=1,
    in_line=0,
    ready=0,
    routes=10,
    resting=10,
    frozen=0,
)


def test_a_pause_says_why_in_words_and_when_it_is_tried_again() -> None:
    told = row(SEEN, 0.0)
    assert (told["word"], told["detail"]) == ("Paused", "answer not understood · next probe in")
    assert told["until"] == UNTIL.isoformat()


def test_what_waits_without_an_end_that_is_known_says_why_alone() -> None:
    told = row(replace(SEEN, activity=Activity.WAITING, reason="no route is ready", until=None), 0.0)
    assert (told["word"], told["detail"], told["until"]) == ("Waiting", "no route is ready", None)


def test_a_rate_stands_beside_the_routes_that_are_ready() -> None:
    told = row(replace(SEEN, activity=Activity.CHECKING, reason=None, until=None, ready=8), 3.25)
    assert told["detail"] == "3.2/s · 8 of 10 routes ready"
