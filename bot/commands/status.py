"""``/status`` and ``/doctor``: how everything goes, and what is wrong with what."""

from __future__ import annotations

import discord
from discord import app_commands, ui

from bot.access import known
from bot.answering import begin, say
from bot.context import context_of
from bot.probing import ProbeButton
from bot.state_cards import Standing, doctor_card, status_card
from core.domain.actor import Role
from core.services.views import Activity
from core.settings import Platform

_BATCHES_SHOWN = 10


@app_commands.command(name="status", description="Workers, pool, queue, rates and breaker at a glance")
async def status(interaction: discord.Interaction) -> None:
    """Show what goes on as a whole."""
    await begin(interaction)
    app, actor = context_of(interaction).app, known(interaction)
    standing = Standing(
        overview=await app.monitoring.overview(actor),
        engine=await app.monitoring.engine(actor),
        budget=await app.limits.budget(actor),
        hours=await app.monitoring.hourly(actor, hours=2),
        batches=await app.batches.list(actor, status="in_progress", count=_BATCHES_SHOWN),
        is_sandbox=app.settings.platform is Platform.SANDBOX,
    )
    view = None
    if standing.overview.activity is Activity.PAUSED and actor.role >= Role.ADMIN:
        view = ui.View(timeout=None).add_item(ProbeButton())
    await say(interaction, embed=status_card(standing, app.clock.now()), view=view)


@app_commands.command(name="doctor", description="What is wrong with the installation, and how to mend it")
async def doctor(interaction: discord.Interaction) -> None:
    """Look at database, key, engine, proxies, sessions, canaries and routes."""
    await begin(interaction)
    app, actor = context_of(interaction).app, known(interaction)
    await say(interaction, embed=doctor_card(await app.doctor.examine(actor)))
