"""A list from Discord on its way into a niche: looked over, shown, and imported when somebody says so.

Nothing is saved before that.  The file waits on disk for an hour; who restarts the bot meanwhile attaches it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

import discord
from discord import ButtonStyle, ui

from bot import attachments
from bot.access import at_least
from bot.answering import begin, say
from bot.context import context_of
from bot.door import pressed
from bot.errors import sentence
from bot.import_cards import imported_card, preview_card
from bot.import_progress import told
from bot.outgoing import files_of, most_bytes
from bot.showing import lowered, shown_here
from bot.text import counted, plain
from core.domain import niche_name
from core.domain.actor import Role
from core.errors import NotFound, UserError
from core.services.views import ImportReport, StagedImport

_NICHES_SHOWN = 25
_KEPT_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a list.

    Args:
        niche: Where it goes; None asks.
        batch_name: What the batch is called that is made of it.
        recheck: Let that take over no verdict.
        batch: A batch is what it is brought for; importing alone is not offered.
    """

    niche: str | None
    batch_name: str | None = None
    recheck: bool = False
    batch: bool = False


async def look_over(interaction: discord.Interaction, attachment: discord.Attachment, wish: Wish) -> None:
    """Fetch a list and show what would become of it, with buttons that do it.

    Raises:
        InvalidInput: It is no list, too large, empty, or not there any more.
        Unavailable: Discord did not hand it out.
    """
    at_least(interaction, Role.OPERATOR, "import profiles")
    attachments.checked(attachment)
    await begin(interaction)
    app, actor = context_of(interaction).app, at_least(interaction, Role.OPERATOR, "import profiles")
    staged = await app.imports.stage(
        actor, attachments.pieces(attachment), file_name=attachment.filename, niche=wish.niche
    )
    card, view = await _preview(interaction, staged, wish)
    await say(interaction, embed=card, view=view)


async def _preview(interaction: discord.Interaction, staged: StagedImport, wish: Wish) -> tuple[discord.Embed, ui.View]:
    app, actor = context_of(interaction).app, at_least(interaction, Role.OPERATOR, "import profiles")
    if staged.preview.niche is None:
        names = [niche.name for niche in await app.niches.list(actor)][:_NICHES_SHOWN]
        return preview_card(staged, niche_exists=True), _NicheChoice(staged.id, wish, names)
    try:
        await app.niches.show(actor, staged.preview.niche)
        exists = True
    except NotFound:
        exists = False
    preview = staged.preview
    everybody = preview.would_create + preview.known_here + preview.known_elsewhere
    budget = await app.estimates.budget(actor, everybody, look_ups=preview.would_create)
    return preview_card(staged, niche_exists=exists, budget=budget), _Question(staged, wish)


