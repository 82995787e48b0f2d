"""What people do with one profile: check it now, move it, pause and resume it, watch it, remove it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.services.views import BatchView, ProfilesChanged, ProfileView
from panel import access
from panel.context import PageContext
from panel.pages.niche_feed.move_dialog import ask_where
from panel.widgets.confirming import confirmed
from panel.widgets.numbers import count_of
from panel.widgets.telling import tell, tell_with_undo


class ProfileActs:
    """The acts of one open page.

    Args:
        on_change: Told when a profile was changed.
    """

    def __init__(self, page: PageContext, on_change: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._app = page.app
        self._on_change = on_change

    async def check(self, profile: ProfileView) -> BatchView:
        """Make a batch of this one profile, however fresh its verdict is, and put it in line."""
        actor, name = await access.current_actor(), profile.username
        batch = await self._app.batches.create(actor, names=[name], name=f"@{name}", recheck=True)
        (started,) = await self._app.batches.start(actor, [batch.id], leave_done=True)
        return started

    async def pause_or_resume(self, profile: ProfileView) -> None:
        """Leave it out of its niche's batches, or take it back into them."""
        actor, name = await access.current_actor(), profile.username
        if profile.status == "active":
            done = await self._app.profiles.pause(actor, [name])
            await self._told(done, f"@{name} paused. Schedules skip it.", name)
        else:
            done = await self._app.profiles.resume(actor, [name])
            await self._told(done, f"@{name} resumed.", name)

    async def watch_or_not(self, profile: ProfileView) -> None:
        """Have its new stories told as alerts, or no more."""
        actor, name = await access.current_actor(), profile.username
        if profile.watched:
            done = await self._app.profiles.unwatch(actor, [name])
            await self._told(done, f"@{name} is watched no more.", name)
        else:
            done = await self._app.profiles.watch(actor, [name])
            await self._told(done, f"@{name} is watched. Its new stories are told as alerts.", name)

    async def move(self, profile: ProfileView) -> None:
        """Ask for a niche, and put it there."""
        niche = await ask_where(self._app, 1, besides=profile.niche)
        if niche is not None:
            done = await self._app.profiles.move(await access.current_actor(), [profile.username], niche)
            await self._told(done, f"@{profile.username} moved to {niche}.", profile.username)

    async def remove(self, profile: ProfileView) -> bool:
        """Ask, and erase it; whether it was."""
        name, checks = profile.username, count_of(profile.checks_total, "check")
        erased = f"Its statistics and its {checks} are erased, in batches and results, too. That cannot be undone."
        if not await confirmed(f"Remove @{name}?", erased, yes="Remove 1 profile", no="Keep it"):
            return False
        await self._app.profiles.remove(await access.current_actor(), [name])
        tell(f"@{name} removed.")
        return True

    async def _told(self, done: ProfilesChanged, sentence: str, name: str) -> None:
        token = done.undo

        async def undo() -> None:
            assert token is not None, "nobody is offered what cannot be undone"
            await self._app.profiles.undo(await access.current_actor(), token)
            tell(f"@{name} is as before.")
            await self._on_change()

        if not done.changed:
            tell(f"@{name} was so already.")
        elif token is None:
            tell(sentence)
        else:
            tell_with_undo(sentence, undo)
        await self._on_change()
