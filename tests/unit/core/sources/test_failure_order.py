"""What decides when several signs are in one answer, and what is no sign."""

from __future__ import annotations

import pytest

from core.domain.verdict import Blame, Reason
from core.sources.base import Question
from tests.unit.core.sources.answers import BY_ID, BY_NAME, STORIES, item, read, reel

FAIL = {"status": "fail"}


@pytest.mark.parametrize(
    ("row", "status", "body"),
    [
        (6, 403, {"message": "login_required", "checkpoint_url": "/challenge/", "challenge": {"url": "/challenge/"}}),
        (7, 400, {"message": "challenge_required", "spam": True, "require_login": True}),
        (8, 429, {"message": "feedback_required", "require_login": True}),
        (9, 429, {"message": "Please wait a few minutes", "logout_reason": 8}),
        (10, 429, {"message": "useragent mismatch", "require_login": True}),
        (12, 429, {"message": "Please wait a few minutes", "require_login": True}),
        (13, 429, {"message": "Please wait a few minutes", "error_type": "rate_limit_error"}),
        (14, 429, {"message": "", "error_type": "rate_limit_error"}),
        (17, 404, b"Not Found"),
        (24, 400, {"message": "Too many reels requested", "errors": ["invalid request"]}),
        (31, 200, {"message": "odd", "status": "fail", "reels": {}}),
    ],
)
def test_the_first_row_that_matches_wins(row: int, status: int, body: object) -> None:
    assert read(STORIES, body, status).row == row


def test_a_redirect_is_judged_by_where_it_leads_and_not_by_its_body() -> None:
    body = {"message": "checkpoint_required", **FAIL}
    assert read(STORIES, body, 302, {"location": "/accounts/login/"}).row == 2


@pytest.mark.parametrize("question", [BY_NAME, BY_ID])
def test_errors_leave_nulls_behind_that_bury_nobody(question: Question) -> None:
    body = {"data": {"user": None}, "user": None, "errors": [{"message": "execution error"}], "status": "ok"}
    reading = read(question, body)
    assert not reading.missing
    assert reading.blame is Blame.PLATFORM


@pytest.mark.parametrize("question", [BY_NAME, BY_ID])
def test_somebody_who_is_missing_from_a_failure_is_not_missed(question: Question) -> None:
    reading = read(question, {"data": {"user": None}, "user": None, "status": "fail"})
    assert (reading.row, reading.missing) == (31, False)


def test_words_inside_a_biography_are_no_failure() -> None:
    user = {
        "id": "1",
        "username": "ann",
        "is_private": False,
        "biography": "Please wait… spam, fail, checkpoint_required, login_required, challenge_required",
        "spam": True,
        "message": "feedback_required",
    }
    reading = read(BY_NAME, {"data": {"user": user}, "status": "ok"})
    assert reading.reason is Reason.OK
    assert reading.found is not None


def test_a_sign_that_no_row_knows_does_not_hide_the_content() -> None:
    reading = read(STORIES, {"message": None, "spam": False, "reels": {}, "status": "ok"})
    assert (reading.reason, reading.row) == (Reason.OK, 0)


def test_absence_from_an_answer_with_errors_is_no_absence() -> None:
    body = {"data": {"reels_media": []}, "errors": [{"message": "execution error"}], "status": "ok"}
    assert read(STORIES, body).reason is Reason.WRONG_SHAPE


def test_a_title_far_behind_the_head_of_a_page_is_not_looked_for() -> None:
    reading = read(STORIES, b"<html>" + b" " * 70_000 + b"<title>Login - Instagram</title>")
    assert (reading.reason, reading.blame) == (Reason.HTML_WALL, Blame.ROUTE)


@pytest.mark.parametrize(
    "body", [b"404 Not Found", b"<html><title>Not Found</title></html>", b"not found", b'"Not Found"']
)
def test_only_the_bare_words_are_a_challenge_in_disguise(body: bytes) -> None:
    assert read(BY_NAME, body, 404).reason is not Reason.CHALLENGE


@pytest.mark.parametrize("status", [199, 400, 404, 418])
def test_content_under_a_bad_status_is_not_believed(status: int) -> None:
    user = {"pk": 1, "id": "1", "username": "ann", "is_private": False}
    body = {"data": {"user": user}, "user": user, "reels": {"1": reel("1", item())}, "status": "ok"}
    for question in (STORIES, BY_NAME, BY_ID):
        reading = read(question, body, status)
        assert reading.reason is not Reason.OK
        assert (reading.live, reading.found) == ({}, None)
