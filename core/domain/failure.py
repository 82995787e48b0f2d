"""One exchange that went wrong, as the question of who is to blame looks at it.  A value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.verdict import Act, Blame, Reason

THROTTLES = frozenset({Reason.RATE_LIMITED, Reason.SOFT_WAIT})
FREEZES = frozenset({Act.FREEZE_EXPIRED, Act.FREEZE_CHECKPOINT})


class Named(Protocol):
    """Somebody whom a question is about."""

    @property
    def username(self) -> str:
        """The name."""


@dataclass(slots=True, eq=False)
class Failure:
    """One exchange that went wrong.

    Args:
        began: When it was sent, and ``at`` when it had ended: seconds of a clock that never goes back.
        blame: The first one, from the tables.
        act: What the tables ask of whom they blame.
        answered: An answer came, from the platform or from somebody in its place.
        probe: A quarantined proxy had to pass it.
        about: Usernames that it asked about, canaries and witnesses left out.
        rest: End of the rest that the session had before it.
        charged: Whose it is taken for until something else is known.
    """

    began: float
    at: float
    session: int
    proxy: int
    look_up: bool
    reason: Reason
    blame: Blame
    act: Act = Act.NOTHING
    answered: bool = True
    probe: bool = False
    about: tuple[str, ...] = ()
    rest: datetime | None = None
    charged: Blame = Blame.ROUTE

    @property
    def throttled(self) -> bool:
        """The platform says "too much"."""
        return self.reason in THROTTLES

    @property
    def broke(self) -> bool:
        """No answer of the platform came, and it may be the proxy's; one that calls the platform away may lie."""
        if self.blame is Blame.PLATFORM:
            return not self.answered
        return self.blame is Blame.ROUTE and not self.throttled

    @property
    def may_be_the_platforms(self) -> bool:
        """It is a sign if everybody sees it: not what never reached the platform, nor what we asked wrongly."""
        if self.blame is Blame.PROXY:
            return self.answered and self.reason is not Reason.PROXY_ERROR
        return self.blame not in (Blame.NOBODY, Blame.PROFILE)

    @property
    def may_be_the_profiles(self) -> bool:
        """The question itself may have brought it about: never "too much", never what is sure to be somebody's."""
        return not self.throttled and self.blame is not Blame.PROXY and self.act not in FREEZES
