"""The bot's commands, one file for each noun."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui

from bot.commands.batch import BatchCommands
from bot.commands.check import check
from bot.commands.check_list import check_list
from bot.commands.help import show_help
from bot.commands.limits import LimitsCommands
from bot.commands.niche import NicheCommands
from bot.commands.pair import pair
from bot.commands.pool import CanaryCommands, ProxyCommands, SessionCommands
from bot.commands.profile import ProfileCommands
from bot.commands.schedule import ScheduleCommands
from bot.commands.status import doctor, status
from bot.context import BotContext
from bot.names import Names
from bot.results import PageButton

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group

# Buttons that commands leave in messages and that work for ever.
BUTTONS: tuple[type[ui.DynamicItem[Any]], ...] = (PageButton,)


def install(tree: app_commands.CommandTree[discord.Client], context: BotContext, names: Names) -> None:
    """Give *tree* all commands.

    Args:
        context: Commands find it, like *names*, with the client that received them.
    """
    alone: tuple[AnyCommand, ...] = (show_help, status, doctor, check, check_list, pair)
    lists: tuple[AnyCommand, ...] = (NicheCommands(), ProfileCommands(), BatchCommands())
    groups: tuple[AnyCommand, ...] = (*lists, ScheduleCommands(), LimitsCommands())
    pool: tuple[AnyCommand, ...] = (ProxyCommands(), SessionCommands(), CanaryCommands())
    for command in (*alone, *groups, *pool):
        tree.add_command(command)
