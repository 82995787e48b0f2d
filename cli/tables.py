"""Views as compact tables for people, and what stands there while there is nothing to list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from cli import words
from cli.screen import Screen
from core.services.views import (
    BatchEventView,
    BatchView,
    CanaryView,
    LimitView,
    NicheView,
    PersonView,
    ProfileView,
    ProxyLine,
    ProxyView,
    ResourceEventView,
    SessionView,
)
from core.services.views.channels import DiscordRoleView

# Rows of a long list that are laid out together; the columns keep their widths.
_PAGE = 200

_STATE_STYLES = {
    "ready": "green",
    "valid": "green",
    "proven": "green",
    "cooling": "yellow",
    "resting": "yellow",
    "suspected": "yellow",
    "quarantined": "red",
    "expired": "red",
    "checkpoint": "red",
    "missing": "red",
    "retired": "red",
    "healthy": "green",
    "degraded": "yellow",
    "failing": "red",
}

V = TypeVar("V")
Cell = str | Text


def niches(views: Sequence[NicheView]) -> Table | str:
    """Niches in their order."""
    if not views:
        return "No niches yet. Make one with: storywatch import FILE --niche NAME"
    table = _table("niche", "profiles>", "live now>", "daily target>")
    for view in views:
        target = "" if view.daily_story_target is None else f"{view.daily_story_target:,}"
        table.add_row(view.name, f"{view.profiles:,}", f"{view.live_now:,}", target)
    return table


def batches(views: Sequence[BatchView], now: datetime) -> Table | str:
    """Batches with what they found."""
    if not views:
        return "No batches yet. Make one with: storywatch batch create --niche NAME"
    table = _table("id", "batch", "state", "done>", "total>", "live>", "unknown>", "requests>", "created")
    for view in views:
        numbers = (view.finished, view.total, view.live, view.unknown, view.requests)
        created = words.ago(view.created_at, now)
        table.add_row(view.id[:8], view.name, _batch_state(view, now), *(f"{n:,}" for n in numbers), created)
    return table


def batch_log(views: Sequence[BatchEventView]) -> Table | str:
    """A batch's own log."""
    if not views:
        return "Nothing has happened to this batch yet."
    table = _table("when (UTC)", "what", "profile", "proxy>", "text")
    for view in views:
        proxy = "" if view.proxy is None else str(view.proxy)
        table.add_row(f"{view.at:%Y-%m-%d %H:%M:%S}", view.what, view.username or "", proxy, view.text)
    return table


def proxies(views: Sequence[ProxyView], now: datetime) -> Table | str:
    """Proxies with their health; passwords are masked."""
    if not views:
        return "No proxies yet. Add them with: storywatch proxy import FILE"
    health = ("health", "response>", "95 % within>", "last error")
    table = _table("id>", "address", "state", "sessions", "requests>", "good>", "bad>", *health)
    for view in views:
        times = ("" if each is None else f"{each:,.0f} ms" for each in (view.response_ms, view.p95_ms))
        state = _state(view.state if view.enabled else "off", view.ready_at, now)
        counts = (f"{view.requests:,}", f"{view.successes:,}", f"{view.failures:,}")
        labels = ", ".join(view.sessions)
        level = Text(words.health(view.level, view.score), _STATE_STYLES.get(view.level, ""))
        address = f"{view.label}  {view.address}".lstrip()
        table.add_row(str(view.id), address, state, labels, *counts, level, *times, view.last_error or "")
    return table


def proxy_lines(views: Sequence[ProxyLine]) -> Table:
    """What became of each line of a list of proxies."""
    table = _table("line>", "result", "proxy>", "address", "why")
    for view in views:
        proxy = "" if view.proxy is None else str(view.proxy)
        table.add_row(f"{view.line:,}", view.result, proxy, view.address or "", view.why or "")
    return table


def sessions(views: Sequence[SessionView], now: datetime) -> Table | str:
    """Sessions, without their cookies."""
    if not views:
        return "No sessions yet. Add one with: storywatch session add --label NAME --proxy ID < cookies.txt"
    health = ("health", "saw canaries>", "used", "cookies end", "last error")
    table = _table("id>", "label", "state", "proxy>", "requests>", "good>", "bad>", *health)
    for view in views:
        proxy = "unbound" if view.proxy is None else str(view.proxy)
        counts = (f"{view.requests:,}", f"{view.successes:,}", f"{view.failures:,}")
        state = _state(view.state, view.ready_at, now)
        used = words.ago(view.last_used_at, now)
        level = Text(words.health(view.level, view.score), _STATE_STYLES.get(view.level, ""))
        seen = "" if view.canary_share is None else f"{view.canary_share:.0%}"
        style = "yellow" if view.warning else ""
        ends = Text("" if view.expires_at is None else f"{view.expires_at:%Y-%m-%d}", style)
        table.add_row(str(view.id), view.label, state, proxy, *counts, level, seen, used, ends, view.last_error or "")
    return table


def canaries(views: Sequence[CanaryView], now: datetime) -> Table | str:
    """Canaries with what was measured of them."""
    if not views:
        return "No canaries of your own yet; the platform's list is used. Add some with: storywatch canary add NAME…"
    table = _table("canary", "state", "live share>", "of answers>", "last seen", "why")
    for view in views:
        share = "" if view.live_share is None else f"{view.live_share:.0%}"
        seen = words.ago(view.last_seen_at, now)
        table.add_row(view.username, _state(view.state, None, now), share, f"{view.asked:,}", seen, view.why or "")
    return table


