"""What options of several commands suggest while somebody types, and how what was typed is taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

import discord
from discord.app_commands import Choice

from bot.names import Suggestion, matching, names_of
from core.errors import InvalidInput

MOST_TYPED = 50
_BETWEEN = re.compile(r"[\s,;]+")


async def niches(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Niches whose names have what was typed in them."""
    return _choices(matching(names_of(interaction).niches, typed))


async def batches(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of batches, with their states."""
    return _choices(matching(names_of(interaction).batches, typed))


async def proxies(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of proxies, by their masked addresses."""
    return _choices(matching(names_of(interaction).proxies, typed))


async def sessions(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of sessions, by their labels."""
    return _choices(matching(names_of(interaction).sessions, typed))


async def canaries(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of canaries."""
    return _choices(matching(names_of(interaction).canaries, typed))


async def schedules(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of schedules, with their rules."""
    return _choices(matching(names_of(interaction).schedules, typed))


async def time_zones(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of time zones."""
    return _choices(matching(names_of(interaction).time_zones, typed.replace(" ", "_")))


async def limits(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same of limits."""
    return _choices(matching(names_of(interaction).limits, typed))


async def username(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Profiles whose names begin with what was typed."""
    return _choices(await names_of(interaction).usernames(typed))


async def usernames(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """The same for the last of several names; what stands before it stays."""
    before, last = _before_last(typed)
    found = await names_of(interaction).usernames(last)
    # A choice has 100 characters, and one that is cut would name somebody else.
    return _choices((before + shown, before + meant) for shown, meant in found if len(before) + len(meant) <= 100)


def names_in(typed: str) -> list[str]:
    """The usernames in what was typed, apart by blanks, commas or semicolons.

    Raises:
        InvalidInput: There is none, or there are more than 50.
    """
    names = list(dict.fromkeys(filter(None, _BETWEEN.split(typed))))
    if not names:
        raise InvalidInput("usernames", "name at least one profile")
    if len(names) > MOST_TYPED:
        raise InvalidInput(
            "usernames", f"at most {MOST_TYPED} can be typed at once, not {len(names)}; attach a list to /batch create"
        )
    return names


def _before_last(typed: str) -> tuple[str, str]:
    ends = [found.end() for found in _BETWEEN.finditer(typed)]
    cut = ends[-1] if ends else 0
    return typed[:cut], typed[cut:]


def _choices(suggestions: Iterable[Suggestion]) -> list[Choice[str]]:
    return [Choice(name=shown, value=meant) for shown, meant in suggestions]
