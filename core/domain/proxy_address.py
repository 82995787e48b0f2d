"""Where a proxy is and how it is signed in to; read from the lines that people paste.

Owns the spellings of a proxy's address.  Never says more of a line it cannot read than what surely is no password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from core.domain.host_name import NotAHost, canonical_host, is_ipv6
from core.domain.rejected import Rejected, visible
from core.errors import InvalidInput
from core.secrets import Secret

SCHEMES = ("http", "https", "socks4", "socks5", "socks5h")

_HIDDEN = "•••"
_SPELLINGS = "write host:port, host:port:user:password, user:password@host:port or scheme://user:password@host:port"
_LONGEST_LINE = 2_000
# RFC 1929 counts a SOCKS5 name and password in one byte each; nobody needs more over HTTP.
_LONGEST_SIGN_IN = 255

# No dots, though RFC 3986 allows them: "p.example://" is a host and the beginning of a password.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]{0,19})://")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF])
_INLINE_COMMENT = re.compile(r"\s#.*")
_COMMENT_MARKS = ("#", ";", "//")


@dataclass(frozen=True, slots=True, repr=False)
class ProxyAddress:
    """A proxy's address; shown without its password and most of its user's name.

    Args:
        scheme: One of :data:`SCHEMES`.
        host: A name in lower case and ASCII, an IPv4 address, or an IPv6 address without brackets.
        port: 1 to 65535.
        user: Empty without one.
        password: None without one.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: Secret | None = None

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What makes it the same proxy: everything but the password."""
        return self.scheme, self.host, self.port, self.user

    @property
    def shown(self) -> str:
        """The address for people: ``http://u•••@203.0.113.7:8080``."""
        signed_in = f"{self.user[:1]}{_HIDDEN}@" if self.user or self.password else ""
        return f"{self.scheme}://{signed_in}{self._place}"

    def url(self) -> Secret:
        """The whole address as a URL, user and password percent-encoded; for the wire only."""
        sign_in = quote(self.user, safe="")
        if self.password is not None:
            sign_in += ":" + quote(self.password.reveal(), safe="")
        return Secret(f"{self.scheme}://{sign_in}{'@' if sign_in else ''}{self._place}")

    @property
    def _place(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"<ProxyAddress {self.shown}>"


def parse_proxy(text: str) -> ProxyAddress:
    """The proxy that *text* spells; ``http`` where it names no scheme.

    ``host:port``, ``host:port:user:password`` (taken as it stands, the password may hold colons),
    ``user:password@host:port`` (percent signs decoded), either of them behind ``scheme://``, and
    ``user:password:host:port`` where it cannot be read the other way round.  IPv6 goes in brackets.

    Raises:
        InvalidInput: The sentence names the part and the fix, and holds neither user nor password.
    """
    line = text.translate(_INVISIBLE).strip()
    if not line:
        raise _bad("it is empty; " + _SPELLINGS)
    if len(line) > _LONGEST_LINE or not line.isprintable() or " " in line:
        raise _bad("it holds blanks or control characters, or is very long; " + _SPELLINGS)
    scheme, rest = _scheme(line)
    sign_in, at, place = rest.rpartition("@")
    if not at or _is_colon_form(rest, place):
        return _signed_in(scheme, *_colon_parts(rest))
    host, port = _place(place.removesuffix("/"))
    return _signed_in(scheme, host, port, *_decoded_sign_in(sign_in))


def read_proxy_lines(text: str) -> tuple[list[tuple[int, ProxyAddress]], list[Rejected]]:
    """The proxies of *text*, one a line, with line numbers from 1; and the lines that hold none.

    Blank lines and comments (``#``, ``;``, ``//``, and inline ``#`` behind a blank) are skipped.  A rejected line is
    shown without anything that could be a password.
    """
    found: list[tuple[int, ProxyAddress]] = []
    rejected: list[Rejected] = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = _INLINE_COMMENT.sub("", raw.translate(_INVISIBLE)).strip()
        if not line or line.startswith(_COMMENT_MARKS):
            continue
        try:
            found.append((number, parse_proxy(line)))
        except InvalidInput as error:
            rejected.append(Rejected(number, _masked(line), error.why))
    return found, rejected


def _bad(why: str) -> InvalidInput:
    return InvalidInput("proxy", why)


def _scheme(line: str) -> tuple[str, str]:
    written = _SCHEME.match(line)
    if not written:
        return "http", line
    scheme = written[1].lower()
    if scheme not in SCHEMES:
        known = f"{', '.join(SCHEMES[:-1])} or {SCHEMES[-1]}"
        raise _bad(f"its scheme {scheme} is not spoken here; use {known}")
    return scheme, line[written.end() :]


def _is_colon_form(rest: str, behind_at: str) -> bool:
    """Whether the ``@`` in *rest* belongs to a user or password: no proxy stands behind it, and one in front."""
    in_front = re.match(r"(\[[^\]]*\]|[^:@]*):([0-9]+):[^:]*:", rest)
    if not in_front or _is_place(behind_at.removesuffix("/")):
        return False
    return _is_place(f"{in_front[1]}:{in_front[2]}")


def _colon_parts(rest: str) -> tuple[str, int, str, str]:
    """What a line without ``@`` says: host, port, user, password."""
    if rest.startswith("["):
        host, bracket, behind = rest.partition("]")
        first, more = host + bracket, behind.removeprefix(":").split(":", 2)
        if behind and not behind.startswith(":"):
            raise _bad("a colon is missing behind its address in brackets; write [2001:db8::1]:8080")
    else:
        _refuse_bare_ipv6(rest)
        first, *more = rest.split(":", 3)
    if len(more) < 2:
        port = more[0].removesuffix("/") if more else ""
        return *_place(f"{first}:{port}" if more else first), "", ""
    if len(more) == 2:
        raise _bad("it holds three parts, a user without a password or the other way round; write all four or two")
    if "." in more[1] and not _is_place(f"{first}:{more[0]}") and _is_place(f"{more[1]}:{more[2]}"):
        return *_place(f"{more[1]}:{more[2]}"), first, more[0]
    return *_place(f"{first}:{more[0]}"), more[1], more[2]


def _place(text: str) -> tuple[str, int]:
    """Host and port of ``host:port``."""
    if not text.startswith("["):
        _refuse_bare_ipv6(text)
    host, colon, port = text.rpartition(":")
    if not port or not colon or text.endswith("]"):
        raise _bad("its port is missing; write host:port")
    # What is no port is not repeated: in a line whose parts are mixed up it may be the password.
    if not (port.isascii() and port.isdecimal()):
        raise _bad("its port is no number; write host:port with a port from 1 to 65535")
    number = int(port.lstrip("0")[:6] or "0")
    if not 1 <= number <= 65_535:
        raise _bad("its port is out of range; ports go from 1 to 65535")
    return _host(host), number


def _host(text: str) -> str:
    try:
        return canonical_host(text)
    except NotAHost as error:
        raise _bad(error.why) from None


def _is_place(text: str) -> bool:
    try:
        _place(text)
    except InvalidInput:
        return False
    return True


def _refuse_bare_ipv6(text: str) -> None:
    for candidate in (text, text.rpartition(":")[0]):
        if candidate.count(":") >= 2 and is_ipv6(candidate):
            raise _bad("an IPv6 address goes in brackets; write [2001:db8::1]:8080")


def _decoded_sign_in(sign_in: str) -> tuple[str, str]:
    if not sign_in:
        raise _bad("nothing stands before its @; leave the @ out or write user:password@host:port")
    user, _, password = sign_in.partition(":")
    try:
        found = unquote(user, errors="strict"), unquote(password, errors="strict")
    except UnicodeDecodeError:
        found = None
    # Raised out here: the codec's error holds the password.
    if found is None:
        raise _bad("its user or password has percent signs that stand for no text; write a percent sign as %25")
    return found


def _signed_in(scheme: str, host: str, port: int, user: str, password: str) -> ProxyAddress:
    if password and not user:
        raise _bad("it has a password and no user; write user:password@host:port")
    if not (user + password).isprintable():
        raise _bad("its user or password holds control characters; copy them again")
    if max(len(user.encode()), len(password.encode())) > _LONGEST_SIGN_IN:
        raise _bad(f"its user or password is longer than {_LONGEST_SIGN_IN} bytes; copy them again")
    if scheme == "socks4" and password:
        raise _bad("SOCKS4 knows no passwords, only a user; leave the password out or use socks5")
    if scheme in ("http", "https") and ":" in user:
        raise _bad("a user's name with a colon cannot be sent over HTTP; use socks5 or another user")
    return ProxyAddress(scheme, host, port, user, Secret(password) if password else None)


def _masked(line: str) -> str:
    """*line* with everything hidden but its scheme and what surely is host and port."""
    scheme = _SCHEME.match(line)
    start, rest = (scheme[0], line[scheme.end() :]) if scheme else ("", line)
    sign_in, at, place = rest.rpartition("@")
    host, *more = re.split(r"(?<=\]):" if place.startswith("[") else ":", place)
    # Only a port that ends the line is shown: four parts may begin with user and password.
    port = more[0] if len(more) == 1 and re.fullmatch(r"[0-9]{1,5}", more[0]) else _HIDDEN
    if at:
        # Where a proxy stands in front of the @, or none behind it, the @ may be a part of the password.
        shown = port != _HIDDEN and _surely_host(host) and not _surely_host(sign_in.partition(":")[0])
        return start + _HIDDEN + "@" + (visible(f"{host}:{port}") if shown else _HIDDEN)
    # Of "me://secret" nobody knows whether it begins with a scheme or a user.
    doubtful = scheme and scheme[1].lower() not in SCHEMES and port == _HIDDEN
    if doubtful or not _surely_host(host):
        return start + _HIDDEN
    return visible(f"{start}{host}" + (f":{port}" if more else ""))


def _surely_host(text: str) -> bool:
    try:
        return ("." in text or text.startswith("[")) and bool(canonical_host(text))
    except NotAHost:
        return False
