"""Times as headers tell them."""

from __future__ import annotations

import pytest

from core.sources.http_time import http_date, now_of, retry_after
from tests.unit.core.sources.answers import SECONDS, answer

NOON = "Sun, 01 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("90", 90.0),
        (" 90 ", 90.0),
        ("Sun, 01 Mar 2026 12:10:00 GMT", 600.0),
        ("Sun, 01-Mar-2026 12:10:00 GMT", 600.0),
        ("14400", 14_400.0),
        ("14401", 14_400.0),
        ("9" * 50, 14_400.0),
        ("Mon, 01 Mar 2027 12:00:00 GMT", 14_400.0),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("\u0664", None),
        ("", None),
        ("soon", None),
        ("Sun, 01 Mar 2026 11:59:00 GMT", None),
        ("Sun, 99 Mar 2026 12:10:00 GMT", None),
        ("Sun, 01 Mar 999999 12:10:00 GMT", None),
        (NOON + " " * 100 + "x", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_four_hours(told: str, seconds: float | None) -> None:
    assert retry_after(answer(headers={"retry-after": told})) == seconds


def test_a_date_in_retry_after_is_counted_from_the_platforms_own_clock() -> None:
    headers = {"retry-after": "Sun, 01 Mar 2026 12:10:00 GMT", "date": "Sun, 01 Mar 2026 12:09:00 GMT"}
    assert retry_after(answer(headers=headers)) == 60.0


def test_without_the_header_nothing_is_told() -> None:
    assert retry_after(answer()) is None


@pytest.mark.parametrize(
    ("date", "now"),
    [
        ("Sun, 01 Mar 2026 13:00:00 GMT", SECONDS + 3600),
        ("Sun, 01 Mar 2026 11:00:00 GMT", SECONDS - 3600),
        ("Sun, 01 Mar 2026 13:00:00", SECONDS + 3600),
        ("Tue, 03 Mar 2026 12:00:00 GMT", SECONDS),
        ("Thu, 01 Jan 1970 00:00:00 GMT", SECONDS),
        ("whenever", SECONDS),
        ("", SECONDS),
    ],
)
def test_now_is_the_platforms_date_unless_it_is_more_than_a_day_off(date: str, now: float) -> None:
    assert now_of(answer(headers={"date": date})) == now


def test_a_date_is_read_the_same_in_every_spelling_that_servers_use() -> None:
    spellings = (NOON, "Sun, 01-Mar-2026 12:00:00 GMT", "Sunday, 01-Mar-26 12:00:00 GMT", "Sun Mar  1 12:00:00 2026")
    assert {http_date(spelling) for spelling in spellings} == {float(SECONDS)}
