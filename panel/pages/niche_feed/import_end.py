"""The end of an import: its result, its undoing, and the check of what it added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from core.domain.actor import Actor
from core.errors import NotFound, UserError
from core.services.views import ImportReport, ImportUndone, StagedImport
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.import_frame import ImportFrame
from panel.pages.niche_feed.import_result import added, result, undone, undone_shortly, what_a_check_costs
from panel.place import Place, TabName
from panel.widgets.telling import tell, tell_with_undo

_RESULT = 2


class ImportEnd:
    """What can be done with an import that was written.

    Args:
        report: Of the import; its file was *staged*.
    """

    def __init__(self, page: PageContext, frame: ImportFrame, staged: StagedImport, report: ImportReport) -> None:
        self._page = page
        self._frame = frame
        self._staged = staged
        self._report = report
        self._told = False
        self._buttons: list[ui.button] = []

    async def show(self, actor: Actor, seconds: float) -> None:
        """Fill the dialog.

        Args:
            seconds: How long the writing took.
        """
        report = self._report
        try:
            profiles = (await self._page.app.niches.show(actor, report.niche)).profiles
        except NotFound:
            profiles = None
        # A file may have brought ids, which the report does not count: then it is less.
        cost = await self._page.app.estimates.budget(actor, report.created, look_ups=report.created)
        self._frame.at(_RESULT)
        with self._frame.body:
            result(report, self._staged, seconds=seconds, profiles=profiles)
            if report.created:
                what_a_check_costs(cost)
        self._buttons = []
        with self._frame.foot:
            if report.created:
                self._buttons.append(ui.button("Undo this import", color=None, on_click=self._undo).classes("danger"))
            self._doing = ui.label().classes("muted small-text grow").props('role="status"')
            self._frame.closing("Close")
            if report.created:
                label = f"Check the new profiles ({report.created:,})"
                self._buttons.append(ui.button(label, color=None, on_click=self._check).classes("primary"))

    def tell(self) -> None:
        """Say what was done, with its undoing, to somebody who has closed the dialog; once."""
        if self._told:
            return
        self._told = True
        # Whatever was pressed to close the dialog may be gone.
        with self._page.client:
            if self._report.created:
                tell_with_undo(f"{added(self._report)}.", self._undo_afterwards)
            else:
                tell(f"{added(self._report)}.")

    @contextmanager
    def _busy(self, doing: str) -> Iterator[None]:
        """Nothing else can be pressed or offered within the block, which takes a while where there are millions."""
        self._told = True
        self._doing.text = doing
        for button in self._buttons:
            button.disable()
        try:
            yield
        except UserError:
            self._told = False
            if self._is_shown:
                self._doing.text = ""
                for button in self._buttons:
                    button.enable()
            raise

    @property
    def _is_shown(self) -> bool:
        """The dialog is open, and still at this result."""
        return self._frame.is_open and not self._doing.is_deleted

    @property
    def _import_id(self) -> int:
        assert self._report.import_id is not None, "what was written has a number"
        return self._report.import_id

    async def _undo(self) -> None:
        actor = await access.current_actor()
        with self._frame.told():
            with self._busy("Removing them; it goes on when you close this."):
                seen = await self._page.app.imports.undo(actor, self._import_id)
            if self._is_shown:
                self._show_undone(seen)
            else:
                with self._page.client:
                    tell(undone_shortly(seen))

    def _show_undone(self, seen: ImportUndone) -> None:
        self._frame.at(_RESULT)
        with self._frame.body:
            undone(seen)
        with self._frame.foot:
            ui.space()
            self._frame.closing("Close")

    async def _undo_afterwards(self) -> None:
        actor = await access.current_actor()
        tell(undone_shortly(await self._page.app.imports.undo(actor, self._import_id)))

    async def _check(self) -> None:
        """Make a batch of the new profiles, put it in line, and show it."""
        actor, app = await access.current_actor(), self._page.app
        with self._frame.told(), self._busy("Making a batch of them."):
            names = await app.imports.created(actor, self._import_id)
            batch = await app.batches.create(actor, niche=self._report.niche, names=names)
            await app.batches.start(actor, [batch.id], leave_done=True)
            if self._is_shown:
                self._frame.close()
            await self._page.go(Place(TabName.BATCHES, options=(("highlight", batch.id),)))
