"""What the pool lends: proxies, sessions bound to them, and when each may be used.

Owns the records that are put in, and the live state behind them.  It speaks of one route or proxy
at a time; who comes first is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import inf

from core.domain.health import ProxyHealth, ProxyState, SessionHealth
from core.domain.proxy_address import ProxyAddress
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN, ProxyLimits
from core.network.pace import Pace, Rates
from core.network.ranking import Ranking
from core.network.windows import Sends
from core.sources.base import Login

# The two kinds of question that limits tell apart; they index the pairs of rankings.
ANY_QUESTION = 0
LOOK_UP = 1


@dataclass(frozen=True, slots=True)
class RouteKey:
    """A session and the proxy that it is bound to."""

    proxy_id: int
    session_id: int


@dataclass(frozen=True, slots=True)
class ProxyRecord:
    """A proxy as it is put into the pool.

    Args:
        health: Its health from now on, which is the pool's to count in; None keeps what the pool knows (new: unknown).
    """

    id: int
    address: ProxyAddress
    enabled: bool = True
    health: ProxyHealth | None = None
    limits: ProxyLimits = NO_LIMITS_OF_ITS_OWN


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session as it is put into the pool.

    Args:
        proxy_id: The proxy it is bound to; None: it is not used.
        health: Its health from now on, which is how a person unfreezes it, and the pool's to count in; None keeps
            what the pool knows.
        created_at: Since when it counts as new.
    """

    id: int
    proxy_id: int | None
    login: Login
    created_at: datetime
    enabled: bool = True
    health: SessionHealth | None = None


class PooledProxy:
    """A proxy in the pool.  One that sessions name but nobody has put in has no address, and carries nothing.

    ``ready`` holds its routes that could ask at once if the proxy can carry: a ranking for any
    question and one for look-ups, by how long they rested.
    """

    __slots__ = (
        "_parallel",
        "address",
        "cooling",
        "enabled",
        "grant",
        "health",
        "id",
        "kept",
        "limits",
        "probing",
        "rates",
        "ready",
        "rest_until",
        "routes",
        "sends",
    )

    def __init__(self, proxy_id: int) -> None:
        self.id = proxy_id
        self.address: ProxyAddress | None = None
        self.enabled = False
        self.health = ProxyHealth()
        self.probing = False
        self.cooling = False
        self.limits = NO_LIMITS_OF_ITS_OWN
        self.rest_until = -inf
        self.sends = Sends()
        self.routes: dict[Route, None] = {}
        self.ready: tuple[Ranking[Route], Ranking[Route]] = (Ranking(), Ranking())
        self.rates = Rates(None, None)
        self.kept = self.rates.kept
        self.grant = 0  # how many exchanges a session over it is granted at a time; 0: nothing limits it
        self._parallel = 1

    @property
    def in_service(self) -> bool:
        """It carries now, or will without a person's help."""
        return self.enabled and self.address is not None

    def take_health(self, health: ProxyHealth, rest_until: float) -> None:
        """Be as *health* says.  While quarantined it has to pass a probe, so it carries one at a time."""
        self.health, self.rest_until = health, rest_until
        self.probing = health.state is ProxyState.QUARANTINED
        self.cooling = health.state is ProxyState.COOLING

    def keep_to(self, pace: Pace) -> None:
        """Follow *pace* from now on, where the proxy has no limits of its own."""
        own = self.limits
        general = pace.proxy_sends
        if own.per_hour is None and own.per_day is None:
            self.rates = general
        else:
            self.rates = Rates(
                general.hour if own.per_hour is None else own.per_hour or None,
                general.day if own.per_day is None else own.per_day or None,
            )
        self.kept = self.rates.kept
        self.grant = pace.grant(self.rates)
        self._parallel = own.parallel or pace.proxy_parallel

    def opens_at(self) -> float:
        """When rest and windows let it carry one more; infinity while exchanges under way fill a window."""
        return max(self.rest_until, self.rates.free_at(self.sends))

    def is_full(self) -> bool:
        """Whether exchanges under way leave no place for one more at once."""
        return self.sends.under_way >= (1 if self.probing else self._parallel)


class Route:
    """A session in the pool, with the proxy that it is bound to.

    Args:
        order: Settles who comes first among routes that rested equally long: the one with the lower number.
    """

    __slots__ = (
        "chance",
        "counted",
        "created",
        "enabled",
        "health",
        "last_used",
        "login",
        "look_ups",
        "order",
        "present",
        "proxy",
        "rest_until",
        "sends",
        "session_id",
    )

    def __init__(self, session_id: int, *, login: Login, order: int) -> None:
        self.session_id = session_id
        self.login = login
        self.order = order
        self.created = -inf
        self.proxy: PooledProxy | None = None
        self.present = True
        self.enabled = True
        self.counted = False  # among the routes in service
        self.health = SessionHealth()
        self.last_used = -inf
        self.chance = 0.0  # which part of the gap's jitter applies
        self.rest_until = -inf
        self.sends = Sends()
        self.look_ups = Sends()

    @property
    def in_service(self) -> bool:
        """It may ask now, or later without a person's help."""
        proxy = self.proxy
        return self.present and self.enabled and proxy is not None and proxy.in_service and not self.health.frozen

    def ready_at(self, pace: Pace, now: float) -> float:
        """When the session itself may ask: rest, gap and windows.  Its proxy is another matter."""
        gap_end = self.last_used + pace.gap * (1.0 + pace.jitter * self.chance)
        free_at = self._free_at(self.sends, pace.sends, pace.young_sends, pace, now)
        return max(gap_end, self.rest_until, free_at)

    def look_up_at(self, pace: Pace, now: float) -> float:
        """When the session itself may look up."""
        free_at = self._free_at(self.look_ups, pace.look_ups, pace.young_look_ups, pace, now)
        return max(self.ready_at(pace, now), free_at)

    def _free_at(self, sends: Sends, rates: Rates, young_rates: Rates, pace: Pace, now: float) -> float:
        """When the windows have a place: narrower ones while the session is new."""
        at = rates.free_at(sends)
        mature_at = self.created + pace.young_seconds
        if now < mature_at:
            young = young_rates.free_at(sends)
            return young if young <= mature_at else max(mature_at, at)
        return at
