"""The failure table (platforms §A4) as data: which answer says what, who pays for it, and what follows.

The first row that matches wins.  Rows 33 to 35 judge an answer that was understood and are the checker's.

A row that goes by words goes by them alone: the platform sends the same words under 400, 401, 403, 429
and 200.  Where rows 2, 12, 17, 29 and 32 accuse a session, it is held, tried once more, and frozen if that
ends alike.  Two second looks of the table take several answers and are not here: whether three sessions
say the same within a minute (rows 12 and 32).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.rests import DEFAULT_HOLD, DEFAULT_PROXY_HOLD, DEFAULT_SUSPICION, HOUR, MINUTE
from core.domain.verdict import NO_CONSEQUENCE, Act, Blame, Consequence, Reason
from core.sources.base import Kind
from core.sources.instagram_answer import Answer, Content
from core.sources.instagram_people import is_gated, shows_nobody
from core.sources.instagram_stories import has_place_for_reels


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        number: As in the table; 0 for what is in none of its rows.
        when: Whether the row matches.
        heeds_told_rest: ``Retry-After`` takes the place of the row's own rest.
        nobody: It says that the profile of a look-up is not there.
        sampled: The start of the answer is worth keeping.
    """

    number: int
    reason: Reason
    blame: Blame
    consequence: Consequence
    when: Callable[[Answer], bool]
    heeds_told_rest: bool = False
    nobody: bool = False
    sampled: bool = False


_CHALLENGED = Consequence(Act.FREEZE_CHECKPOINT)
_LOGGED_OUT = Consequence(Act.FREEZE_EXPIRED)
_DOUBTED = Consequence(Act.SUSPECT, DEFAULT_SUSPICION)
_BAD_PROXY = Consequence(Act.PROXY_FAILED)
_LADDER = Consequence(Act.COOL)


def _cool(seconds: float) -> Consequence:
    return Consequence(Act.COOL, seconds)


_SIGNED_OUT_FOR = frozenset({2, 3, 8, 33})  # logout_reason
_PLEASE_WAIT = "please wait"
_PROFILE_GONE = frozenset({"user_not_found", "user not found"})


def _is_signed_out(answer: Answer) -> bool:
    return answer.is_called("login_required") or answer.number("logout_reason") in _SIGNED_OUT_FOR


def _is_challenge(answer: Answer) -> bool:
    return answer.is_called("challenge_required", "checkpoint_challenge_required") or bool(answer.challenge)


def _is_portal(answer: Answer) -> bool:
    """A page that is somebody else's: it has a title, and the title does not name the platform."""
    return answer.title is not None and "instagram" not in answer.title


