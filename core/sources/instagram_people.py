"""The answers to look-ups: the one profile that they show, or that they show nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.sources.base import Found, Kind, Question

_ID = re.compile(r"[1-9][0-9]{0,19}")
# Dots are judged leniently: old accounts may break the rule for new ones (platforms §A6).
_USERNAME = re.compile(r"[a-z0-9._]{1,30}")
_ABSENT = object()


def platform_id(value: object) -> str | None:
    """An id as text, which comes as a number or as text; None for anything else, floats and ``true`` included."""
    if type(value) is int:
        return str(value) if 0 < value < 1 << 64 else None
    return value if type(value) is str and _ID.fullmatch(value) else None


def found_in(question: Question, data: Mapping[str, object]) -> Found | None:
    """The profile that was asked for; None when *data* shows nobody, somebody else, or hides what matters.

    Asked by name, only this name will do, in any case of letters.  Asked by id, only this id will do; the
    name may have changed, and is the new one.
    """
    user = _user(question.kind, data)
    if not isinstance(user, dict) or isinstance(user.get("gating"), dict):
        return None
    identity = platform_id(user.get("pk")) or platform_id(user.get("id"))
    name = user.get("username")
    private = user.get("is_private")
    # Without is_private a private profile would pass for a public one without a story.
    if identity is None or not isinstance(name, str) or not name.isascii() or not isinstance(private, bool):
        return None
    username = name.lower()
    (subject,) = question.subjects
    if question.kind is Kind.LOOK_UP_NAME:
        answered = username == subject.username.lower()
    else:
        answered = identity == subject.platform_id and _USERNAME.fullmatch(username) is not None
    return Found(username, identity, private, _is_followed(user)) if answered else None


def shows_nobody(kind: Kind, data: Mapping[str, object]) -> bool:
    """Whether the place of the user holds null (failure table row 21); one that is absent says nothing."""
    return _user(kind, data) is None


def is_gated(kind: Kind, data: Mapping[str, object]) -> bool:
    """Whether the profile hides behind an age or country gate (failure table row 22)."""
    user = _user(kind, data)
    return isinstance(data.get("gating"), dict) or (isinstance(user, dict) and isinstance(user.get("gating"), dict))


def _user(kind: Kind, data: Mapping[str, object]) -> object:
    """What stands where each look-up has its user: ``data.user`` by name, ``user`` by id."""
    if kind is Kind.LOOK_UP_ID:
        return data.get("user", _ABSENT)
    inner = data.get("data")
    return inner.get("user", _ABSENT) if isinstance(inner, dict) else _ABSENT


def _is_followed(user: Mapping[str, object]) -> bool:
    if user.get("followed_by_viewer") is True:
        return True
    friendship = user.get("friendship_status")
    return isinstance(friendship, dict) and friendship.get("following") is True
