"""Cards of profiles and of what checks said about them.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import discord
from discord.utils import escape_markdown, format_dt

from bot.cards import ACCENT, GOOD, QUIET, WARNING, span
from bot.text import counted, plain, profile_link, within
from core.domain.feed import story_state
from core.domain.verdict import Outcome, Reason
from core.services.views import CheckView, HistoryCheck, ProfileHistory, ProfilesChanged
from core.services.views.reasons import reason_in_words

# Where a profile's public page is; None where it has none.
PageOf = Callable[[str], str | None]

_OUTCOMES = {
    Outcome.LIVE: "Live",
    Outcome.NONE: "No story",
    Outcome.PRIVATE: "Private",
    Outcome.GONE: "Gone",
    Outcome.UNKNOWN: "Unknown",
}
_STATES = {"live": "Live", "ended": "Ended, unchecked", "none": "No story", "never": "Never checked"}
_COLOURS = {"live": GOOD, "unknown": WARNING, "ended": ACCENT}
# The oldest check first.
_STRIP = {Outcome.LIVE: "●", Outcome.NONE: "○", Outcome.PRIVATE: "◌", Outcome.GONE: "×", Outcome.UNKNOWN: "?"}
_CHECKS_SHOWN = 5
# Of the 6,000 characters that the cards of a message may have together.
_FIRST, _SECOND = 3_800, 1_900


def named(username: str, page_of: PageOf) -> str:
    """A profile's name, which leads to its page where it has one."""
    page = page_of(username)
    return escape_markdown(username) if page is None else profile_link(username, page)


def check_line(check: CheckView, now: datetime, page_of: PageOf) -> str:
    """What one check said: *Live* marlow.oven, for another 6 h."""
    if check.outcome is None:
        return f"**Pending** {named(check.username, page_of)}"
    said = filter(None, [named(check.username, page_of), _explained(check, now)])
    return f"**{_OUTCOMES[check.outcome]}** {', '.join(said)}"


def story_line(check: CheckView, now: datetime, page_of: PageOf) -> str:
    """A check on a page of results that all say the same."""
    return ", ".join(filter(None, [named(check.username, page_of), _explained(check, now)]))


def checks_cards(checks: Sequence[CheckView], now: datetime, page_of: PageOf) -> list[discord.Embed]:
    """The answer to a few typed names: the live ones first."""
    order = list(_OUTCOMES)
    placed = sorted(checks, key=lambda check: len(order) if check.outcome is None else order.index(check.outcome))
    lines = [check_line(check, now, page_of) for check in placed]
    left, size = 0, 0
    while left < len(lines) and size + len(lines[left]) < _FIRST:
        size += len(lines[left]) + 1
        left += 1
    cards = [discord.Embed(title=counted(len(checks), "profile"), description="\n".join(lines[:left]), colour=ACCENT)]
    if lines[left:]:
        rest = within(lines[left:], _SECOND, rest="and {count} more in /batch results")
        cards.append(discord.Embed(description=rest, colour=ACCENT))
    return cards


def profile_card(history: ProfileHistory, now: datetime, page_of: PageOf) -> discord.Embed:
    """A profile with its last checks."""
    profile = history.profile
    state = story_state(profile.last_outcome, profile.story_until, now).value
    card = discord.Embed(title=escape_markdown(profile.username), url=page_of(profile.username))
    card.colour = discord.Colour(_COLOURS.get(state, QUIET))
    until = ""
    if state == "live" and profile.story_until is not None:
        until = f", until {format_dt(profile.story_until, 't')} ({format_dt(profile.story_until, 'R')})"
    said = [f"**{_STATES.get(state, state.capitalize())}**{until}"]
    if history.strip:
        said.append("".join(_STRIP[outcome] for outcome in history.strip))
    card.description = "\n".join(said)
    card.add_field(name="Niche", value=plain(profile.niche))
    card.add_field(name="Status", value=profile.status.capitalize())
    card.add_field(name="Last checked", value=_ago(profile.last_checked_at))
    card.add_field(name="Last story", value=_ago(profile.last_story_at))
    card.add_field(name="Times live", value=f"{profile.stories_total:,} of {profile.conclusive_total:,}")
    card.add_field(name="Checks", value=f"{profile.checks_total:,}")
    if history.checks:
        lines = [_history_line(check) for check in history.checks[:_CHECKS_SHOWN]]
        card.add_field(name="Last checks", value=within(lines, 1_024), inline=False)
        card.set_footer(text=" · ".join(f"{sign} {_OUTCOMES[outcome].lower()}" for outcome, sign in _STRIP.items()))
    return card


def changed(done: ProfilesChanged, what: str, already: str) -> str:
    """What became of profiles that were named, in a sentence or three.

    Args:
        what: As in *3 profiles paused*.
        already: As in *1 was paused already*.
    """
    said = [f"{counted(done.changed, 'profile')} {what}."]
    if done.unchanged:
        said.append(f"{done.unchanged:,} {'was' if done.unchanged == 1 else 'were'} {already} already.")
    if done.missing:
        names = within([escape_markdown(name) for name in done.missing], 800).replace("\n", ", ")
        said.append(f"Not known here: {names}.")
    return " ".join(said)


def _explained(check: CheckView, now: datetime) -> str:
    said: list[str] = []
    if check.outcome is Outcome.LIVE and check.story_until is not None and check.story_until > now:
        said.append(f"for another {_rough((check.story_until - now).total_seconds())}")
    elif check.outcome is Outcome.UNKNOWN and check.reason is not None:
        said.append(f"{reason_in_words(check.reason)} after {counted(check.attempts, 'attempt')}")
    elif check.outcome is Outcome.NONE and check.reason is not Reason.FRESH:
        said.append("missing from two proven answers")
    if check.reason is Reason.FRESH and check.checked_at is not None:
        said.append(f"as of {format_dt(check.checked_at, 'R')}")
    return ", ".join(said)


def _rough(seconds: float) -> str:
    """Whole hours where there are some."""
    return f"{round(seconds / 3_600)} h" if seconds >= 3_600 else span(60 * max(1, round(seconds / 60)))


def _history_line(check: HistoryCheck) -> str:
    reason = f", {reason_in_words(check.reason)}" if check.outcome is Outcome.UNKNOWN else ""
    return f"{format_dt(check.checked_at, 'R')} **{_OUTCOMES[check.outcome]}**{reason} in {plain(check.batch_name, 80)}"


def _ago(moment: datetime | None) -> str:
    return "never" if moment is None else format_dt(moment, "R")
