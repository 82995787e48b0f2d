"""What people see in Discord: views become embeds here.  Pure; decides nothing and asks nobody.

Words are the glossary's, foreign names are made safe, and no card goes beyond what Discord takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import discord
from discord.utils import format_dt

from bot.text import plain
from core.domain.verdict import Reason
from core.services.views import BatchView, Overview
from core.services.views.channels import FarewellView
from core.services.views.reasons import reason_in_words

ACCENT, GOOD, WARNING, BAD, QUIET = 0x5B5BD6, 0x22A35A, 0xE0A030, 0xD8587A, 0x80848E

_BAR = 20
_FULL, _EMPTY = "▰", "▱"
_REASONS_SHOWN = 4
_TITLE, _DESCRIPTION = 256, 4_096
_PRETEND = " · Sandbox: pretend data"
# The number of a Discord user behind their name.
_NUMBER = re.compile(r" \(\d{15,22}\)$")


@dataclass(frozen=True, slots=True)
class BatchStand:
    """A batch, and what a card says beside it.

    Args:
        reasons: How often each reason left a check unknown.
        rate: Checks a second at the moment; None where nothing moves or nobody knows yet.
        done_at: When it will be done at this rate.
        overview: What goes on as a whole.
        is_sandbox: Nothing of it is real.
    """

    batch: BatchView
    reasons: Mapping[Reason, int]
    rate: float | None
    done_at: datetime | None
    overview: Overview
    is_sandbox: bool = False


def batch_card(stand: BatchStand, now: datetime) -> discord.Embed:
    """The living message of a batch, at any point of its life."""
    batch = stand.batch
    card = discord.Embed(title=plain(batch.name, _TITLE), colour=_colour(batch))
    card.description = "\n".join(filter(None, [_bar(batch), _moving(stand), _waiting(batch)]))[:_DESCRIPTION]
    for name, value in (
        ("Live", batch.live),
        ("No story", batch.none),
        ("Unknown", batch.unknown),
        ("Private", batch.private),
        ("Gone", batch.gone),
    ):
        card.add_field(name=name, value=f"{value:,}")
    card.add_field(name="Success rate", value=success_rate(batch))
    notes = [unknown_by_reason(stand.reasons)] if batch.unknown else []
    if batch.status == "in_progress":
        notes.append(pool_line(stand.overview))
    if notes:
        card.add_field(name="\u200b", value="\n".join(notes)[:1_024], inline=False)
    by = f"Created by {plain(started_by(batch.created_by), 80)}"
    card.set_footer(text=f"{by}{_PRETEND if stand.is_sandbox else ''}{batch_mark(batch.id)}")
    card.timestamp = batch.finished_at or now
    return card


def batch_mark(batch_id: str) -> str:
    """How the footer of a batch's card ends; tells it from the cards of other batches."""
    return f" · {batch_id[:8]}"


def farewell_card(farewell: FarewellView) -> discord.Embed:
    """What is left in a channel of a batch that was deleted."""
    said = f"Deleted by {plain(started_by(farewell.deleted_by), 80)}."
    return discord.Embed(title=plain(farewell.batch_name, _TITLE), description=said, colour=QUIET)


def success_rate(batch: BatchView) -> str:
    """Conclusive checks of the finished ones, in per cent."""
    return f"{100 * (batch.finished - batch.unknown) / batch.finished:.1f}%" if batch.finished else "–"


def unknown_by_reason(reasons: Mapping[Reason, int]) -> str:
    """Why checks are unknown, the most frequent reasons first; they are never counted as "no story"."""
    shown = [f"{count:,} {reason_in_words(reason)}" for reason, count in list(reasons.items())[:_REASONS_SHOWN]]
    more = sum(list(reasons.values())[_REASONS_SHOWN:])
    return f"Unknown: {', '.join(shown)}" + (f", {more:,} for other reasons" if more else "")


def pool_line(overview: Overview) -> str:
    """How many routes could be used."""
    line = f"Pool: {overview.ready:,} of {overview.routes:,} routes ready"
    return line + (f", {overview.frozen:,} wait for a person" if overview.frozen else "")


def started_by(created_by: str) -> str:
    """An actor's name as people say it: *Mara K. from the panel*."""
    door, _, name = _NUMBER.sub("", created_by).partition(":")
    places = {"panel": "from the panel", "cli": "from a terminal", "discord": "in Discord", "schedule": "by a schedule"}
    return f"{name} {places[door]}" if name and door in places else created_by


def _colour(batch: BatchView) -> int:
    if batch.status == "done":
        return GOOD
    if batch.status != "in_progress":
        return QUIET
    return WARNING if batch.waiting_reason else ACCENT


def _bar(batch: BatchView) -> str:
    full = _BAR * batch.finished // batch.total if batch.total else _BAR
    return f"{_FULL * full}{_EMPTY * (_BAR - full)} **{batch.percent}%**"


def _moving(stand: BatchStand) -> str:
    batch = stand.batch
    parts = [f"{batch.finished:,} of {batch.total:,}"]
    if batch.status == "in_progress":
        if stand.rate:
            parts.append(f"{stand.rate:,.1f}/s")
        if stand.done_at is not None:
            parts.append(f"done {format_dt(stand.done_at, 'R')}")
    elif batch.status == "done":
        parts.append(f"{batch.requests:,} requests · took {span(batch.seconds)}")
    else:
        parts.append(batch.shown_status)
    return " · ".join(parts)


def _waiting(batch: BatchView) -> str:
    if batch.status != "in_progress" or batch.waiting_reason is None:
        return ""
    until = "" if batch.waiting_until is None else f", until {format_dt(batch.waiting_until, 'T')}"
    return f"Waits: {plain(batch.waiting_reason)}{until}"


def span(seconds: float) -> str:
    """A length of time in its largest unit or two."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
