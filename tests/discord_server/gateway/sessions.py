"""Gateway sessions: what they asked for, and the events that they may still have to hear."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord_server.wire import Intent, Json, Op

if TYPE_CHECKING:
    from tests.discord_server.gateway.connection import Connection
    from tests.discord_server.world import World

# How long a session without a connection can be resumed.
RESUMABLE_SECONDS = 180


@dataclass(eq=False)
class GatewaySession:
    """One identified client; it may come back after its connection broke.

    Args:
        events: All that it was to hear, by sequence number from 1.
        lost_at: When its connection went away.
    """

    world: World
    intents: Intent
    shard: list[int] | None
    connection: Connection | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    events: list[Json] = field(default_factory=list)
    lost_at: datetime | None = None

    def hear(self, name: str, data: Json, intent: Intent) -> None:
        """Pass on an event if it was asked for, now or when the client comes back."""
        if intent & self.intents == intent:
            self.send(name, self._without_content(name, data))

    def send(self, name: str, data: Json) -> None:
        """Pass on an event."""
        frame = {"op": int(Op.DISPATCH), "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def replay(self, after: int) -> None:
        """Send again what came after the event number *after*."""
        assert self.connection is not None
        for frame in self.events[after:]:
            self.connection.send(frame)
        self.send("RESUMED", {"_trace": []})

    def can_resume(self, after: int) -> bool:
        """Whether a client that heard *after* events may come back."""
        gone = 0.0 if self.lost_at is None else (self.world.hub.clock.now() - self.lost_at).total_seconds()
        return after <= len(self.events) and gone <= RESUMABLE_SECONDS

    def _without_content(self, name: str, data: Json) -> Json:
        """What a client without the intent for it sees of other people's messages."""
        if name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or Intent.MESSAGE_CONTENT in self.intents:
            return data
        bot = str(self.world.bot.id)
        named = any(user["id"] == bot for user in data["mentions"])
        if named or data["author"]["id"] == bot or "guild_id" not in data:
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}
