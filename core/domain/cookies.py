"""Cookies as people paste them: a header, a browser's JSON export, a Netscape cookie file.

Owns the shapes.  Which cookies a platform needs is its source's to say.  No error holds a value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.domain.rejected import visible
from core.errors import InvalidInput
from core.secrets import Secret

INSTAGRAM = "instagram.com"

_LONGEST = 1_000_000  # a whole browser's export stays below
_LONGEST_VALUE = 4_096  # what browsers keep of one cookie
# RFC 6265: a token; without the percent sign, which tells a value that was pasted alone from a name.
_NAME = re.compile(r"[!#$&'*+\-.^_`|~0-9A-Za-z]{1,64}")
# Printable ASCII without the semicolon.  The RFC forbids quotes, commas and backslashes too; platforms send them.
_VALUE = re.compile(r"[ -:<-~]*")
_HEADER_NAME = re.compile(r"\A\s*cookie:", re.IGNORECASE)
_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite"})
_FILE_HEADS = ("# Netscape", "# HTTP Cookie")
_NETSCAPE_FIELDS = 7  # some exporters add an eighth
# As browsers' extensions, the tools that drive browsers, and Firefox call it.
_END_NAMES = ("expirationDate", "expires", "expiry")
_LATEST = 253_402_300_799  # the end of the year 9999, the last one that datetimes have
_MILLISECONDS_FROM = 100_000_000_000  # as seconds that would be the year 5138


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cookies by name, as somebody pasted them.

    Args:
        ends: When they end, by name; of those of which it was told.
    """

    values: Mapping[str, Secret] = field(repr=False)
    ends: Mapping[str, datetime]


@dataclass(frozen=True, slots=True, repr=False)
class _Cookie:
    name: str
    value: str
    domain: str | None = None
    ends: datetime | None = None


def parse_cookies(text: str, site: str = INSTAGRAM) -> Pasted:
    """The cookies in *text*, values as they stand there (``%3A`` stays ``%3A``).

    Takes ``k=v; k2=v2`` with or without ``Cookie:``; a JSON list of ``{name, value, domain}``, alone or under
    ``cookies``; a JSON object of names and values; a Netscape cookie file.

    Args:
        site: Where domains are given, only cookies of this one and of hosts below it are taken.

    Raises:
        InvalidInput: There is nothing to take, the cookies are another site's, or a part is malformed.
    """
    bare = text.strip("\ufeff \r\n")  # no tabs: the last field of a cookie file may be empty
    if not bare:
        raise _bad("nothing was given; paste the Cookie header of a browser that is logged in")
    if len(bare) > _LONGEST:
        raise _bad(f"{len(bare):,} characters are no cookies; paste the Cookie header alone")
    if bare[0] in "[{":
        found = _of_site(_from_json(bare), site)
    elif _is_netscape(bare):
        found = _of_site(_from_netscape(bare), site)
    else:
        found = _from_header(bare)
    kept = _each_once(found)
    return Pasted(
        {cookie.name: Secret(cookie.value) for cookie in kept},
        {cookie.name: cookie.ends for cookie in kept if cookie.ends is not None},
    )


def moment_of(seconds: float) -> datetime | None:
    """The moment so many seconds after 1970; None where it is none in which a cookie could end."""
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LATEST else None


def cookie_header(cookies: Mapping[str, Secret]) -> str:
    """The value of a ``Cookie`` header; for the wire only."""
    return "; ".join(f"{name}={value.reveal()}" for name, value in cookies.items())


def _bad(why: str) -> InvalidInput:
    return InvalidInput("cookies", why)


def _from_header(text: str) -> list[_Cookie]:
    header = _HEADER_NAME.sub("", text, count=1).strip()
    if "\n" in header or "\r" in header:
        raise _bad("a line break is inside; a Cookie header is one line")
    found = []
    for number, part in enumerate(header.split(";"), start=1):
        name, equals, value = part.strip().partition("=")
        if not name and not equals:
            continue
        if not equals:
            # The part is not repeated: it may be a value that lost its name.
            raise _bad(f"part {number} has no '='; paste the whole header, as in name=value; name2=value2")
        if name.strip().lower() in _ATTRIBUTES:
            raise _bad(f"{name.strip()} belongs to a Set-Cookie line; paste the Cookie header that the browser sends")
        found.append(_Cookie(name.strip(), value.strip()))
    if not found:
        raise _bad("no cookie is there; paste the whole header, as in name=value; name2=value2")
    return found


