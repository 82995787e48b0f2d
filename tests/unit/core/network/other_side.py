"""The limits as the platform would count them: from the moments at which it was asked and had answered."""

from __future__ import annotations

from collections import defaultdict

from core.domain.limits import DAY, HOUR, MINUTE, Limits
from core.network.pool import Lease


class Platform:
    """What the other side has seen, and may see."""

    def __init__(self) -> None:
        self.asked: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
        self.answered: dict[int, float] = {}

    def asks(self, now: float, lease: Lease, limits: Limits) -> None:
        """A request arrives."""
        session, proxy = ("session", lease.session_id), ("proxy", lease.proxy_id)
        windows = [
            (session, limits.per_route_hour, HOUR),
            (session, limits.per_route_day, DAY),
            (proxy, limits.per_proxy_hour, HOUR),
            (proxy, limits.per_proxy_day, DAY),
            (("all", 0), limits.global_per_minute, MINUTE),
        ]
        if lease.loan.look_up:
            looked_up = ("looked up", lease.session_id)
            windows += [(looked_up, limits.lookups_hour, HOUR), (looked_up, limits.lookups_day, DAY)]
        for whose, most, span in windows:
            recent = [at for at in self.asked[whose] if at > now - span]
            assert most is None or len(recent) < most, (whose, most, span, recent, now)
        for whose in {whose for whose, _, _ in windows}:
            self.asked[whose].append(now)
        last = self.answered.get(lease.session_id)
        assert last is None or now >= last + limits.route_gap_seconds
