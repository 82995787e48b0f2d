"""What one commit stores of what happened: the log, the alerts that it is worth, the figures by hour and by minute.

All of it is added, never overwritten, so it must not be stored twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.alarms import NewAlert, alert_for, alert_for_failing
from core.domain.health import ProxyHealth
from core.domain.hourly_count import HourlyCount
from core.domain.limits import Limits
from core.domain.minute_count import MinuteCount
from core.domain.transition import Transition
from core.storage import alerts, hourly_stats, minute_stats, resource_events
from core.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened since the last commit.

    Args:
        failing: Proxies, by id, that people have to be told of.
        limits: Those by which they fail.
    """

    transitions: Sequence[Transition]
    hourly: Sequence[HourlyCount]
    minutes: Sequence[MinuteCount]
    failing: Sequence[tuple[int, ProxyHealth]]
    limits: Limits


async def count(tx: Transaction, happened: Happened) -> None:
    """Add the figures by hour and by minute."""
    if happened.hourly:
        await hourly_stats.add(tx, happened.hourly)
    if happened.minutes:
        await minute_stats.add(tx, happened.minutes)


async def tell(tx: Transaction, happened: Happened, at: datetime) -> None:
    """Write the log, and the alerts that it is worth."""
    news: list[NewAlert | None] = []
    if happened.transitions:
        news += map(alert_for, await resource_events.add(tx, happened.transitions))
    if happened.failing:
        names = await resource_events.addresses(tx, [proxy_id for proxy_id, _ in happened.failing])
        news += [
            alert_for_failing(proxy_id, names.get(proxy_id, "removed"), health, happened.limits)
            for proxy_id, health in happened.failing
        ]
    if worth_telling := [alert for alert in news if alert is not None]:
        await alerts.add(tx, worth_telling, at)
