"""Instagram as its web page speaks to it: questions become requests, answers become readings.  Pure.

Owns the addresses that are asked and the order in which an answer is read: its content when it shows no
sign of failure, else the failure table, and what neither understands is told so, with a sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlsplit

from core.domain.verdict import Blame, Consequence, Reason
from core.secrets import Secret
from core.sources.base import Kind, Login, Question, Reading, Response, Subject, WireRequest
from core.sources.http_time import now_of, retry_after
from core.sources.instagram_answer import SITE, Answer, is_promising, parsed_object
from core.sources.instagram_failures import OTHERS, Row, first_row
from core.sources.instagram_login import headers_of, login_from, renewed_login
from core.sources.instagram_people import found_in
from core.sources.instagram_stories import stories_in
from core.sources.sample import redacted_start

# Large groups come back with people left out, and 20 was once what passed (platforms §A2).
GROUP_LIMIT = 25

# Accounts of the kind that platforms §C describes.  Which of them are live nearly always is for measuring to say.
CANARIES = (
    "instagram",
    "nba",
    "championsleague",
    "premierleague",
    "f1",
    "espn",
    "cnn",
    "bbcnews",
    "aljazeeraenglish",
    "nasa",
)

# Logins whose headers are kept made; a made one is some 2 KB.
_KNOWN_LOGINS = 4_096


class Instagram:
    """The source for Instagram; one per deployment.

    Args:
        base_url: Where the platform is, without a last slash; None is its own address.
    """

    name = "instagram"
    group_limit = GROUP_LIMIT
    default_canaries = CANARIES

    def __init__(self, base_url: str | None = None) -> None:
        self._base = (base_url or f"https://www.{SITE}").rstrip("/")
        self._host = urlsplit(self._base).hostname or SITE
        self._stories = f"{self._base}/api/v1/feed/reels_media/?reel_ids="
        # By identity: a login is a value without a hash, and most requests carry the very one of the last.
        self._headers: dict[int, tuple[Login, Mapping[str, str]]] = {}

    def __repr__(self) -> str:
        return f"<Instagram at {self._host}>"

    def page_of(self, username: str) -> str:
        """The address of a profile's public page, as people open it."""
        return f"{self._base}/{quote(username, safe='')}/"

    def request(self, question: Question, login: Login) -> WireRequest:
        """The exchange that puts *question* over a route with *login*."""
        if question.kind is Kind.STORIES:
            url = self._stories + "&reel_ids=".join([_id_of(subject) for subject in question.subjects])
        elif question.kind is Kind.LOOK_UP_NAME:
            name = quote(question.subjects[0].username, safe="")
            url = f"{self._base}/api/v1/users/web_profile_info/?username={name}"
        else:
            url = f"{self._base}/api/v1/users/{_id_of(question.subjects[0])}/info/"
        return WireRequest(url, self._headers_of(login))

    def _headers_of(self, login: Login) -> Mapping[str, str]:
        known = self._headers.get(id(login))
        if known is not None:  # the login is kept with them, so its id is nobody else's
            return known[1]
        if len(self._headers) >= _KNOWN_LOGINS:
            del self._headers[next(iter(self._headers))]
        headers = headers_of(login, self._base)
        self._headers[id(login)] = (login, headers)
        return headers

    def read(self, question: Question, response: Response) -> Reading:
        """What *response* says about *question*; total: garbage becomes a reason, never an exception."""
        data = parsed_object(response.body)
        if data is not None and is_promising(response.status, data):
            reading = _content(question, response, data)
            if reading is not None:
                return reading
        answer = Answer(question.kind, response, data, self._host)
        row = first_row(answer)
        if row is None and answer.good and not answer.has_errors:
            # A sign of failure that no row knows.  Errors are different: they leave holes in the content.
            reading = _content(question, response, answer.data)
            if reading is not None:
                return reading
        return _failure(row or first_row(answer, OTHERS) or OTHERS[-1], response)

    def renewed(self, login: Login, response: Response) -> Login | None:
        """*login* with what the answer set; None when nothing changed.  No answer takes its session away."""
        return renewed_login(login, response, self._host)

    def login(
        self, cookies: Mapping[str, Secret], user_agent: str | None, ends: Mapping[str, datetime] | None = None
    ) -> Login:
        """A login from pasted cookies, completed with the platform's defaults; it ends with ``sessionid``.

        Args:
            ends: When they end, by name, as far as that was told.

        Raises:
            InvalidInput: ``sessionid`` is missing, malformed, or of another account than ``ds_user_id``.
        """
        return login_from(cookies, user_agent, ends or {})


def _id_of(subject: Subject) -> str:
    if subject.platform_id is None:
        raise ValueError("this question asks by platform id, and a subject has none")
    return subject.platform_id


def _content(question: Question, response: Response, data: Mapping[str, object]) -> Reading | None:
    """What the content of a good answer says; None when there is none."""
    if question.kind is not Kind.STORIES:
        found = found_in(question, data)
        return None if found is None else Reading(Reason.OK, found=found)
    asked = frozenset([_id_of(subject) for subject in question.subjects])
    stories = stories_in(data, asked, now_of(response))
    if stories is None:
        return None
    if stories.unreadable:
        sample = redacted_start(response)
        return Reading(Reason.WRONG_SHAPE, Blame.PLATFORM, live=stories.live, unasked=stories.unasked, sample=sample)
    return Reading(Reason.OK, live=stories.live, unasked=stories.unasked)


def _failure(row: Row, response: Response) -> Reading:
    return Reading(
        row.reason,
        row.blame,
        _consequence(row, response),
        row=row.number,
        missing=row.nobody,
        sample=redacted_start(response) if row.sampled else None,
    )


def _consequence(row: Row, response: Response) -> Consequence:
    told = retry_after(response) if row.heeds_told_rest else None
    return row.consequence if told is None else replace(row.consequence, seconds=told, told=True)
