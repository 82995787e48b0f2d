"""Why a check ended as it did, in words."""

from __future__ import annotations

import pytest

from core.domain.trail import read_trail
from core.domain.verdict import Outcome, Reason
from core.services.views.why import WhyStep, why_steps, why_verdict

SESSIONS = {7: "amber-2", 2: "olive-3"}
PROXIES = {3: "nl-07"}


def steps(trail: str) -> tuple[WhyStep, ...]:
    return why_steps(read_trail(trail), SESSIONS, PROXIES)


def said(trail: str) -> list[tuple[str, str]]:
    return [(step.asked, step.said) for step in steps(trail)]


def test_an_absence_tells_with_how_many_it_was_asked_and_what_proves_the_answer() -> None:
    (step,) = steps("s7/p3 absent 9/21")
    assert step.asked == "Asked together with 20 others."
    assert step.said == "Not in the answer."
    assert step.meant == "The answer was proven: 9 of those asked came back live."
    assert (step.session, step.proxy, step.proven) == ("amber-2", "nl-07", True)


def test_a_second_asking_says_whether_another_session_carried_it() -> None:
    assert (
        said("s7/p3 absent 1/11; s2/p1 absent 3/7")[1][0] == "Asked again together with 6 others, over another session."
    )
    assert (
        said("s7/p3 absent 1/11; s7/p3 absent 3/7")[1][0]
        == "Asked again together with 6 others, over the same session."
    )


def test_the_first_asking_after_a_look_up_is_no_second_one() -> None:
    assert said("s7/p3 found; s7/p3 live 1/2") == [
        ("Looked up.", "The profile is there and public."),
        ("Asked together with one other.", "Live in the answer."),
    ]


def test_a_profile_that_was_asked_alone_is_told_to_have_been() -> None:
    assert said("s7/p3 live 1/1") == [("Asked alone.", "Live in the answer.")]


def test_an_answer_that_proves_nothing_says_why_and_counts_for_nothing() -> None:
    blind, without = steps("s7/p3 batch_unproven 0/11; s2/p3 no_canary 0/6")
    assert blind.meant == "That proves nothing: the canaries were missing, too."
    assert without.meant == "That proves nothing: there was no canary among those asked."
    assert not blind.proven
    assert not without.proven


def test_a_failure_is_told_in_words() -> None:
    (step,) = steps("s7/p3 rate_limited")
    assert (step.said, step.meant, step.proven) == (
        "No answer that counts.",
        "The platform says it asks too often.",
        False,
    )


def test_a_session_or_proxy_that_was_removed_goes_by_its_number() -> None:
    (step,) = steps("s9/p8 timeout")
    assert (step.session, step.proxy) == ("session 9", "proxy 8")


def test_a_trail_from_before_proxies_were_noted_names_none() -> None:
    (step,) = steps("s7 absent")
    assert (step.asked, step.session, step.proxy) == ("Asked.", "amber-2", None)
    assert step.meant == "The answer was proven: somebody in it was live."


@pytest.mark.parametrize(
    ("trail", "sentence"),
    [
        ("s7/p3 absent 1/9; s2/p3 absent 1/6", "Missing from two proven answers over two sessions."),
        ("s7/p3 absent 1/9; s7/p3 absent 1/6", "Missing from two proven answers, both over the same session."),
        ("s7/p3 absent 1/9; s2/p3 abs", "Missing from two proven answers."),
    ],
)
def test_no_story_rests_on_two_proven_answers(trail: str, sentence: str) -> None:
    told = why_verdict(Outcome.NONE, Reason.OK, read_trail(trail))
    assert told == f"{sentence} One alone would have stayed unknown."


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_and_every_reason_has_its_sentence(outcome: Outcome) -> None:
    for reason in Reason:
        told = why_verdict(outcome, reason, ())
        assert told.endswith(".")
        assert told[0].isupper()


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in {Reason.OK, Reason.FRESH}])
def test_no_step_is_without_words(reason: Reason) -> None:
    (step,) = steps(f"s7/p3 {reason.value}")
    assert step.asked.startswith(("Asked", "Looked up"))
    assert step.said.endswith(".")
