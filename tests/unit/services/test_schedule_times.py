"""When runs come: rules over changes of clocks, anchors, spread, jitter, active hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from core.domain import cron
from core.domain.active_hours import ActiveHours, read_active_hours
from core.domain.schedule import Timing
from core.services.schedule_times import next_run, runs_from

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = 3_600, 86_400


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def by_rule(text: str, zone: str = "Europe/Berlin") -> Timing:
    return Timing(None, None, cron.read(text), ZoneInfo(zone), utc("2020-01-01"))


def by_interval(seconds: int, starts_at: datetime, zone: str = "Europe/Berlin", schedule: int | None = None) -> Timing:
    return Timing(schedule, seconds, None, ZoneInfo(zone), starts_at)


def coming(timing: Timing, after: str, count: int) -> list[str]:
    return [f"{run.at:%Y-%m-%dT%H:%M}" for run in islice(runs_from(timing, utc(after)), count)]


@pytest.mark.parametrize(
    ("rule", "zone", "after", "expected"),
    [
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T02:00", ["2026-03-29T01:30", "2026-03-30T00:30"]),
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T02:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("30 1 * * *", "America/New_York", "2026-11-01T00:00", ["2026-11-01T05:30", "2026-11-02T06:30"]),
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00", ["2026-10-03T15:45", "2026-10-04T15:15"]),
        ("0 9 * * 0", "UTC", "2026-11-23T00:00", ["2026-11-29T09:00", "2026-12-06T09:00"]),
        ("0 9 * * 7", "UTC", "2026-11-23T00:00", ["2026-11-29T09:00", "2026-12-06T09:00"]),
        ("30 9 * * mon-fri", "UTC", "2026-11-27T09:30", ["2026-11-30T09:30", "2026-12-01T09:30"]),
        ("0 0 13 * fri", "UTC", "2026-11-07T00:00", ["2026-11-13T00:00", "2026-11-20T00:00"]),
        ("0 0 29 2 *", "UTC", "2026-11-27T00:00", ["2028-02-29T00:00", "2032-02-29T00:00"]),
        ("0 0 31 2 mon", "UTC", "2026-11-27T00:00", ["2027-02-01T00:00", "2027-02-08T00:00"]),
        # One run for two labels of one moment: 02:00 is skipped, and 03:00 is there.
        ("0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:00"]),
    ],
)
def test_a_cron_rule_means_clocks_on_walls(rule: str, zone: str, after: str, expected: list[str]) -> None:
    assert coming(by_rule(rule, zone), after, len(expected)) == expected


@pytest.mark.parametrize("rule", ["*/30 * * * *", "*/7 * * * *", "* * * * *"])
@pytest.mark.parametrize("after", ["2026-03-29T00:10", "2026-10-25T00:10", "2026-06-01T00:10"])
def test_a_rule_of_all_hours_skips_and_doubles_nothing(rule: str, after: str) -> None:
    step = {"*/30 * * * *": 30, "*/7 * * * *": 7, "* * * * *": 1}[rule]
    expected = [
        utc(after) + timedelta(minutes=minute)
        for minute in range(1, 181)
        if (utc(after) + timedelta(minutes=minute)).minute % step == 0
    ]
    assert [run.at for run in islice(runs_from(by_rule(rule), utc(after)), len(expected))] == expected


def test_an_interval_is_counted_from_its_start_whatever_clocks_do() -> None:
    timing = by_interval(4 * HOUR, utc("2026-03-28T20:30"))
    assert coming(timing, "2026-03-28T12:00", 4) == [
        "2026-03-28T20:30",
        "2026-03-29T00:30",
        "2026-03-29T04:30",
        "2026-03-29T08:30",
    ]
    assert coming(timing, "2026-11-01T00:00", 1) == ["2026-11-01T00:30"]


def test_an_interval_of_whole_days_keeps_its_local_time() -> None:
    timing = by_interval(DAY, utc("2026-03-27T08:00"))
    assert coming(timing, "2026-03-27T12:00", 2) == ["2026-03-28T08:00", "2026-03-29T07:00"]
    every_other = by_interval(2 * DAY, utc("2026-10-23T07:00"))
    assert coming(every_other, "2026-10-23T12:00", 2) == ["2026-10-25T08:00", "2026-10-27T08:00"]


def test_a_cron_rule_names_no_moment_before_its_start() -> None:
    timing = replace(by_rule("0 * * * *", "UTC"), starts_at=utc("2026-05-01T10:00"))
    assert coming(timing, "2026-01-01T00:00", 2) == ["2026-05-01T10:00", "2026-05-01T11:00"]


def test_schedules_made_together_do_not_fire_together() -> None:
    first = [
        next_run(by_interval(4 * HOUR, utc("2026-05-01T10:00"), schedule=number), utc("2026-05-01T00:00"))
        for number in range(1, 101)
    ]
    put_off = [(run.at - run.due_at).total_seconds() for run in first if run is not None]
    assert len(set(put_off)) > 80
    assert min(put_off) >= 0
    assert max(put_off) <= 600
    assert min(put_off) < 60
    assert max(put_off) > 540


def test_a_short_interval_is_spread_over_a_tenth_of_it() -> None:
    runs = [
        next_run(by_interval(600, utc("2026-05-01T10:00"), schedule=number), utc("2026-05-01T00:00"))
        for number in range(1, 101)
    ]
    assert max((run.at - run.due_at).total_seconds() for run in runs if run is not None) <= 60


def test_jitter_is_the_same_after_a_restart_and_another_for_each_run() -> None:
    timing = replace(by_rule("0 9 * * *"), schedule=5, jitter=600)
    again = replace(by_rule("0 9 * * *"), schedule=5, jitter=600)
    runs = list(islice(runs_from(timing, utc("2026-05-01T00:00")), 30))
    assert runs == list(islice(runs_from(again, utc("2026-05-01T00:00")), 30))
    put_off = {(run.at - run.due_at).total_seconds() for run in runs}
    assert len(put_off) > 20
    assert max(put_off) <= 600


def test_runs_outside_the_active_hours_are_one_run_at_their_beginning() -> None:
    timing = replace(by_rule("30 * * * *"), active=read_active_hours("08:00-10:00"))
    assert coming(timing, "2026-01-10T00:00", 5) == [
        "2026-01-10T07:00",
        "2026-01-10T07:30",
        "2026-01-10T08:30",
        "2026-01-11T07:00",
        "2026-01-11T07:30",
    ]


RULES = st.builds(
    lambda minute, hour, day, month, weekday: f"{minute} {hour} {day} {month} {weekday}",
    st.sampled_from(["0", "30", "*/7", "*", "5,50", "10-20/5"]),
    st.sampled_from(["*", "2", "*/3", "1-3", "23", "0,12"]),
    st.sampled_from(["*", "1", "13", "*/5", "31"]),
    st.sampled_from(["*", "1-12", "3,10", "jan"]),
    st.sampled_from(["*", "0", "7", "mon-fri", "sat-sun", "*/2"]),
)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Africa/Casablanca"])
# Half of them close to a change of clocks.
STARTS = st.one_of(
    st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)),  # noqa: DTZ001  # made aware below
    st.sampled_from(["2026-03-28T22:00", "2026-10-24T22:00", "2026-03-08T04:00", "2026-11-01T04:00"]).map(
        datetime.fromisoformat
    ),
    st.sampled_from(["2026-10-03T12:00", "2026-04-04T12:00"]).map(datetime.fromisoformat),
)


@given(
    rule=RULES,
    zone=ZONES,
    start=STARTS,
    jitter=st.sampled_from([0, 300, 7_200]),
    active=st.sampled_from([None, ActiveHours(480, 1_320), ActiveHours(1_380, 180)]),
)
def test_runs_of_a_rule_strictly_rise_and_never_come_early(
    rule: str, zone: str, start: datetime, jitter: int, active: ActiveHours | None
) -> None:
    timing = replace(by_rule(rule, zone), schedule=3, jitter=jitter, active=active)
    _assert_they_rise(timing, start.replace(tzinfo=UTC))


@given(
    every=st.integers(60, 40 * DAY),
    zone=ZONES,
    start=STARTS,
    after=st.integers(-10 * DAY, 10 * DAY),
    active=st.sampled_from([None, ActiveHours(480, 1_320)]),
)
def test_runs_of_an_interval_strictly_rise_and_never_come_early(
    every: int, zone: str, start: datetime, after: int, active: ActiveHours | None
) -> None:
    starts_at = start.replace(tzinfo=UTC)
    timing = replace(by_interval(every, starts_at, zone, schedule=3), jitter=every // 2, active=active)
    _assert_they_rise(timing, starts_at + timedelta(seconds=after))


def _assert_they_rise(timing: Timing, after: datetime) -> None:
    runs = list(islice(runs_from(timing, after), 6))
    assert all(run.due_at > after for run in runs)
    assert all(run.at >= run.due_at for run in runs)
    assert all(later.at > earlier.at and later.due_at > earlier.due_at for earlier, later in pairwise(runs))


@given(
    minute=st.integers(0, 59),
    hour=st.integers(4, 23),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)),  # noqa: DTZ001  # made aware below
)
def test_away_from_changes_of_clocks_runs_are_those_of_the_trigger_itself(
    minute: int, hour: int, start: datetime
) -> None:
    after = start.replace(tzinfo=UTC)
    run = next_run(by_rule(f"{minute} {hour} * * *"), after)
    trigger = CronTrigger(minute=minute, hour=hour, timezone=BERLIN)
    assert run is not None
    assert run.at == trigger.get_next_fire_time(None, (after + timedelta(microseconds=1)).astimezone(BERLIN))
