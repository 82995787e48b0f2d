"""Commands made known to Discord: only when what they say changed since the last time.

Discord counts new commands by the day, and sending all of them at each start is what it asks bots not to do.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import discord
import orjson
from discord import app_commands

_log = logging.getLogger(__name__)


class KnownCommands:
    """What Discord was told last, in a file of the data directory.

    Args:
        file: One line for each server.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    async def bring(
        self, tree: app_commands.CommandTree[discord.Client], guild: int, application: int, *, anew: bool = False
    ) -> bool:
        """Tell Discord the commands of *tree* for one server, if they are not what it was told; whether it was.

        Args:
            anew: Tell it in any case: the bot was let into the server just now.

        Raises:
            discord.HTTPException: Discord did not take them; the next start tries again.
        """
        digest = _digest(tree, application)
        told = self._read()
        if told.get(str(guild)) == digest and not anew:
            return False
        place = discord.Object(guild)
        tree.copy_global_to(guild=place)
        try:
            await tree.sync(guild=place)
        finally:
            # They answer everywhere; the server's own copy was for Discord alone.
            tree.clear_commands(guild=place)
        self._write({**told, str(guild): digest})
        _log.info("commands were made known", extra={"guild": guild})
        return True

    def _read(self) -> dict[str, str]:
        try:
            found = orjson.loads(self._file.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _write(self, told: dict[str, str]) -> None:
        try:
            self._file.write_bytes(orjson.dumps(told))
        except OSError as error:
            # It costs one call at the next start.
            _log.warning("what Discord was told cannot be kept", extra={"reason": str(error)})


def _digest(tree: app_commands.CommandTree[discord.Client], application: int) -> str:
    commands = [command.to_dict(tree) for kind in discord.AppCommandType for command in tree.get_commands(type=kind)]
    said = sorted(orjson.dumps(each, option=orjson.OPT_SORT_KEYS) for each in commands)
    return hashlib.sha256(b"\n".join([str(application).encode(), *said])).hexdigest()
