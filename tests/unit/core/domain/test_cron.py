from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cron import read
from core.errors import InvalidInput


def test_a_rule_names_minutes_hours_and_days() -> None:
    rule = read(" 30  9 * *  MON-FRI ")
    assert rule.text == "30 9 * * MON-FRI"
    assert (rule.minutes, rule.hours, rule.weekdays) == ((30,), (9,), (1, 2, 3, 4, 5))
    assert rule.days == tuple(range(1, 32))
    assert rule.months == tuple(range(1, 13))


@pytest.mark.parametrize("sunday", ["0", "7", "sun", "SUN", "0,7", "7-7"])
def test_sunday_is_0_and_7_as_in_unix(sunday: str) -> None:
    assert read(f"0 0 * * {sunday}").weekdays == (0,)


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("5-7", (0, 5, 6)),
        ("sat-sun", (0, 6)),
        ("fri-mon", (0, 1, 5, 6)),
        ("1-5/2", (1, 3, 5)),
        ("*/2", (0, 2, 4, 6)),
        ("mon,wed", (1, 3)),
        ("2/2", (2, 4, 6)),
    ],
)
def test_days_of_the_week_take_lists_ranges_over_the_weekend_and_steps(field: str, days: tuple[int, ...]) -> None:
    assert read(f"0 0 * * {field}").weekdays == days


def test_a_step_begins_where_it_is_told_to() -> None:
    assert read("5/20 * * * *").minutes == (5, 25, 45)
    assert read("*/25 * * * *").minutes == (0, 25, 50)
    assert read("0 8-18/5 * * *").hours == (8, 13, 18)


def test_months_have_names() -> None:
    assert read("0 0 1 jan,mar-apr *").months == (1, 3, 4)


def test_either_day_will_do_where_both_are_restricted() -> None:
    assert read("0 9 13 * fri").either_day
    assert not read("0 9 13 * *").either_day
    assert not read("0 9 */2 * mon").either_day


def test_only_a_rule_with_all_hours_names_none() -> None:
    assert not read("*/30 * * * *").names_hours
    assert not read("5 0-23 * * *").names_hours
    assert read("0 */2 * * *").names_hours


@pytest.mark.parametrize(
    ("short", "text"), [("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@weekly", "0 0 * * 0")]
)
def test_short_names_are_known(short: str, text: str) -> None:
    named, written = read(short), read(text)
    assert (named.minutes, named.hours, named.days, named.weekdays) == (
        written.minutes,
        written.hours,
        written.days,
        written.weekdays,
    )


@pytest.mark.parametrize("text", ["30 2 31 2 *", "0 0 30 feb *", "0 0 31 4,6,9,11 *", "0 0 31 2 */2"])
def test_a_rule_that_never_comes_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"never comes: .* no day 3[01]; name a day that exists"):
        read(text)


def test_a_leap_day_and_a_day_beside_a_weekday_do_come() -> None:
    assert read("0 0 29 2 *").days == (29,)
    assert read("0 0 31 2 mon").either_day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "write five fields"),
        ("* * * *", "write five fields"),
        ("* * * * * *", "write five fields"),
        ("60 * * * *", '"60" is no minute; it takes 0 to 59'),
        ("* 24 * * *", '"24" is no hour'),
        ("* * 0 * *", '"0" is no day of the month'),
        ("* * * 13 *", '"13" is no month; it takes 1 to 12 or jan to dec'),
        ("* * * * 8", '"8" is no day of the week; it takes 0 to 7 or sun to sat'),
        ("*/0 * * * *", '"\\*/0" is no minute'),
        ("5-1 * * * *", 'the minute "5-1" runs backwards'),
        ("a * * * *", '"a" is no minute'),
        (", * * * *", '"" is no minute'),
        ("１ * * * *", "is no minute"),
        ("-1 * * * *", "is no minute"),
        ("* * * * mon-", "is no day of the week"),
    ],
)
def test_what_is_no_rule_is_refused_with_what_would_be_one(text: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        read(text)
    assert refused.value.field == "cron"


@given(st.text(max_size=140))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = read(text)
    except InvalidInput:
        return
    assert rule.minutes
    assert rule.weekdays
