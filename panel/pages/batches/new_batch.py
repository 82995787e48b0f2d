"""The dialog that makes a batch: of a niche, or of usernames that are pasted."""

from __future__ import annotations

from typing import TypeVar

from nicegui import events, ui
from nicegui.element import Element

from core.errors import InvalidInput, UserError
from core.services.reading import ReadList
from core.services.views import BatchView
from panel.access import current_actor
from panel.context import PageContext
from panel.pages.batches import batch_words as words
from panel.pages.batches.batch_acts import BatchActs
from panel.widgets.budget_line import no_budget, show_budget
from panel.widgets.heading import Heading
from panel.widgets.numbers import count_of
from panel.widgets.searched_list import nothing_fits, searched_list
from panel.widgets.telling import tell

_NICHE, _LIST = "niche", "list"
_PASTED = "pasted list"
# What one message of a page may carry, with room to spare; longer lists are files to be imported.
_LONGEST_LIST = 400_000
_SLICE = 5_000
F = TypeVar("F", bound=Element)


class NewBatchDialog:
    """The dialog of one open page; its fields are made anew each time it opens."""

    def __init__(self, page: PageContext, acts: BatchActs) -> None:
        self._page = page
        self._acts = acts
        self._kind = _NICHE
        self._profiles: dict[str, int] = {}
        self._read: ReadList | None = None

    async def open(self) -> None:
        """Show the dialog."""
        actor = await current_actor()
        self._profiles = {niche.name: niche.profiles for niche in await self._page.app.niches.list(actor)}
        limits = {limit.name: limit.value for limit in await self._page.app.limits.show(actor)}
        self._read = None
        with ui.dialog() as self._dialog, ui.element("div").classes("dialog narrow"):
            self._dialog.props('aria-label="New batch"')
            with ui.element("div").classes("dialog-head"):
                Heading("New batch", level=2)
                ui.space()
                close = ui.button(icon="close", color=None, on_click=self._dialog.close).classes("quiet icon-only")
                close.props('aria-label="Close"')
            with ui.element("div").classes("dialog-body"):
                self._kinds()
                self._niche_fields()
                self._list_fields()
                self._name = _field("Name", ui.input(placeholder="Made from the niche and the time"))
                self._name.props("maxlength=120")
                with ui.element("div").classes("down"):
                    self._recheck = ui.checkbox("Check everybody again", on_change=self._tell_cost).props(
                        "dense size=32px"
                    )
                    minutes = limits["fresh_minutes"]
                    ui.label(f"Otherwise verdicts of the last {minutes} minutes are taken over.").classes("hint muted")
                self._cost = ui.label().classes("muted").props('role="status"')
            with ui.element("div").classes("dialog-foot"):
                ui.space()
                self._create_button = ui.button("Create only", color=None, on_click=self._create)
                self._create_button.classes("secondary")
                self._start_button = ui.button("Create and start", color=None, on_click=self._create_and_start)
                self._start_button.classes("primary")
        self._dialog.on("hide", self._dialog.delete)
        await self._choose(_NICHE if self._profiles else _LIST)
        self._dialog.open()

    # -- fields ----------------------------------------------------------------------------

    def _kinds(self) -> None:
        with ui.element("div").classes("segments").props('role="group" aria-label="Who is checked"'):
            self._segments = {
                _NICHE: _segment("All of a niche", lambda: self._choose(_NICHE)),
                _LIST: _segment("A list of usernames", lambda: self._choose(_LIST)),
            }

    def _niche_fields(self) -> None:
        options = {name: f"{name} ({count_of(profiles, 'profile')})" for name, profiles in self._profiles.items()}
        with ui.element("div").classes("down gap-4") as self._niche_box:
            first = next(iter(options), None)
            chosen = searched_list(options, called="Niche", value=first, on_change=self._counted)
            nothing_fits(chosen, "No niche is called that.")
            self._niche = _field("Niche", chosen)
            ui.label("Paused and gone profiles are left out.").classes("hint muted")

    def _list_fields(self) -> None:
        with ui.element("div").classes("down gap-12") as self._list_box:
            with ui.element("div").classes("down gap-4"):
                self._text = _field("Usernames or links, one a line", ui.textarea(on_change=self._typed))
                self._text.props(f'debounce=300 rows=6 maxlength={_LONGEST_LIST} spellcheck="false"')
                self._told = ui.label().classes("hint muted").props('role="status"')
            with ui.element("div").classes("down gap-4"):
                named = ui.input(autocomplete=list(self._profiles)).props("maxlength=80")
                self._into = _field("Niche for those that are new", named)
                ui.label("Not needed where all of them are known; a new name makes a new niche.").classes("hint muted")

    async def _choose(self, kind: str) -> None:
        self._kind = kind
        for name, segment in self._segments.items():
            segment.classes(add="on" if name == kind else "", remove="" if name == kind else "on")
            segment.props(f"aria-pressed={'true' if name == kind else 'false'}")
        self._niche_box.set_visibility(kind == _NICHE)
        self._list_box.set_visibility(kind == _LIST)
        await self._counted()

    async def _typed(self, event: events.ValueChangeEventArguments[str | None]) -> None:
        """Read the list, and say what is in it."""
        self._read = None
        text = str(event.value or "")
        told = ""
        if text.strip():
            try:
                self._read = await self._page.app.imports.read(await current_actor(), [text.encode()])
            except InvalidInput as error:
                told = error.why[:1].upper() + error.why[1:] + "."
            else:
                told = _what_was_read(self._read)
        self._told.text = told
        await self._counted()

    async def _counted(self) -> None:
        """Say how many are meant, and what checking them takes."""
        self._count()
        await self._tell_cost()

    async def _tell_cost(self) -> None:
        """Say what checking those who are meant takes, and whether the routes may do that much."""
        actor, estimates = await current_actor(), self._page.app.estimates
        meant = (self._kind, self._niche.value, self._read, self._recheck.value)
        if not self._start_button.enabled:
            no_budget(self._cost)
            return
        if self._kind == _NICHE:
            budget = await estimates.budget_of_niche(actor, self._niche.value, recheck=self._recheck.value)
        else:
            assert self._read is not None, "nobody is meant without a list"
            budget = await estimates.budget(actor, _distinct(self._read))
        # Another choice may have come in between.
        if meant == (self._kind, self._niche.value, self._read, self._recheck.value):
            show_budget(self._cost, budget)

    def _count(self) -> None:
        """How many are meant, on the button that checks them."""
        if self._kind == _NICHE:
            count = self._profiles.get(self._niche.value or "", 0)
        else:
            count = 0 if self._read is None else _distinct(self._read)
        self._start_button.text = f"Create and start ({count:,})"
        self._start_button.set_enabled(count > 0)
        self._create_button.set_enabled(count > 0)

    # -- what it does ------------------------------------------------------------------------

    async def _create(self) -> None:
        made = await self._made()
        tell(words.created(made))
        await self._acts.show(made)

    async def _create_and_start(self) -> None:
        await self._acts.begin(await self._made())

    async def _made(self) -> BatchView:
        """The batch that the fields describe; the dialog closes once there is one."""
        self._start_button.disable()
        self._create_button.disable()
        try:
            made = await self._make()
        except UserError:
            self._count()
            raise
        self._dialog.close()
        return made

    async def _make(self) -> BatchView:
        actor = await current_actor()
        app, name = self._page.app, (self._name.value or "").strip() or None
        if self._kind == _NICHE:
            return await app.batches.create(actor, niche=self._niche.value, name=name, recheck=self._recheck.value)
        if self._read is None:
            raise InvalidInput("usernames", "give at least one")
        niche = (self._into.value or "").strip() or None
        if niche is not None:
            report = await app.imports.write(actor, self._read, niche=niche, file_name=_PASTED, create_niche=True)
            niche = report.niche
        return await app.batches.create(
            actor, niche=niche, names=self._read.names, name=name, recheck=self._recheck.value
        )


def _segment(text: str, on_click: object) -> Element:
    segment = ui.element("button").props('type="button"').on("click", on_click)  # type: ignore[arg-type]
    with segment:
        ui.label(text)
    return segment


def _field(label: str, field: F) -> F:
    """A field that is called so, by what people see and by what screen readers say."""
    field.props(f'outlined dense aria-label="{label}"')
    with ui.element("div").classes("down gap-4") as box:
        ui.label(label).classes("label")
    field.move(box)
    return field


def _distinct(read: ReadList) -> int:
    return sum(len(some) for some in read.names.slices(_SLICE))


def _what_was_read(read: ReadList) -> str:
    told = count_of(_distinct(read), "username")
    if not read.invalid:
        return f"{told}."
    first = read.rejected[0]
    return f"{told}; {count_of(read.invalid, 'line')} left out. Line {first.line}, “{first.text}”: {first.why}."
