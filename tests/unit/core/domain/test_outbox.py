"""What goes out together and when, and how often it is tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.domain.outbox import Gate, Waiting, next_message, rest_after

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
OPEN = Gate(muted=False, quiet=False, last_at=None)
QUIET = Gate(muted=False, quiet=True, last_at=None)
MUTED = Gate(muted=True, quiet=False, last_at=None)


def waiting(
    number: int,
    *,
    kind: str = "story",
    due_in: float = 0,
    nonce: str | None = None,
    claimed_for: float | None = None,
) -> Waiting:
    claimed = None if claimed_for is None else NOW + timedelta(seconds=claimed_for)
    return Waiting(number, kind, NOW + timedelta(seconds=due_in), nonce, claimed)


def test_when_the_first_is_due_all_others_go_along() -> None:
    assert next_message([waiting(1), waiting(2, due_in=15)], OPEN, NOW) == [1, 2]
    assert next_message([waiting(1, due_in=1), waiting(2, due_in=15)], OPEN, NOW) == []
    assert next_message([], OPEN, NOW) == []


def test_a_message_that_was_tried_is_the_same_again_and_newer_alerts_wait_behind_it() -> None:
    tried = [waiting(1, nonce="a"), waiting(2, nonce="a"), waiting(3)]
    assert next_message(tried, OPEN, NOW) == [1, 2]
    resting = [waiting(1, nonce="a", due_in=5), waiting(2, nonce="a", due_in=5), waiting(3)]
    assert next_message(resting, OPEN, NOW) == []


def test_one_message_of_a_target_is_under_way_at_a_time() -> None:
    assert next_message([waiting(1, nonce="a", claimed_for=1), waiting(2)], OPEN, NOW) == []
    assert next_message([waiting(1, nonce="a", claimed_for=0), waiting(2)], OPEN, NOW) == [1]


def test_a_target_gets_one_message_a_minute() -> None:
    def last(seconds: float) -> Gate:
        return Gate(muted=False, quiet=False, last_at=NOW - timedelta(seconds=seconds))

    assert next_message([waiting(1)], last(59), NOW) == []
    assert next_message([waiting(1)], last(60), NOW) == [1]


def test_quiet_hours_let_through_what_cannot_wait_and_a_mute_nothing_but_tests() -> None:
    some = [waiting(1), waiting(2, kind="breaker"), waiting(3, kind="session_frozen")]
    assert next_message(some, QUIET, NOW) == [2, 3]
    assert next_message(some, MUTED, NOW) == []
    assert next_message([*some, waiting(4, kind="test")], MUTED, NOW) == [4]


def test_a_message_that_quiet_hours_hold_does_not_hold_what_is_urgent() -> None:
    assert next_message([waiting(1, nonce="a"), waiting(2, kind="breaker")], QUIET, NOW) == [2]


def test_tries_rest_ever_longer_and_end_after_a_day() -> None:
    rests: list[float] = []
    while (rest := rest_after(len(rests) + 1)) is not None:
        rests.append(rest.total_seconds())
    assert rests[:10] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert 24 * 3_600 <= sum(rests) < 25 * 3_600
