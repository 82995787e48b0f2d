"""What the pool has to say to storage: health as it is, and what happened since it was last asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.domain.health import ProxyHealth, SessionHealth
from core.domain.hourly_count import HourlyCount
from core.domain.minute_count import MinuteCount
from core.domain.transition import Transition
from core.sources.base import Login


@dataclass(frozen=True, slots=True)
class ProxySnapshot:
    """A proxy's health at one moment."""

    id: int
    health: ProxyHealth


@dataclass(frozen=True, slots=True)
class SessionSnapshot:
    """A session's health at one moment.

    Args:
        login: What the platform renewed since the last snapshot; None when nothing.
    """

    id: int
    health: SessionHealth
    login: Login | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved since somebody last asked.

    Args:
        transitions: Changes of state in their order.
        hourly: Exchanges that ended, by the hour, as *minutes* by the minute.
    """

    proxies: tuple[ProxySnapshot, ...]
    sessions: tuple[SessionSnapshot, ...]
    transitions: tuple[Transition, ...] = ()
    hourly: tuple[HourlyCount, ...] = ()
    minutes: tuple[MinuteCount, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.proxies or self.sessions or self.transitions or self.hourly or self.minutes)

    @property
    def health_alone(self) -> Changes:
        """Without what must not be stored twice."""
        return replace(self, transitions=(), hourly=(), minutes=())
