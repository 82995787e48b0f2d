"""The tab Settings of one open page: its sections side by side with a list of them."""

from __future__ import annotations

from nicegui import ui
from nicegui.element import Element

from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import counts
from panel.pages.settings.section import Section, SectionKind
from panel.pages.settings.sections import SECTIONS
from panel.place import Place, TabName
from panel.widgets.empty_state import empty_state
from panel.widgets.leading import leads_within
from panel.widgets.plain import Plain


class SettingsTab:
    """The tab Settings of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._kinds = {kind.name: kind for kind in SECTIONS if page.may(kind.role)}
        self._built: dict[str, Section] = {}
        self._boxes: dict[str, Element] = {}
        self._links: dict[str, Element] = {}
        self._counts: dict[str, Plain] = {}

    async def build(self) -> None:
        """Make the list of sections; each section is made when somebody goes there."""
        with ui.element("div").classes("shell settings"):
            with ui.element("nav").classes("sidebar").props('aria-label="Settings"'):
                for group in dict.fromkeys(kind.group for kind in self._kinds.values()):
                    ui.label(group).classes("side-heading")
                    for kind in self._kinds.values():
                        if kind.group == group:
                            self._link(kind)
            with ui.element("div").classes("main") as self._main:
                self._choice_on_a_phone()
        rows = await self._page.live.watch(self._page.client, counts.TOPIC, self._changed)
        self._count(rows[counts.TOPIC])

    async def show(self, place: Place) -> None:
        """Bring the section of *place* into view; without one, the first."""
        name = place.item or next(iter(self._kinds))
        for each, box in self._boxes.items():
            box.set_visibility(each == name)
        for each, link in self._links.items():
            link.classes(add="on" if each == name else "", remove="" if each == name else "on")
            link.props("aria-current=page" if each == name else "", remove="" if each == name else "aria-current")
        self._select.props["value"] = name if name in self._kinds else ""
        if name not in self._built:
            await self._make(name)
        await self._built[name].show(place)

    async def _make(self, name: str) -> None:
        with self._main, ui.element("section").classes("settings-section unfinished") as self._boxes[name]:
            kind = self._kinds.get(name)
            section: Section = _Nowhere(name) if kind is None else kind.make(self._page)
            self._built[name] = section
            await section.build()
        self._boxes[name].classes(remove="unfinished")

    def _link(self, kind: SectionKind) -> None:
        with ui.link(target=f"/{TabName.SETTINGS}/{kind.name}").classes("side-link") as link:
            ui.label(kind.label)
            if kind.counted:
                self._counts[kind.counted] = Plain("span").classes("count")
        leads_within(link)
        self._links[kind.name] = link

    def _choice_on_a_phone(self) -> None:
        with ui.element("div").classes("section-choice only-phone"):
            with ui.element("select").classes("input").props('aria-label="Section of the settings"') as self._select:
                for kind in self._kinds.values():
                    Plain("option", kind.label).props["value"] = kind.name
            self._select.on("change", js_handler=f"(e) => SW.go('/{TabName.SETTINGS}/' + e.target.value)")

    def _changed(self, changes: Changes) -> None:
        for row in changes.updated:
            self._count(row)

    def _count(self, row: Row) -> None:
        for name, label in self._counts.items():
            label.text = f"{row[name]:,}"


class _Nowhere:
    """What an address shows that leads to no section of this person."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def build(self) -> None:
        known = any(kind.name == self._name for kind in SECTIONS)
        if known:
            empty_state("This is for admins", "Your role does not reach it; ask an admin.")
        else:
            empty_state("There is no such section", "Choose one from the list.")

    async def show(self, place: Place) -> None:
        pass
