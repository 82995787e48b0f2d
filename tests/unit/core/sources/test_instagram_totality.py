"""Whatever a server sends: a reading, never an exception, and nobody live or missing by accident."""

from __future__ import annotations

from datetime import timedelta

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.verdict import Reason
from core.sources.base import Kind, Question, Response
from tests.unit.core.sources.answers import BY_ID, BY_NAME, NOW, SOURCE, STORIES, item, login, reel

QUESTIONS = st.sampled_from([STORIES, BY_NAME, BY_ID])
STATUSES = st.sampled_from([200, 200, 200, 301, 302, 400, 401, 403, 404, 407, 429, 431, 500, 560, 572]) | st.integers(
    -1, 1000
)
NAMES = [
    "date",
    "retry-after",
    "location",
    "set-cookie",
    "content-type",
    "x-ig-set-www-claim",
]
HEADER_VALUES = st.text(max_size=40) | st.sampled_from(
    ["/accounts/login/", "/challenge/", "http://[", "9" * 40, "Sun, 01 Mar 2026 12:10:00 GMT", "sessionid=; Max-Age=0"]
)
HEADERS = st.dictionaries(st.sampled_from(NAMES), st.lists(HEADER_VALUES, max_size=3).map(tuple), max_size=5)

# Words of the platform in places where they do not belong, ids of people who were asked for included.
_WORDS = """
    status ok fail message data user users reels reels_media reel items id pk username is_private ann 1 2 highlight:1
    taken_at expiring_at latest_reel_media reel_type user_reel errors error_type challenge url gating edges node
    xdt_api__v1__feed__reels_media xdt_api__v1__feed__reels_media__connection lock spam logout_reason
"""
WORDS = st.sampled_from(_WORDS.split())
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | WORDS
)
SHAPES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5), max_leaves=25
)


def response(status: int, headers: dict[str, tuple[str, ...]], body: bytes) -> Response:
    return Response(status, headers, body, 0.1, NOW)


@settings(deadline=None)
@given(QUESTIONS, STATUSES, HEADERS, st.binary(max_size=300))
def test_arbitrary_bytes_are_read_and_say_nothing_of_anybody(
    question: Question, status: int, headers: dict[str, tuple[str, ...]], body: bytes
) -> None:
    reading = SOURCE.read(question, response(status, headers, body))
    assert reading.reason is not Reason.OK
    assert reading.live == {}
    assert reading.found is None
    # A page under 404 is the one thing that is no JSON and yet a sign of absence (row 19).
    assert not reading.missing or (status == 404 and reading.reason is Reason.HTML_WALL)


@settings(deadline=None)
@given(QUESTIONS, STATUSES, HEADERS, SHAPES)
def test_arbitrary_shapes_are_read(
    question: Question, status: int, headers: dict[str, tuple[str, ...]], shape: object
) -> None:
    reading = SOURCE.read(question, response(status, headers, orjson.dumps(shape)))
    assert reading.live.keys() <= {"1", "2", "3"}
    assert all(NOW - timedelta(days=1) < story.until for story in reading.live.values())
    if not 200 <= status < 300:
        assert (reading.live, reading.found) == ({}, None)
    if reading.missing:
        assert question.kind is not Kind.STORIES
        assert reading.reason in {Reason.NOT_FOUND, Reason.USER_NULL, Reason.HTML_WALL}
    if reading.found is not None:
        assert reading.found.username == "ann" or (
            question.kind is Kind.LOOK_UP_ID and reading.found.platform_id == "1"
        )
    assert (reading.reason is Reason.OK) == (reading.row == 0 and reading.sample is None)


@settings(deadline=None)
@given(st.integers(0, 400))
def test_an_answer_that_was_cut_shows_nobody(cut: int) -> None:
    whole = orjson.dumps({"reels": {"1": reel("1", item())}, "status": "ok"})
    reading = SOURCE.read(STORIES, response(200, {}, whole[: min(cut, len(whole) - 1)]))
    assert reading.reason in {Reason.BAD_JSON, Reason.EMPTY_BODY}


@settings(deadline=None)
@given(HEADERS)
def test_no_answer_takes_a_login_apart(headers: dict[str, tuple[str, ...]]) -> None:
    before = login()
    after = SOURCE.renewed(before, response(200, headers, b""))
    if after is not None:
        assert after.cookies["sessionid"] == before.cookies["sessionid"]
        assert after.cookies["ds_user_id"] == before.cookies["ds_user_id"]
        assert after.user_agent == before.user_agent
        assert all(value.isascii() and value.isprintable() for value in SOURCE.request(STORIES, after).headers.values())
