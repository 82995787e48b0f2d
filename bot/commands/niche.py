"""``/niche``: the lists themselves, and what goes into them and out of them as a file."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.asking import Question
from bot.commands import options
from bot.context import context_of
from bot.importing import UploadForm, Wish, look_over
from bot.list_cards import niche_card, niches_card
from bot.outgoing import file_name, files_of, most_bytes
from bot.text import counted, plain
from core.domain.actor import Role
from core.domain.feed import FeedQuery, SortBy, StoryState
from core.services.exports import Form
from core.services.views import NicheRemoved

# Longer ones are told to be too long by the verb, with a sentence.
Name = Range[str, 1, 100]
_LIVE_SHOWN = 15


class NicheCommands(app_commands.Group):
    """Niches."""

    def __init__(self) -> None:
        super().__init__(name="niche", description="Niches: lists of profiles", guild_only=True)

    @app_commands.command(name="list", description="All niches, with how many of their profiles are live")
    async def list_niches(self, interaction: discord.Interaction) -> None:
        """Show all niches."""
        await begin(interaction)
        app = context_of(interaction).app
        await say(interaction, embed=niches_card(await app.niches.overview(known(interaction))))

    @app_commands.command(name="show", description="One niche: its numbers, and who is live")
    @app_commands.describe(niche="Its name")
    @app_commands.autocomplete(niche=options.niches)
    async def show(self, interaction: discord.Interaction, niche: Name) -> None:
        """Show one niche."""
        await begin(interaction)
        app, actor = context_of(interaction).app, known(interaction)
        shown = await app.niches.show(actor, niche)
        overview = await app.niches.overview(actor)
        summary = next((each for each in overview.niches if each.id == shown.id), None)
        query = FeedQuery(shown.id, frozenset({StoryState.LIVE}), sort=SortBy.STORY_UNTIL, descending=True)
        live = await app.profiles.feed(actor, query, count=_LIVE_SHOWN)
        await say(interaction, embed=niche_card(shown, summary, live, app.clock.now(), app.public_pages.of))

    @app_commands.command(name="create", description="Add an empty niche")
    @app_commands.describe(name="What it is called", daily_target="How many profiles should be seen live in a day")
    async def create(
        self, interaction: discord.Interaction, name: Name, daily_target: Range[int, 1, 1_000_000] | None = None
    ) -> None:
        """Create a niche."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "create niches")
        niche = await context_of(interaction).app.niches.create(actor, name, daily_story_target=daily_target)
        await say(interaction, f"The niche {plain(niche.name)} is there; fill it with /niche import.")

    @app_commands.command(name="rename", description="Give a niche another name")
    @app_commands.describe(niche="Its name until now", new_name="Its name from now on")
    @app_commands.autocomplete(niche=options.niches)
    async def rename(self, interaction: discord.Interaction, niche: Name, new_name: Name) -> None:
        """Rename a niche."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "rename niches")
        renamed = await context_of(interaction).app.niches.rename(actor, niche, new_name)
        await say(interaction, f"It is called {plain(renamed.name)} now.")

    @app_commands.command(name="delete", description="Delete a niche; its profiles move, or are erased with all checks")
    @app_commands.describe(
        niche="Its name", move_to="The niche that takes its profiles", erase_profiles="Erase its profiles instead"
    )
    @app_commands.autocomplete(niche=options.niches, move_to=options.niches)
    async def delete(
        self, interaction: discord.Interaction, niche: Name, move_to: Name | None = None, erase_profiles: bool = False
    ) -> None:
        """Delete a niche, after a question where profiles go with it."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "delete niches")
        app = context_of(interaction).app
        shown = await app.niches.show(actor, niche)

        async def act(press: discord.Interaction) -> str:
            who = at_least(press, Role.OPERATOR, "delete niches")
            return _removed(await app.niches.delete(who, shown.name, move_to=move_to, with_profiles=erase_profiles))

        if not (erase_profiles and shown.profiles):
            await say(interaction, await act(interaction))
            return
        question = (
            f"Delete {plain(shown.name)} and erase {counted(shown.profiles, 'profile')} with all their checks? "
            "This cannot be undone."
        )
        await say(interaction, question, view=Question("Delete the niche", act, kept="The niche is kept."))

    @app_commands.command(name="import", description="Look a list over and import it into a niche")
    @app_commands.describe(niche="Where it goes; a new name makes a niche", file="A .txt, .csv or .list file")
    @app_commands.autocomplete(niche=options.niches)
    async def load(self, interaction: discord.Interaction, niche: Name, file: discord.Attachment | None = None) -> None:
        """Look a list over; without a file a form asks for it."""
        at_least(interaction, Role.OPERATOR, "import profiles")
        if file is None:
            await interaction.response.send_modal(UploadForm(Wish(niche)))
        else:
            await look_over(interaction, file, Wish(niche))

    @app_commands.command(name="export", description="The profiles of a niche as a CSV file")
    @app_commands.describe(niche="Its name")
    @app_commands.autocomplete(niche=options.niches)
    async def export(self, interaction: discord.Interaction, niche: Name) -> None:
        """Send a niche's profiles as a file."""
        await begin(interaction)
        app, actor = context_of(interaction).app, known(interaction)
        shown = await app.niches.show(actor, niche)
        name = file_name(shown.name, app.clock.now().astimezone(app.settings.zone).date())
        lines = await app.profiles.export(actor, Form.CSV, niche=shown.name)
        files = await files_of(lines, name, most_bytes(interaction))
        if files is None:
            text = f"They are too many for a file in Discord; export them in the panel: <{app.settings.panel_url}>"
            await say(interaction, text)
            return
        await say(interaction, f"{plain(shown.name)}: {counted(shown.profiles, 'profile')}.", files=files[:1])
        for file in files[1:]:
            await say(interaction, files=[file])


def _removed(removed: NicheRemoved) -> str:
    moved = f" {counted(removed.moved, 'profile')} moved." if removed.moved else ""
    erased = f" {counted(removed.erased, 'profile')} erased." if removed.erased else ""
    return f"The niche {plain(removed.name)} is deleted.{moved}{erased}"
