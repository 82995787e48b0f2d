"""Which finished checks of a batch are meant: all, those with one outcome, or with one reason.  Pure."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.verdict import Outcome, Reason


@dataclass(frozen=True, slots=True)
class CheckFilter:
    """Conditions on finished checks; each left out does not count.

    Args:
        reason: Of a check that stayed unknown, so it takes that outcome.
        username: How the username begins, as somebody types it: ``@Bak`` works.
    """

    outcome: Outcome | None = None
    reason: Reason | None = None
    username: str = ""

    @property
    def prefix(self) -> str:
        """The beginning in the one spelling of usernames."""
        return self.username.strip().removeprefix("@").lower()
