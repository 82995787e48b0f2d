"""The servers that the bot is in, as it sees them now: for choosing a channel or a role instead of copying numbers.

Only a process whose bot is connected knows any; nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.domain.actor import Actor, Role
from core.services.views.channels import DiscordServerView

Read = Callable[[], tuple[DiscordServerView, ...]]


class DiscordServers:
    """What the connected bot sees of its servers."""

    def __init__(self) -> None:
        self._read: Read | None = None

    @contextmanager
    def told_by(self, read: Read) -> Iterator[None]:
        """Ask *read* while the block runs."""
        self._read = read
        try:
            yield
        finally:
            # Whoever came meanwhile stays.
            if self._read is read:
                self._read = None

    def list(self, actor: Actor) -> tuple[DiscordServerView, ...]:
        """The servers by name, each with the channels in which the bot may write; none while it is not connected."""
        actor.must_be(Role.VIEWER, "see the channels of Discord's servers")
        return () if self._read is None else self._read()
