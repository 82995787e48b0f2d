"""Known to be live until later and yet missing twice; one session for everything; how often a question may fail."""

from __future__ import annotations

from datetime import timedelta

from core.domain.verdict import Outcome, Reason
from core.engine.inquiry import Policy, Purpose, Step
from core.sources.base import Kind
from tests.unit.core.engine.inquiries import LIVE, NONE, NOW, Desk, these


def contradicted(desk: Desk) -> Step:
    """Known to be live until later, missing twice: the look-up that follows."""
    desk.add(desk.target("ann", story_until=NOW + timedelta(hours=3)))
    desk.shows(desk.stories(), "canary", session=1)
    desk.shows(desk.stories(), "canary", session=2)
    assert desk.verdicts == {}
    return desk.look_up()


def test_a_contradiction_is_looked_up_by_id_and_asked_a_third_time_over_another_session() -> None:
    desk = Desk()
    step = contradicted(desk)
    assert step.question.kind is Kind.LOOK_UP_ID
    desk.finds(step, session=3)
    third = desk.stories()
    assert (third.purpose, third.avoid) == (Purpose.CONFIRM, these(1, 2))
    desk.shows(third, "canary", session=4)
    assert desk.verdicts == {"ann": NONE}


def test_the_third_asking_of_a_contradiction_may_find_the_story() -> None:
    desk = Desk()
    desk.finds(contradicted(desk), session=3)
    desk.shows(desk.stories(), "canary", "ann", session=4)
    assert desk.verdicts == {"ann": LIVE}


def test_a_contradiction_may_turn_out_private() -> None:
    desk = Desk()
    desk.finds(contradicted(desk), private=True)
    assert desk.verdicts == {"ann": (Outcome.PRIVATE, Reason.PRIVATE)}


def test_a_story_that_has_ended_meanwhile_is_no_contradiction() -> None:
    desk = Desk()
    desk.add(desk.target("ann", story_until=NOW + timedelta(hours=3)))
    desk.shows(desk.stories(), "canary", session=1)
    desk.now += timedelta(hours=3)
    desk.shows(desk.stories(), "canary", session=2)
    assert desk.verdicts == {"ann": NONE}


def test_a_contradiction_of_a_profile_that_this_check_looked_up_goes_straight_to_the_third_asking() -> None:
    desk = Desk()
    known = desk.target("ann", private=True, story_until=NOW + timedelta(hours=3))
    desk.add(known)
    desk.finds(desk.look_up(), session=9)
    for session in (1, 2):
        desk.shows(desk.stories(), "canary", session=session)
    assert desk.verdicts == {}
    desk.shows(desk.stories(), "canary", session=3)
    assert desk.verdicts == {"ann": NONE}


def test_the_story_of_an_id_that_has_lost_its_name_contradicts_nothing() -> None:
    desk = Desk()
    step = contradicted(desk)
    desk.finds_nobody(step, session=3)
    desk.finds(desk.look_up(), session=4, platform_id="another")
    for session in (5, 6):
        step = desk.stories()
        assert step.question.subjects[0].platform_id == "another"
        desk.shows(step, "canary", session=session)
    assert desk.verdicts == {"ann": NONE}


def test_one_session_gives_both_answers_of_a_none() -> None:
    desk = Desk(sessions=1)
    desk.people(5)
    desk.shows(desk.stories(), "canary", session=1)
    step = desk.stories()
    assert (step.avoid, step.exclude, len(step.cases)) == (these(1), frozenset(), 5)
    desk.shows(step, "canary", session=1)
    assert set(desk.verdicts.values()) == {NONE}


# -- attempts --------------------------------------------------------------------------------------------------------


def test_three_failed_exchanges_on_three_sessions_end_a_question_with_the_last_reason() -> None:
    desk = Desk()
    desk.people(1)
    for session, reason in enumerate([Reason.RATE_LIMITED, Reason.TIMEOUT, Reason.BAD_JSON], 1):
        step = desk.stories()
        assert step.avoid == these(*range(1, session))
        desk.refuses(step, reason, session=session)
    assert desk.verdicts == {"p00": (Outcome.UNKNOWN, Reason.BAD_JSON)}
    assert desk.book.results["p00"].attempts == 3


def test_the_second_asking_has_failures_of_its_own() -> None:
    desk = Desk()
    desk.people(1)
    for session in (1, 2):
        desk.refuses(desk.stories(), session=session)
    desk.shows(desk.stories(), "canary", session=3)
    for session in (4, 5):
        desk.refuses(desk.stories(), session=session)
    desk.shows(desk.stories(), "canary", session=6)
    assert desk.verdicts == {"p00": NONE}
    assert desk.book.results["p00"].attempts == 6


def test_the_limit_of_failures_is_the_policys() -> None:
    desk = Desk(policy=Policy(attempts=1))
    desk.people(2)
    desk.refuses(desk.stories())
    assert set(desk.verdicts.values()) == {(Outcome.UNKNOWN, Reason.RATE_LIMITED)}