class _NicheChoice(ui.View):
    """Asks which niche a list should go to."""

    def __init__(self, staged_id: str, wish: Wish, names: list[str]) -> None:
        super().__init__(timeout=_KEPT_SECONDS)
        self._staged_id, self._wish = staged_id, wish
        if names:
            self._select: ui.Select[ui.View] = ui.Select(
                placeholder="Choose a niche", options=[discord.SelectOption(label=name[:100]) for name in names]
            )
            self._select.callback = self._chosen  # type: ignore[method-assign]
            self.add_item(self._select)
        self.add_item(_Act("Another niche", ButtonStyle.secondary, self._ask))
        self.add_item(_Act("Cancel", ButtonStyle.secondary, lambda interaction: _cancel(interaction, staged_id)))

    async def _chosen(self, interaction: discord.Interaction) -> None:
        await pressed(interaction, lambda: _into(interaction, self._staged_id, self._wish, self._select.values[0]))

    async def _ask(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(_NicheForm(self._staged_id, self._wish))


class _NicheForm(ui.Modal, title="Another niche"):
    """Asks for the name of a niche that is not among those offered, or of a new one."""

    def __init__(self, staged_id: str, wish: Wish) -> None:
        super().__init__()
        self._staged_id, self._wish = staged_id, wish
        self._name: ui.TextInput[_NicheForm] = ui.TextInput(max_length=niche_name.LONGEST)
        self.add_item(ui.Label(text="Niche", description="A new name makes a niche", component=self._name))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Look at the list with this niche in mind."""
        await pressed(interaction, lambda: _into(interaction, self._staged_id, self._wish, self._name.value))


async def _into(interaction: discord.Interaction, staged_id: str, wish: Wish, niche: str) -> None:
    """Show what would become of a list in a niche that was chosen."""
    actor = at_least(interaction, Role.OPERATOR, "import profiles")
    await interaction.response.defer()
    staged = await context_of(interaction).app.imports.preview(actor, staged_id, niche=niche)
    card, view = await _preview(interaction, staged, replace(wish, niche=niche))
    await interaction.edit_original_response(embed=card, view=view)


class _Question(ui.View):
    """Asks whether a list should be imported."""

    def __init__(self, staged: StagedImport, wish: Wish) -> None:
        super().__init__(timeout=_KEPT_SECONDS)
        self._staged, self._wish = staged, wish
        check = partial(self._import, batch=True)
        if wish.batch:
            self.add_item(_Act("Import and check", ButtonStyle.primary, check))
            self.add_item(_Act("Import, check later", ButtonStyle.secondary, partial(check, start=False)))
        else:
            self.add_item(_Act("Import", ButtonStyle.primary, self._import))
            self.add_item(_Act("Import and check", ButtonStyle.secondary, check))
        self.add_item(_Act("Cancel", ButtonStyle.secondary, lambda press: _cancel(press, staged.id)))

    async def _import(self, interaction: discord.Interaction, *, batch: bool = False, start: bool = True) -> None:
        app, actor = context_of(interaction).app, at_least(interaction, Role.OPERATOR, "import profiles")
        # The buttons go at once, so that nobody presses them twice.
        await interaction.response.edit_message(content="Importing…", view=None)
        niche = self._staged.preview.niche
        assert niche is not None, "nobody is asked before it is known where the list goes"
        try:
            async with told(interaction, app.clock) as note:
                report = await app.imports.confirm(
                    actor, self._staged.id, niche=niche, create_niche=True, on_progress=note
                )
        except UserError:
            await interaction.edit_original_response(content=None, view=_Question(self._staged, self._wish))
            raise
        then = ""
        if batch:
            try:
                then = await self._made(interaction, report, start=start)
            except UserError as error:
                # What was imported is told in any case.
                then = f"No batch was made of it: {sentence(error)}"
        await self._tell(interaction, report, then)

    async def _made(self, interaction: discord.Interaction, report: ImportReport, *, start: bool) -> str:
        """Make a batch of everybody in the list, wherever they are known; what was done, in words."""
        app, actor = context_of(interaction).app, at_least(interaction, Role.OPERATOR, "create batches")
        names = await app.imports.names(actor, self._staged.id)
        title = self._wish.batch_name or PurePath(self._staged.file_name).stem[:120]
        batch = await app.batches.create(actor, niche=report.niche, names=names, name=title, recheck=self._wish.recheck)
        if start and batch.status != "done":
            (batch,) = await app.batches.start(actor, [batch.id], leave_done=True)
        more = await shown_here(interaction, batch)
        return f"{plain(batch.name)}: {counted(batch.total, 'profile')}, {lowered(batch.shown_status)}.{more}"

    async def _tell(self, interaction: discord.Interaction, report: ImportReport, then: str) -> None:
        app, actor = context_of(interaction).app, at_least(interaction, Role.OPERATOR, "import profiles")
        files = None
        if report.invalid:
            lines = await app.imports.errors(actor, self._staged.id)
            name = f"{PurePath(self._staged.file_name).stem[:80]}-invalid"
            files = await files_of(lines, name, most_bytes(interaction))
        card = imported_card(report, has_error_file=bool(files), then=then)
        await interaction.edit_original_response(content=None, embed=card, view=None, attachments=(files or [])[:1])


class _Act(ui.Button[ui.View]):
    """A button that does something for whoever may."""

    def __init__(self, label: str, style: ButtonStyle, act: Callable[[discord.Interaction], Awaitable[None]]) -> None:
        super().__init__(label=label, style=style)
        self._act = act

    async def callback(self, interaction: discord.Interaction) -> None:
        await pressed(interaction, lambda: self._act(interaction))


async def _cancel(interaction: discord.Interaction, staged_id: str) -> None:
    actor = at_least(interaction, Role.OPERATOR, "import profiles")
    await interaction.response.edit_message(content="Nothing was imported.", embed=None, view=None)
    await context_of(interaction).app.imports.discard(actor, staged_id)


class UploadForm(ui.Modal):
    """Asks for the file itself.

    Args:
        wish: What is wanted of it.
    """

    def __init__(self, wish: Wish) -> None:
        super().__init__(title=f"Import into {wish.niche}"[:45] if wish.niche else "Import a list")
        self._wish = wish
        self._files: ui.FileUpload[UploadForm] = ui.FileUpload(required=True, max_values=1)
        self.add_item(
            ui.Label(
                text="List of usernames",
                description=f"{', '.join(attachments.ENDINGS)}, at most {attachments.MOST_BYTES // 1_000_000} MB",
                component=self._files,
            )
        )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Look the file over."""
        await pressed(interaction, lambda: look_over(interaction, self._files.values[0], self._wish))
