"""What the tab has to know of one section of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.domain.actor import Role
from panel.context import PageContext
from panel.place import Place


class Section(Protocol):
    """A section of an open page.  It is built when it is first shown, and then stays."""

    async def build(self) -> None:
        """Make its elements in the slot that is open."""

    async def show(self, place: Place) -> None:
        """Bring *place*, which is in this section, into view."""


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section.

    Args:
        name: As in the address.
        group: The heading that it stands under.
        role: Who may read it.
        counted: Which count of the sidebar's topic stands beside it; empty without one.
    """

    name: str
    label: str
    group: str
    make: Callable[[PageContext], Section]
    role: Role = Role.VIEWER
    counted: str = ""
