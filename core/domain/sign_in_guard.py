"""How often a sign-in may fail: strict for one name from one address, looser for a name over all addresses.

Counts and decides; checks no password.  Times are seconds of a steady clock.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from core.errors import TooManyTries

WINDOW = 300.0
PAIR_TRIES = 5
BLOCK = 900.0
# An office shares an address; far more failures than its people make are somebody trying names.
ADDRESS_TRIES = 50
# A name that many addresses guess is slowed, not blocked: each further failure doubles the time to the next try.
NAME_TRIES = 20
LONGEST_DELAY = 300.0
NAME_FORGOTTEN = 3_600.0
# An entry is a few hundred bytes, so all of them together stay below 10 MB.
MOST_KEPT = 10_000

_IPV6_NETWORK = 64
_LONGEST_KEPT_NAME = 120


@dataclass(frozen=True, slots=True)
class Try:
    """A sign-in that is being looked at; it counts as failed until it is told to have succeeded.

    Args:
        left: How many more may fail before the pause.
        first_from_there: No other failed from this address lately.
    """

    address: str
    name: str
    left: int
    first_from_there: bool


class _Ending(Protocol):
    def is_over(self, now: float) -> bool:
        """Nothing follows from it any more."""


K = TypeVar("K")
V = TypeVar("V", bound=_Ending)


@dataclass(slots=True)
class _Window:
    failures: deque[float] = field(default_factory=deque)
    blocked_until: float = 0.0

    def wait(self, now: float) -> float:
        return max(0.0, self.blocked_until - now)

    def fail(self, now: float, most: int) -> None:
        """Count a failure; the last of *most* in the window begins a block, after which counting starts again."""
        if 0.0 < self.blocked_until <= now:
            self.blocked_until = 0.0
            self.failures.clear()
        while self.failures and self.failures[0] <= now - WINDOW:
            self.failures.popleft()
        self.failures.append(now)
        if len(self.failures) >= most:
            self.blocked_until = now + BLOCK

    def is_over(self, now: float) -> bool:
        return self.blocked_until <= now and (not self.failures or self.failures[-1] <= now - WINDOW)


@dataclass(slots=True)
class _Slope:
    failures: int = 0
    last: float = 0.0

    def wait(self, now: float) -> float:
        if self.failures < NAME_TRIES or self.is_over(now):
            return 0.0
        # The exponent is capped, not the product: a name may be guessed for weeks.
        delay = min(LONGEST_DELAY, 2.0 ** min(self.failures - NAME_TRIES, 30))
        return max(0.0, self.last + delay - now)

    def fail(self, now: float) -> None:
        self.failures = 1 if self.is_over(now) else self.failures + 1
        self.last = now

    def is_over(self, now: float) -> bool:
        return self.failures == 0 or self.last <= now - NAME_FORGOTTEN


class SignInGuard:
    """What failed lately, by address, by name and by both; forgets by itself and never grows past a bound."""

    def __init__(self) -> None:
        self._pairs: OrderedDict[tuple[str, str], _Window] = OrderedDict()
        self._addresses: OrderedDict[str, _Window] = OrderedDict()
        self._names: OrderedDict[str, _Slope] = OrderedDict()

    def __repr__(self) -> str:
        return f"<SignInGuard {len(self._pairs)} pairs, {len(self._addresses)} addresses, {len(self._names)} names>"

    def begin(self, address: str, name: str, now: float, *, at_home: bool = False) -> Try:
        """Let a sign-in be looked at.  It counts as failed at once, so that many at the same time gain nothing.

        Args:
            name: The key of the name, known or not.
            at_home: The person has signed in from this address before, and does not wait for what others guess.

        Raises:
            TooManyTries: It is too early.  Such a try does not count.
        """
        place, name = network_of(address), name[:_LONGEST_KEPT_NAME]
        pair = self._pairs.get((place, name), _Window())
        whole = self._addresses.get(place, _Window())
        slope = self._names.get(name, _Slope())
        wait = max(pair.wait(now), whole.wait(now), 0.0 if at_home else slope.wait(now))
        if wait > 0.0:
            raise TooManyTries(f"Too many sign-ins failed; try again in {_shown(wait)}.", wait)
        first = whole.is_over(now)
        pair.fail(now, PAIR_TRIES)
        whole.fail(now, ADDRESS_TRIES)
        _keep(self._pairs, (place, name), pair, now)
        _keep(self._addresses, place, whole, now)
        if not at_home:
            slope.fail(now)
            _keep(self._names, name, slope, now)
        return Try(place, name, PAIR_TRIES - len(pair.failures), first)

    def succeeded(self, attempt: Try, *, at_home: bool = False) -> None:
        """Take back what *attempt* counted, and what failed before it from there for this name."""
        self._pairs.pop((attempt.address, attempt.name), None)
        if (whole := self._addresses.get(attempt.address)) and whole.failures:
            whole.failures.pop()
            whole.blocked_until = 0.0
        if not at_home and (slope := self._names.get(attempt.name)):
            slope.failures = max(0, slope.failures - 1)


def network_of(address: str) -> str:
    """What counts as one address: an IPv6 user has a whole network of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))


def _keep(kept: OrderedDict[K, V], key: K, value: V, now: float) -> None:
    """Keep *value* as the newest; forget what is over from the old end, and where all of it is news, the oldest."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > MOST_KEPT or kept[next(iter(kept))].is_over(now):
        kept.popitem(last=False)


def _shown(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"
