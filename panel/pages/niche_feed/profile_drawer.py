"""The drawer beside the feed: one profile, why its last verdict is what it is, and what can be done with it.

What it tells is read by a plain route and drawn by ``drawer.js``; here are the buttons, and when to read anew.
"""

from __future__ import annotations

from dataclasses import replace

from nicegui import background_tasks, events, json, ui

from core.domain.actor import Role
from core.errors import NotFound, UserError
from core.services.views import BatchView, ProfileView
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes
from panel.pages.niche_feed import feed_topics
from panel.pages.niche_feed.profile_acts import ProfileActs
from panel.place import place_at


class ProfileDrawer:
    """The drawer of one open page; not shown until it is told whom to show."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        # For looking; who acts is asked again at each click.
        self._reader = access.signed_in(page.client).actor
        self._acts = ProfileActs(page, on_change=self._look)
        self._username: str | None = None
        self._seen: ProfileView | None = None
        self._batch: str | None = None
        self._watching = False
        self._looking = False
        self._drawer = ui.element("aside").classes("drawer").props('aria-label="Profile"')
        with self._drawer:
            self._head()
            self._body = ui.element("div").classes("drawer-body")
        self._drawer.set_visibility(False)

    async def show(self, username: str) -> None:
        """Show this profile, and every change of it as it comes."""
        if username == self._username:
            return
        self._username, self._seen, self._batch = username, None, None
        self._say(None)
        self._drawer.set_visibility(True)
        self._run(f"SW.profile.open({json.dumps(username)})")
        if not self._watching:
            self._watching = True
            await self._page.live.watch(self._page.client, feed_topics.CHANGES, self._changed)
        await self._look()

    def hide(self) -> None:
        """Show nobody."""
        if self._username is not None:
            self._username = None
            self._drawer.set_visibility(False)
            self._run("SW.profile.shut()")

    # -- what is above the rest ------------------------------------------------------------

    def _head(self) -> None:
        with ui.element("div").classes("drawer-head"):
            with ui.element("div").classes("across gap-8"):
                # The name, its page and its state are drawn by the browser, whose clock and zone the times are in.
                ui.element("div").classes("drawer-title across gap-8 grow")
                close = ui.button(icon="close", color=None).classes("quiet icon-only drawer-close")
                close.props('aria-label="Close the profile"')
                close.on("click", self._leave, js_handler="() => emit(SW.here())")
            with ui.element("div").classes("across gap-8 wrap"):
                ui.element("div").classes("drawer-facts grow")
                if self._page.may(Role.OPERATOR):
                    self._buttons()
            self._status = ui.label().classes("drawer-status small-text muted").props('role="status"')
            self._due = ui.label().classes("drawer-status small-text muted num")

    def _buttons(self) -> None:
        self._check_button = ui.button("Check now", color=None, on_click=self._check).classes("secondary")
        self._pause_button = ui.button("Pause", color=None, on_click=self._pause_or_resume).classes("secondary")
        self._watch_button = ui.button(icon="star_border", color=None, on_click=self._watch_or_not)
        self._watch_button.classes("secondary icon-only")
        self._say_watched(watched=False)
        with (
            ui.button(icon="more_horiz", color=None).classes("secondary icon-only").props('aria-label="More"'),
            ui.menu(),
        ):
            for label, act in (("Move to a niche", self._move), ("Remove", self._remove)):
                ui.menu_item(label, on_click=act).props('role="menuitem"')

    async def _leave(self, event: events.GenericEventArguments) -> None:
        """Go where the page is, without the profile."""
        await self._page.go(replace(place_at(str(event.args)), profile=None))

    # -- looking ---------------------------------------------------------------------------

    def _changed(self, _: Changes) -> None:
        """Something in the database changed; perhaps this profile did."""
        if self._username is not None and not self._looking:
            background_tasks.create(self._look(), name="look at a profile", context=self._page.client)

    async def _look(self) -> None:
        """Read the profile; what the drawer tells is read anew only if it is another one than before."""
        username = self._username
        if username is None:
            return
        self._looking = True
        seen: ProfileView | None = None
        refusal = ""
        try:
            seen = await self._page.app.profiles.show(self._reader, username)
            await self._follow_batch()
        except UserError as error:
            # Most likely somebody removed it.
            refusal = str(error)
        finally:
            self._looking = False
        if username != self._username:
            return
        if refusal:
            self._run(f"SW.profile.refuse({json.dumps(refusal)})")
        elif seen != self._seen:
            self._run("SW.profile.load()")
        self._seen = seen
        self._set_buttons()

    def _set_buttons(self) -> None:
        if not self._page.may(Role.OPERATOR):
            return
        seen = self._seen
        self._check_button.set_enabled(seen is not None and self._batch is None)
        self._pause_button.set_enabled(seen is not None)
        self._watch_button.set_enabled(seen is not None)
        self._say_watched(watched=seen is not None and seen.watched)
        self._pause_button.text = "Pause" if seen is None or seen.status == "active" else "Resume"

    def _say_watched(self, *, watched: bool) -> None:
        self._watch_button.icon = "star" if watched else "star_border"
        self._watch_button.props["aria-label"] = "Watch"
        self._watch_button.props["aria-pressed"] = str(watched).lower()
        told = "Its new stories are told as alerts" if watched else "Tell its new stories as alerts"
        self._watch_button.props["title"] = told

    async def _follow_batch(self) -> None:
        """Say how far the check is that was asked for here."""
        if self._batch is None:
            return
        try:
            batch = await self._page.app.batches.show(self._reader, self._batch)
        except NotFound:
            batch = None
        if batch is None or batch.status == "done":
            self._batch = batch = None
        self._say(batch)

    def _say(self, batch: BatchView | None) -> None:
        until = None if batch is None else batch.waiting_until
        self._status.text = "" if batch is None else _how_far(batch)
        self._due.text = ""
        self._due.props(remove="data-countdown")
        if until is not None:
            self._due.props(f'data-countdown="{until.isoformat()}"')

    # -- acting ----------------------------------------------------------------------------

    async def _check(self) -> None:
        if self._seen is not None and self._batch is None:
            self._check_button.disable()
            try:
                started = await self._acts.check(self._seen)
            except UserError:
                self._check_button.enable()
                raise
            self._batch = started.id
            self._say(started)

    async def _pause_or_resume(self) -> None:
        if self._seen is not None:
            await self._acts.pause_or_resume(self._seen)

    async def _watch_or_not(self) -> None:
        if self._seen is not None:
            await self._acts.watch_or_not(self._seen)

    async def _move(self) -> None:
        if self._seen is not None:
            with self._page.client:
                await self._acts.move(self._seen)

    async def _remove(self) -> None:
        if self._seen is None:
            return
        # The menu that the click came from closes, and a question within it would, too.
        with self._page.client:
            if await self._acts.remove(self._seen):
                address = await self._page.client.run_javascript("return SW.here()", timeout=5.0)
                await self._page.go(replace(place_at(str(address)), profile=None))

    def _run(self, script: str) -> None:
        self._page.client.run_javascript(script)


def _how_far(batch: BatchView) -> str:
    if batch.status == "in_progress":
        if batch.waiting_reason is None:
            return "Checking now"
        return f"Waiting: {batch.waiting_reason.replace('_', ' ')}"
    return batch.shown_status
