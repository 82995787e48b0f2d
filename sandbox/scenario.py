"""What a sandbox is made of: how many people, proxies and sessions, what the platform allows, what goes wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sandbox.faults import Faults
from sandbox.reading import check_at_least, check_share, from_json

_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A deterministic world; the same scenario makes the same people, sessions, proxies and faults.

    Args:
        live_share: Of the public profiles.
        canaries: Public profiles that always have a live story and are not among the usernames.
        https: The platform answers over TLS too, with a certificate of a new authority.
        port: The platform's; proxies follow on the next ones.  0 chooses free ones.
        password_share: Of the proxies: 0.5 makes every second one ask for user and password.
        socks_share: Of the proxies: 0.2 makes every fifth one speak SOCKS5.
        ids_known: The list of usernames brings the platform's ids.
        shortest_left_seconds: No story of the start ends sooner, and none begins sooner.
        session_per_minute: Requests of one session; more get a 429.
        address_per_minute: Requests from one source address; more get a 429.
        gap_seconds: Shortest time from an answer to the session's next request; sooner ones are *early*.
        gap_enforced: Early requests get a 429.
        tells_retry_after: The 429 of these limits says how long to wait.
        own_addresses: Each proxy leaves from a loopback address of its own.  Detected when None.
    """

    seed: int = 1
    profiles: int = 400
    proxies: int = 10
    sessions_per_proxy: int = 1
    niches: tuple[str, ...] = ("city walks", "home bakers", "trail runners")
    live_share: float = 0.4
    private_share: float = 0.03
    gone_share: float = 0.02
    canaries: int = 4
    https: bool = False
    port: int = 0
    password_share: float = 0.5
    socks_share: float = 0.2
    ids_known: bool = False
    shortest_left_seconds: float = 1800.0
    session_per_minute: int | None = None
    session_per_hour: int | None = None
    address_per_minute: int | None = None
    address_per_hour: int | None = None
    gap_seconds: float = 0.0
    gap_enforced: bool = True
    tells_retry_after: bool = True
    own_addresses: bool | None = None
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        check_share(
            live_share=self.live_share,
            private_share=self.private_share,
            gone_share=self.gone_share,
            password_share=self.password_share,
            socks_share=self.socks_share,
        )
        if self.private_share + self.gone_share > 1.0:
            raise ValueError("gone_share: private_share and gone_share are more than 1 together")
        check_at_least(0, profiles=self.profiles, proxies=self.proxies, canaries=self.canaries, port=self.port)
        check_at_least(0, gap_seconds=self.gap_seconds, shortest_left_seconds=self.shortest_left_seconds)
        check_at_least(1, sessions_per_proxy=self.sessions_per_proxy, niches=len(self.niches))
        check_at_least(1, session_per_minute=self.session_per_minute, session_per_hour=self.session_per_hour)
        check_at_least(1, address_per_minute=self.address_per_minute, address_per_hour=self.address_per_hour)
        if self.shortest_left_seconds > 6 * 3600:
            raise ValueError("shortest_left_seconds: stories last 24 h; it takes at most 21600")
        if self.port and self.port + self.proxies + 1 > _LAST_PORT:
            raise ValueError(f"port: {self.port} leaves no room for {self.proxies} proxies below {_LAST_PORT}")

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """A scenario file; what it does not name has its default.

        Raises:
            ValueError: One sentence that names the field.
        """
        return from_json(cls, text, "the scenario")

    def limits(self) -> dict[str, str]:
        """Operating limits under which a client never meets a 429 of this platform, by the name they are set by."""
        gap = max(
            self.gap_seconds,
            60.0 / self.session_per_minute if self.session_per_minute else 0.0,
            60.0 * self.sessions_per_proxy / self.address_per_minute if self.address_per_minute else 0.0,
        )
        return {
            "per_route_hour": _number(self.session_per_hour),
            "per_route_day": "none",
            "route_gap_seconds": f"{math.ceil(gap * 1000) / 1000:g}",
            "route_gap_jitter": "0",
            "lookups_hour": "none",
            "lookups_day": "none",
            "new_session_days": "0",
            "per_proxy_hour": _number(self.address_per_hour),
            "per_proxy_day": "none",
            "rest_scale": "0.002",
        }


def _number(value: int | None) -> str:
    return "none" if value is None else str(value)
