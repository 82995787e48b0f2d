"""Exchanges of one hour that ended alike: a value that the pool counts and storage adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HourlyCount:
    """Exchanges of one hour over one proxy that ended alike.

    Args:
        hour: Its beginning.
        count: Below 0 where so many of those counted before are counted for another blame instead.
        times: Those that brought an answer, by bucket of :mod:`core.domain.response_times`.
        last: When the last of them ended; None where nobody noted it.
    """

    hour: datetime
    proxy_id: int
    reason: str
    blame: str
    count: int
    times: tuple[int, ...]
    last: datetime | None = None
