"""A login on the wire: which cookies it takes, the headers it sends, and what answers change of it.

Owns what a session carries (platforms §A1, §A7).  Never logs in, and never lets an answer log a session out:
that a login is dead is for the failure table to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from core.domain.cookies import cookie_header
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
_MOST_COOKIES = 60  # the site sets a dozen; more would outgrow the header that servers take


# -- cookies that are pasted --------------------------------------------------


def login_from(cookies: Mapping[str, Secret], user_agent: str | None) -> Login:
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
    return Login(kept, user_agent or DEFAULT_USER_AGENT)


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


def renewed_login(login: Login, response: Response, host: str) -> Login | None:
    """*login* with the cookies and the claim that *response* set; None when nothing changed.

    Args:
        host: The platform's host in this deployment.
    """
    cookies = _renewed_cookies(login.cookies, response, host)
    claim = response.header("x-ig-set-www-claim")
    if claim is None or not _CLAIM.fullmatch(claim) or claim == login.marks.get(CLAIM):
        return None if cookies is None else Login(cookies, login.user_agent, login.marks)
    return Login(login.cookies if cookies is None else cookies, login.user_agent, {**login.marks, CLAIM: claim})


def _renewed_cookies(held: Mapping[str, Secret], response: Response, host: str) -> dict[str, Secret] | None:
    lines = response.headers.get("set-cookie")
    if not lines:
        return None
    changes: dict[str, str | None] = {}
    for line in lines:
        told = _set_by(line, response, host)
        if told is not None:
            changes[told[0]] = told[1]
    if SESSION in changes and not _is_of(changes[SESSION], held.get(ACCOUNT)):
        # Logged out, or logged in as somebody else: whatever else it sets belongs to that.
        return None
    kept = dict(held)
    for name, value in changes.items():
        if name == ACCOUNT:
            continue
        if value is None:
            kept.pop(name, None)
        elif name in kept or len(kept) < _MOST_COOKIES:
            kept[name] = Secret(value)
    return None if kept == held else kept


def _is_of(session_id: str | None, account: Secret | None) -> bool:
    return session_id is not None and account is not None and _account_in(session_id) == account.reveal()


def _set_by(line: str, response: Response, host: str) -> tuple[str, str | None] | None:
    """Name and value that a ``Set-Cookie`` line sets, the value None where it ends the cookie.

    None when the cookie is another site's or could not be sent back.
    """
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(), value.strip()
    attributes = _attributes(rest)
    domain = attributes.get("domain", "").removeprefix(".").lower()
    if not equals or not _COOKIE_NAME.fullmatch(name) or domain not in ("", SITE, host):
        return None
    if value in ("", '""') or _is_over(attributes, response):
        return name, None
    return (name, value) if _COOKIE_VALUE.fullmatch(value) else None


def _attributes(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in parts}


def _is_over(attributes: Mapping[str, str], response: Response) -> bool:
    """Whether the cookie ends at once; ``Max-Age`` weighs more than ``Expires``."""
    seconds = attributes.get("max-age", "")
    if _MAX_AGE.fullmatch(seconds):
        return int(seconds) <= 0
    expires = http_date(attributes.get("expires", ""))
    return expires is not None and expires <= now_of(response)
