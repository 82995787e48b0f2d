"""The failure table as answers: what the platform sends for each row.  Picks none of them.

Rows 33 to 35 are good answers that say too little or just enough; whoever builds good answers makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sandbox.faults import Endpoint

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

SHOWS_NOBODY, LEAVES_OUT, GOOD = 33, 34, 35


class Act(Enum):
    """What happens to the connection."""

    ANSWER = auto()
    RESET = auto()
    RESET_MID_BODY = auto()
    HANG = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it goes onto the wire."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    act: Act = Act.ANSWER


def answer(code: int, /, **fields: Any) -> Answer:
    """An answer whose body is the JSON object of *fields*."""
    return Answer(code, json.dumps(fields).encode())


def _failing(code: int, message: str, **fields: Any) -> Answer:
    return answer(code, message=message, **fields, status="fail")


def _redirect(to: str, status: int = 302) -> Answer:
    return Answer(status, b"", HTML, {"Location": to})


def _page(status: int, title: str, filler: int = 0) -> Answer:
    head = f"<!DOCTYPE html>\n<html lang=en><head><title>{title}</title></head><body>"
    # Words of the table in the text: nobody may look for them there.
    text = "<p>spam, fail, login_required, checkpoint_required: only words on a page</p>"
    return Answer(status, f"{head}{text}{'<!-- shell -->' * (filler // 14)}</body></html>".encode(), HTML)


LOGIN_PAGE = _page(200, "Login • Instagram")
LOGGED_OUT = _redirect("/accounts/login/?next=/")
UNKNOWN_LOGIN = _failing(403, "login_required", error_type="login_required", logout_reason=8)
TOO_MANY_IDS = _failing(400, "Too many reels requested")
NO_IDS = Answer(500, b"Oops, an error occurred.", TEXT)
HEAD_TOO_LONG = Answer(431, b"", TEXT)
NOT_FOUND = _failing(404, "User not found", error_type="user_not_found")
PAGE_NOT_FOUND = _page(404, "Page not found • Instagram")

_WAIT = "Please wait a few minutes before you try again."
_CHALLENGE = {
    "url": "https://www.instagram.com/challenge/?next=/api/v1/feed/reels_media/",
    "api_path": "/challenge/",
    "hide_webview_header": True,
    "lock": True,
    "logout": False,
    "native_flow": True,
}
_SUSPENDED = _CHALLENGE | {"url": "https://www.instagram.com/accounts/suspended/?next=/", "api_path": "/suspended/"}
_ASSET = "Asset asset://laser.provider/fb4a/some_asset could not be loaded"
_GATING = {"gating_type": "inappropriate", "title": "Restricted profile", "buttons": ["Learn more"]}

# fmt: off
ROWS: Mapping[int, tuple[Answer, ...]] = {
    1: (Answer(0, act=Act.RESET), Answer(0, act=Act.HANG), Answer(407), Answer(0, act=Act.RESET_MID_BODY)),
    2: (LOGGED_OUT, _redirect("/"), _redirect("https://www.instagram.com/accounts/login/", 301)),
    3: (_redirect("/challenge/?next=/"), _redirect("https://www.instagram.com/challenge/AbC/")),
    4: (_redirect("/accounts/suspended/?next=/"),),
    5: (_redirect("https://portal.example.net/welcome"), _redirect("/somewhere/else/", 301)),
    6: (
        _failing(400, "checkpoint_required", checkpoint_url="https://www.instagram.com/challenge/", lock=True,
                 flow_render_type=0),
        _failing(403, "checkpoint_required", checkpoint_url="/challenge/"),
        answer(200, lock=True, flow_render_type=3, status="ok"),
        answer(401, checkpoint_required=True, status="fail"),
    ),
    7: (
        _failing(400, "challenge_required", challenge=_CHALLENGE),
        _failing(400, "Verification needed", error_type="checkpoint_challenge_required", challenge=_CHALLENGE),
        _failing(400, "challenge_required", challenge=_SUSPENDED),
    ),
    8: (
        _failing(400, "feedback_required", spam=True, feedback_title="Try again later",
                 feedback_url="repute/report_problem/scraping/"),
        _failing(429, "feedback_required", spam=True),
        _failing(200, "feedback_required", feedback_url="repute/report_problem/scraping/"),
    ),
    9: (
        UNKNOWN_LOGIN,
        _failing(401, "login_required"),
        _failing(400, "You have been logged out", logout_reason=2),
        _failing(403, "login_required", logout_reason=33),
    ),
    10: (_failing(400, "useragent mismatch"), _failing(401, "useragent mismatch"), _failing(429, "useragent mismatch")),
    11: (_failing(400, "Sorry, there was a problem.", error_type="sentry_block"), _failing(403, "sentry_block")),
    12: (_failing(401, _WAIT, require_login=True, igweb_rollout=True),),
    13: (_failing(400, _WAIT), _failing(401, _WAIT), _failing(429, _WAIT)),
    14: (Answer(429), answer(429, status="fail"), _page(429, "Too many requests", 20_000)),
    15: (_failing(400, "Sorry, too many requests.", error_type="rate_limit_error"),),
    16: (_page(403, "Forbidden"), Answer(403, b"", HTML)),
    17: (Answer(404, b"Not Found", TEXT),),
    18: (NOT_FOUND, _failing(404, "User not found")),
    19: (PAGE_NOT_FOUND,),
    20: (PAGE_NOT_FOUND, Answer(404, b"", HTML), _failing(404, "Unknown endpoint")),
    21: (answer(200, data={"user": None}, status="ok"),),
    22: (answer(200, gating=_GATING, status="ok"), answer(200, data={"user": {"gating": _GATING}}, status="ok")),
    23: (_failing(400, "Not authorized to view user"),),
    24: (TOO_MANY_IDS, HEAD_TOO_LONG),
    25: (_failing(400, "Invalid reel id list"), _failing(400, "Invalid user list")),
    26: (
        _failing(400, _ASSET),
        _failing(400, "invalid request", errors=["doc_id is gone"]),
        answer(200, data=None, errors=[{"message": "execution error", "severity": "CRITICAL"}], status="ok"),
    ),
    27: (
        _failing(500, "Oops, an error occurred."), _page(502, "Bad gateway"), Answer(503, b"", HTML),
        _page(504, "Gateway timeout"),
    ),
    28: (Answer(560), Answer(572)),
    29: (LOGIN_PAGE, _page(200, "Instagram", 600_000)),
    30: (
        Answer(200), Answer(200, b'{"reels": {"1": {"id": 1, "items": [{"taken_at'),
        Answer(200, b"\x00\xffnot json", TEXT),
    ),
    31: (_failing(200, "Sorry, something went wrong."),),
    32: (answer(200, status="ok"),),
}
# fmt: on

# By id the user stands at the top.
_BY_ID: Mapping[int, tuple[Answer, ...]] = {
    21: (answer(200, user=None, status="ok"),),
    22: (answer(200, gating=_GATING, status="ok"), answer(200, user={"gating": _GATING}, status="ok")),
}

WRONG_CONTENT = (LOGIN_PAGE, *ROWS[30])


def answers_of(row: int, endpoint: Endpoint) -> tuple[Answer, ...]:
    """The answers of *row* (1 to 32) to a question of *endpoint*."""
    if endpoint is Endpoint.LOOK_UP_ID and row in _BY_ID:
        return _BY_ID[row]
    return ROWS[row]
