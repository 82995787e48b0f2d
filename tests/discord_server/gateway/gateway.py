"""Where the gateway is entered: who is let in, who may come back, and what a test does to those inside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.discord_server.gateway.connection import Connection, Frame, open_connection
from tests.discord_server.gateway.sessions import GatewaySession
from tests.discord_server.hub import PATIENCE_SECONDS
from tests.discord_server.wire import API_VERSION, PRIVILEGED, Intent, Json, Op
from tests.discord_server.world import World

# The codes that the gateway closes with.
UNKNOWN_OP = 4001
DECODE_ERROR = 4002
NOT_AUTHENTICATED = 4003
AUTHENTICATION_FAILED = 4004
ALREADY_AUTHENTICATED = 4005
INVALID_VERSION = 4012
INVALID_INTENTS = 4013
DISALLOWED_INTENTS = 4014


class Gateway:
    """The gateway of one server.

    Args:
        down: True refuses connections with 503.
        frames: All that clients sent, oldest first.
        identified: How often a client began a new session.
        resumed: How often one came back to an old one.
    """

    def __init__(self, world: World) -> None:
        self.url = ""
        self.down = False
        self.acknowledging = True
        self.frames: list[Frame] = []
        self.identified = 0
        self.resumed = 0
        self._world = world
        self._refusing: list[int] = []
        self._sessions: dict[str, GatewaySession] = {}
        self._connections: set[Connection] = set()
        world.hub.listen(self._hear)

    # -- what tests do ---------------------------------------------------------------

    @property
    def connected(self) -> int:
        """How many sessions have a connection."""
        return sum(session.connection is not None for session in self._sessions.values())

    @property
    def reachable(self) -> bool:
        """Whether anybody hears an event now or may still come back for it."""
        return any(session.connection is not None or session.can_resume(0) for session in self._sessions.values())

    def reconnect(self) -> None:
        """Ask all clients to come back (op 7)."""
        self._to_all({"op": int(Op.RECONNECT), "t": None, "s": None, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell all clients that their session is no good (op 9); unless *resumable*, it is forgotten."""
        if not resumable:
            self._sessions = {}
        self._to_all({"op": int(Op.INVALID_SESSION), "t": None, "s": None, "d": resumable})

    def close(self, code: int) -> None:
        """Close all connections with *code*."""
        for connection in self._connections:
            connection.close(code)

    def drop(self) -> None:
        """Cut all connections."""
        for connection in list(self._connections):
            connection.drop()

    def refuse(self, code: int, times: int = 1) -> None:
        """Close the next *times* connections with *code* when they identify or resume."""
        self._refusing += [code] * times

    def send_raw(self, name: str, data: Json) -> None:
        """Send an event to every session, whatever it holds."""
        for session in self._sessions.values():
            session.send(name, data)

    async def wait_for(
        self, fits: Callable[[Gateway], object], what: str = "a connection", *, patience: float = PATIENCE_SECONDS
    ) -> None:
        """Return when *fits* is true of this gateway."""
        await self._world.hub.until(lambda: bool(fits(self)), what, patience)

    async def wait_until_connected(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Return when a client is in."""
        await self.wait_for(lambda gateway: gateway.connected, "a client of the gateway", patience=patience)

    def _to_all(self, frame: Json) -> None:
        for connection in self._connections:
            connection.send(frame)

    def _hear(self, name: str, data: Json, intent: Intent) -> None:
        for session in self._sessions.values():
            session.hear(name, data, intent)

    # -- connections -----------------------------------------------------------------

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection to its end."""
        if self.down:
            raise web.HTTPServiceUnavailable
        connection, sending, socket = await open_connection(request)
        connection.acknowledging = self.acknowledging
        if request.query.get("v") != str(API_VERSION) or request.query.get("encoding") != "json":
            connection.close(INVALID_VERSION)
        self._connections.add(connection)
        try:
            with suppress(ConnectionError):
                while (frame := await connection.receive()) is not None:
                    self._receive(connection, frame)
        finally:
            sending.cancel()
            self._connections.discard(connection)
            self._leave(connection)
        return socket

    def _leave(self, connection: Connection) -> None:
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            session.lost_at = self._world.hub.clock.now()
            if connection.said_goodbye:
                self._sessions.pop(session.id, None)
        self._world.hub.changed()

    def _receive(self, connection: Connection, frame: Json) -> None:
        op, data = frame.get("op"), frame.get("d")
        self.frames.append(Frame(self._world.hub.clock.now(), -1 if op is None else op, data))
        if op == Op.HEARTBEAT:
            if connection.acknowledging:
                connection.send({"op": int(Op.HEARTBEAT_ACK), "t": None, "s": None, "d": None})
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        elif op not in (Op.PRESENCE, Op.VOICE_STATE, Op.REQUEST_MEMBERS):
            connection.close(DECODE_ERROR if op is None else UNKNOWN_OP)
        elif connection.session is None:
            connection.close(NOT_AUTHENTICATED)
        elif op == Op.REQUEST_MEMBERS:
            self._give_members(connection.session, data)
        self._world.hub.changed()

    def _identify(self, connection: Connection, data: Any) -> None:
        code = self._objection(connection, data)
        intents = Intent(data["intents"])
        if code is None and intents & PRIVILEGED & ~self._world.application.approved:
            code = DISALLOWED_INTENTS
        if code is not None:
            connection.close(code)
            return
        session = GatewaySession(self._world, intents, data.get("shard"), connection)
        self._sessions[session.id] = session
        connection.session = session
        self.identified += 1
        guilds = [guild for guild in self._world.guilds.values() if guild.bot is not None]
        ready: Json = {
            "v": API_VERSION,
            "user": self._world.bot.own_payload(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(self._world.application.id), "flags": self._world.application.flags},
            "session_type": "normal",
        }
        if session.shard is not None:
            ready["shard"] = session.shard
        session.send("READY", ready)
        for guild in guilds:
            session.hear("GUILD_CREATE", guild.arrival(), Intent.GUILDS)

    def _resume(self, connection: Connection, data: Any) -> None:
        code = self._objection(connection, data)
        if code is not None:
            connection.close(code)
            return
        session = self._sessions.get(data["session_id"])
        after = data["seq"]
        if session is None or after is None or not session.can_resume(after):
            connection.send({"op": int(Op.INVALID_SESSION), "t": None, "s": None, "d": False})
            return
        if session.connection is not None:
            session.connection.drop()
        connection.session, session.connection, session.lost_at = session, connection, None
        self.resumed += 1
        session.replay(after)

    def _objection(self, connection: Connection, data: Any) -> int | None:
        """The code to close with for a client that may not come in."""
        if self._refusing:
            return self._refusing.pop(0)
        if connection.session is not None:
            return ALREADY_AUTHENTICATED
        return None if data["token"] == self._world.token else AUTHENTICATION_FAILED

    def _give_members(self, session: GatewaySession, data: Any) -> None:
        """Answer a client that asks who is in a guild, in one piece."""
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = [int(user) for user in data.get("user_ids") or ()]
        query = data.get("query")
        members = [
            member.payload()
            for member in guild.members.values()
            if not wanted or member.id in wanted
            if not query or member.user.name.startswith(query)
        ]
        chunk: Json = {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1}
        if data.get("nonce"):
            chunk["nonce"] = data["nonce"]
        session.send("GUILD_MEMBERS_CHUNK", chunk)
