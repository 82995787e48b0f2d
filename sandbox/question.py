"""What a request asks for, as its path and query tell.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from sandbox.faults import Endpoint

_REELS = "/api/v1/feed/reels_media/"
_BY_NAME = "/api/v1/users/web_profile_info/"
_TRAY = "/api/v1/feed/reels_tray/"
_SEARCH = "/web/search/topsearch/"
_BY_ID = re.compile(r"/api/v1/users/([^/]+)/info/")
_ONE_STORY = re.compile(r"/api/v1/feed/user/([^/]+)/story/")


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks.

    Args:
        subjects: Ids or one name, as they stand in the request.
        text: The request's path and query.
        alone: The endpoint for one person's story.
    """

    endpoint: Endpoint
    subjects: tuple[str, ...]
    text: str
    alone: bool = False


def read_question(text: str) -> Question:
    """The question of a request line's *text*, such as ``/api/v1/feed/reels_media/?reel_ids=1&reel_ids=2``."""
    path, _, query = text.partition("?")
    if path == _REELS:
        return Question(Endpoint.STORIES, _values(query, "reel_ids"), text)
    if path == _BY_NAME:
        return _about_name(Endpoint.LOOK_UP_NAME, _values(query, "username"), text)
    if found := _BY_ID.fullmatch(path):
        return Question(Endpoint.LOOK_UP_ID, (found[1],), text)
    if found := _ONE_STORY.fullmatch(path):
        return Question(Endpoint.STORIES, (found[1],), text, alone=True)
    if path == _SEARCH:
        return _about_name(Endpoint.SEARCH, _values(query, "query"), text)
    return Question(Endpoint.TRAY if path == _TRAY else Endpoint.OTHER, (), text)


def _about_name(endpoint: Endpoint, names: tuple[str, ...], text: str) -> Question:
    return Question(endpoint, names[:1] or ("",), text)


def _values(query: str, key: str) -> tuple[str, ...]:
    start = f"{key}="
    values = [part[len(start) :] for part in query.split("&") if part.startswith(start)]
    return tuple(unquote_plus(value) if "%" in value or "+" in value else value for value in values)
