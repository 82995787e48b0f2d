"""Which paths anybody may ask for, how much may be sent to them, and where a sign-in may lead.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from nicegui import __version__ as nicegui_version

SIGN_IN = "/login"
WELCOME = "/welcome"
SIGN_OUT = "/logout"

# Forms of people who are not signed in; names and passwords are short.
PUBLIC_BODY = 16_384
BODY = 1_000_000
UPLOAD_BODY = 100_000_000

_PUBLIC = frozenset({"/favicon.ico", "/healthz", "/readyz", "/metrics", SIGN_IN})
# The library's own files, which are the same for everybody; what it made for one page is beside them.
_PUBLIC_BELOW = (f"{SIGN_IN}/", f"{WELCOME}/", "/static/", f"/_nicegui/{nicegui_version}/")
_KEPT = frozenset({"/favicon.ico", f"{SIGN_IN}/sign-in.css"})
_KEPT_BELOW = ("/static/", f"/_nicegui/{nicegui_version}/")
# Asked for by programs: a page in place of an answer would only confuse them.
_NO_PAGES_BELOW = ("/data/", "/_nicegui")
_LONGEST_NEXT = 500


def is_public(path: str) -> bool:
    """Whether *path* is for everybody."""
    return path in _PUBLIC or path.startswith(_PUBLIC_BELOW)


def may_be_kept(path: str) -> bool:
    """Whether browsers may keep what is at *path*, because it is the same for everybody."""
    return path in _KEPT or path.startswith(_KEPT_BELOW)


def is_page(path: str) -> bool:
    """Whether somebody may have asked for *path* to read it, rather than a program on a page."""
    return not path.startswith(_NO_PAGES_BELOW)


def most_bytes(path: str, uploads: Sequence[str]) -> int:
    """How long a body *path* takes.

    Args:
        uploads: How the paths begin that take files.
    """
    if is_public(path):
        return PUBLIC_BODY
    if path.startswith(tuple(uploads)) or page_of_upload(path) is not None:
        return UPLOAD_BODY
    return BODY


def page_of_upload(path: str) -> str | None:
    """The id of the open page whose upload *path* is; None where it is no upload of the library's."""
    parts = path.split("/")
    if len(parts) >= 6 and parts[1:3] == ["_nicegui", "client"] and parts[4] == "upload":
        return parts[3]
    return None


def sign_in_first(path: str, query: str) -> str:
    """Where somebody is sent who asks for a page and is not signed in."""
    wanted = f"{path}?{query}" if query else path
    return SIGN_IN if wanted == "/" or checked_next(wanted) == "/" else f"{SIGN_IN}?next={quote(wanted, safe='/')}"


def checked_next(wanted: str) -> str:
    """*wanted* if it is a page of this panel, else the first page.

    Browsers read a backslash as a slash and leave out control characters, so neither is let through.
    """
    if len(wanted) > _LONGEST_NEXT or not wanted.isprintable() or "\\" in wanted:
        return "/"
    if not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or parts.path.startswith((SIGN_IN, WELCOME, SIGN_OUT, *_NO_PAGES_BELOW)):
        return "/"
    return wanted
