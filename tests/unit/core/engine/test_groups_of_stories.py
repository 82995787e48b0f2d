"""Grouped questions: who is asked together, what presence and absence prove, and how large a group is."""

from __future__ import annotations

from datetime import timedelta

from core.domain.verdict import Outcome, Reason
from core.engine.inquiry import Policy, Purpose, Step, Worth
from core.sources.base import Kind
from tests.unit.core.engine.inquiries import LIVE, NEARLY_OVER, NONE, NOW, Desk, id_of, names_in, these

UNPROVEN = (Outcome.UNKNOWN, Reason.BATCH_UNPROVEN)
NO_CANARY = (Outcome.UNKNOWN, Reason.NO_CANARY)


def shape(step: Step) -> tuple[Purpose, int, int]:
    return step.purpose, len(step.cases), len(step.extras)


# -- rule 1: presence, proof ------------------------------------------------------------


def test_a_first_group_is_ten_targets_and_one_canary() -> None:
    desk = Desk()
    desk.people(25, more=True)
    assert [shape(desk.stories()) for _ in range(2)] == [(Purpose.FIRST, 10, 1)] * 2
    assert desk.inquiry.next_stories(NOW) is None, "five more wait for company while more are coming"


def test_the_last_first_group_takes_whoever_is_left() -> None:
    desk = Desk()
    desk.people(12)
    assert [shape(desk.stories()) for _ in range(2)] == [(Purpose.FIRST, 10, 1), (Purpose.FIRST, 2, 1)]


def test_a_confirming_group_is_five_targets_and_two_canaries() -> None:
    desk = Desk()
    desk.people(10)
    desk.shows(desk.stories(), "canary")
    assert [shape(desk.stories()) for _ in range(2)] == [(Purpose.CONFIRM, 5, 2)] * 2


def test_canaries_take_turns() -> None:
    desk = Desk()
    desk.people(40)
    assert [desk.stories().extras[0].username for _ in range(4)] == ["canary1", "canary2", "canary3", "canary1"]


def test_a_group_never_names_more_than_the_platform_takes() -> None:
    desk = Desk(policy=Policy(group_size=10, confirm_size=5, group_limit=5))
    desk.people(8)
    first, second = desk.stories(), desk.stories()
    assert [len(step.question.subjects) for step in (first, second)] == [5, 5]
    desk.shows(first, "canary")
    desk.shows(second, "canary")
    assert len(desk.stories().question.subjects) == 5


def test_where_a_question_holds_one_profile_each_is_asked_with_one_canary() -> None:
    desk = Desk(policy=Policy(group_size=1, confirm_size=1, group_limit=1))
    desk.people(2)
    assert shape(desk.stories()) == (Purpose.FIRST, 1, 1)


def test_presence_is_believed_at_once() -> None:
    desk = Desk()
    desk.people(10)
    step = desk.stories()
    assert step.question.kind is Kind.STORIES
    assert desk.shows(step, "p03", session=7) is Worth.GOOD
    assert desk.verdicts == {"p03": LIVE}
    result = desk.book.results["p03"]
    assert (result.attempts, result.session_id, result.proxy_id, result.latency_ms) == (1, 7, 107, 250)
    assert (result.trail, result.second_find) == ("s7/p107 live 1/11", False)
    assert result.story is not None
    assert result.checked_at == NOW


def test_a_live_target_proves_an_answer_as_well_as_a_canary() -> None:
    desk = Desk()
    desk.people(2)
    desk.shows(desk.stories(), "p00", session=1)
    desk.shows(desk.stories(), "canary", session=2)
    assert desk.verdicts == {"p00": LIVE, "p01": NONE}


def test_a_canary_is_news_only_in_an_answer_that_proved_itself() -> None:
    desk = Desk(canaries=["canary1"])
    desk.people(3)
    step = desk.stories()
    desk.shows(step, session=1)
    assert desk.canaries.drain() == []
    desk.shows(desk.stories(), "p00", session=2)
    (news,) = desk.canaries.drain()
    assert (news.username, news.asked, news.seen, news.missed_in_a_row) == ("canary1", 1, 0, 1)


def test_a_canary_that_is_a_target_of_the_group_does_not_prove_it_twice() -> None:
    desk = Desk(canaries=["p00", "canary2"])
    desk.people(3)
    assert [subject.username for subject in desk.stories().extras] == ["canary2"]


def test_a_witness_takes_the_place_of_a_canary() -> None:
    desk = Desk(canaries=[])
    desk.people(10)
    desk.shows(desk.stories(), "p04", session=1)
    step = desk.stories()
    assert [subject.username for subject in step.extras] == ["p04"]
    assert desk.shows(step, "canary", session=2) is Worth.GOOD
    assert len(desk.verdicts) == 6


