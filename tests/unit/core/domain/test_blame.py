"""Whom a failure is settled on: what the exchanges before and after it say of proxy, session, profile and platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest

from core.domain.blame import IN_A_ROW, MOST_OF_JUDGED, MOST_PENDING, Ruling, Settled, Settler
from core.domain.failure import Failure
from core.domain.spells import failures_needed
from core.domain.troubled import MOST_REMEMBERED
from core.domain.verdict import Act, Blame, Reason


@dataclass(frozen=True)
class Person:
    username: str


@dataclass
class Court:
    """A settler and the time; exchanges take a tenth of a second, and one follows the other."""

    settler: Settler = field(default_factory=Settler)
    now: float = 1_000.0

    def good(
        self, session: int, proxy: int | None = None, about: str = "", *, took: float = 0.1, look_up: bool = False
    ) -> list[Settled]:
        self.now += 0.1
        people = [Person(name) for name in about.split()]
        where = session if proxy is None else proxy
        return list(self.settler.good(self.now - took, self.now, session, where, look_up, people))

    def failure(self, session: int, reason: Reason, blame: Blame, proxy: int | None, about: str) -> Failure:
        where = session if proxy is None else proxy
        names = tuple(about.split()) or (f"somebody{self.now}",)
        return Failure(self.now - 0.1, self.now, session, where, False, reason, blame, about=names)

    def bad(
        self,
        session: int,
        reason: Reason = Reason.TIMEOUT,
        blame: Blame = Blame.ROUTE,
        *,
        proxy: int | None = None,
        about: str = "",
        act: Act = Act.NOTHING,
        answered: bool = True,
        probe: bool = False,
        look_up: bool = False,
    ) -> Ruling:
        self.now += 0.1
        failure = self.failure(session, reason, blame, proxy, about)
        failure.act, failure.answered, failure.probe, failure.look_up = act, answered, probe, look_up
        return self.settler.bad(failure)

    def limited(self, session: int, proxy: int | None = None) -> Ruling:
        return self.bad(session, Reason.RATE_LIMITED, proxy=proxy, act=Act.COOL)


def everybody_well(court: Court, *sessions: int) -> None:
    for session in sessions:
        court.good(session)


def blames(settled: list[Settled] | Ruling) -> list[Blame]:
    return [each.blame for each in (settled.settled if isinstance(settled, Ruling) else settled)]


# -- proxy or session -----------------------------------------------------------------


def test_what_cannot_be_told_waits_for_what_follows() -> None:
    court = Court()
    assert court.bad(1).blame is Blame.ROUTE
    assert "1 failures not settled" in repr(court.settler)


def test_an_exchange_that_broke_before_the_proxys_next_good_one_was_nobodys() -> None:
    court = Court()
    court.bad(1)
    assert blames(court.good(1)) == [Blame.NOBODY]
    assert blames(court.good(1)) == [], "once for each"


def test_a_session_that_was_throttled_before_its_proxys_next_good_exchange_was_it_by_itself() -> None:
    court = Court()
    court.limited(1, proxy=7)
    assert blames(court.good(2, proxy=7)) == [Blame.SESSION]


def test_a_good_exchange_that_was_under_way_already_says_nothing_of_the_time_after() -> None:
    court = Court()
    court.bad(1, proxy=7)
    assert blames(court.good(2, proxy=7, took=5.0)) == []
    assert blames(court.good(2, proxy=7)) == [Blame.NOBODY]


def test_an_answer_that_blames_the_session_speaks_for_the_proxy() -> None:
    court = Court()
    court.bad(1, proxy=7)
    ruling = court.bad(2, Reason.SESSION_EXPIRED, Blame.SESSION, proxy=7)
    assert (ruling.blame, blames(ruling)) == (Blame.SESSION, [Blame.NOBODY])


def test_a_proxy_that_fails_three_times_in_a_row_while_others_do_well_is_to_blame_for_all_three() -> None:
    court = Court()
    everybody_well(court, 1, 2)
    rulings = []
    for _ in range(IN_A_ROW):
        rulings.append(court.bad(1))
        court.good(2)
    assert [ruling.blame for ruling in rulings] == [Blame.ROUTE, Blame.ROUTE, Blame.PROXY]
    assert blames(rulings[-1]) == [Blame.PROXY, Blame.PROXY]


def test_a_proxy_that_fails_in_a_row_while_nobody_else_asks_is_not_told_from_the_platform() -> None:
    court = Court()
    everybody_well(court, 1)
    assert [court.bad(1).blame for _ in range(MOST_OF_JUDGED)] == [Blame.ROUTE] * MOST_OF_JUDGED


def test_a_proxy_that_failed_in_more_than_a_quarter_of_its_last_twenty_is_to_blame() -> None:
    court = Court()
    last = Ruling(Blame.NOBODY)
    for _ in range(MOST_OF_JUDGED + 1):
        court.good(1)
        court.good(1)
        last = court.bad(1)
    assert last.blame is Blame.PROXY


def test_failures_that_lie_twenty_exchanges_back_are_forgotten() -> None:
    court = Court()
    for _ in range(MOST_OF_JUDGED):
        court.bad(1)
    for _ in range(20):
        court.good(1)
    assert court.bad(1).blame is Blame.ROUTE


def test_what_breaks_over_a_proxy_that_is_known_to_be_bad_is_the_proxys_at_once() -> None:
    court = Court()
    court.bad(1, Reason.PROXY_ERROR, Blame.PROXY, answered=False)
    assert court.bad(1).blame is Blame.PROXY
    court.good(1)
    assert court.bad(1).blame is Blame.ROUTE


def test_a_probe_that_breaks_is_the_quarantined_proxys() -> None:
    assert Court().bad(1, probe=True).blame is Blame.PROXY


def test_sessions_that_are_throttled_one_after_the_other_over_one_proxy_share_its_address() -> None:
    court = Court()
    everybody_well(court, 9)
    rulings = [court.limited(session, proxy=7) for session in (1, 2, 3, 1, 2, 3)]
    assert rulings[-1].blame is Blame.PROXY
    assert blames(rulings[-1]) == [Blame.PROXY] * 5


def test_one_session_that_is_throttled_again_and_again_does_not_speak_against_its_proxy() -> None:
    court = Court()
    everybody_well(court, 9)
    assert {court.limited(1).blame for _ in range(10)} == {Blame.ROUTE}


def test_failures_that_nothing_settles_are_forgotten_and_stay_at_the_route() -> None:
    court = Court()
    for _ in range(MOST_PENDING + 5):
        court.limited(1)
    assert len(court.good(1)) == MOST_PENDING


def test_what_a_proxy_waited_for_goes_with_it() -> None:
    court = Court()
    court.bad(1)
    court.settler.forget_proxy(1)
    court.settler.forget_session(1)
    assert blames(court.good(1)) == []


def test_a_platform_that_breaks_down_for_one_session_alone_has_blocked_it() -> None:
    court = Court()
    everybody_well(court, 1, 2)
    rulings = []
    for _ in range(3):
        rulings.append(court.bad(1, Reason.SERVER_ERROR, Blame.PLATFORM, act=Act.COOL))
        court.good(2)
    assert [ruling.blame for ruling in rulings] == [Blame.PLATFORM, Blame.PLATFORM, Blame.SESSION]


# -- the platform -----------------------------------------------------------------------


def refused(court: Court, *sessions: int, reason: Reason = Reason.WRONG_SHAPE) -> list[Ruling]:
    return [court.bad(session, reason, Blame.PLATFORM) for session in sessions]


def test_the_same_new_failure_on_three_sessions_over_two_proxies_is_the_platforms() -> None:
    court = Court()
    everybody_well(court, 1, 2, 3)
    rulings = refused(court, 1, 2, 3)
    assert [ruling.everywhere for ruling in rulings] == [False, False, True]
    assert [each.failure.session for each in rulings[-1].settled] == [1, 2]


def test_three_sessions_over_one_proxy_may_all_suffer_from_it() -> None:
    court = Court()
    rulings = [court.bad(session, Reason.WRONG_SHAPE, Blame.PLATFORM, proxy=7) for session in (1, 2, 3)]
    assert not any(ruling.everywhere for ruling in rulings)


def test_two_sessions_are_not_everybody() -> None:
    assert not any(ruling.everywhere for ruling in refused(Court(), 1, 2, 1, 2))


def test_a_question_of_the_kind_that_goes_well_between_speaks_for_the_platform() -> None:
    court = Court()
    refused(court, 1, 2)
    court.good(4)
    assert not refused(court, 3)[0].everywhere


def test_look_ups_that_go_well_say_nothing_of_stories() -> None:
    court = Court()
    refused(court, 1, 2)
    court.good(4, look_up=True)
    assert refused(court, 3)[0].everywhere


def test_failures_that_lie_a_minute_apart_do_not_add_up() -> None:
    court = Court()
    refused(court, 1, 2)
    court.now += 61
    assert not refused(court, 3)[0].everywhere


def test_different_failures_do_not_add_up() -> None:
    court = Court()
    refused(court, 1, 2)
    assert not court.bad(3, Reason.SERVER_ERROR, Blame.PLATFORM).everywhere


def test_questions_with_a_profile_in_common_may_fail_because_of_it() -> None:
    court = Court()
    rulings = [
        court.bad(session, Reason.WRONG_SHAPE, Blame.PLATFORM, about=about)
        for session, about in ((1, "ann bob"), (2, "bob cid"), (3, "bob"), (4, "bob dan"))
    ]
    assert not any(ruling.everywhere for ruling in rulings)


def test_a_session_that_failed_like_this_before_tells_nothing_new() -> None:
    court = Court()
    refused(court, 1)
    court.good(2)
    assert [ruling.everywhere for ruling in refused(court, 1, 2, 3)] == [False, False, False]
    assert refused(court, 4, 5)[-1].everywhere


def test_proxies_that_take_no_connection_say_nothing_of_the_platform() -> None:
    court = Court()
    rulings = [court.bad(each, Reason.PROXY_ERROR, Blame.PROXY, answered=False) for each in range(1, 9)]
    assert {ruling.blame for ruling in rulings} == {Blame.PROXY}
    assert not any(ruling.everywhere for ruling in rulings)


def test_a_question_that_was_too_large_says_nothing_of_the_platform() -> None:
    court = Court()
    rulings = [court.bad(each, Reason.TOO_MANY_IDS, Blame.NOBODY) for each in range(1, 9)]
    assert not any(ruling.everywhere for ruling in rulings)


def test_answers_that_seemed_the_proxies_fault_are_the_platforms_when_everybody_gets_them() -> None:
    court = Court()
    rulings = [court.bad(each, Reason.EMPTY_BODY, Blame.PROXY) for each in (1, 2, 3)]
    assert [(each.blame, each.was) for each in rulings[-1].settled] == [(Blame.PLATFORM, Blame.PROXY)] * 2


def test_logins_that_seemed_dead_are_not_when_everybodys_is() -> None:
    court = Court()
    everybody_well(court, 1, 2, 3)
    rulings = [court.bad(each, Reason.LOGIN_REQUIRED, Blame.SESSION, act=Act.SUSPECT) for each in (1, 2, 3)]
    assert rulings[-1].blame is Blame.PLATFORM
    assert [(each.blame, each.was) for each in rulings[-1].settled] == [(Blame.PLATFORM, Blame.SESSION)] * 2


def test_what_the_platform_refuses_everybody_is_no_longer_waited_for() -> None:
    court = Court()
    for session in range(1, failures_needed(0.5) + 1):
        court.bad(session)
    assert "0 failures not settled" in repr(court.settler)
    assert blames(court.good(1)) == []


def test_a_few_that_break_together_are_not_the_platforms_though_nobody_did_well_between() -> None:
    court = Court()
    everybody_well(court, *range(1, 31))
    rulings = [court.bad(session, Reason.NET_ERROR) for session in range(1, failures_needed(0.5))]
    assert not any(ruling.everywhere for ruling in rulings)
    assert court.bad(30, Reason.NET_ERROR).everywhere


def test_as_long_as_nobody_does_well_each_further_failure_is_the_platforms() -> None:
    court = Court()
    refused(court, 1, 2, 3)
    (later,) = refused(court, 5)
    assert (later.blame, later.everywhere, later.settled) == (Blame.PLATFORM, True, [])


@pytest.mark.parametrize(("share", "needed"), [(0.0, 3), (0.01, 3), (0.05, 5), (0.3, 12), (0.9, 28)])
def test_the_more_fails_anyway_the_more_it_takes(share: float, needed: int) -> None:
    assert failures_needed(share) == needed


def test_it_is_found_out_within_fifty_failures_whatever_failed_before() -> None:
    court = Court()
    random = Random(3)
    for _ in range(2_000):
        session = random.randrange(1, 40)
        if random.random() < 0.3:
            court.limited(session)
        else:
            court.good(session)
    failures = 0
    while not court.bad(random.randrange(1, 40), Reason.WRONG_SHAPE, Blame.PLATFORM).everywhere:
        failures += 1
        court.now -= 0.09
    assert failures < 50


def test_five_in_a_hundred_answers_limited_at_random_never_seem_everybodys() -> None:
    court = Court()
    random = Random(5)
    opened = 0
    for _ in range(30_000):
        session = random.randrange(1, 100)
        if random.random() < 0.05:
            opened += court.limited(session).everywhere
        else:
            court.good(session)
    assert opened == 0


# -- the profile -----------------------------------------------------------------------------


def test_a_question_that_failed_on_three_routes_which_carry_others_is_the_profiles() -> None:
    court = Court()
    for session in (1, 2, 3):
        court.good(session, about="other")
        assert court.bad(session, Reason.WRONG_SHAPE, Blame.PLATFORM, about="ann bob").blame is Blame.PLATFORM
        court.good(9, about="another")
    assert court.bad(4, Reason.WRONG_SHAPE, Blame.PLATFORM, about="bob cid").blame is Blame.PROFILE
    assert court.bad(4, Reason.WRONG_SHAPE, Blame.PLATFORM, about="cid").blame is Blame.PLATFORM


def test_whoever_is_asked_about_well_is_in_no_trouble_any_more() -> None:
    court = Court()
    for session in (1, 2, 3):
        court.good(session)
        court.bad(session, about="ann bob")
    court.good(5, about="ann")
    assert court.bad(6, about="ann").blame is Blame.ROUTE
    assert court.bad(7, about="bob").blame is Blame.PROFILE


def test_routes_that_carry_nobody_speak_against_no_profile() -> None:
    court = Court()
    for session in (1, 2, 3):
        court.bad(session, about="ann")
    court.good(9)
    assert court.bad(4, about="ann").blame is Blame.ROUTE


def test_too_much_is_never_the_profiles() -> None:
    court = Court()
    for session in (1, 2, 3, 4, 5):
        court.good(session)
        assert court.bad(session, Reason.RATE_LIMITED, act=Act.COOL, about="ann").blame is Blame.ROUTE
        court.good(9)


def test_a_challenge_is_obeyed_whoever_was_asked_about() -> None:
    court = Court()
    for session in (1, 2, 3):
        court.good(session)
        court.bad(session, about="ann")
        court.good(9)
    ruling = court.bad(4, Reason.CHALLENGE, Blame.SESSION, act=Act.FREEZE_CHECKPOINT, about="ann")
    assert ruling.blame is Blame.SESSION


def test_only_so_many_profiles_are_remembered() -> None:
    court = Court()
    for number in range(MOST_REMEMBERED + 10):
        court.good(1)
        court.bad(1, about=f"name{number}")
    assert f"{MOST_REMEMBERED} profiles in trouble" in repr(court.settler)


# -- at random ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_nearly_all_failures_of_a_mixed_run_are_settled_on_whom_it_was(seed: int) -> None:
    random, court = Random(seed), Court()
    slow = set(random.sample(range(1, 41), 4))
    by_party: list[tuple[Failure, Blame]] = []
    bad = court.settler.bad

    def kept(failure: Failure) -> Ruling:
        at_fault = Blame.PROXY if failure.proxy in slow else Blame.SESSION if failure.throttled else Blame.NOBODY
        by_party.append((failure, at_fault))
        return bad(failure)

    court.settler.bad = kept  # type: ignore[method-assign]
    for _ in range(5_000):
        session = random.randrange(1, 41)
        dice = random.random()
        if session in slow:
            court.bad(session, answered=False)
        elif dice < 0.05:
            court.limited(session)
        elif dice < 0.06:
            court.bad(session, Reason.NET_ERROR)
        else:
            court.good(session)
    settled = [(failure.charged, at_fault) for failure, at_fault in by_party if failure.charged is not Blame.ROUTE]
    right = sum(charged is at_fault for charged, at_fault in settled)
    assert right >= 0.98 * len(settled)
    assert len(settled) >= 0.95 * len(by_party)
