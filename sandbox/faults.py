"""What goes wrong on purpose: on the platform, with sessions, with profiles, with proxies.  All off by default.

Every share is decided by the seed and by how many requests the session has made, so that the same
requests meet the same faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sandbox.reading import check_at_least, check_share, from_json


class ProxyFault(StrEnum):
    """What a proxy does instead of its work."""

    NONE = "none"
    REFUSE = "refuse"  # nobody listens; the same port opens again when the fault ends
    HANG = "hang"
    CLOSE = "close"  # accepts, then closes at once
    WRONG_PASSWORD = "wrong_password"
    ERROR_502 = "error_502"
    ERROR_503 = "error_503"
    ERROR_504 = "error_504"
    PORTAL = "portal"  # a sign-in page of its own with 200
    EXPIRED_402 = "expired_402"
    EXPIRED_403 = "expired_403"
    RESET_MID_BODY = "reset_mid_body"
    DRIP = "drip"
    GARBAGE = "garbage"
    TLS_FAILURE = "tls_failure"  # tunnels break in the handshake; plain requests pass
    GZIP_BOMB = "gzip_bomb"


class Endpoint(StrEnum):
    """What the platform was asked for; the journal's *kind*."""

    STORIES = "stories"
    LOOK_UP_NAME = "look_up_name"
    LOOK_UP_ID = "look_up_id"
    TRAY = "tray"
    SEARCH = "search"
    OTHER = "other"


class Told(StrEnum):
    """How ``Retry-After`` is written."""

    SECONDS = "seconds"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """One row of the failure table as the answer to the requests that match.

    Args:
        row: 1 to 35; 33 shows nobody, 34 leaves *profile* out (all but the canaries without one), 35 is a good answer.
        variant: Which of the row's answers, from 1; by chance without.
        share: Of the matching requests.
        session: An account (``ds_user_id``).
        address: A source address, such as ``127.0.0.2``.
        profile: A username, asked for by name or by id, alone or in a group.
        first: The first matching request that is hit, counted from 1 since the faults were set.
        last: The last one.
        retry_after: Seconds; no such header without.
    """

    row: int
    variant: int | None = None
    share: float = 1.0
    session: str | None = None
    address: str | None = None
    endpoint: Endpoint | None = None
    profile: str | None = None
    first: int = 1
    last: int | None = None
    retry_after: float | None = None
    retry_as: Told = Told.SECONDS

    def __post_init__(self) -> None:
        if not 1 <= self.row <= 35:
            raise ValueError(f"row: {self.row} is not in the failure table; it takes a whole number from 1 to 35")
        check_share(share=self.share)
        check_at_least(1, variant=self.variant, first=self.first, last=self.last)
        check_at_least(0, retry_after=self.retry_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyTrouble:
    """Proxy number *proxy* (from 1) has *fault*."""

    proxy: int
    fault: ProxyFault

    def __post_init__(self) -> None:
        check_at_least(1, proxy=self.proxy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Everything that goes wrong at one moment.

    Args:
        rows: Rows of the failure table; the first that matches wins.
        limited: Share of answers that are a 429.
        limited_sessions: Only these accounts; all of them when empty.
        retry_after: Seconds told with such a 429; no header without.
        short_share: Share of the groups larger than *short_over* whose clean answer lacks *short_by* present stories.
        flagged_sessions: How many sessions see nobody, from the start.
        blinding_sessions: How many more go blind after *blinding_after* requests.
        id_caps: From which request on (counted since the faults were set) how many ids a request may name.
        wrong_content: Share of answers that are a login page, cut, empty or garbage, with status 200.
        turned_private: Share of the live public profiles that became private while their story is live.
        turned_gone: Share of them that is gone.
        renamed: Share of them that has another name now.
        turned_after: The profiles turn when the platform has received so many requests.
        clock_skew_seconds: How far the platform's clock is ahead: ``Date`` and the times of stories alike.
        clearing: Share of good answers that clear the session's cookie.
        dead_proxies: How many proxies, chosen by the seed, refuse connections.
    """

    rows: tuple[RowFault, ...] = ()
    limited: float = 0.0
    limited_sessions: tuple[str, ...] = ()
    retry_after: float | None = None
    retry_as: Told = Told.SECONDS
    short_share: float = 0.0
    short_by: int = 2
    short_over: int = 8
    flagged_sessions: int = 0
    blinding_sessions: int = 0
    blinding_after: int = 20
    id_caps: tuple[tuple[int, int], ...] = ((1, 100),)
    slow: float = 0.0
    slow_seconds: float = 1.0
    reset: float = 0.0
    wrong_content: float = 0.0
    turned_private: float = 0.0
    turned_gone: float = 0.0
    renamed: float = 0.0
    turned_after: int = 0
    clock_skew_seconds: float = 0.0
    clearing: float = 0.0
    dead_proxies: int = 0
    proxies: tuple[ProxyTrouble, ...] = ()

    def __post_init__(self) -> None:
        check_share(
            limited=self.limited,
            short_share=self.short_share,
            slow=self.slow,
            reset=self.reset,
            wrong_content=self.wrong_content,
            turned_private=self.turned_private,
            turned_gone=self.turned_gone,
            renamed=self.renamed,
            clearing=self.clearing,
        )
        if self.turned_private + self.turned_gone + self.renamed > 1.0:
            raise ValueError("renamed: turned_private, turned_gone and renamed are more than 1 together")
        check_at_least(0, retry_after=self.retry_after, slow_seconds=self.slow_seconds, turned_after=self.turned_after)
        check_at_least(0, flagged_sessions=self.flagged_sessions, blinding_sessions=self.blinding_sessions)
        check_at_least(0, blinding_after=self.blinding_after, dead_proxies=self.dead_proxies)
        check_at_least(1, short_by=self.short_by, short_over=self.short_over)
        for first, cap in self.id_caps:
            check_at_least(1, id_caps=min(first, cap))

    @classmethod
    def from_json(cls, text: str) -> Faults:
        """Faults as a scenario file spells them; what is not named is off.

        Raises:
            ValueError: One sentence that names the field.
        """
        return from_json(cls, text, "faults")

    def id_cap(self, request: int) -> int:
        """How many ids the platform's request number *request* may name."""
        return min((cap for first, cap in self.id_caps if request >= first), default=100)