def _is_netscape(text: str) -> bool:
    return any(line.count("\t") >= _NETSCAPE_FIELDS - 1 for line in text.splitlines()) or text.startswith(_FILE_HEADS)


def _from_netscape(text: str) -> list[_Cookie]:
    found = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = raw.removeprefix("#HttpOnly_")
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) < _NETSCAPE_FIELDS:
            raise _bad(f"line {number} has {len(fields)} of 7 fields; export the cookie file again, with its tabs")
        found.append(_Cookie(fields[5], fields[6], fields[0], _end(fields[4])))
    return found


def _from_json(text: str) -> list[_Cookie]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    # Raised here and not above: the decoder's error holds the whole text.
    if isinstance(data, dict) and isinstance(data.get("cookies"), list):
        data = data["cookies"]
    if isinstance(data, dict):
        return [_Cookie(name, _json_value(value, name)) for name, value in data.items()]
    if isinstance(data, list):
        return [_from_json_item(item, number) for number, item in enumerate(data, start=1)]
    raise _bad("it begins like JSON and is none; export the cookies again or paste the Cookie header")


def _from_json_item(item: object, number: int) -> _Cookie:
    if not isinstance(item, dict) or not isinstance(item.get("name"), str) or "value" not in item:
        raise _bad(f"entry {number} has no name and value; export the cookies again")
    domain = item.get("domain")
    ends = next((item[name] for name in _END_NAMES if name in item), None)
    value = _json_value(item["value"], item["name"])
    return _Cookie(item["name"], value, domain if isinstance(domain, str) else None, _end(ends))


def _end(told: object) -> datetime | None:
    """When a cookie ends: seconds or milliseconds since 1970, or a date.  One that nobody can read ends nothing."""
    if isinstance(told, str):
        try:
            at = datetime.fromisoformat(told)
            return moment_of((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
        except ValueError:
            told = float(told) if told.isascii() and told.isdecimal() and len(told) < len(str(_LATEST)) + 4 else None
    # Compared first: to divide a number of a thousand digits is an error.
    if isinstance(told, bool) or not isinstance(told, int | float) or not told <= _LATEST * 1000:
        return None
    return moment_of(told / 1000 if told >= _MILLISECONDS_FROM else told)


def _json_value(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _bad(f"the value of {visible(name, 40)} is no text; export the cookies again")


def _of_site(cookies: list[_Cookie], site: str) -> list[_Cookie]:
    """The cookies of *site*, those of the site itself before those of the hosts below it."""
    found = [cookie for cookie in cookies if cookie.domain is None or _is_below(cookie.domain, site)]
    if not cookies:
        raise _bad("no cookie is there; export them again while logged in")
    if not found:
        others = visible(_host(cookies[0].domain or ""), 60)
        raise _bad(f"they are of {others}, not of {site}; export those of {site}")
    return sorted(found, key=lambda cookie: _host(cookie.domain or site) not in (site, f"www.{site}"))


def _host(domain: str) -> str:
    return domain.strip().removeprefix(".").lower()


def _is_below(domain: str, site: str) -> bool:
    return domain.isascii() and (_host(domain) == site or _host(domain).endswith(f".{site}"))


def _each_once(cookies: Iterable[_Cookie]) -> list[_Cookie]:
    """*cookies* by name, all of them fit for the wire; of a name that comes twice, that of the site's own host.

    Raises:
        InvalidInput: A name or value cannot be sent, or one host has two values for a name.
    """
    found: dict[str, _Cookie] = {}
    for cookie in cookies:
        _must_fit(cookie)
        first = found.setdefault(cookie.name, cookie)
        if first.value != cookie.value and first.domain == cookie.domain:
            raise _bad(f"{cookie.name} is there twice with different values; paste the cookies of one login")
    return list(found.values())


def _must_fit(cookie: _Cookie) -> None:
    if not _NAME.fullmatch(cookie.name):
        # Not repeated: what stands before a '=' may be the end of a value that was torn.
        raise _bad("a name holds characters that no cookie's name has; copy the cookies again")
    if not _VALUE.fullmatch(cookie.value):
        raise _bad(
            f"the value of {cookie.name} holds a line break or another character that cannot be sent; copy it again"
        )
    if len(cookie.value) > _LONGEST_VALUE:
        raise _bad(f"the value of {cookie.name} is longer than {_LONGEST_VALUE:,} characters; copy it again")
