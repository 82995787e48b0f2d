"""What a username is: the one spelling of it, found in a handle or a profile link.

Owns the platform's rules for names (facts: platforms §A6).  Never asks whether anybody has the name.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from core.domain.rejected import visible

LONGEST = 30
LONGEST_LINK = 2_000

HOSTS = frozenset({"instagram.com", "www.instagram.com", "m.instagram.com", "instagr.am", "www.instagr.am"})

# First words of the platform's own addresses.  A bare host is spelled like a name, but it is a link cut short.
_PAGES = """
    accounts ads about api challenge developer direct directory emails explore graphql legal live oauth p press
    privacy push query reel reels s session settings share static stories terms tv web your_activity _u
"""
RESERVED = HOSTS.union(_PAGES.split())

# A canonical name, and what stands before and after one in an ordinary link: patterns over ASCII in lower case,
# for readers that scan many lines at once.
NAME_PATTERN = r"(?![a-z0-9._]{31})[a-z0-9_]++(?:\.[a-z0-9_]++)*+"
LINK_START = r"(?:https?://)?+(?:www\.|m\.)?+instagram\.com/"
LINK_END = r"/?+(?:\?[!-~]{0,1000}+)?+"

_HANDLE = re.compile(rf"@?+({NAME_PATTERN})")
_LINK = re.compile(rf"{LINK_START}({NAME_PATTERN}){LINK_END}")
_STRANGE = re.compile(r"[^A-Za-z0-9._]")
_EMAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")
_SCHEME = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.\-]*):)?//")

# Zero-width, joiners, direction marks, soft hyphen, byte order mark: they come along when text is copied.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_WRAPPING = " \t\r\n\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_WRAPPING += "\"'`´,;<>()[]{}“”„‘’‚«»‹›"  # of many languages

_NOTHING = _WRAPPING + "".join(map(chr, _INVISIBLE))

_TABS = frozenset({"reels", "tagged", "posts", "highlights", "followers", "following", "channel", "igtv", "guides"})
_OTHER_LINKS = {
    "p": "a post's link, not a profile's",
    "tv": "a post's link, not a profile's",
    "reel": "a reel's link, not a profile's",
    "reels": "a reel's link, not a profile's",
    "share": "a share link, not a profile's",
    "s": "a highlight's link, not a profile's",
}
_NO_NAME = "a link without a name"


class NotAUsername(ValueError):
    """The text names no profile.

    Args:
        why: A few words, without a full stop.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def canonical(text: str) -> str:
    """The one spelling of the username in *text*: lower case, without ``@``; 1 to 30 of ``a-z 0-9 . _``.

    Takes a name, an ``@name`` and a profile's link.  Wrapping, quotes and invisible characters are dropped;
    a letter outside ASCII is refused and never turned into its look-alike, which would be somebody else.

    Raises:
        NotAUsername: The text names no profile; ``why`` says what it is instead.
    """
    if text.isascii():  # lower() would make a k of a Kelvin sign
        lower = text.strip().lower()
        ordinary = _HANDLE.fullmatch(lower) or _LINK.fullmatch(lower)
        if ordinary and ordinary[1] not in RESERVED:
            return ordinary[1]
    bare = _cleaned(text)
    if "%" in bare and "/" not in bare:  # a handle or a whole link, percent-encoded
        bare = _cleaned(_decoded(bare))
    return _from_link(bare) if _is_link(bare) else _checked(bare.removeprefix("@"))


def _cleaned(text: str) -> str:
    """*text* without invisible characters, and without the spaces, quotes, commas and brackets around it.

    Raises:
        NotAUsername: It is longer than any link.
    """
    if len(text) > LONGEST_LINK:
        text = text.strip()
        if len(text) > LONGEST_LINK:
            raise NotAUsername(f"{len(text):,} characters; {LONGEST} at most")
    visible_text = text if text.isascii() else text.translate(_INVISIBLE)
    return visible_text.strip(_WRAPPING)