def happenings(views: Sequence[ResourceEventView], *, of_one: bool) -> Table | str:
    """What happened, in the order in which it did.

    Args:
        of_one: All of it happened to the same, which need not be repeated.
    """
    if not views:
        return "Nothing has happened so far."
    table = _table("when (UTC)", "what happened") if of_one else _table("when (UTC)", "about", "what happened")
    for view in views:
        when = f"{view.at:%Y-%m-%d %H:%M:%S}"
        subject = view.subject if view.kind != "proxy" else f"proxy {view.subject_id} {view.subject}"
        table.add_row(when, view.happened) if of_one else table.add_row(when, subject, view.happened)
    return table


def people(views: Sequence[PersonView], now: datetime) -> Table | str:
    """People with their roles."""
    if not views:
        return "Nobody yet. Open the link that `storywatch run` prints, or: storywatch person add NAME --role admin"
    table = _table("person", "role", "state", "Discord user", "signed in>", "last seen")
    for view in views:
        state = _person_state(view)
        seen = words.ago(view.last_seen_at, now)
        table.add_row(view.name, view.role, state, view.discord_id or "", f"{view.sign_ins:,}", seen)
    return table


def discord_roles(views: Sequence[DiscordRoleView]) -> Table | str:
    """Discord roles with what their members may do."""
    if not views:
        return "No Discord role may do anything yet: storywatch discord role ROLE_ID --role operator"
    table = _table("Discord role", "label", "server", "may")
    for view in views:
        table.add_row(str(view.role_id), view.label, str(view.guild_id), view.role.name.lower())
    return table


def limits(views: Sequence[LimitView]) -> Table:
    """Limits with their defaults; changed ones stand out."""
    table = _table("limit", "value>", "default>", "unit", "meaning")
    for view in views:
        style = "bold" if view.changed else ""
        table.add_row(view.name, _number(view.value), _number(view.default), view.unit, view.meaning, style=style)
    return table


async def show_profiles(screen: Screen, views: AsyncIterator[ProfileView], now: datetime) -> None:
    """Print profiles a page at a time, however many there are."""
    columns = ("profile:30", "niche:20", "status:7", "last:8", "reason:14", "checked:12", "times live:10>", "checks:8>")

    def row(view: ProfileView) -> Iterable[Cell]:
        last = "" if view.last_outcome is None else view.last_outcome.value
        reason = "" if view.last_reason is None else view.last_reason.value
        style = "" if view.last_outcome is None else words.OUTCOME_STYLES[view.last_outcome]
        yield from (view.username, view.niche, view.status, Text(last, style), reason)
        yield from (words.ago(view.last_checked_at, now), f"{view.stories_total:,}", f"{view.checks_total:,}")

    empty = "No profiles here yet. Add some with: storywatch import FILE --niche NAME"
    await _show_pages(screen, columns, views, row, empty)


def profile(view: ProfileView, now: datetime) -> Table:
    """All about one profile."""
    last = (
        "never checked" if view.last_outcome is None else f"{view.last_outcome}, {words.ago(view.last_checked_at, now)}"
    )
    if view.live_now:
        story = f"live {words.until(view.story_until, now)}"
    elif view.last_story_at is not None:
        story = f"last seen {words.ago(view.last_story_at, now)}"
    else:
        story = "none seen yet"
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("profile", Text(view.username, "bold"))
    table.add_row("niche", view.niche)
    table.add_row("status", view.status)
    table.add_row("last check", last)
    table.add_row("reason", "" if view.last_reason is None else view.last_reason.value)
    table.add_row("story", f"{story}; watched, so a new one is an alert" if view.watched else story)
    totals = f"{view.checks_total:,}, {view.conclusive_total:,} of them conclusive, {view.stories_total:,} times live"
    table.add_row("checks", totals)
    table.add_row("platform id", view.platform_id or "not known yet")
    return table


async def _show_pages(
    screen: Screen,
    columns: Sequence[str],
    views: AsyncIterator[V],
    row: Callable[[V], Iterable[Cell]],
    empty: str,
) -> None:
    page, pages, rows = _page(columns, with_header=True), 0, 0
    async for view in views:
        page.add_row(*row(view))
        rows += 1
        if rows == _PAGE:
            screen.show(page)
            page, pages, rows = _page(columns, with_header=False), pages + 1, 0
    if rows:
        screen.show(page)
    elif not pages:
        screen.show(empty)


def _page(columns: Sequence[str], *, with_header: bool) -> Table:
    table = Table(box=None, show_header=with_header, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        name, _, width = column.partition(":")
        table.add_column(name, min_width=int(width.rstrip(">")), justify=_side(column), no_wrap=True)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column.rstrip(">"), justify=_side(column), overflow="fold")
    return table


def _side(column: str) -> JustifyMethod:
    return "right" if column.endswith(">") else "left"


def _state(state: str, ready_at: datetime | None, now: datetime) -> Text:
    rest = words.until(ready_at, now)
    return Text(f"{state} {rest}" if rest else state, _STATE_STYLES.get(state, "dim"))


def _person_state(view: PersonView) -> Text:
    if not view.enabled:
        return Text("off", "dim")
    if not view.has_password and view.discord_id is None:
        return Text("has not signed in yet", "yellow")
    return Text("on", "green")


def _batch_state(view: BatchView, now: datetime) -> Text:
    waits = words.why_it_waits(view, now)
    styles = {"Done": "green", "Running": "bold"}
    return Text(f"{view.shown_status}, {waits}" if waits else view.shown_status, styles.get(view.shown_status, ""))


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
