"""What is kept of an answer that was not understood."""

from __future__ import annotations

import pytest

from core.domain.verdict import Reason
from core.sources.base import Kind, Question, Subject
from core.sources.sample import LONGEST_SAMPLE, redacted, redacted_start
from tests.unit.core.sources.answers import OK, STORIES, answer, read

TOKEN = "AYfT0kEnPlAnTeD4242xYzAbCdEf"
SESSION = f"1001%3A{TOKEN}%3A7%3AAYsIgNaTuRe"


@pytest.mark.parametrize(
    "text",
    [
        f"sessionid={SESSION}",
        f"Cookie: mid=pl4nted; sessionid={SESSION}; csrftoken=pl4nted",
        "Set-Cookie: rur=pl4nted; Path=/",
        '{"sessionid": "pl4nted", "csrf_token": "pl4nted"}',
        '{"a": "{\\"sessionid\\":\\"pl4nted\\"}"}',
        "{'access_token': 'pl4nted'}",
        '{"config": {"csrf_token": "pl4nted", "viewerId": "123456789012345"}}',
        "sessionid%3D" + SESSION,
        '<input name="x" value="' + TOKEN + '">',
        "https://x.example/?token=pl4nted&session_id=pl4nted",
        "authorization: pl4nted",
        '{"password":"pl4nted","nonce":"pl4nted","phone_number":"pl4nted","email":"pl4nted"}',
        '{"device_id":"pl4nted","challenge_context":"pl4nted","enc_new_password":"pl4nted"}',
        '{"x_ig_www_claim":"pl4nted"}',
    ],
)
def test_what_could_be_a_secret_is_masked(text: str) -> None:
    shown = redacted(text)
    for planted in ("pl4nted", TOKEN, "1001%3A", "AYsIgNaTuRe", "123456789012345"):
        assert planted not in shown
    assert "•••" in shown


def test_what_tells_of_the_shape_stays() -> None:
    text = '{"data":{"xdt_api__v1__feed__reels_media":{"reels_media":[]}},"status":"ok","message":"something new"}'
    assert redacted(text) == text


def test_a_sample_begins_with_the_status_and_where_it_leads_without_the_query() -> None:
    headers = {"content-type": "text/html; charset=utf-8", "location": "https://x.example/sign-in?next=%2Fann%2F"}
    lines = redacted_start(answer(b"<html>", 302, headers)).splitlines()
    assert lines == [
        "HTTP 302",
        "content-type: text/html; charset=utf-8",
        "location: https://x.example/sign-in?•••",
        "",
        "<html>",
    ]


def test_headers_that_hold_cookies_are_no_part_of_a_sample() -> None:
    headers = {"set-cookie": (f"sessionid={SESSION}",), "x-ig-set-www-claim": ("hmac.pl4nted",)}
    assert redacted_start(answer(b"odd", headers=headers)) == "HTTP 200\n\nodd"


def test_a_sample_is_at_most_four_kilobytes_long() -> None:
    for body in (b"word " * 10_000, "é ".encode() * 10_000, "•".encode() * 10_000, b"\xff" * 50_000):
        assert len(redacted_start(answer(body)).encode()) <= LONGEST_SAMPLE


@pytest.mark.parametrize("shown", [1, 8, 19])
def test_a_secret_that_is_torn_where_reading_ends_is_not_shown(shown: int) -> None:
    # Masking makes the text short enough for its end to be kept, and a torn run is too short to be masked.
    filler = (TOKEN * 600)[: 16_384 - shown - 1].encode()
    sample = redacted_start(answer(filler + b" " + TOKEN.encode() + b" more"))
    assert sample == "HTTP 200\n\n•••"


def test_a_secret_at_the_end_of_a_sample_is_masked_before_it_is_cut() -> None:
    for before in range(4_000, 4_100, 3):
        sample = redacted_start(answer(b"a " * (before // 2) + f"sessionid={SESSION} {TOKEN}".encode()))
        assert "1001" not in sample
        assert TOKEN[:4] not in sample


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert redacted("a\x1b[31mb\x00c\x9bd\ud800") == "a\ufffd[31mb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize(
    "body",
    [
        b"a" * 16_384,
        b"a1" * 8_192,
        b"session" * 2_340,
        b"token-" * 2_730,
        b"csrf-" * 3_270,
        b'sessionid="' * 1_489,
        b"cookie:" * 2_340,
        b"1" * 16_384,
        b"\\" * 16_384,
        b"?" * 16_384,
    ],
)
def test_no_text_takes_long(body: bytes) -> None:
    # The pattern that would take minutes on one of these never comes to its end.
    assert redacted_start(answer(body))


def test_a_sample_of_an_answer_shows_none_of_its_secrets() -> None:
    question = Question(Kind.LOOK_UP_NAME, (Subject("ann"),))
    body = {"config": {"csrf_token": "pl4nted", "viewer": {"sessionid": SESSION}}, "shape": "new", **OK}
    for reading in (read(question, body), read(STORIES, {"reels": 17, **body})):
        assert reading.reason is Reason.WRONG_SHAPE
        assert reading.sample is not None
        assert "new" in reading.sample
        assert "pl4nted" not in repr(reading)
        assert TOKEN not in repr(reading)
