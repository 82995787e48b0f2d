"""What an attempt asks of the pool, and whom that rules out."""

from __future__ import annotations

from dataclasses import dataclass

from core.network.routes import ANY_QUESTION, LOOK_UP, Route

CLAIM_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Needs:
    """What a lease must offer.

    Args:
        look_up: The question is a look-up, which has limits of its own.
        avoid: Sessions that are lent only when no other route can be ready within the claim.
        exclude: Sessions that are not lent.
        avoid_proxies: Proxies whose routes are lent only when no other route can be ready within the
            claim; an avoided session weighs more than an avoided proxy.
        only: The one session that will do.
        wait: The claim: seconds to wait for a route.
    """

    look_up: bool = False
    avoid: frozenset[int] = frozenset()
    exclude: frozenset[int] = frozenset()
    avoid_proxies: frozenset[int] = frozenset()
    only: int | None = None
    wait: float = CLAIM_SECONDS

    @property
    def question(self) -> int:
        """Which kind of question it is."""
        return LOOK_UP if self.look_up else ANY_QUESTION

    def bars(self) -> tuple[Bar, ...]:
        """Whom to rule out, the most wished for first; the last one rules out only the excluded."""
        if self.only is not None:
            return (Bar(self.exclude, only=self.only),)
        if not (self.avoid or self.exclude or self.avoid_proxies):
            return (NOBODY_BARRED,)
        bars = [Bar(self.exclude)]
        if self.avoid:
            bars.insert(0, Bar(self.exclude | self.avoid))
        if self.avoid_proxies:
            bars.insert(0, Bar(self.exclude | self.avoid, self.avoid_proxies))
        return tuple(bars)


ANYTHING = Needs()


@dataclass(frozen=True, slots=True)
class Bar:
    """Who may not be lent.

    Args:
        only: The one session that may be; None for all.
    """

    sessions: frozenset[int] = frozenset()
    proxies: frozenset[int] = frozenset()
    only: int | None = None

    def passes(self, route: Route) -> bool:
        """Whether *route* may be lent."""
        proxy = route.proxy
        return (
            route.session_id not in self.sessions
            and proxy is not None
            and proxy.id not in self.proxies
            and (self.only is None or self.only == route.session_id)
        )


NOBODY_BARRED = Bar()
