"""Who asks, and what their role covers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from core.errors import InvalidInput, NotAllowed


class Role(IntEnum):
    """Each role may do what the ones below it may."""

    VIEWER = 1
    OPERATOR = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.  ``name`` is what the audit log shows: ``cli:ann``, ``panel:ann``, ``discord:1234``."""

    name: str
    role: Role

    def must_be(self, role: Role, verb: str) -> None:
        """Raise unless the actor's role reaches *role*.

        Args:
            verb: What was asked, as the person would say it: "import profiles".

        Raises:
            NotAllowed: The role does not cover the verb.
        """
        if self.role < role:
            raise NotAllowed(f"To {verb} takes the role {role.name.lower()}; {self.name} is {self.role.name.lower()}.")


def role_named(text: str) -> Role:
    """The role that *text* names.

    Raises:
        InvalidInput: There is none of this name.
    """
    try:
        return Role[text.strip().upper()]
    except KeyError:
        names = ", ".join(role.name.lower() for role in Role)
        raise InvalidInput("role", f'there is none called "{text.strip()}"; the roles are {names}') from None
