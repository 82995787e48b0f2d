"""The frame around every tab: header, tabs, what goes on as a whole, the person; and the way from place to place.

One page function serves every address.  A tab is built when it is first shown and kept, so that a selection and
the place in a list are still there when a person comes back to it.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from fastapi import Request
from nicegui import Client, events, json, ui
from nicegui.element import Element

from core.app import App
from core.settings import Platform
from panel import access, pulse
from panel.context import PageContext, Tab
from panel.live_updates import LiveUpdates
from panel.newest import Newest
from panel.pages import TABS
from panel.place import Place, TabName, place_at
from panel.widgets.heading import SubmitButton
from panel.widgets.leading import leads_within

STATIC = Path(__file__).parent / "static"

# Each tab's own addresses and no more, so that none of them takes what belongs to others.
_ADDRESSES = ("/", *(f"/{tab.value}" for tab in TABS), *(f"/{tab.value}/{{item}}" for tab in TABS))
# Browsers keep these files, so a changed one needs another address.
_VERSION = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(STATIC.glob("*.*")))).hexdigest()[:12]


def install(app: App, live: LiveUpdates) -> None:
    """Make every address of the panel lead to its page; once per process."""
    live.topic(pulse.TOPIC, pulse.Reader())
    for tab in TABS.values():
        tab.topics(live)

    async def page(request: Request, client: Client) -> None:
        query = f"?{request.url.query}" if request.url.query else ""
        await Frame(app, live, client).open(place_at(request.url.path + query))

    for address in _ADDRESSES:
        ui.page(address, response_timeout=10.0)(page)


class Frame:
    """One open page of one person."""

    def __init__(self, app: App, live: LiveUpdates, client: Client) -> None:
        self._app = app
        self._client = client
        self._person = access.signed_in()
        self._context = PageContext(app, live, client, self._person.role, self.go, self.rename, self._set_theme)
        self._tabs: dict[TabName, Tab] = {}
        self._panels: dict[TabName, Element] = {}
        self._links: dict[TabName, list[Element]] = {tab: [] for tab in TABS}
        self._places = Newest(self._show)

    async def open(self, place: Place) -> None:
        """Build the page at *place*."""
        self._head(place)
        await self._header()
        with ui.element("div").classes("content").props('id="content" tabindex="-1"'):
            for name, tab in TABS.items():
                self._panels[name] = ui.element("section").classes("panel").props(f'aria-label="{tab.label}"')
        self._phone_tabs()
        ui.on("place", self._went)
        await self._bring(place)

    async def go(self, place: Place) -> None:
        """Have the browser lead the page to *place*; it is shown when the browser says that it is there.

        What is shown before its address is in the history would be left by the wrong step of the back button.
        """
        self._client.run_javascript(f"SW.go({json.dumps(place.address)})")

    def rename(self, before: Place, place: Place) -> None:
        """Give what is at *before* the address of *place*; no step, and nothing where the person has gone on."""
        self._client.run_javascript(f"SW.rename({json.dumps(before.address)}, {json.dumps(place.address)})")

    async def _went(self, event: events.GenericEventArguments) -> None:
        """The page is at another address: by a link, by an act, by the browser's back or forward button."""
        await self._bring(place_at(str(event.args)))

    async def _bring(self, place: Place) -> None:
        """Show *place*, unless the person has gone on before its turn comes."""
        for name, panel in self._panels.items():
            here = name is place.tab
            panel.set_visibility(here)
            for link in self._links[name]:
                # What is taken away and put back is told to the browser, which then looks over the whole page.
                link.props("aria-current=page" if here else "", remove="" if here else "aria-current")
        await self._places.take(place)

    async def _show(self, place: Place) -> None:
        """Show *place* in its tab, which is built the first time."""
        tab = self._tabs.get(place.tab)
        if tab is None:
            tab = self._tabs[place.tab] = TABS[place.tab].make(self._context)
            with self._panels[place.tab].classes("unfinished") as panel:
                await tab.build()
            panel.classes(remove="unfinished")
        await tab.show(place)
        self._client.run_javascript(f"SW.title({json.dumps(TABS[place.tab].label)})")

    # -- what is around the tabs -----------------------------------------------------

    def _head(self, place: Place) -> None:
        sheets = ["panel.css", *(name for tab in TABS.values() for name in tab.sheets)]
        scripts = ["panel.js", *(name for tab in TABS.values() for name in tab.scripts)]
        # The names are ours, so nothing of a person's gets into this HTML.
        ui.add_head_html(
            "".join(f'<link rel="stylesheet" href="/static/{name}?{_VERSION}">' for name in dict.fromkeys(sheets))
            + "".join(f'<script src="/static/{name}?{_VERSION}"></script>' for name in dict.fromkeys(scripts))
        )
        # What led here may have meant less than it said, or nothing at all; the tab may know better still.  An address
        # is spelled in signs that mean nothing in HTML.
        ui.add_head_html(f"<script>SW.replace({json.dumps(place.address)})</script>")
        theme, zone = (self._person.appearance.get(name) for name in ("theme", "zone"))
        if zone in ("UTC", self._app.settings.timezone):
            # Only zones that are known here get into this script.
            ui.add_head_html(f"<script>SW.zone.name = {json.dumps(zone)}</script>")
        self._dark = ui.dark_mode({"dark": True, "light": False}.get(str(theme)))
        ui.colors(primary="#4f46e5", negative="#be123c", positive="#116932", warning="#92400e", dark="#121317")

    async def _header(self) -> None:
        with ui.header().classes("header").props("role=banner"):
            ui.link("Skip to the content", "#content").classes("skip")
            with ui.link(target="/feed").classes("brand").props('aria-label="Storywatch"') as brand:
                ui.element("i")
                ui.label("Storywatch").classes("brand-name")
            leads_within(brand)
            with ui.element("nav").classes("tabs only-wide").props('aria-label="Tabs"'):
                for name, tab in TABS.items():
                    link = ui.link(tab.label, f"/{name.value}")
                    leads_within(link)
                    self._links[name].append(link)
            ui.space()
            if self._app.settings.platform is Platform.SANDBOX:
                ui.label("Sandbox: pretend data").classes("sandbox-mark")
            await pulse.Pill(self._context.live).build()
            self._person_menu()

    def _person_menu(self) -> None:
        initials = "".join(part[0] for part in self._person.name.split()[:2]).upper()
        with ui.button(color=None).classes("avatar").props(f'flat round aria-label="{_attribute(self._person.name)}"'):
            ui.label(initials)
            with ui.menu().classes("person-menu"):
                with ui.element("div").classes("person-name"):
                    ui.label(self._person.name).classes("strong")
                    ui.label(self._person.role.name.lower()).classes("muted")
                for label, theme in (("Light", "light"), ("Dark", "dark"), ("As the system", "system")):
                    ui.menu_item(label, on_click=partial(self._set_theme, theme)).props('role="menuitem"')
                ui.separator()
                # A form, so that it works where the page's socket does not.
                with ui.element("form").props('method="post" action="/logout"'):
                    SubmitButton("Sign out").classes("sign-out")

    async def _set_theme(self, theme: str) -> None:
        # What is seen is kept: another page that is opened then looks the same.
        await self._app.account.set_appearance(self._person.id, {"theme": theme})
        self._dark.value = {"dark": True, "light": False}.get(theme)

    def _phone_tabs(self) -> None:
        with ui.footer().classes("phone-tabs only-phone"), ui.element("nav").props('aria-label="Tabs"'):
            for name, tab in TABS.items():
                with ui.link(target=f"/{name.value}") as link:
                    ui.icon(tab.icon)
                    ui.label(tab.label)
                leads_within(link)
                self._links[name].append(link)


def _attribute(text: str) -> str:
    """*text* as the value of a property, where a quote would end it."""
    return text.replace("\\", "").replace('"', "'")
