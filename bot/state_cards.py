"""Cards of how everything goes: the whole, what is wrong with the installation, what can be asked.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from discord.utils import format_dt

from bot.cards import ACCENT, BAD, GOOD, QUIET, WARNING
from bot.text import counted, plain, within
from core.domain.budget import Budget
from core.services.views import Activity, BatchView, EngineView, Finding, HourView, Overview

_COLOURS = {Activity.CHECKING: GOOD, Activity.WAITING: WARNING, Activity.PAUSED: BAD, Activity.AWAY: BAD}
_TITLES = {
    Activity.CHECKING: "Checking",
    Activity.WAITING: "Waiting for a route",
    Activity.PAUSED: "Everything is paused",
    Activity.IDLE: "Nothing to check",
    Activity.AWAY: "No engine is at work",
}
_PRETEND = "Sandbox: pretend data"
_FOUND = {"ok": ("Fine", GOOD), "warning": ("Look at it", WARNING), "failed": ("Wrong", BAD)}
_COMMANDS = {
    "Check": (
        "/check a niche, or up to 50 usernames with the answer at once",
        "*Check this list* in the menu of a message that has a list attached",
    ),
    "Niches and profiles": (
        "/niche list, show, create, rename, delete, import, export",
        "/profile show, add, move, pause, resume, watch, unwatch",
    ),
    "Batches": ("/batch create, start, stop, delete, list, show, results, retry",),
    "By itself": ("/schedule add, list, pause, resume, run, remove",),
    "How it goes": ("/status, /doctor, /canary list, /limits show",),
    "For admins": ("/proxy list, test, enable, disable", "/session list, test; /canary test", "/limits set"),
    "You": ("/pair with the code that an admin gave you",),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What goes on.

    Args:
        hours: The exchanges of this hour and the one before.
        batches: Those in progress.
        is_sandbox: Nothing of it is real.
    """

    overview: Overview
    engine: EngineView
    budget: Budget
    hours: Sequence[HourView]
    batches: Sequence[BatchView]
    is_sandbox: bool = False


def status_card(standing: Standing, now: datetime) -> discord.Embed:
    """Workers, pool, queue, rates and breaker."""
    overview = standing.overview
    card = discord.Embed(title=_TITLES[overview.activity], colour=_COLOURS.get(overview.activity, QUIET))
    lines = [] if overview.reason is None else [f"{plain(overview.reason, 500)}{_until(overview.until, now)}"]
    lines += [
        f"**{plain(batch.name, 120)}** {batch.finished:,} of {batch.total:,} ({batch.percent}%)"
        + (f", {batch.finished / batch.seconds:,.1f}/s" if batch.seconds else "")
        + (f", waits: {plain(batch.waiting_reason, 120)}" if batch.waiting_reason else "")
        for batch in standing.batches
    ]
    card.description = within(lines, 2_500) or None
    card.add_field(name="Queue", value=f"{overview.running:,} running, {overview.in_line:,} in line")
    workers = standing.engine.workers.strip("<>").removeprefix("Engine ").partition(" | ")[0]
    card.add_field(name="Workers", value=plain(workers, 200) or "none at work")
    card.add_field(name="Breaker", value=_breaker(overview, now))
    card.add_field(name="Pool", value=_pool(overview), inline=False)
    card.add_field(name="Requests", value=_rates(standing, now), inline=False)
    if standing.is_sandbox:
        card.set_footer(text=_PRETEND)
    card.timestamp = now
    return card


def doctor_card(findings: Sequence[Finding]) -> discord.Embed:
    """What looks at the installation found, the worst first."""
    order = list(_FOUND)
    placed = sorted(findings, key=lambda finding: -order.index(finding.status))
    worst = placed[0].status if placed else "ok"
    title = {"ok": "Everything is fine", "warning": "It works, but look at this", "failed": "Something is wrong"}[worst]
    card = discord.Embed(title=title, colour=_FOUND[worst][1])
    for finding in placed[:20]:
        fix = f"\n{plain(finding.fix, 110)}" if finding.fix else ""
        name = f"{finding.check.capitalize()}: {_FOUND[finding.status][0].lower()}"
        card.add_field(name=name, value=f"{plain(finding.detail, 130)}{fix}", inline=False)
    return card


def help_card(panel_url: str) -> discord.Embed:
    """Every command, by what people want."""
    card = discord.Embed(title="Storywatch", colour=ACCENT)
    card.description = "Lists of public profiles go in; who of them has a live story right now comes out."
    for title, lines in _COMMANDS.items():
        card.add_field(name=title, value="\n".join(lines), inline=False)
    where = (
        f"Passwords of proxies, cookies of sessions and everything else that is secret: only in the panel, {panel_url}"
    )
    card.add_field(name="Never here", value=where, inline=False)
    return card


def _breaker(overview: Overview, now: datetime) -> str:
    return f"open{_until(overview.until, now, 'next probe')}" if overview.activity is Activity.PAUSED else "closed"


def _pool(overview: Overview) -> str:
    line = f"{overview.ready:,} of {counted(overview.routes, 'route')} ready, {overview.resting:,} resting"
    return line + (f", {overview.frozen:,} wait for a person" if overview.frozen else "")


def _rates(standing: Standing, now: datetime) -> str:
    began = now.replace(minute=0, second=0, microsecond=0)
    this, last = (
        sum(h.count for h in standing.hours if h.hour == hour) for hour in (began, began - timedelta(hours=1))
    )
    an_hour = standing.budget.an_hour
    most = "no limit holds them back" if an_hour is None else f"the limits allow {an_hour:,} an hour"
    return f"{this:,} in this hour, {last:,} in the one before; {most}"


def _until(until: datetime | None, now: datetime, what: str = "until") -> str:
    return "" if until is None or until <= now else f", {what} {format_dt(until, 'R')}"
