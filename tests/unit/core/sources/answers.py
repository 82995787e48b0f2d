"""Questions, answers and a login to try the source on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import orjson

from core.secrets import Secret
from core.sources.base import Kind, Login, Question, Reading, Response, Subject
from core.sources.instagram import Instagram

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
HOUR = 3600
HOST = "127.0.0.1"
SOURCE = Instagram(f"http://{HOST}:8099")

BY_NAME = Question(Kind.LOOK_UP_NAME, (Subject("ann"),))
BY_ID = Question(Kind.LOOK_UP_ID, (Subject("ann", "1"),))
STORIES = Question(Kind.STORIES, (Subject("ann", "1"), Subject("bob", "2"), Subject("cleo", "3")))

OK = {"status": "ok"}


def answer(
    body: object = b"", status: int = 200, headers: Mapping[str, str | tuple[str, ...]] | None = None
) -> Response:
    """An answer; a *body* that is no bytes becomes JSON."""
    joined = {name: (told,) if isinstance(told, str) else told for name, told in (headers or {}).items()}
    raw = body if isinstance(body, bytes) else orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    return Response(status, joined, raw, 0.1, NOW)


def read(
    question: Question,
    body: object = b"",
    status: int = 200,
    headers: Mapping[str, str | tuple[str, ...]] | None = None,
) -> Reading:
    """What the source says about such an answer."""
    return SOURCE.read(question, answer(body, status, headers))


def login(**more: str) -> Login:
    """A login of the account 1001."""
    cookies = {"sessionid": "1001%3Aabc%3A7%3Asig", "ds_user_id": "1001", "csrftoken": "csrf", **more}
    return Login({name: Secret(value) for name, value in cookies.items()}, "Agent/1.0")


def item(age_hours: float = 1.0, **more: object) -> dict[str, object]:
    """A part of a story, posted *age_hours* ago and to end a day after that."""
    taken = int(SECONDS - age_hours * HOUR)
    return {"pk": "9", "taken_at": taken, "expiring_at": taken + 24 * HOUR, "media_type": 1, **more}


def reel(owner: object, *items: object, **more: object) -> dict[str, object]:
    """A reel as the platform sends it: its own expiry is always a day from now."""
    return {
        "id": owner,
        "reel_type": "user_reel",
        "expiring_at": SECONDS + 24 * HOUR,
        "user": {"pk": owner, "username": "somebody"},
        "items": list(items),
        **more,
    }
