"""Whom a look-up found."""

from __future__ import annotations

import pytest

from core.domain.verdict import Blame, Reason
from core.sources.base import Found, Kind, Question, Reading, Subject
from tests.unit.core.sources.answers import BY_ID, BY_NAME, OK, read

ANN = {"id": "1", "username": "ann", "is_private": False, "followed_by_viewer": False}


def by_name(**more: object) -> Reading:
    return read(BY_NAME, {"data": {"user": {**ANN, **more}}, **OK})


def by_id(**more: object) -> Reading:
    return read(BY_ID, {"user": {"pk": 1, "username": "ann", "is_private": False, **more}, **OK})


def test_a_public_profile_is_found() -> None:
    assert by_name() == by_id() == Reading(Reason.OK, found=Found("ann", "1", is_private=False))


def test_a_private_profile_is_found_private() -> None:
    assert by_name(is_private=True).found == by_id(is_private=True).found == Found("ann", "1", is_private=True)


def test_whether_this_session_follows_is_told_in_two_ways() -> None:
    followed = Found("ann", "1", is_private=True, followed=True)
    assert by_name(is_private=True, followed_by_viewer=True).found == followed
    assert by_id(is_private=True, friendship_status={"following": True}).found == followed
    assert by_id(friendship_status={"following": "yes"}).found == Found("ann", "1", is_private=False)


@pytest.mark.parametrize("identity", [1, "1"])
def test_an_id_may_be_a_number_or_text(identity: object) -> None:
    assert by_id(pk=identity).found == by_name(id=identity).found == Found("ann", "1", is_private=False)


def test_letters_may_be_of_any_case() -> None:
    assert by_name(username="Ann").found == by_id(username="Ann").found == Found("ann", "1", is_private=False)


def test_by_id_somebody_renamed_is_found_with_the_new_name() -> None:
    assert by_id(username="ann.new").found == Found("ann.new", "1", is_private=False)


def test_an_old_name_that_breaks_the_rule_of_dots_is_found() -> None:
    question = Question(Kind.LOOK_UP_NAME, (Subject("ann..x."),))
    user = {**ANN, "username": "ann..x."}
    assert read(question, {"data": {"user": user}, **OK}).found == Found("ann..x.", "1", is_private=False)


def test_an_answer_about_somebody_else_is_not_understood() -> None:
    for reading in (by_name(username="bob"), by_id(pk=2), by_id(username="no name!")):
        assert (reading.reason, reading.blame, reading.found) == (Reason.WRONG_SHAPE, Blame.PLATFORM, None)
        assert not reading.missing


@pytest.mark.parametrize(
    "hidden",
    [{"id": None}, {"id": 1.0}, {"id": True}, {"id": "x"}, {"id": 0}, {"username": None}, {"is_private": None}],
)
def test_a_profile_that_hides_what_matters_is_not_understood(hidden: dict[str, object]) -> None:
    reading = by_name(**hidden)
    assert (reading.reason, reading.found, reading.missing) == (Reason.WRONG_SHAPE, None, False)


@pytest.mark.parametrize("gating", [{}, {"gating_type": "age"}])
def test_a_gated_profile_is_told_as_such_and_not_as_found(gating: object) -> None:
    for reading in (by_name(gating=gating), by_id(gating=gating)):
        assert (reading.reason, reading.blame, reading.found, reading.missing) == (
            Reason.GATED,
            Blame.PROFILE,
            None,
            False,
        )


def test_a_gate_that_is_null_is_none() -> None:
    assert by_id(gating=None).found == Found("ann", "1", is_private=False)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        (BY_NAME, {"data": {}, **OK}),
        (BY_NAME, {"user": None, **OK}),
        (BY_NAME, OK),
        (BY_NAME, {"data": None, **OK}),
        (BY_ID, OK),
        (BY_ID, {"data": {"user": None}, **OK}),
        (BY_ID, {"user": "text", **OK}),
    ],
)
def test_a_look_up_without_a_place_for_the_user_is_a_new_shape_and_buries_nobody(
    question: Question, body: object
) -> None:
    reading = read(question, body)
    assert (reading.reason, reading.blame, reading.missing) == (Reason.WRONG_SHAPE, Blame.PLATFORM, False)
    assert reading.sample is not None
