"""A login on the wire: which cookies it takes, the headers it sends, and what answers change of it.

Owns what a session carries (platforms §A1, §A7).  Never logs in, and never lets an answer log a session out:
that a login is dead is for the failure table to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import unquote

from core.domain.cookies import cookie_header, moment_of
from core.errors import InvalidInput
from core.secrets import Secret
from core.sources.base import Login, Response
from core.sources.http_time import http_date, now_of
from core.sources.instagram_answer import SITE

SESSION = "sessionid"
ACCOUNT = "ds_user_id"
CLAIM = "www_claim"  # the mark that holds what x-ig-set-www-claim told last

# A desktop browser of the time of writing.  The one that made the cookies is better: the platform saw it with them.
DEFAULT_USER_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
)
_WEB_APP = "936619743392459"  # the platform's own web page
_ASBD = "129477"

_SESSION_ID = re.compile(r"([1-9][0-9]{0,19}):[^:\s]+:[0-9]+:[^:\s]+")
_COOKIE_NAME = re.compile(r"[!#$&'*+\-.^_`|~0-9A-Za-z]{1,64}")
_COOKIE_VALUE = re.compile(r"[ -:<-~]{1,4096}")
_CLAIM = re.compile(r"[!-~]{1,512}")
_MAX_AGE = re.compile(r"-?[0-9]{1,18}")
_SAME_END = timedelta(days=1)
_MOST_COOKIES = 60  # the site sets a dozen; more would outgrow the header that servers take


# -- cookies that are pasted --------------------------------------------------


def login_from(cookies: Mapping[str, Secret], user_agent: str | None, ends: Mapping[str, datetime]) -> Login:
    """A login from pasted cookies, with the account's id filled in and a user agent.

    Raises:
        InvalidInput: ``sessionid`` is missing, malformed, or of another account than ``ds_user_id``.
    """
    session_id = cookies.get(SESSION)
    if not session_id:
        raise _bad(f"{SESSION} is missing; copy the cookies of {SITE} from a browser that is logged in")
    # Some tools show the value decoded; browsers send it encoded, and one spelling tells known cookies from new ones.
    spelled = session_id.reveal().replace(":", "%3A")
    account = _account_in(spelled)
    if account is None:
        raise _bad(f"the value of {SESSION} is none; it looks like NUMBER%3ATEXT%3ANUMBER%3ATEXT, copy all of it")
    told = cookies.get(ACCOUNT)
    if told and told.reveal() != account:
        raise _bad(f"{SESSION} and {ACCOUNT} are of different accounts; paste the cookies of one login")
    kept = {**cookies, SESSION: Secret(spelled), ACCOUNT: Secret(account)}
    return Login(kept, user_agent or DEFAULT_USER_AGENT, ends_at=ends.get(SESSION))


def _account_in(session_id: str) -> str | None:
    """The account's id, with which the value begins; None when it has not the shape of one."""
    found = _SESSION_ID.fullmatch(unquote(session_id))
    return None if found is None else found[1]


def _bad(why: str) -> InvalidInput:
    return InvalidInput("cookies", why)


# -- what is sent -------------------------------------------------------------


def headers_of(login: Login, base_url: str) -> dict[str, str]:
    """The headers of every request of *login*, as the site's own page sends them."""
    headers = {
        "Accept": "*/*",
        # Fixed: what can be unpacked here must not depend on what happens to be installed.
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en-US,en;q=0.9",
        "Cookie": cookie_header(login.cookies),
        "Referer": f"{base_url}/",
        "Sec-Fetch-Dest": "empty",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Site": "same-origin",
        "User-Agent": login.user_agent,
        "X-ASBD-ID": _ASBD,
        "X-IG-App-ID": _WEB_APP,
        "X-IG-WWW-Claim": login.marks.get(CLAIM, "0"),
        "X-Requested-With": "XMLHttpRequest",
    }
    token = login.cookies.get("csrftoken")
    if token:
        headers["X-CSRFToken"] = token.reveal()
    return headers


# -- what an answer changes ---------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class _Change:
    """What a ``Set-Cookie`` line sets; the value is None where it ends the cookie."""

    name: str
    value: str | None
    ends_at: datetime | None = None


def renewed_login(login: Login, response: Response, host: str) -> Login | None:
    """*login* with the cookies and the claim that *response* set; None when nothing changed.

    Args:
        host: The platform's host in this deployment.
    """
    renewed = _renewed_cookies(login, response, host)
    claim = response.header("x-ig-set-www-claim")
    if claim is None or not _CLAIM.fullmatch(claim) or claim == login.marks.get(CLAIM):
        return renewed
    return replace(renewed or login, marks={**login.marks, CLAIM: claim})


def _renewed_cookies(login: Login, response: Response, host: str) -> Login | None:
    lines = response.headers.get("set-cookie")
    if not lines:
        return None
    held = login.cookies
    changes = {told.name: told for line in lines if (told := _set_by(line, response, host)) is not None}
    session = changes.get(SESSION)
    if session is not None and not _is_of(session.value, held.get(ACCOUNT)):
        # Logged out, or logged in as somebody else: whatever else it sets belongs to that.
        return None
    kept = dict(held)
    for name, change in changes.items():
        if name == ACCOUNT:
            continue
        if change.value is None:
            kept.pop(name, None)
        elif name in kept or len(kept) < _MOST_COOKIES:
            kept[name] = Secret(change.value)
    ends_at = login.ends_at if session is None or _is_as_before(session.ends_at, login.ends_at) else session.ends_at
    if kept == held and ends_at == login.ends_at:
        return None
    return replace(login, cookies=kept, ends_at=ends_at)


def _is_as_before(ends_at: datetime | None, before: datetime | None) -> bool:
    """Whether a cookie ends about when it did: one that is set for a year with each answer is not news each time."""
    if ends_at is None or before is None:
        return ends_at is before
    return abs(ends_at - before) < _SAME_END


def _is_of(session_id: str | None, account: Secret | None) -> bool:
    return session_id is not None and account is not None and _account_in(session_id) == account.reveal()


def _set_by(line: str, response: Response, host: str) -> _Change | None:
    """What a ``Set-Cookie`` line sets.

    None when the cookie is another site's or could not be sent back.
    """
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(), value.strip()
    attributes = _attributes(rest)
    domain = attributes.get("domain", "").removeprefix(".").lower()
    if not equals or not _COOKIE_NAME.fullmatch(name) or domain not in ("", SITE, host):
        return None
    end, now = _end(attributes, response), now_of(response)
    if value in ("", '""') or (end is not None and end <= now):
        return _Change(name, None)
    return _Change(name, value, None if end is None else moment_of(end)) if _COOKIE_VALUE.fullmatch(value) else None


def _attributes(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in parts}


def _end(attributes: Mapping[str, str], response: Response) -> float | None:
    """When the cookie ends, in seconds since 1970; ``Max-Age`` weighs more than ``Expires``."""
    seconds = attributes.get("max-age", "")
    if _MAX_AGE.fullmatch(seconds):
        return now_of(response) + int(seconds)
    return http_date(attributes.get("expires", ""))
