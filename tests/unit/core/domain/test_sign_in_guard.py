"""How often a sign-in may fail, and who waits for whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain import sign_in_guard
from core.domain.sign_in_guard import BLOCK, LONGEST_DELAY, NAME_TRIES, WINDOW, SignInGuard
from core.errors import TooManyTries

HERE = "203.0.113.7"


def fails(guard: SignInGuard, count: int, *, address: str = HERE, name: str = "ann", now: float = 0.0) -> None:
    for _ in range(count):
        guard.begin(address, name, now)


def wait(guard: SignInGuard, address: str, name: str, now: float, *, at_home: bool = False) -> float:
    """Seconds that a try has to wait; 0 where it is looked at, which counts."""
    try:
        guard.begin(address, name, now, at_home=at_home)
    except TooManyTries as error:
        return error.retry_after
    return 0.0


def test_a_try_knows_how_many_are_left_before_the_pause() -> None:
    guard = SignInGuard()
    assert [guard.begin(HERE, "ann", 0.0).left for _ in range(5)] == [4, 3, 2, 1, 0]


def test_after_five_failures_one_name_waits_fifteen_minutes_at_that_address_and_nowhere_else() -> None:
    guard = SignInGuard()
    fails(guard, 5)
    with pytest.raises(TooManyTries, match=r"^Too many sign-ins failed; try again in 15 min\.$") as refused:
        guard.begin(HERE, "ann", 0.0)
    assert refused.value.retry_after == BLOCK
    assert wait(guard, HERE, "bea", 0.0) == 0.0
    assert wait(guard, "203.0.113.8", "ann", 0.0) == 0.0


def test_the_pause_is_not_made_longer_by_trying_on_and_ends_with_all_tries_given_back() -> None:
    guard = SignInGuard()
    fails(guard, 5)
    assert wait(guard, HERE, "ann", BLOCK - 1.0) == 1.0
    assert guard.begin(HERE, "ann", BLOCK).left == 4


def test_failures_that_are_more_than_five_minutes_old_do_not_count() -> None:
    guard = SignInGuard()
    fails(guard, 4)
    assert guard.begin(HERE, "ann", WINDOW).left == 4


def test_a_success_forgets_the_failures_of_that_name_from_there() -> None:
    guard = SignInGuard()
    fails(guard, 4)
    guard.succeeded(guard.begin(HERE, "ann", 1.0))
    assert guard.begin(HERE, "ann", 2.0).left == 4


def test_tries_at_the_same_time_count_before_any_of_them_is_known_to_fail() -> None:
    guard = SignInGuard()
    under_way = [guard.begin(HERE, "ann", 0.0) for _ in range(5)]
    assert wait(guard, HERE, "ann", 0.0) > 0.0
    guard.succeeded(under_way[2])
    assert wait(guard, HERE, "ann", 0.0) == 0.0


def test_one_address_that_tries_many_names_is_blocked_for_all_of_them() -> None:
    guard = SignInGuard()
    for n in range(50):
        guard.begin(HERE, f"name{n}", 0.0)
    assert wait(guard, HERE, "another", 0.0) == BLOCK
    assert wait(guard, "203.0.113.8", "another", 0.0) == 0.0


def test_a_name_that_many_addresses_guess_is_slowed_more_and_more_but_never_for_more_than_five_minutes() -> None:
    guard = SignInGuard()
    now, waits = 0.0, []
    for n in range(NAME_TRIES + 20):
        address = f"198.51.{n // 250}.{n % 250}"
        waited = wait(guard, address, "ann", now)
        waits.append(waited)
        if waited:
            now += waited
            assert wait(guard, address, "ann", now) == 0.0
    assert waits[:NAME_TRIES] == [0.0] * NAME_TRIES
    assert waits[NAME_TRIES : NAME_TRIES + 4] == [1.0, 2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST_DELAY


def test_somebody_who_has_signed_in_from_there_before_does_not_wait_for_what_others_guess() -> None:
    guard = SignInGuard()
    for n in range(NAME_TRIES + 5):
        wait(guard, f"198.51.100.{n}", "ann", 1_000.0 * n)
    for n in range(NAME_TRIES + 5):
        wait(guard, f"198.51.101.{n}", "ann", 30_000.0)
    assert wait(guard, HERE, "ann", 30_000.0) > 0.0
    assert wait(guard, HERE, "ann", 30_000.0, at_home=True) == 0.0


def test_at_home_too_five_failures_are_enough() -> None:
    guard = SignInGuard()
    assert [wait(guard, HERE, "ann", 0.0, at_home=True) for _ in range(6)] == [0.0] * 5 + [BLOCK]


def test_a_name_that_nobody_guesses_for_an_hour_is_free_again() -> None:
    guard = SignInGuard()
    for n in range(NAME_TRIES):
        guard.begin(f"198.51.100.{n}", "ann", 0.0)
    assert wait(guard, HERE, "ann", 0.5) > 0.0
    assert wait(guard, HERE, "ann", 3_600.0) == 0.0
    assert wait(guard, "198.51.100.99", "ann", 3_600.0) == 0.0


def test_all_addresses_of_an_ipv6_network_are_one() -> None:
    guard = SignInGuard()
    for n in range(5):
        guard.begin(f"2001:db8::{n}", "ann", 0.0)
    assert wait(guard, "2001:db8::abcd", "ann", 0.0) > 0.0
    assert wait(guard, "2001:db8:0:1::1", "ann", 0.0) == 0.0


def test_an_ipv4_address_is_the_same_in_both_spellings() -> None:
    assert sign_in_guard.network_of("::ffff:203.0.113.7") == sign_in_guard.network_of("203.0.113.7") == "203.0.113.7"


def test_the_first_failure_from_an_address_is_told_from_the_others() -> None:
    guard = SignInGuard()
    assert [guard.begin(HERE, f"name{n}", 0.0).first_from_there for n in range(3)] == [True, False, False]
    assert guard.begin(HERE, "name", WINDOW).first_from_there


def test_what_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = SignInGuard()
    for n in range(100):
        guard.begin(f"198.51.100.{n}", f"name{n}", 0.0)
    assert repr(guard) == "<SignInGuard 100 pairs, 100 addresses, 100 names>"
    guard.begin(HERE, "ann", 10_000.0)
    assert repr(guard) == "<SignInGuard 1 pairs, 1 addresses, 1 names>"


def test_no_flood_makes_it_grow_past_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_guard, "MOST_KEPT", 50)
    guard = SignInGuard()
    for n in range(500):
        guard.begin(f"198.51.{n // 250}.{n % 250}", f"name{n}", 0.0)
    assert repr(guard) == "<SignInGuard 50 pairs, 50 addresses, 50 names>"


def test_tries_that_are_refused_leave_nothing_behind() -> None:
    guard = SignInGuard()
    for n in range(50):
        guard.begin(HERE, f"name{n}", 0.0)
    before = repr(guard)
    for n in range(50, 5_000):
        assert wait(guard, HERE, f"name{n}", 0.0) > 0.0
    assert repr(guard) == before


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.floats(0.0, 400.0), st.booleans(), st.booleans()),
        max_size=120,
    )
)
def test_no_name_fails_more_than_five_times_from_one_address_within_five_minutes(
    steps: list[tuple[int, int, float, bool, bool]],
) -> None:
    guard, now = SignInGuard(), 0.0
    failures: dict[tuple[int, int], list[float]] = {}
    waits: list[float] = []
    for place, name, later, at_home, good in steps:
        now += later
        try:
            attempt = guard.begin(f"203.0.113.{place}", f"name{name}", now, at_home=at_home)
        except TooManyTries as refused:
            waits.append(refused.retry_after)
            continue
        if good:
            guard.succeeded(attempt, at_home=at_home)
            failures.pop((place, name), None)
            continue
        lately = [at for at in failures.get((place, name), []) if at > now - WINDOW]
        failures[place, name] = [*lately, now]
        assert len(failures[place, name]) <= 5
    assert all(0.0 < seconds <= BLOCK for seconds in waits)
