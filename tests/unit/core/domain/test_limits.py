from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.limits import FIELDS, LimitField, Limits, LimitValue, limit_field, parse_limit, with_values
from core.errors import InvalidInput

DEFAULTS: dict[str, LimitValue] = {
    "workers": None,
    "concurrent_batches": 2,
    "attempts": 3,
    "connect_timeout": 5.0,
    "total_timeout": 15.0,
    "per_route_hour": 30,
    "per_route_day": 300,
    "route_gap_seconds": 20.0,
    "route_gap_jitter": 1.0,
    "lookups_hour": 6,
    "lookups_day": 50,
    "new_session_days": 3.0,
    "new_session_share": 0.33,
    "per_proxy_hour": 120,
    "per_proxy_day": 600,
    "per_proxy_parallel": 4,
    "global_per_minute": None,
    "group_size": 10,
    "confirm_size": 5,
    "proxy_failures": 3,
    "proxy_check_minutes": 0,
    "degraded_below": 80,
    "failing_below": 50,
    "rest_scale": 1.0,
    "fresh_minutes": 60,
    "alert_in_a_row": 3,
    "alert_share": 20,
}
RATES = (
    "per_route_hour",
    "per_route_day",
    "lookups_hour",
    "lookups_day",
    "per_proxy_hour",
    "per_proxy_day",
    "global_per_minute",
)
NEVER = (
    "workers",
    "concurrent_batches",
    "attempts",
    "connect_timeout",
    "total_timeout",
    "new_session_share",
    "per_proxy_parallel",
    "group_size",
    "confirm_size",
    "proxy_failures",
    "rest_scale",
)


def test_the_defaults_are_those_of_the_design() -> None:
    assert {name: Limits()[name] for name in DEFAULTS} == DEFAULTS
    assert {field.name for field in fields(Limits)} == set(DEFAULTS)


def test_every_limit_is_described_in_the_order_of_the_fields() -> None:
    assert [field.name for field in FIELDS] == [field.name for field in fields(Limits)]
    assert all(field.meaning and field.unit for field in FIELDS)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_default_is_within_its_own_bounds(field: LimitField) -> None:
    value = Limits()[field.name]
    assert field.none_means if value is None else field.minimum <= value <= field.maximum


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_is_shown_can_be_set_again(field: LimitField) -> None:
    value = Limits()[field.name]
    assert parse_limit(field.name, "none" if value is None else str(value)) == value


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_bounds_themselves_are_taken_and_what_lies_beyond_is_not(field: LimitField) -> None:
    least, most = field.minimum, field.maximum
    assert parse_limit(field.name, f"{most:.0f}") == most
    assert parse_limit(field.name, f"{least}") == least
    for beyond in (f"{most + 1:.0f}", "-1"):
        with pytest.raises(InvalidInput, match="out of bounds"):
            parse_limit(field.name, beyond)


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("text", ["0", "none", " None "])
def test_zero_and_none_mean_no_limit_for_rates(name: str, text: str) -> None:
    assert parse_limit(name, text) is None


@pytest.mark.parametrize("name", NEVER)
def test_a_zero_that_would_mean_never_is_refused_with_what_it_would_do(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"with 0 .*; it takes a (whole )?number from") as refused:
        parse_limit(name, "0")
    assert refused.value.field == name


@pytest.mark.parametrize(
    "name", ["route_gap_seconds", "new_session_days", "proxy_check_minutes", "fresh_minutes", "alert_in_a_row"]
)
def test_a_zero_that_switches_something_off_is_a_zero(name: str) -> None:
    value = parse_limit(name, "0")
    assert value == 0
    assert value is not None


def test_none_workers_means_one_a_route_and_at_most_fifty() -> None:
    limits = with_values(Limits(workers=3), {"workers": "none"})
    assert [limits.workers_for(routes) for routes in (0, 1, 7, 50, 900)] == [1, 1, 7, 50, 50]
    assert Limits(workers=80).workers_for(7) == 80


