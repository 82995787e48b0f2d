"""Every row of the failure table, as answers look on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from core.domain.verdict import NO_CONSEQUENCE, Act, Blame, Consequence, Reason
from core.sources.base import Question
from core.sources.instagram_failures import TABLE
from tests.unit.core.sources.answers import BY_ID, BY_NAME, HOST, STORIES, read

FAIL = {"status": "fail"}
WAIT = {"message": "Please wait a few minutes before you try again.", "status": "fail"}
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Login \xe2\x80\xa2 Instagram</title></head>"
PORTAL = b"<html><head><title>Hotel Wi-Fi</title></head><body>Please log in</body></html>"
SHELL = b"\xef\xbb\xbf  <!DOCTYPE html><html lang=en>" + b"<div></div>" * 1000
NOT_FOUND_PAGE = b"<html><title>Page not found - Instagram</title></html>"

NOTHING = NO_CONSEQUENCE
CHALLENGED = Consequence(Act.FREEZE_CHECKPOINT)
EXPIRED = Consequence(Act.FREEZE_EXPIRED)
DOUBTED = Consequence(Act.SUSPECT, 300)
PROXY_FAILED = Consequence(Act.PROXY_FAILED)
LADDER = Consequence(Act.COOL)


def cool(seconds: float, *, told: bool = False) -> Consequence:
    return Consequence(Act.COOL, seconds, told)


@dataclass(frozen=True)
class Case:
    row: int
    status: int
    body: object
    reason: Reason
    blame: Blame
    consequence: Consequence
    headers: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    question: Question = STORIES
    missing: bool = False
    sampled: bool = False


def leads(
    row: int,
    location: str,
    reason: Reason,
    blame: Blame,
    consequence: Consequence,
    *,
    status: int = 302,
    sampled: bool = False,
) -> Case:
    return Case(row, status, b"", reason, blame, consequence, {"location": location}, sampled=sampled)


SITE = "https://www.instagram.com"

CASES = [
    Case(1, 407, b"", Reason.PROXY_ERROR, Blame.PROXY, PROXY_FAILED),
    # -- redirects
    leads(2, f"{SITE}/accounts/login/?next=/api/", Reason.SESSION_EXPIRED, Blame.SESSION, DOUBTED),
    leads(2, "/accounts/login", Reason.SESSION_EXPIRED, Blame.SESSION, DOUBTED, status=301),
    leads(2, f"http://{HOST}:8099/accounts/login/", Reason.SESSION_EXPIRED, Blame.SESSION, DOUBTED),
    leads(2, "/", Reason.SESSION_EXPIRED, Blame.SESSION, DOUBTED),
    leads(2, SITE, Reason.SESSION_EXPIRED, Blame.SESSION, DOUBTED),
    leads(3, "/challenge/?next=/", Reason.CHALLENGE, Blame.SESSION, CHALLENGED),
    leads(3, "https://i.instagram.com/challenge/action/AXH/", Reason.CHALLENGE, Blame.SESSION, CHALLENGED),
    leads(4, f"{SITE}/accounts/suspended/", Reason.SUSPENDED, Blame.SESSION, CHALLENGED),
    leads(5, f"{SITE}/explore/", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    leads(
        5, "https://portal.example/accounts/login/", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True
    ),
    leads(5, "https://notinstagram.com/challenge/", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    leads(5, "//evil.example/", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    leads(5, "/challenges/", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    leads(5, "", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    leads(5, "http://[", Reason.REDIRECT_UNKNOWN, Blame.PROXY, PROXY_FAILED, sampled=True),
    # -- the session
    *(
        Case(6, status, body, Reason.CHECKPOINT, Blame.SESSION, CHALLENGED)
        for status in (200, 400, 401, 403)
        for body in (
            {"message": "checkpoint_required", **FAIL},
            {"checkpoint_url": "/challenge/?next=", **FAIL},
            {"lock": True, **FAIL},
            {"message": "", "flow_render_type": 0, **FAIL},
        )
    ),
    *(
        Case(7, 400, body, Reason.CHALLENGE, Blame.SESSION, CHALLENGED)
        for body in (
            {"message": "challenge_required", **FAIL},
            {"message": "", "challenge": {"url": f"{SITE}/challenge/1/", "api_path": "/challenge/1/", "lock": True}},
            {"challenge": {"api_path": "/challenge/1/"}, **FAIL},
            {"challenge": "/challenge/1/", **FAIL},
            {"error_type": "checkpoint_challenge_required", **FAIL},
        )
    ),
    *(
        Case(
            7,
            400,
            {"message": "challenge_required", "challenge": challenge, **FAIL},
            Reason.SUSPENDED,
            Blame.SESSION,
            CHALLENGED,
        )
        for challenge in (
            {"url": f"{SITE}/accounts/suspended/?next=", "api_path": "/challenge/"},
            {"api_path": "/accounts/suspended/"},
            "/accounts/suspended/",
        )
    ),
    *(
        Case(8, status, body, Reason.FEEDBACK, Blame.SESSION, Consequence(Act.HOLD, 24 * 3600))
        for status in (200, 400, 429)
        for body in (
            {"message": "feedback_required", **FAIL},
            {"spam": True, **FAIL},
            {"message": "Try again later", "feedback_url": f"{SITE}/accounts/scraping/warning/", **FAIL},
        )
    ),
    *(
        Case(9, status, body, Reason.SESSION_EXPIRED, Blame.SESSION, EXPIRED)
        for status in (400, 401, 403)
        for body in (
            {"message": "login_required", **FAIL},
            {"message": "login_required", "require_login": True, **FAIL},
            *({"message": "x", "logout_reason": reason} for reason in (2, 3, 8, 33, "8")),
        )
    ),
    *(
        Case(
            10,
            status,
            {"message": "useragent mismatch", **FAIL},
            Reason.UA_MISMATCH,
            Blame.SESSION,
            Consequence(Act.HOLD, 1800),
        )
        for status in (400, 401, 429)
    ),
    *(
        Case(
            11,
            status,
            {"message": "sentry_block", **FAIL},
            Reason.IP_BLOCK,
            Blame.PROXY,
            Consequence(Act.PROXY_HOLD, 6 * 3600),
        )
        for status in (400, 403)
    ),
    *(
        Case(12, 401, {**WAIT, **sign}, Reason.LOGIN_REQUIRED, Blame.SESSION, DOUBTED, question=question)
        for sign in ({"require_login": True, "igweb_rollout": True}, {"require_login": True}, {"igweb_rollout": True})
        for question in (STORIES, BY_NAME, BY_ID)
    ),
    *(Case(13, status, WAIT, Reason.SOFT_WAIT, Blame.ROUTE, cool(1800)) for status in (400, 401, 429)),
    Case(13, 401, {**WAIT, "require_login": False}, Reason.SOFT_WAIT, Blame.ROUTE, cool(1800)),
    Case(13, 429, WAIT, Reason.SOFT_WAIT, Blame.ROUTE, cool(90, told=True), {"retry-after": "90"}),
    Case(14, 429, b"", Reason.RATE_LIMITED, Blame.ROUTE, LADDER),
    Case(14, 429, {"message": "rate limited", **FAIL}, Reason.RATE_LIMITED, Blame.ROUTE, LADDER),
    Case(14, 429, SHELL, Reason.RATE_LIMITED, Blame.ROUTE, LADDER, question=BY_NAME),
    Case(14, 429, b"", Reason.RATE_LIMITED, Blame.ROUTE, cool(600, told=True), {"retry-after": "600"}),
    Case(14, 429, b"", Reason.RATE_LIMITED, Blame.ROUTE, LADDER, {"retry-after": "soon"}),
    Case(15, 400, {"error_type": "rate_limit_error", **FAIL}, Reason.RATE_LIMITED, Blame.SESSION, LADDER),
    *(
        Case(16, 403, body, Reason.FORBIDDEN, Blame.PROXY, cool(1800), sampled=True)
        for body in (b"", SHELL, b"forbidden")
    ),
    *(
        Case(17, 404, body, Reason.CHALLENGE, Blame.SESSION, Consequence(Act.SUSPECT, 1800), question=question)
        for body in (b"Not Found", b"\n Not Found \r\n")
        for question in (STORIES, BY_NAME, BY_ID)
    ),
    # -- the profile
    *(
        Case(18, 404, body, Reason.NOT_FOUND, Blame.PROFILE, NOTHING, question=question, missing=True)
        for body in (
            {"message": "User not found", "status": "fail", "error_type": "user_not_found"},
            {"message": "User not found", **FAIL},
            {"message": "", "error_type": "user_not_found"},
        )
        for question in (BY_NAME, BY_ID)
    ),
    *(
        Case(
            19,
            404,
            NOT_FOUND_PAGE,
            Reason.HTML_WALL,
            Blame.NOBODY,
            NOTHING,
            question=question,
            missing=True,
            sampled=True,
        )
        for question in (BY_NAME, BY_ID)
    ),
    *(
        Case(20, 404, body, Reason.ENDPOINT_GONE, Blame.PLATFORM, NOTHING, sampled=True)
        for body in (b"", NOT_FOUND_PAGE, {"message": "User not found", "error_type": "user_not_found"})
    ),
    Case(
        21,
        200,
        {"data": {"user": None}, "status": "ok"},
        Reason.USER_NULL,
        Blame.PROFILE,
        NOTHING,
        question=BY_NAME,
        missing=True,
    ),
    Case(
        21, 200, {"user": None, "status": "ok"}, Reason.USER_NULL, Blame.PROFILE, NOTHING, question=BY_ID, missing=True
    ),
    *(
        Case(
            22,
            200,
            {"user": {"pk": 1, "username": "ann", "is_private": False, "gating": gating}, "status": "ok"},
            Reason.GATED,
            Blame.PROFILE,
            NOTHING,
            question=BY_ID,
        )
        for gating in ({}, {"gating_type": "age"})
    ),
    Case(
        22, 200, {"data": {"user": {"id": "1", "gating": {}}}}, Reason.GATED, Blame.PROFILE, NOTHING, question=BY_NAME
    ),
    Case(
        23,
        400,
        {"message": "Not authorized to view user", **FAIL},
        Reason.PRIVATE,
        Blame.PROFILE,
        NOTHING,
        question=BY_ID,
    ),
    # -- the question
    Case(24, 400, {"message": "Too many reels requested", **FAIL}, Reason.TOO_MANY_IDS, Blame.NOBODY, NOTHING),
    Case(24, 431, b"", Reason.TOO_MANY_IDS, Blame.NOBODY, NOTHING),
    Case(25, 400, {"message": "Invalid reel id list", **FAIL}, Reason.BAD_REQUEST, Blame.NOBODY, NOTHING, sampled=True),
    Case(25, 400, {"message": "Invalid user list", **FAIL}, Reason.BAD_REQUEST, Blame.NOBODY, NOTHING, sampled=True),
    # -- the platform
    *(
        Case(26, status, body, Reason.ENDPOINT_GONE, Blame.PLATFORM, NOTHING, question=BY_NAME, sampled=True)
        for status, body in (
            (400, {"message": "Asset asset://laser.provider/x is gone", **FAIL}),
            (400, {"message": {"errors": ["Asset asset://laser.provider/x"]}, **FAIL}),
            (400, {"message": "invalid request", "errors": ["x"], "data": {}}),
            (200, {"data": None, "errors": [{"message": "execution error", "severity": "CRITICAL"}], "status": "ok"}),
        )
    ),
    *(
        Case(27, status, body, Reason.SERVER_ERROR, Blame.PLATFORM, cool(30), sampled=True)
        for status, body in ((500, b""), (502, SHELL), (503, {"message": "oops", **FAIL}), (504, b"upstream timed out"))
    ),
    Case(27, 503, b"", Reason.SERVER_ERROR, Blame.PLATFORM, cool(120, told=True), {"retry-after": "120"}, sampled=True),
    *(Case(28, status, b"", Reason.SERVER_ERROR, Blame.PLATFORM, cool(60), sampled=True) for status in (560, 572)),
    # -- what is no answer
    Case(29, 200, LOGIN_PAGE, Reason.HTML_WALL, Blame.SESSION, DOUBTED, sampled=True),
    Case(29, 200, PORTAL, Reason.HTML_WALL, Blame.PROXY, PROXY_FAILED, sampled=True),
    Case(29, 200, SHELL, Reason.HTML_WALL, Blame.ROUTE, NOTHING, sampled=True),
    Case(29, 200, b"<html><title> </title>", Reason.HTML_WALL, Blame.ROUTE, NOTHING, sampled=True),
    *(Case(30, status, b" \r\n", Reason.EMPTY_BODY, Blame.PROXY, PROXY_FAILED) for status in (200, 204)),
    *(
        Case(30, 200, body, Reason.BAD_JSON, Blame.PROXY, PROXY_FAILED, question=question, sampled=True)
        for body in (b'{"reels": {"1": {"id"', b"OK", b"\xff\xfe\x00", b"[" * 5000)
        for question in (STORIES, BY_NAME)
    ),
    Case(31, 200, {"message": "something else", **FAIL}, Reason.WRONG_SHAPE, Blame.PLATFORM, cool(900), sampled=True),
    Case(31, 200, FAIL, Reason.WRONG_SHAPE, Blame.PLATFORM, cool(900), question=BY_NAME, sampled=True),
    Case(32, 200, {"status": "ok"}, Reason.LOGIN_REQUIRED, Blame.SESSION, DOUBTED, sampled=True),
    Case(
        32,
        200,
        {"reels": None, "reels_media": None, "status": "ok"},
        Reason.LOGIN_REQUIRED,
        Blame.SESSION,
        DOUBTED,
        sampled=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"row {case.row}")
def test_an_answer_matches_its_row(case: Case) -> None:
    reading = read(case.question, case.body, case.status, case.headers)
    assert (reading.row, reading.reason, reading.blame) == (case.row, case.reason, case.blame)
    assert reading.consequence == case.consequence
    assert reading.missing is case.missing
    assert (reading.sample is not None) is case.sampled
    assert (reading.live, reading.found, reading.unasked) == ({}, None, 0)


def test_every_row_that_an_answer_can_match_is_tried() -> None:
    assert {case.row for case in CASES} == {row.number for row in TABLE} == set(range(1, 33))


UNKNOWN_ANSWERS = [
    (200, [], Reason.WRONG_SHAPE, Blame.PLATFORM),
    (200, {"data": {}, "status": "ok"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (200, {"data": "x", "status": "ok"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (200, {"status": "ok"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (404, {"message": "no such path"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (400, {"message": "something new"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (403, {"message": "something new"}, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (999, 17, Reason.WRONG_SHAPE, Blame.PLATFORM),
    (401, SHELL, Reason.HTML_WALL, Blame.ROUTE),
    (404, b"", Reason.EMPTY_BODY, Blame.ROUTE),
    (400, b"nonsense", Reason.BAD_JSON, Blame.ROUTE),
]


@pytest.mark.parametrize(("status", "body", "reason", "blame"), UNKNOWN_ANSWERS)
def test_what_is_in_no_row_is_unknown_with_a_sample(status: int, body: object, reason: Reason, blame: Blame) -> None:
    reading = read(BY_NAME, body, status)
    assert (reading.row, reading.reason, reading.blame, reading.consequence) == (0, reason, blame, NOTHING)
    assert reading.sample is not None
    assert not reading.missing
