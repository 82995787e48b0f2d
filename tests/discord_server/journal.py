"""Every request that came in over HTTP, with what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.discord_server.files import Attachment
from tests.discord_server.hub import PATIENCE_SECONDS, Hub

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel


@dataclass
class Seen:
    """One request.

    Args:
        at: The server's clock, so what a test's clock says.
        operation: The name in Discord's description; ``cdn`` for files.
        params: The values in the path by name.
        status: What was answered; None while nothing was, and where the connection was dropped.
    """

    at: datetime
    method: str
    path: str
    operation: str
    params: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    body: Any = None
    files: dict[int, Attachment] = field(default_factory=dict)
    status: int | None = None
    answer: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} → {self.status}"


class Requests:
    """All requests, oldest first."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._seen: list[Seen] = []

    def __iter__(self) -> Iterator[Seen]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)

    def note(self, seen: Seen) -> None:
        """Remember a request that just came in."""
        self._seen.append(seen)
        self._hub.changed()

    def clear(self) -> None:
        """Forget what was seen so far."""
        self._seen.clear()

    def of(self, operation: str, channel: Channel | None = None, status: int | None = None) -> list[Seen]:
        """Those of one operation, perhaps in one channel only, perhaps with one answer only."""
        return [
            seen
            for seen in self._seen
            if seen.operation == operation
            if channel is None or seen.params.get("channel_id") == str(channel.id)
            if status is None or seen.status == status
        ]

    def tried(self, method: str, path: str) -> list[Seen]:
        """Those of one method and exactly one path."""
        return [seen for seen in self._seen if (seen.method, seen.path) == (method, path)]

    async def wait_for(
        self, operation: str, count: int = 1, channel: Channel | None = None, *, patience: float = PATIENCE_SECONDS
    ) -> list[Seen]:
        """Those of one operation, once *count* of them were answered or dropped."""

        def enough() -> list[Seen] | None:
            found = self.of(operation, channel)
            return found if sum(seen.status is not None for seen in found) >= count else None

        return await self._hub.until(enough, f"{count} × {operation}", patience)
