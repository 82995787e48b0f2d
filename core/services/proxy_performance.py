"""Puts together how each proxy did over some hours."""

from __future__ import annotations

from datetime import datetime

from core.domain.limits import Limits
from core.domain.response_times import BUCKETS, percentile
from core.services.pool_views import proxy_view
from core.services.views import ProxyView
from core.services.views.monitoring import ProxyPerformance
from core.services.views.reasons import stored_in_words
from core.storage import failed_exchanges, proxies, standing
from core.storage.database import Database
from core.storage.failed_exchanges import Performed
from core.storage.pool_rows import load_limits

_OFF = "off"
_REMOVED = "removed"
_UNJUDGED = "unjudged"
_NOTHING = (0,) * BUCKETS


async def proxy_performance(
    db: Database, now: datetime, base: Limits, since: datetime, count: int
) -> tuple[ProxyPerformance, ...]:
    """Up to *count* proxies, those with the most failures first, those that carried nothing last."""
    performed = await failed_exchanges.performance(db, since, count)
    ids = [each.proxy_id for each in performed]
    idle = await standing.other_proxies(db, ids, count - len(ids))
    performed += [Performed(proxy, 0, 0, 0, 0, _NOTHING) for proxy in idle]
    shown = [*ids, *idle]
    names = await standing.proxy_names(db, shown)
    worst = await failed_exchanges.most_frequent(db, since, ids)
    limits = await load_limits(db, base)
    sessions = await standing.sessions_of(db, shown)
    rows = await proxies.of_ids(db, shown)
    views = {row["id"]: proxy_view(row, (), None, limits, now) for row in rows}
    return tuple(
        _performance(
            each,
            names[each.proxy_id],
            views.get(each.proxy_id),
            sessions.get(each.proxy_id, 0),
            stored_in_words(worst[each.proxy_id]) if each.proxy_id in worst else "",
        )
        for each in performed
    )


def _performance(
    performed: Performed, name: str, proxy: ProxyView | None, sessions: int, worst: str
) -> ProxyPerformance:
    return ProxyPerformance(
        proxy=performed.proxy_id,
        label=name,
        state=_REMOVED if proxy is None else proxy.state if proxy.enabled else _OFF,
        ready_at=None if proxy is None or not proxy.enabled else proxy.ready_at,
        sessions=sessions,
        exchanges=performed.exchanges,
        failures=performed.failures,
        failed_by_proxy=performed.own,
        rate_limited=performed.rate_limited,
        success_share=1 - performed.failures / performed.exchanges if performed.exchanges > 0 else None,
        p50_ms=percentile(performed.times, 0.5),
        p95_ms=percentile(performed.times, 0.95),
        worst=worst,
        level=_UNJUDGED if proxy is None else proxy.level,
    )
