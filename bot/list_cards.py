"""Cards of lists: niches, batches, proxies, sessions, canaries, limits.  Pure.

A list that does not fit ends with how many are left out; the panel has all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

import discord
from discord.utils import format_dt

from bot.cards import ACCENT, BAD, GOOD, WARNING
from bot.profile_cards import PageOf, named
from bot.text import code, counted, plain, within
from core.services.views import (
    BatchView,
    CanaryTested,
    CanaryView,
    FeedPage,
    FeedRow,
    LimitView,
    Misses,
    NichesOverview,
    NicheSummary,
    NicheView,
    ProxyTested,
    ProxyView,
    SessionTested,
    SessionView,
)

Tested = ProxyTested | SessionTested | CanaryTested
_ROOM = 4_000
_REST = "and {count} more in the panel"


def niches_card(overview: NichesOverview) -> discord.Embed:
    """All niches in their order."""
    card = discord.Embed(title=counted(len(overview.niches), "niche"), colour=ACCENT)
    lines = [
        f"**{plain(niche.name, 170)}** {counted(niche.profiles, 'profile')}, {niche.live_now:,} live{_today(niche)}"
        for niche in overview.niches
    ]
    card.description = within(lines, _ROOM, rest=_REST) or "There is none yet; /niche import brings a list."
    card.set_footer(
        text=f"{counted(overview.profiles, 'profile')} · {overview.live_now:,} live · {overview.unknown:,} unknown · "
        f"{overview.never_checked:,} never checked"
    )
    return card


def niche_card(
    niche: NicheView, summary: NicheSummary | None, live: FeedPage, now: datetime, page_of: PageOf
) -> discord.Embed:
    """One niche, and who is live in it."""
    card = discord.Embed(title=plain(niche.name, 256), colour=GOOD if niche.live_now else ACCENT)
    lines = [_live_line(row, now, page_of) for row in live.rows]
    if live.total > len(lines):
        lines.append(f"and {live.total - len(lines):,} more")
    card.description = within(lines, _ROOM) or "Nobody is known to be live now."
    card.add_field(name="Profiles", value=f"{niche.profiles:,}")
    card.add_field(name="Live now", value=f"{niche.live_now:,}")
    if summary is not None:
        target = "" if summary.daily_story_target is None else f" of {summary.daily_story_target:,}"
        card.add_field(name="Seen live today", value=f"{summary.seen_live_today:,}{target}")
    return card


def batches_card(batches: Sequence[BatchView]) -> discord.Embed:
    """Batches, the newest first."""
    lines = [
        f"**{plain(batch.name, 120)}** {batch.shown_status} · {batch.finished:,} of {batch.total:,} · "
        f"{batch.live:,} live{f' · {batch.unknown:,} unknown' if batch.unknown else ''} · {code(batch.id[:8])}"
        for batch in batches
    ]
    said = within(lines, _ROOM, rest=_REST) or "There is none; /check or /batch create makes one."
    return discord.Embed(title="Batches", description=said, colour=ACCENT)


def proxies_card(proxies: Sequence[ProxyView]) -> discord.Embed:
    """Proxies: how many are in which state, and those first that somebody should look at."""
    by_trouble = sorted(proxies, key=lambda each: (each.enabled and each.state == "ready", not each.enabled, each.id))
    lines = [_proxy_line(proxy) for proxy in by_trouble]
    card = discord.Embed(title=counted(len(proxies), "proxy", "proxies"), colour=ACCENT)
    states = _states(proxy.state if proxy.enabled else "off" for proxy in proxies)
    card.description = within([*states, *lines], _ROOM, rest=_REST) or "There is none; proxies are added in the panel."
    return card


def sessions_card(sessions: Sequence[SessionView]) -> discord.Embed:
    """Sessions: how many are in which state, and those first that wait for a person."""
    order = {"checkpoint": 0, "expired": 0, "suspected": 1, "resting": 2, "disabled": 3}
    by_trouble = sorted(sessions, key=lambda each: (order.get(each.state, 4), each.id))
    lines = [_session_line(session) for session in by_trouble]
    frozen = any(session.state in {"checkpoint", "expired"} for session in sessions)
    card = discord.Embed(title=counted(len(sessions), "session"), colour=BAD if frozen else ACCENT)
    states = _states(session.state for session in sessions)
    card.description = within([*states, *lines], _ROOM, rest=_REST) or "There is none; sessions are added in the panel."
    return card


def canaries_card(canaries: Sequence[CanaryView], misses: Misses) -> discord.Embed:
    """Canaries, and what they guard against."""
    lines = [
        f"**{plain(canary.username)}** {canary.state}"
        + ("" if canary.live_share is None else f", live in {100 * canary.live_share:.0f}% of {canary.asked:,} answers")
        + (f": {plain(canary.why, 160)}" if canary.why else "")
        for canary in canaries
    ]
    card = discord.Embed(title=counted(len(canaries), "canary", "canaries"), colour=ACCENT)
    card.description = within(lines, _ROOM, rest=_REST) or "There are none of your own; the platform's list is used."
    if misses.share is not None:
        card.set_footer(text=f"One asking alone would have missed {100 * misses.share:.1f}% of the last stories.")
    return card


def limits_card(limits: Sequence[LimitView]) -> discord.Embed:
    """Limits with their values; those that somebody changed first."""
    ordered = sorted(limits, key=lambda limit: not limit.changed)
    lines = [f"{code(limit.name)} **{_value(limit.value)}**{_default(limit)}" for limit in ordered]
    card = discord.Embed(title="Limits", description=within(lines, _ROOM, rest=_REST), colour=ACCENT)
    card.set_footer(text="/limits show limit: says what one means; /limits set changes it.")
    return card


def limit_card(limit: LimitView) -> discord.Embed:
    """One limit with its meaning."""
    card = discord.Embed(title=limit.name, description=plain(limit.meaning, 1_000), colour=ACCENT)
    unit = f" {limit.unit}" if limit.unit else ""
    card.add_field(name="Value", value=f"{_value(limit.value)}{unit if limit.value is not None else ''}")
    card.add_field(name="Default", value=_value(limit.default))
    if limit.takes:
        card.add_field(name="Takes", value=plain(limit.takes, 500), inline=False)
    return card


def trials_card(tested: Sequence[Tested], of_all: int, passed: str = "work") -> discord.Embed:
    """What tests found so far, the bad ones first.

    Args:
        passed: What those do that pass.
    """
    good = sum(each.ok for each in tested)
    done = len(tested) == of_all
    colour = (GOOD if good == of_all else WARNING) if done else ACCENT
    lines = [_tested_line(each) for each in sorted(tested, key=lambda each: each.ok)]
    title = f"{good:,} of {of_all:,} {passed}" if done else f"Testing: {len(tested):,} of {of_all:,}"
    return discord.Embed(title=title, description=within(lines, _ROOM, rest="and {count} more"), colour=colour)


def _today(niche: NicheSummary) -> str:
    if niche.daily_story_target is None:
        return ""
    return f", {niche.seen_live_today:,} of {niche.daily_story_target:,} seen today"


def _live_line(row: FeedRow, now: datetime, page_of: PageOf) -> str:
    until = "" if row.story_until is None else f", until {format_dt(row.story_until, 't')}"
    return f"{named(row.username, page_of)}{until}"


def _states(states: Iterable[str]) -> list[str]:
    """How many there are in each state, in one line; none where there is nothing."""
    found = Counter(states).most_common()
    return [" · ".join(f"**{count:,}** {state}" for state, count in found)] if found else []


def _proxy_line(proxy: ProxyView) -> str:
    state = proxy.state if proxy.enabled else "off"
    until = "" if proxy.ready_at is None or state == "ready" else f" until {format_dt(proxy.ready_at, 'T')}"
    health = "" if proxy.score is None else f" · {proxy.score:.0f}% {proxy.level}"
    error = f" · {plain(proxy.last_error, 80)}" if proxy.last_error and state != "ready" else ""
    label = f" {plain(proxy.label, 60)}" if proxy.label else ""
    return f"{code(proxy.address, 60)}{label} {state}{until}{health}{error}"


def _session_line(session: SessionView) -> str:
    until = "" if session.ready_at is None else f" until {format_dt(session.ready_at, 'T')}"
    health = "" if session.score is None else f" · {session.score:.0f}% {session.level}"
    unbound = " · bound to no proxy" if session.proxy is None else ""
    waits = " · log in again and renew its cookies in the panel" if session.state in {"expired", "checkpoint"} else ""
    ends = f" · {session.warning}" if session.warning else ""
    return f"**{plain(session.label, 80)}** {session.state}{until}{health}{unbound}{waits}{ends}"


def _tested_line(tested: Tested) -> str:
    if isinstance(tested, CanaryTested):
        return f"**{plain(tested.canary)}** {plain(tested.sentence, 300)}"
    name = code(tested.address, 60) if isinstance(tested, ProxyTested) else f"**{plain(tested.label, 80)}**"
    if not tested.ok:
        return f"{name} {plain(tested.sentence, 300)}"
    took = "" if tested.answer_ms is None else f", answered in {tested.answer_ms:,.0f} ms"
    return f"{name} works{took}"


def _value(value: float | int | None) -> str:
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _default(limit: LimitView) -> str:
    return f" (default {_value(limit.default)})" if limit.changed else ""