def test_none_is_refused_where_there_must_be_a_value() -> None:
    with pytest.raises(
        InvalidInput, match="attempts: it cannot do without a value; it takes a whole number from 1 to 20"
    ):
        parse_limit("attempts", "none")


@pytest.mark.parametrize("text", ["", "abc", "1.5", "1e3", "1_000", "١", "0x10", "nan", "inf", "9" * 30, "--1", "5 s"])
def test_what_is_no_whole_number_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(InvalidInput, match="does not fit; it takes a whole number from 1 to 1,000,000"):
        parse_limit("per_route_hour", text)


@pytest.mark.parametrize(("text", "value"), [("0.5", 0.5), ("20", 20.0), (" 7.25 ", 7.25)])
def test_seconds_take_fractions(text: str, value: float) -> None:
    assert parse_limit("route_gap_seconds", text) == value


def test_a_long_wrong_value_is_shown_cut() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_limit("attempts", "x" * 5000)
    assert len(str(refused.value)) < 200


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_limit("per_rout_hour", "1")
    assert str(refused.value) == 'per_rout_hour: there is no such limit; did you mean "per_route_hour"?'


@pytest.mark.parametrize("name", ["per-route-hour", "PER_ROUTE_HOUR", " Per_Route-hour "])
def test_case_and_dashes_of_a_name_do_not_matter(name: str) -> None:
    assert limit_field(name).name == "per_route_hour"
    assert with_values(Limits(), {name: "7"}).per_route_hour == 7


def test_values_are_set_together_and_the_rest_stays() -> None:
    changed = with_values(Limits(), {"attempts": "5", "global_per_minute": "90", "rest_scale": "0.5"})
    assert changed == Limits(attempts=5, global_per_minute=90, rest_scale=0.5)


def test_one_bad_value_changes_nothing() -> None:
    limits = Limits()
    with pytest.raises(InvalidInput):
        with_values(limits, {"attempts": "5", "workers": "0"})
    assert limits == Limits()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"connect_timeout": "20"}, "connect_timeout: 20 is above total_timeout (15); lower it or raise total_timeout"),
        ({"failing_below": "90"}, "failing_below: 90 is above degraded_below (80); lower it or raise degraded_below"),
    ],
)
def test_limits_that_contradict_each_other_are_refused(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_values(Limits(), values)
    assert str(refused.value) == sentence


def test_two_limits_may_move_past_each_other_together() -> None:
    changed = with_values(Limits(), {"connect_timeout": "20", "total_timeout": "30"})
    assert (changed.connect_timeout, changed.total_timeout) == (20.0, 30.0)


def test_only_what_differs_is_stored_and_it_comes_back() -> None:
    limits = with_values(Limits(), {"per_route_hour": "none", "attempts": "5"})
    stored = limits.changed_from(Limits())
    assert stored == {"attempts": 5, "per_route_hour": None}
    assert Limits().with_stored(stored) == limits


def test_a_stored_name_that_no_longer_exists_is_left_out() -> None:
    assert Limits().with_stored({"attempts": 4, "lunch_break": 60}) == Limits(attempts=4)


def test_the_sandbox_has_no_rates_no_gaps_and_short_rests() -> None:
    limits = Limits.sandbox()
    assert all(limits[name] is None for name in RATES)
    assert (limits.route_gap_seconds, limits.rest_scale, limits.new_session_days) == (0.0, 0.002, 0.0)
    assert limits.per_proxy_parallel == Limits().per_proxy_parallel


@given(
    name=st.sampled_from(sorted(DEFAULTS)), text=st.text(max_size=12) | st.integers().map(str) | st.floats().map(str)
)
def test_whatever_is_typed_gives_a_value_within_bounds_or_one_sentence(name: str, text: str) -> None:
    field = limit_field(name)
    value: LimitValue = None
    sentence = ""
    try:
        value = parse_limit(name, text)
    except InvalidInput as refused:
        sentence = str(refused)
    if sentence:
        assert sentence.startswith(f"{name}: ")
        assert "it takes" in sentence
    else:
        assert field.none_means if value is None else field.minimum <= value <= field.maximum