# fmt: off
TABLE: tuple[Row, ...] = (
    # Transport failures never get here; a proxy's 407 does where it relays plain http.
    Row(1, Reason.PROXY_ERROR, Blame.PROXY, _BAD_PROXY,
        lambda a: a.status == 407),
    Row(2, Reason.SESSION_EXPIRED, Blame.SESSION, _DOUBTED,
        lambda a: a.leads_to("/accounts/login") or a.leads_home),
    Row(3, Reason.CHALLENGE, Blame.SESSION, _CHALLENGED,
        lambda a: a.leads_to("/challenge")),
    Row(4, Reason.SUSPENDED, Blame.SESSION, _CHALLENGED,
        lambda a: a.leads_to("/accounts/suspended")),
    Row(5, Reason.REDIRECT_UNKNOWN, Blame.PROXY, _BAD_PROXY,
        lambda a: a.redirects, sampled=True),
    Row(6, Reason.CHECKPOINT, Blame.SESSION, _CHALLENGED,
        lambda a: a.is_called("checkpoint_required") or a.has("checkpoint_url", "lock", "flow_render_type")),
    Row(7, Reason.SUSPENDED, Blame.SESSION, _CHALLENGED,
        lambda a: _is_challenge(a) and "/suspended/" in a.challenge),
    Row(7, Reason.CHALLENGE, Blame.SESSION, _CHALLENGED,
        _is_challenge),
    Row(8, Reason.FEEDBACK, Blame.SESSION, Consequence(Act.HOLD, 24 * HOUR),
        lambda a: a.is_called("feedback_required", "spam") or "/scraping/" in a.text("feedback_url")),
    Row(9, Reason.SESSION_EXPIRED, Blame.SESSION, _LOGGED_OUT,
        _is_signed_out),
    Row(10, Reason.UA_MISMATCH, Blame.SESSION, Consequence(Act.HOLD, DEFAULT_HOLD),
        lambda a: a.says("useragent mismatch")),
    Row(11, Reason.IP_BLOCK, Blame.PROXY, Consequence(Act.PROXY_HOLD, DEFAULT_PROXY_HOLD),
        lambda a: a.is_called("sentry_block")),
    Row(12, Reason.LOGIN_REQUIRED, Blame.SESSION, _DOUBTED,
        lambda a: a.is_true("require_login") or (a.says(_PLEASE_WAIT) and a.is_true("igweb_rollout"))),
    Row(13, Reason.SOFT_WAIT, Blame.ROUTE, _cool(30 * MINUTE),
        lambda a: a.says(_PLEASE_WAIT), heeds_told_rest=True),
    Row(14, Reason.RATE_LIMITED, Blame.ROUTE, _LADDER,
        lambda a: a.status == 429, heeds_told_rest=True),
    Row(15, Reason.RATE_LIMITED, Blame.SESSION, _LADDER,
        lambda a: a.is_called("rate_limit_error"), heeds_told_rest=True),
    Row(16, Reason.FORBIDDEN, Blame.PROXY, _cool(30 * MINUTE),
        lambda a: a.status == 403 and a.content is not Content.OBJECT, sampled=True),
    # A challenge in disguise: it must never bury a profile.
    Row(17, Reason.CHALLENGE, Blame.SESSION, Consequence(Act.SUSPECT, 30 * MINUTE),
        lambda a: a.status == 404 and a.is_bare_not_found),
    Row(18, Reason.NOT_FOUND, Blame.PROFILE, NO_CONSEQUENCE,
        lambda a: a.status == 404 and a.is_look_up and not _PROFILE_GONE.isdisjoint((a.message, a.text("error_type"))),
        nobody=True),
    Row(19, Reason.HTML_WALL, Blame.NOBODY, NO_CONSEQUENCE,
        lambda a: a.status == 404 and a.is_look_up and a.content is Content.HTML, nobody=True, sampled=True),
    Row(20, Reason.ENDPOINT_GONE, Blame.PLATFORM, NO_CONSEQUENCE,
        lambda a: a.status == 404 and a.kind is Kind.STORIES, sampled=True),
    # Somebody who is missing from an answer that says "fail" is not missed; errors leave nulls behind, too.
    Row(21, Reason.USER_NULL, Blame.PROFILE, NO_CONSEQUENCE,
        lambda a: a.good and a.is_look_up and not (a.fails or a.has_errors) and shows_nobody(a.kind, a.data),
        nobody=True),
    Row(22, Reason.GATED, Blame.PROFILE, NO_CONSEQUENCE,
        lambda a: a.good and a.is_look_up and not a.fails and is_gated(a.kind, a.data)),
    Row(23, Reason.PRIVATE, Blame.PROFILE, NO_CONSEQUENCE,
        lambda a: a.says("not authorized to view user")),
    Row(24, Reason.TOO_MANY_IDS, Blame.NOBODY, NO_CONSEQUENCE,
        lambda a: a.status == 431 or a.says("too many reels requested")),
    Row(25, Reason.BAD_REQUEST, Blame.NOBODY, NO_CONSEQUENCE,
        lambda a: a.says("invalid reel id list", "invalid user list"), sampled=True),
    Row(26, Reason.ENDPOINT_GONE, Blame.PLATFORM, NO_CONSEQUENCE,
        lambda a: a.says("asset://") or (a.has_errors and (a.says("invalid request") or not a.has("data"))),
        sampled=True),
    Row(27, Reason.SERVER_ERROR, Blame.PLATFORM, _cool(30.0),
        lambda a: 500 <= a.status < 560, heeds_told_rest=True, sampled=True),
    Row(28, Reason.SERVER_ERROR, Blame.PLATFORM, _cool(MINUTE),
        lambda a: 560 <= a.status < 600, heeds_told_rest=True, sampled=True),
    # The platform's own page tells of a login that is gone, a proxy's portal of a bad proxy.  A page
    # without a title could be either.
    Row(29, Reason.HTML_WALL, Blame.PROXY, _BAD_PROXY,
        lambda a: a.good and a.content is Content.HTML and _is_portal(a), sampled=True),
    Row(29, Reason.HTML_WALL, Blame.SESSION, _DOUBTED,
        lambda a: a.good and a.content is Content.HTML and a.title is not None, sampled=True),
    Row(29, Reason.HTML_WALL, Blame.ROUTE, NO_CONSEQUENCE,
        lambda a: a.good and a.content is Content.HTML, sampled=True),
    Row(30, Reason.EMPTY_BODY, Blame.PROXY, _BAD_PROXY,
        lambda a: a.good and a.content is Content.EMPTY),
    Row(30, Reason.BAD_JSON, Blame.PROXY, _BAD_PROXY,
        lambda a: a.good and a.content is Content.TEXT, sampled=True),
    Row(31, Reason.WRONG_SHAPE, Blame.PLATFORM, _cool(15 * MINUTE),
        lambda a: a.good and a.fails, sampled=True),
    Row(32, Reason.LOGIN_REQUIRED, Blame.SESSION, _DOUBTED,
        lambda a: a.good and a.kind is Kind.STORIES and a.says_ok and not has_place_for_reels(a.data), sampled=True),
)

# What is in no row, and was not understood either.  The platform itself spoke if there is a JSON value.
OTHERS: tuple[Row, ...] = (
    Row(0, Reason.HTML_WALL, Blame.ROUTE, NO_CONSEQUENCE, lambda a: a.content is Content.HTML, sampled=True),
    Row(0, Reason.EMPTY_BODY, Blame.ROUTE, NO_CONSEQUENCE, lambda a: a.content is Content.EMPTY, sampled=True),
    Row(0, Reason.BAD_JSON, Blame.ROUTE, NO_CONSEQUENCE, lambda a: a.content is Content.TEXT, sampled=True),
    Row(0, Reason.WRONG_SHAPE, Blame.PLATFORM, NO_CONSEQUENCE, lambda _: True, sampled=True),
)
# fmt: on


def first_row(answer: Answer, rows: tuple[Row, ...] = TABLE) -> Row | None:
    """The first of *rows* that matches, or None."""
    return next((row for row in rows if row.when(answer)), None)
