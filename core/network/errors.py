"""What goes wrong between the engine and the platform.  Never shown to people as it is."""

from __future__ import annotations

from datetime import datetime

from core.domain.verdict import Blame, Reason


class TransportError(Exception):
    """An exchange ended without an answer of the platform.  Dies in the check.

    Args:
        phase: How far it came: ``connect``, ``send``, ``headers``, ``body``.
        reason: ``timeout``, ``net_error`` or ``proxy_error``, or what else the wire itself told.
        detail: A few words for the log, without addresses or passwords.
    """

    def __init__(self, phase: str, reason: Reason, blame: Blame, detail: str = "") -> None:
        super().__init__(f"{reason.value} while in {phase}" + (f": {detail}" if detail else ""))
        self.phase = phase
        self.reason = reason
        self.blame = blame
        self.detail = detail


class NoRouteAvailable(Exception):
    """No route can be ready within the claim.

    Args:
        retry_at: When one will be, as far as is known; None: not without a person.
    """

    def __init__(self, retry_at: datetime | None) -> None:
        super().__init__("no route is usable" if retry_at is None else f"no route is ready before {retry_at:%H:%M:%S}")
        self.retry_at = retry_at
