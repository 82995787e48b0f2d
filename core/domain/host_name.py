"""What a host may be called: a name, an IPv4 address, an IPv6 address in brackets.  Never asks whether it exists."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_LONGEST = 253
# The underscore is in no RFC, but in the names that containers get.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


class NotAHost(ValueError):
    """The text names no host.

    Args:
        why: What is wrong and what would be right, as half a sentence; never the text itself, for in a line whose
            parts are mixed up it may be a password.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def canonical_host(text: str) -> str:
    """The one spelling of a host: lower case, ASCII, without a last dot, IPv6 compressed and without brackets.

    Raises:
        NotAHost: The text names no host.
    """
    if text.startswith("["):
        inside = text.removeprefix("[").removesuffix("]")
        if not text.endswith("]") or "%" in inside or not is_ipv6(inside):
            raise NotAHost("what stands in brackets is no IPv6 address; write [2001:db8::1]:8080")
        return IPv6Address(inside).compressed
    name = _in_ascii(text).removesuffix(".")
    if not name:
        raise NotAHost("its host is missing; write host:port")
    labels = name.split(".")
    if labels[-1].isdecimal():  # no domain ends in a number, so it is meant as an address
        if not _is_ipv4(name):
            raise NotAHost("its host is no IPv4 address; that is four numbers from 0 to 255")
        return name
    if len(name) > _LONGEST or not all(map(_LABEL.fullmatch, labels)):
        raise NotAHost("its host is no host name; that is letters, digits and hyphens between dots")
    return name


def is_ipv6(text: str) -> bool:
    """Whether *text* is an IPv6 address, without brackets."""
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _in_ascii(name: str) -> str:
    if name.isascii():
        return name.lower()
    try:
        found = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        found = None
    # Raised out here: the codec's error holds the text.
    if found is None:
        raise NotAHost("its host is no host name; write it in ASCII, xn--…")
    return found
