"""Views of people, of who is signed in, and of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.domain.actor import Actor, Role
from core.secrets import Secret


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who may sign in to the panel or speak to the bot.

    Args:
        has_password: Whether one was ever set; without it a one-time link or Discord leads in.
        sign_ins: How many browsers are signed in now.
    """

    id: int
    name: str
    role: str
    enabled: bool
    has_password: bool
    discord_id: str | None
    sign_ins: int
    created_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that lets a person choose a password and signs them in, once.

    Args:
        url: As good as a password until it is used.
    """

    person: PersonView
    url: Secret
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PairingCode:
    """A code with which a user of Discord becomes this person, once.

    Args:
        code: In groups of four signs, as people type it.
    """

    person: PersonView
    code: Secret
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in, and whose it is, as of the last look.

    Args:
        id: Of the sign-in; worth nothing without the token, which only the browser has.
        appearance: How the person wants the panel to look.
    """

    id: str
    person_id: int
    name: str
    role: Role
    appearance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who asks when this browser does."""
        return Actor(f"panel:{self.name}", self.role)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A sign-in that began just now.

    Args:
        token: For the browser alone; it is stored nowhere else.
    """

    token: Secret
    signed_in: SignedIn


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a one-time link is for.

    Args:
        name: Who is to choose a password; None where nobody exists yet, and the name is chosen too.
    """

    name: str | None


@dataclass(frozen=True, slots=True)
class AuditEntryView:
    """Who did what, when, to what.

    Args:
        verb: Noun and verb, as in ``niche.rename``.
    """

    id: int
    at: datetime
    actor: str
    verb: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines of the audit log, the newest first.

    Args:
        after: What to ask on with for older ones; None where there are none.
    """

    entries: tuple[AuditEntryView, ...]
    after: int | None
