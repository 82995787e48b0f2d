"""``/proxy``, ``/session`` and ``/canary``: what checks travel on.  Never a secret, in neither direction."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.commands import options
from bot.context import context_of
from bot.list_cards import Tested, canaries_card, proxies_card, sessions_card, trials_card
from bot.text import code, plain
from core.domain.actor import Role
from core.services.views import CanaryTested, ProxyTested, SessionTested

Id = Range[str, 1, 100]
# Hints of Discord's own: what counts is asked at every command.
_FOR_ADMINS = discord.Permissions(manage_guild=True)
# A test's answer is changed so often at most, and given up on before Discord takes no change any more.
_TELL_EVERY = 5.0
_LONGEST = 780.0
_SECRETS = (
    "Proxies with their passwords, and sessions with their cookies, are added in the panel, never here: <{address}>"
)


class ProxyCommands(app_commands.Group):
    """Proxies."""

    def __init__(self) -> None:
        super().__init__(
            name="proxy",
            description="Proxies: how they do; test, enable and disable them",
            guild_only=True,
            default_permissions=_FOR_ADMINS,
        )

    @app_commands.command(name="list", description="All proxies, those first that somebody should look at")
    async def list_proxies(self, interaction: discord.Interaction) -> None:
        """List proxies."""
        await begin(interaction)
        app = context_of(interaction).app
        card = proxies_card(await app.proxies.list(known(interaction)))
        await say(interaction, _SECRETS.format(address=app.settings.panel_url), embed=card)

    @app_commands.command(name="test", description="Connect over a proxy, or over all, and ask for a canary")
    @app_commands.describe(proxy="Choose one; without it, all that are switched on")
    @app_commands.autocomplete(proxy=options.proxies)
    async def test(self, interaction: discord.Interaction, proxy: Id | None = None) -> None:
        """Test proxies."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "test proxies")
        app = context_of(interaction).app
        if proxy is None:
            of_all = sum(each.enabled for each in await app.proxies.list(actor))
            await _tell(interaction, app.trials.test_proxies(actor, every=True), of_all)
        else:
            await _tell(interaction, app.trials.test_proxies(actor, [proxy]), 1)

    @app_commands.command(name="enable", description="Switch a proxy on")
    @app_commands.describe(proxy="Choose one; or its id")
    @app_commands.autocomplete(proxy=options.proxies)
    async def enable(self, interaction: discord.Interaction, proxy: Id) -> None:
        """Switch a proxy on."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "enable proxies")
        enabled = await context_of(interaction).app.proxies.enable(actor, proxy)
        await say(interaction, f"{code(enabled.address)} is switched on.")

    @app_commands.command(name="disable", description="Switch a proxy off; its sessions rest meanwhile")
    @app_commands.describe(proxy="Choose one; or its id")
    @app_commands.autocomplete(proxy=options.proxies)
    async def disable(self, interaction: discord.Interaction, proxy: Id) -> None:
        """Switch a proxy off."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "disable proxies")
        disabled = await context_of(interaction).app.proxies.disable(actor, proxy)
        rest = f" Resting with it: {plain(', '.join(disabled.sessions), 500)}." if disabled.sessions else ""
        await say(interaction, f"{code(disabled.address)} is switched off.{rest}")


class SessionCommands(app_commands.Group):
    """Sessions."""

    def __init__(self) -> None:
        super().__init__(
            name="session",
            description="Sessions: how they do, and tests of them",
            guild_only=True,
            default_permissions=_FOR_ADMINS,
        )

    @app_commands.command(name="list", description="All sessions, those first that wait for a person")
    async def list_sessions(self, interaction: discord.Interaction) -> None:
        """List sessions."""
        await begin(interaction)
        app = context_of(interaction).app
        card = sessions_card(await app.sessions.list(known(interaction)))
        await say(interaction, _SECRETS.format(address=app.settings.panel_url), embed=card)

    @app_commands.command(name="test", description="Ask for a canary over a session, or over all")
    @app_commands.describe(session="Choose one; without it, all that are switched on and bound")
    @app_commands.autocomplete(session=options.sessions)
    async def test(self, interaction: discord.Interaction, session: Id | None = None) -> None:
        """Test sessions."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "test sessions")
        app = context_of(interaction).app
        if session is None:
            views = await app.sessions.list(actor)
            of_all = sum(each.proxy is not None and each.state != "disabled" for each in views)
            await _tell(interaction, app.trials.test_sessions(actor, every=True), of_all)
        else:
            await _tell(interaction, app.trials.test_sessions(actor, [session]), 1)


class CanaryCommands(app_commands.Group):
    """Canaries."""

    def __init__(self) -> None:
        super().__init__(name="canary", description="Canaries: public accounts known to be live", guild_only=True)

    @app_commands.command(name="list", description="All canaries, and how often they were live")
    async def list_canaries(self, interaction: discord.Interaction) -> None:
        """List canaries."""
        await begin(interaction)
        app, actor = context_of(interaction).app, known(interaction)
        card = canaries_card(await app.canaries.list(actor), await app.canaries.misses(actor))
        await say(interaction, embed=card)

    @app_commands.command(name="test", description="Ask the platform for a canary, or for all: is it seen?")
    @app_commands.describe(canary="Choose one; without it, all that have not retired")
    @app_commands.autocomplete(canary=options.canaries)
    async def test(self, interaction: discord.Interaction, canary: Id | None = None) -> None:
        """Test canaries."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "test canaries")
        app = context_of(interaction).app
        if canary is None:
            of_all = sum(each.state != "retired" for each in await app.canaries.list(actor))
            await _tell(interaction, app.trials.test_canaries(actor, every=True), of_all, passed="were seen")
        else:
            await _tell(interaction, app.trials.test_canaries(actor, [canary]), 1, passed="were seen")


async def _tell(
    interaction: discord.Interaction,
    tests: AsyncGenerator[ProxyTested, None] | AsyncGenerator[SessionTested, None] | AsyncGenerator[CanaryTested, None],
    of_all: int,
    *,
    passed: str = "work",
) -> None:
    """Show what tests find as they find it, in one answer."""
    clock = context_of(interaction).app.clock
    tested: list[Tested] = []
    began = told = clock.monotonic()
    async with aclosing(tests):
        async for found in tests:
            tested.append(found)
            now = clock.monotonic()
            if now - began > _LONGEST:
                break
            if now - told >= _TELL_EVERY:
                told = now
                await interaction.edit_original_response(embed=trials_card(tested, of_all, passed))
    await interaction.edit_original_response(embed=trials_card(tested, max(of_all, len(tested)), passed))