def is_blank(text: str) -> bool:
    """Whether nothing but wrapping and invisible characters is there."""
    return not text.strip(_NOTHING)


def _is_link(text: str) -> bool:
    return bool(_SCHEME.match(text)) or ("/" in text and "." in text.partition("/")[0])


def _checked(name: str) -> str:
    if not name:
        raise NotAUsername("no name")
    strange = _STRANGE.search(name)
    if strange:
        raise NotAUsername(_why_strange(name, strange[0]))
    if len(name) > LONGEST:
        raise NotAUsername(f"{len(name)} characters; {LONGEST} at most")
    if name[0] == ".":
        raise NotAUsername("starts with a dot")
    if name[-1] == ".":
        raise NotAUsername("ends with a dot")
    if ".." in name:
        raise NotAUsername("two dots in a row")
    name = name.lower()
    if name in RESERVED:
        raise NotAUsername(_NO_NAME if name in HOSTS else f"a page of the platform, not a profile: {name}")
    return name


def _why_strange(name: str, char: str) -> str:
    if _EMAIL.fullmatch(name):
        return "an e-mail address, not a username"
    if char.isspace():
        shown = "a space"
    elif char.isascii() and char.isprintable():
        shown = f"'{char}'"
    else:
        # The number tells look-alikes apart: a Kelvin sign is printed as a K.
        shown = f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
    return f"has {shown}; only a-z, 0-9, dot and underscore"


def _from_link(link: str) -> str:
    scheme = _SCHEME.match(link)
    if scheme:
        if (scheme[1] or "https").lower() not in ("http", "https"):
            raise NotAUsername(f"another kind of link: {visible(scheme[1], 20)}")
        link = link[scheme.end() :]
    host, path = _host_and_path(link)
    if "@" in host:
        raise NotAUsername("a link with a sign-in before its host")
    if host not in HOSTS:
        raise NotAUsername(f"another site: {visible(host, 60)}" if host else "a link without a host")
    return _from_path([_cleaned(_decoded(part)) for part in path.split("/") if part])


def _host_and_path(rest: str) -> tuple[str, str]:
    address = re.split(r"[?#]", rest, maxsplit=1)[0]
    host, _, path = address.partition("/")
    # Only ASCII is lowered: lower() turns a Kelvin sign into a plain k, and hosts are compared exactly.
    host = host.lower() if host.isascii() else host
    return host.removesuffix(":443").removesuffix(":80").removesuffix("."), path


def _from_path(parts: list[str]) -> str:
    if parts and parts[0] == "_u":  # the apps' way of writing a profile's link
        parts = parts[1:]
    if not parts:
        raise NotAUsername(_NO_NAME)
    first, rest = parts[0].lower(), parts[1:]
    if first == "stories":
        return _from_story(rest)
    if first in _OTHER_LINKS:
        raise NotAUsername(_OTHER_LINKS[first])
    if rest and rest[0].lower() in _OTHER_LINKS and (len(rest) > 1 or rest[0].lower() not in _TABS):
        raise NotAUsername(_OTHER_LINKS[rest[0].lower()])
    name = _checked(parts[0].removeprefix("@"))
    if rest and (len(rest) > 1 or rest[0].lower() not in _TABS):
        raise NotAUsername("a link to something else than a profile")
    return name


def _from_story(rest: list[str]) -> str:
    if not rest:
        raise NotAUsername(_NO_NAME)
    if rest[0].lower() == "highlights":
        raise NotAUsername("a highlight's link, not a profile's")
    if len(rest) > 2 or (len(rest) == 2 and not (rest[1].isascii() and rest[1].isdigit())):
        raise NotAUsername("a link to something else than a profile")
    return _checked(rest[0].removeprefix("@"))


def _decoded(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise NotAUsername("has percent signs that stand for no text") from None
