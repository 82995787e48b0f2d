"""The verbs that say which roles of a Discord server may do what; a role that is not named may do nothing."""

from __future__ import annotations

from collections.abc import Sequence

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import InvalidInput, NotFound
from core.services.views.channels import DiscordRoleView
from core.storage import audit
from core.storage import discord_roles as rows
from core.storage.database import Database, Row


class DiscordRoles:
    """Roles of Discord servers, and what they stand for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, actor: Actor) -> tuple[DiscordRoleView, ...]:
        """All roles that may do something."""
        actor.must_be(Role.ADMIN, "see what Discord roles may do")
        return tuple(_view(row) for row in await rows.every(self._database))

    async def set(
        self, actor: Actor, role_id: int, role: Role, *, guild_id: int, label: str = ""
    ) -> tuple[DiscordRoleView, ...]:
        """Let the members of a Discord role do what *role* covers.

        Args:
            label: What the role is called in Discord, for people who read the list.

        Raises:
            InvalidInput: These are no ids.
        """
        actor.must_be(Role.ADMIN, "say what Discord roles may do")
        if role_id <= 0 or guild_id <= 0:
            raise InvalidInput("role", "give the number that Discord shows for it with developer mode on")
        at = self._clock.now()
        async with self._database.transaction() as tx:
            await rows.put(tx, str(role_id), guild_id=str(guild_id), role=role.name.lower(), label=label, at=at)
            await audit.note(tx, actor, "discord.role", label or str(role_id), role.name.lower(), at)
        return await self.list(actor)

    async def clear(self, actor: Actor, role_id: int) -> tuple[DiscordRoleView, ...]:
        """Let the members of a Discord role do nothing.

        Raises:
            NotFound: They could do nothing before.
        """
        actor.must_be(Role.ADMIN, "say what Discord roles may do")
        async with self._database.transaction() as tx:
            if not await rows.remove(tx, str(role_id)):
                raise NotFound(f"The Discord role {role_id} may do nothing here; there is nothing to take away.")
            await audit.note(tx, actor, "discord.role", str(role_id), "nothing", self._clock.now())
        return await self.list(actor)

    # Asked by the bot about somebody whom it does not know yet, so there is no actor.
    async def highest_of(self, guild_id: int, role_ids: Sequence[int]) -> Role | None:
        """The most that somebody with these roles in a server may do; None is nothing."""
        found = await rows.of_member(self._database, str(guild_id), [str(each) for each in role_ids])
        return max((Role[name.upper()] for name in found), default=None)


def _view(row: Row) -> DiscordRoleView:
    return DiscordRoleView(int(row["role_id"]), int(row["guild_id"]), Role[row["role"].upper()], row["label"])
