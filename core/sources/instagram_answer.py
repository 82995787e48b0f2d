"""One answer as the failure table looks at it: status, where it leads, what its top-level fields say.

Never searches the text of a body: biographies and captions say "spam", "fail" and "please wait" too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import cached_property
from urllib.parse import urlsplit

import orjson

from core.sources.base import Kind, Response

SITE = "instagram.com"
NOTHING: Mapping[str, object] = {}

# Top-level fields that only a failure has.  An answer without any of them, a good status and no
# "status": "fail" is asked for its content first; the failure table is for all others.
SIGNS = frozenset(
    {
        "message",
        "error_type",
        "errors",
        "checkpoint_url",
        "checkpoint_required",
        "lock",
        "flow_render_type",
        "challenge",
        "challenge_required",
        "checkpoint_challenge_required",
        "spam",
        "feedback_required",
        "feedback_url",
        "login_required",
        "logout_reason",
        "require_login",
        "igweb_rollout",
        "sentry_block",
        "rate_limit_error",
        "gating",
    }
)

_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_HEAD = 65_536  # where a page's title stands; searching 2 MB of torn tags would take a second
_REDIRECTS = range(300, 400)
_GOOD = range(200, 300)


class Content(Enum):
    """What a body is."""

    OBJECT = auto()  # a JSON object
    OTHER_JSON = auto()
    HTML = auto()
    TEXT = auto()  # anything else; cut JSON too
    EMPTY = auto()


def parsed_object(body: bytes) -> dict[str, object] | None:
    """The JSON object in *body*, or None when it holds none."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return value if type(value) is dict else None


def is_promising(status: int, data: Mapping[str, object]) -> bool:
    """Whether an answer shows no sign of failure, so that its content may be read at once."""
    return 200 <= status < 300 and SIGNS.isdisjoint(data) and data.get("status") != "fail"


class Answer:
    """What the rows of the failure table ask about.

    Args:
        data: The JSON object of the body; None when it is none.
        host: The platform's host in this deployment, besides its own names.
    """

    def __init__(self, kind: Kind, response: Response, data: Mapping[str, object] | None, host: str) -> None:
        self.kind = kind
        self.status = response.status
        self.data = NOTHING if data is None else data
        self.is_look_up = kind is not Kind.STORIES
        self.redirects = self.status in _REDIRECTS
        self.good = self.status in _GOOD
        self._has_object = data is not None
        self._response = response
        self._host = host

    @cached_property
    def content(self) -> Content:
        """What the body is."""
        if self._has_object:
            return Content.OBJECT
        body = self._response.body.removeprefix(b"\xef\xbb\xbf").strip()
        if not body:
            return Content.EMPTY
        if body.startswith(b"<"):
            return Content.HTML
        try:
            orjson.loads(body)
        except orjson.JSONDecodeError:
            return Content.TEXT
        return Content.OTHER_JSON

    @property
    def is_bare_not_found(self) -> bool:
        """The body is these two words and nothing else."""
        return self._response.body.strip() == b"Not Found"

    @property
    def fails(self) -> bool:
        """It says ``"status": "fail"``."""
        return self.data.get("status") == "fail"

    @property
    def says_ok(self) -> bool:
        """It says ``"status": "ok"``."""
        return self.data.get("status") == "ok"

    @property
    def has_errors(self) -> bool:
        """``errors`` is there and not empty."""
        return bool(self.data.get("errors"))

    @cached_property
    def title(self) -> str | None:
        """The page's title in lower case; None for a body without one, or with an empty one."""
        found = _TITLE.search(self._response.body, 0, _HEAD)
        return None if found is None else found[1].decode("utf-8", "replace").strip().lower() or None

    # -- fields ---------------------------------------------------------------

    @cached_property
    def message(self) -> str:
        """``message`` in lower case.  Some answers wrap it: ``{"errors": [...]}``."""
        message = self.data.get("message")
        if isinstance(message, dict):
            message = message.get("errors")
        if isinstance(message, list):
            message = " ".join(part for part in message if isinstance(part, str))
        return message.strip().lower() if isinstance(message, str) else ""

    def says(self, *words: str) -> bool:
        """The message holds one of *words* (lower case)."""
        return any(word in self.message for word in words)

    def is_called(self, *names: str) -> bool:
        """One of *names* is the message, the error's type, or a field that is true."""
        kind = self.data.get("error_type")
        return any(name in (self.message, kind) or self.data.get(name) is True for name in names)

    def is_true(self, *fields: str) -> bool:
        """One of *fields* is ``true`` itself."""
        return any(self.data.get(name) is True for name in fields)

    def has(self, *fields: str) -> bool:
        """One of *fields* is there and not null."""
        return any(self.data.get(name) is not None for name in fields)

    def text(self, field: str) -> str:
        """The field's text, or nothing."""
        value = self.data.get(field)
        return value if isinstance(value, str) else ""

    def number(self, field: str) -> int | None:
        """The field's whole number, also when it comes as text."""
        value = self.data.get(field)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        return value if type(value) is int else None

    @cached_property
    def challenge(self) -> str:
        """Where ``challenge`` leads: its addresses, or its own text; nothing when it is absent or leads nowhere."""
        challenge = self.data.get("challenge")
        if isinstance(challenge, dict):
            addresses = (challenge.get("url"), challenge.get("api_path"))
            return " ".join(address for address in addresses if isinstance(address, str))
        return challenge if isinstance(challenge, str) else ""

    # -- redirects ------------------------------------------------------------

    @cached_property
    def _target(self) -> str | None:
        """The path on the platform's own host that a redirect leads to; None when it leads elsewhere."""
        location = (self._response.header("location") or "").strip()
        try:
            parts = urlsplit(location)
            host = parts.hostname
        except ValueError:
            return None
        if host is not None:
            return parts.path if parts.scheme in {"", "http", "https"} and self._is_own(host) else None
        # A path that is relative to the request's own leads to none of the places that the table knows.
        return parts.path if location.startswith("/") and not parts.scheme else None

    def _is_own(self, host: str) -> bool:
        return host in (self._host, SITE) or host.endswith(f".{SITE}")

    def leads_to(self, path: str) -> bool:
        """It redirects to *path* or below, on the platform's own host."""
        target = self._target if self.redirects else None
        return target is not None and (target == path or target.startswith(f"{path}/"))

    @property
    def leads_home(self) -> bool:
        """It redirects to the platform's front page."""
        return self.redirects and self._target in ("", "/")