def test_a_witness_needs_more_than_ten_minutes() -> None:
    desk = Desk(canaries=[])
    desk.people(10)
    desk.shows(desk.stories(), "p04", story=NEARLY_OVER)
    assert desk.stories().extras == ()


def test_a_witness_whose_time_runs_out_is_dropped() -> None:
    desk = Desk(canaries=[])
    desk.people(10)
    desk.shows(desk.stories(), "p04")
    desk.now += timedelta(hours=22, minutes=51)
    assert desk.stories().extras == ()


def test_a_canary_that_proven_answers_leave_out_three_times_gives_way_to_a_witness() -> None:
    desk = Desk(canaries=["dead"])
    desk.people(40)
    for session in range(1, 4):
        desk.shows(desk.stories(), f"p{session - 1}0", session=session)
    assert desk.stories().extras[0].username != "dead"


def test_a_blank_answer_with_nobody_but_a_missing_canary_accuses_no_session() -> None:
    desk = Desk(canaries=["dead"])
    desk.people(40)
    for session in range(1, 4):
        desk.shows(desk.stories(), f"p{session - 1}0", session=session, story=NEARLY_OVER)
    step = desk.stories()
    assert [subject.username for subject in step.extras] == ["dead"]
    assert desk.shows(step, session=4) is Worth.NOTHING
    assert "s4/p104 no_canary 0/6" in step.cases[0].trail


def test_groups_wait_while_the_first_canary_is_looked_up() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    desk.people(10)
    assert desk.inquiry.next_stories(NOW) is None
    step = desk.look_up()
    assert (step.purpose, step.question.kind) == (Purpose.CANARY, Kind.LOOK_UP_NAME)
    assert desk.inquiry.next_stories(NOW) is None
    desk.finds(step)
    assert [subject.platform_id for subject in desk.stories().extras] == [id_of("canary1")]


def test_a_canary_that_is_private_is_none() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    desk.people(1)
    desk.finds(desk.look_up(), private=True)
    desk.finds(desk.look_up(), private=True)
    assert desk.stories().extras == ()


def test_three_canaries_are_enough_to_look_up() -> None:
    desk = Desk(canaries=[f"canary{number}" for number in range(6)], resolved=False)
    desk.people(10)
    steps = [desk.look_up() for _ in range(3)]
    assert {step.purpose for step in steps} == {Purpose.CANARY}
    assert desk.inquiry.next_look_up(NOW) is None
    assert not desk.inquiry.wants_look_ups


def test_a_new_batch_tries_canaries_again_that_could_not_be_looked_up() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    desk.people(1)
    desk.refuses(desk.look_up())
    desk.refuses(desk.look_up())
    assert not desk.canaries.wants_look_up
    desk.inquiry = type(desk.inquiry)(
        canaries=desk.canaries, routes=desk.routes, ledger=desk.book, policy=desk.inquiry.policy
    )
    assert desk.canaries.wants_look_up


# -- rule 2: absence -------------------------------------------------------------------------


def test_whoever_is_missing_once_is_asked_again_over_another_session() -> None:
    desk = Desk()
    desk.people(5)
    desk.shows(desk.stories(), "canary", session=3)
    assert desk.verdicts == {}
    step = desk.stories()
    assert (step.purpose, step.avoid, step.exclude) == (Purpose.CONFIRM, these(3), frozenset())
    assert names_in(step) == ["p00", "p01", "p02", "p03", "p04"]


def test_missing_from_two_proven_answers_is_none() -> None:
    desk = Desk()
    desk.people(1)
    desk.shows(desk.stories(), "canary", session=3)
    desk.shows(desk.stories(), "canary", session=4)
    assert desk.verdicts == {"p00": NONE}
    assert desk.book.results["p00"].trail == "s3/p103 absent 1/2; s4/p104 absent 2/3"
    assert desk.book.results["p00"].attempts == 2


def test_whoever_the_second_answer_shows_is_live_and_counted_as_a_second_find() -> None:
    desk = Desk()
    desk.people(1)
    desk.shows(desk.stories(), "canary", session=3)
    desk.shows(desk.stories(), "canary", "p00", session=4)
    assert desk.verdicts == {"p00": LIVE}
    assert desk.book.results["p00"].second_find


