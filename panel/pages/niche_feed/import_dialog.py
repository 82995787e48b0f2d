"""The import of a list: a file, a preview, a result.  Nothing is saved before the person confirms.

The file itself never comes over the page's socket: the browser sends it to a plain route (``import_routes``) and
tells this dialog the name under which it was kept.
"""

from __future__ import annotations

from collections.abc import Callable

from nicegui import events, json, ui

from core.domain.actor import Actor, Role
from core.errors import NotFound, UserError
from core.services.views import StagedImport
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.import_end import ImportEnd
from panel.pages.niche_feed.import_file import drop_zone, sending
from panel.pages.niche_feed.import_frame import ImportFrame
from panel.pages.niche_feed.import_preview import Preview
from panel.pages.niche_feed.import_writing import show_writing
from panel.pages.niche_feed.niche_choice import NicheChoice
from panel.pages.niche_feed.recent_imports import RecentImports
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell

_FILE, _PREVIEW = 0, 1


class ImportDialog:
    """The dialog of one page, closed until it is opened or a file is dropped on the page.

    Args:
        here: The niche in view, into which a dropped file would go.
    """

    def __init__(self, page: PageContext, here: Callable[[], str | None]) -> None:
        self._page = page
        self._here = here
        self._staged: StagedImport | None = None
        self._writing = False
        self._counting = 0
        self._end: ImportEnd | None = None
        self._niche: NicheChoice | None = None
        # Dropped files are taken while this element is in view.
        host = ui.element("div").classes("import-host")
        host.on("taken", self._taken, js_handler="(e) => emit(e.detail)")
        host.on("refused", self._refused, js_handler="(e) => emit(e.detail)")
        host.on("staged", self._came, js_handler="(e) => emit(e.detail.id)")
        self._frame = ImportFrame(self._closed)
        self._recent = RecentImports(page, self._frame, on_back=self._back_to_file)

    async def open(self, niche: str | None = None) -> None:
        """Open the dialog at its first step.

        Args:
            niche: The one to begin with; None takes the one in view.
        """
        actor = await access.current_actor()
        if not self._writing:
            await self._ask_for_file(actor, niche or self._here())
        self._frame.open()

    # -- the file -------------------------------------------------------------------------

    async def _ask_for_file(self, actor: Actor, niche: str | None) -> None:
        actor.must_be(Role.OPERATOR, "import profiles")
        await self._forget(actor)
        await self._ask_for_niche(actor, niche)
        self._frame.at(_FILE, with_top=True)
        with self._frame.body:
            drop_zone()
        with self._frame.foot:
            ui.button("Recent imports", color=None, on_click=self._recent.show).classes("quiet")
            ui.space()
            self._frame.closing("Cancel")

    async def _taken(self, event: events.GenericEventArguments) -> None:
        """A file was chosen or dropped; the browser still has it."""
        actor = await access.current_actor()
        actor.must_be(Role.OPERATOR, "import profiles")
        if self._writing:
            self._frame.refuse("Another list is being imported; give the next one when it is done.")
            return
        await self._forget(actor)
        if not self._frame.is_open:
            await self._ask_for_niche(actor, self._here())
        self._frame.at(_FILE, with_top=True)
        with self._frame.body:
            sending(str(event.args["name"]), str(event.args["size"]))
        with self._frame.foot:
            ui.space()
            self._frame.closing("Cancel")
        self._frame.open()
        chosen = None if self._niche is None else self._niche.name
        self._page.client.run_javascript(f"SW.imports.send({json.dumps({'niche': chosen or ''})})")

    async def _refused(self, event: events.GenericEventArguments) -> None:
        """The browser or the server would not take the file."""
        if self._frame.is_open and not self._writing:
            await self._back_to_file()
            self._frame.refuse(str(event.args))
        else:
            tell(str(event.args))

    async def _back_to_file(self) -> None:
        chosen = None if self._niche is None else self._niche.name
        await self._ask_for_file(await access.current_actor(), chosen)

    # -- the preview ------------------------------------------------------------------------

    async def _came(self, event: events.GenericEventArguments) -> None:
        """The list is on the server."""
        actor, staged_id = await access.current_actor(), str(event.args)
        if not self._frame.is_open or self._niche is None:
            await self._page.app.imports.discard(actor, staged_id)
            return
        niche = self._niche.name
        with self._frame.told():
            staged = await self._page.app.imports.staged(actor, staged_id)
            if staged.preview.niche != niche:
                # Another one was chosen while the file was on its way.
                staged = await self._page.app.imports.preview(actor, staged_id, niche=niche)
            await self._show_preview(staged)

    async def _show_preview(self, staged: StagedImport) -> None:
        self._staged = staged
        self._frame.at(_PREVIEW, with_top=True)
        with self._frame.body:
            self._preview = Preview(self._say_what_it_does)
            self._preview.fill(staged)
        with self._frame.foot:
            ui.button("Back", color=None, on_click=self._back_to_file).classes("quiet")
            ui.space()
            self._frame.closing("Cancel")
            self._confirm = ui.button(color=None, on_click=self._write).classes("primary")
        await self._say_what_it_does()

    async def _other_niche(self) -> None:
        """Another niche was chosen: other profiles are already there, and others elsewhere."""
        staged = self._staged
        if staged is None or self._niche is None:
            return
        actor, niche = await access.current_actor(), self._niche.name
        self._counting += 1
        mine = self._counting
        self._frame.refuse("")
        self._confirm.disable()
        with self._frame.told():
            seen = await self._page.app.imports.preview(actor, staged.id, niche=niche)
            # Counting a long list takes a while, in which the person may have gone on.
            if mine == self._counting and self._staged is staged:
                self._staged = seen
                self._preview.fill(seen)
                await self._say_what_it_does()

    async def _say_what_it_does(self) -> None:
        if self._staged is None or self._niche is None:
            return
        seen = self._staged.preview
        moved = seen.known_elsewhere if self._preview.move else 0
        if moved and not seen.would_create:
            self._confirm.text = f"Move {count_of(moved, 'profile')}"
        else:
            more = f", move {moved:,}" if moved else ""
            self._confirm.text = f"Import {count_of(seen.would_create, 'profile')}{more}"
        self._confirm.set_enabled(self._niche.name is not None and bool(seen.would_create or moved))

    # -- the writing ---------------------------------------------------------------------------

    async def _write(self) -> None:
        """Import what was previewed; closing the dialog does not end it."""
        staged, niche = self._staged, None if self._niche is None else self._niche.name
        if staged is None or niche is None or self._writing:
            return
        actor, clock = await access.current_actor(), self._page.app.clock
        began = clock.monotonic()
        self._writing = True
        self._counting += 1
        try:
            report = await self._page.app.imports.confirm(
                actor,
                staged.id,
                niche=niche,
                create_niche=True,
                move=self._preview.move,
                on_progress=show_writing(self._frame, staged, clock),
            )
        except UserError as error:
            await self._show_refusal(actor, staged, niche, error)
            return
        finally:
            self._writing = False
        self._staged, self._end = None, ImportEnd(self._page, self._frame, staged, report)
        if self._frame.is_open:
            await self._end.show(actor, clock.monotonic() - began)
        else:
            self._end.tell()

    async def _show_refusal(self, actor: Actor, staged: StagedImport, niche: str, error: UserError) -> None:
        """Go back to the preview, or to the file where that is not kept any more, and say why."""
        if not self._frame.is_open:
            raise error
        try:
            await self._show_preview(await self._page.app.imports.staged(actor, staged.id))
        except NotFound:
            self._staged = None
            await self._ask_for_file(actor, niche)
        self._frame.refuse(str(error))

    # -- what the steps share ---------------------------------------------------------------------------

    async def _ask_for_niche(self, actor: Actor, chosen: str | None) -> None:
        niches = await self._page.app.niches.names(actor)
        self._frame.top.clear()
        with self._frame.top:
            self._niche = NicheChoice(niches, chosen, self._other_niche)

    async def _closed(self) -> None:
        """Somebody closed the dialog, at whatever step."""
        self._page.client.run_javascript("SW.imports.stop()")
        if self._writing:
            return
        if self._end is not None:
            self._end.tell()
        await self._forget(await access.current_actor())

    async def _forget(self, actor: Actor) -> None:
        """Let go of the list that was staged and not confirmed, and of the last result."""
        staged, self._staged, self._end = self._staged, None, None
        if staged is not None:
            await self._page.app.imports.discard(actor, staged.id)