def test_missing_ones_are_packed_across_groups_as_soon_as_a_group_is_full() -> None:
    desk = Desk()
    desk.people(30, more=True)
    live = [f"p{number:02}" for number in range(30) if number % 10 > 2]
    desk.shows(desk.stories(), *live, session=1)
    assert names_in(desk.stories()) == [f"p{number}" for number in range(10, 20)], "three missing ones wait"
    desk.shows(desk.stories(), *live, session=2)
    step = desk.stories()
    assert (step.purpose, step.avoid) == (Purpose.CONFIRM, these(1, 2))
    assert names_in(step) == ["p00", "p01", "p02", "p20", "p21"]


def test_fewer_missing_ones_wait_until_no_first_group_is_out() -> None:
    desk = Desk()
    desk.people(20)
    one, other = desk.stories(), desk.stories()
    desk.shows(one, *[f"p{number:02}" for number in range(9)])
    assert desk.inquiry.next_stories(NOW) is None
    desk.shows(other, *[f"p{number}" for number in range(10, 20)])
    assert names_in(desk.stories()) == ["p09"]


def test_with_two_sessions_nobody_is_confirmed_by_the_one_that_missed_them() -> None:
    desk = Desk(sessions=2)
    desk.people(20)
    one, other = desk.stories(), desk.stories()
    desk.shows(one, "canary", session=1)
    desk.shows(other, "canary", session=2)
    avoided = [desk.stories().avoid for _ in range(4)]
    assert avoided == [these(1), these(1), these(2), these(2)]


def test_a_confirming_group_that_cannot_be_filled_waits_for_first_groups() -> None:
    desk = Desk(sessions=2)
    desk.people(26, more=True)
    one, other = desk.stories(), desk.stories()
    desk.shows(one, *[f"p{number:02}" for number in range(7)], session=1)
    desk.shows(other, *[f"p{number}" for number in range(10, 17)], session=2)
    assert desk.inquiry.next_stories(NOW) is None, "three miss from one session and three from the other"
    desk.inquiry.more_coming = False
    assert desk.stories().purpose is Purpose.FIRST


# -- rule 3: unproven answers ---------------------------------------------------------------------


def test_an_unproven_answer_says_nothing_and_its_profiles_go_to_another_session() -> None:
    desk = Desk()
    desk.people(3)
    step = desk.stories()
    assert desk.shows(step, session=5) is Worth.BLIND
    assert desk.verdicts == {}
    again = desk.stories()
    assert (names_in(again), again.purpose, again.avoid) == (names_in(step), Purpose.FIRST, these(5))


def test_a_session_that_showed_nobody_is_avoided_in_the_second_asking_too() -> None:
    desk = Desk()
    desk.people(1)
    desk.shows(desk.stories(), session=5)
    desk.shows(desk.stories(), "canary", session=6)
    assert desk.stories().avoid == these(5, 6)


def test_two_unproven_answers_end_in_unknown() -> None:
    desk = Desk()
    desk.people(2)
    desk.shows(desk.stories(), session=1)
    desk.shows(desk.stories(), session=2)
    assert desk.verdicts == {"p00": UNPROVEN, "p01": UNPROVEN}
    assert desk.idle()


def test_each_question_of_a_check_may_meet_unproven_answers_of_its_own() -> None:
    desk = Desk()
    desk.people(1)
    desk.shows(desk.stories(), session=1)
    desk.shows(desk.stories(), "canary", session=2)
    desk.shows(desk.stories(), session=3)
    desk.shows(desk.stories(), "canary", session=4)
    assert desk.verdicts == {"p00": NONE}


def test_without_canary_and_witness_a_blank_answer_ends_as_no_canary() -> None:
    desk = Desk(canaries=[])
    desk.people(2)
    assert desk.shows(desk.stories(), session=1) is Worth.NOTHING
    assert desk.shows(desk.stories(), session=2) is Worth.NOTHING
    assert desk.verdicts == {"p00": NO_CANARY, "p01": NO_CANARY}


def test_a_blank_group_without_a_canary_waits_until_somebody_can_bear_witness() -> None:
    desk = Desk(canaries=[])
    desk.people(20)
    blank, other = desk.stories(), desk.stories()
    desk.shows(blank, session=1)
    assert desk.inquiry.next_stories(NOW) is None
    desk.shows(other, *[f"p{number}" for number in range(10, 20)], session=2)
    step = desk.stories()
    assert (len(step.cases), len(step.extras)) == (10, 1)


def test_every_lost_canary_is_told_to_the_pool_which_counts_three_in_a_row() -> None:
    desk = Desk()
    desk.people(30)
    assert [desk.shows(desk.stories(), session=8) for _ in range(3)] == [Worth.BLIND] * 3
