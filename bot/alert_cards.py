"""Alerts as cards: one card a message, whether it tells of one thing or of many.  Pure."""

from __future__ import annotations

import discord
from discord import ButtonStyle, ui

from bot.buttons import BatchButton
from bot.cards import ACCENT, BAD, GOOD, WARNING
from bot.probing import ProbeButton
from bot.profile_cards import PageOf, named
from bot.text import plain, within
from core.domain.alarms import GOES_ON, AlertKind
from core.services.views import BatchView
from core.services.views.alerts import AlertMessage

_COLOURS = {
    AlertKind.BATCH_FINISHED.value: GOOD,
    AlertKind.STORY.value: GOOD,
    AlertKind.TARGET_MET.value: GOOD,
    AlertKind.BREAKER.value: BAD,
    AlertKind.SESSION_FROZEN.value: BAD,
    AlertKind.DISK_LOW.value: BAD,
    AlertKind.PROXIES_LOW.value: WARNING,
    AlertKind.SESSIONS_LOW.value: WARNING,
    AlertKind.PROXY_FAILING.value: WARNING,
    AlertKind.CANARY_RETIRED.value: WARNING,
    AlertKind.SCHEDULE_MISSED.value: WARNING,
}
_TITLE, _FIELD_NAME, _FIELD, _FOOTER = 256, 256, 400, 500
_LINE, _LINES, _NAMES = 500, 2_400, 1_200
_MOST_FIELDS = 12
_PRETEND = "Sandbox: pretend data"
_TOO_LARGE = "The file is too large for Discord; /batch results and the panel have it."


def alert_card(
    message: AlertMessage, mark: str, page_of: PageOf, *, is_sandbox: bool, lacks_file: bool = False
) -> discord.Embed:
    """What a message says.

    Args:
        mark: How its footer ends.
        lacks_file: There is a file that Discord does not take.
    """
    card = discord.Embed(title=plain(message.title, _TITLE), colour=_colour(message))
    lines, names = _lines(message), _names(message, page_of)
    # Whose stories are new belongs to the first sentence of a batch, and to the last line of many alerts.
    before = 1 if message.kind == AlertKind.BATCH_FINISHED else len(lines)
    told = [within(lines[:before], _LINES), names, within(lines[before:], _LINES), _TOO_LARGE if lacks_file else ""]
    card.description = "\n".join(filter(None, told))
    for name, value in message.fields[:_MOST_FIELDS]:
        card.add_field(name=plain(name, _FIELD_NAME), value=plain(value, _FIELD) or "–")
    said = [plain(message.footer, _FOOTER), _PRETEND if is_sandbox else "", mark]
    card.set_footer(text=" · ".join(filter(None, said)))
    card.timestamp = message.created_at
    return card


def alert_mark(nonce: str) -> str:
    """How the footer of a message ends that is sent with *nonce*; tells it from every other one."""
    return nonce[:8]


def alert_buttons(message: AlertMessage, batch: BatchView | None) -> ui.View | None:
    """What can be done about a pause, and about the only batch that a message tells of; None where nothing can."""
    view = ui.View(timeout=None)
    if message.pauses:
        view.add_item(ProbeButton())
    if batch is not None:
        if batch.unknown:
            view.add_item(BatchButton("retry", batch.id, f"Retry unknown ({batch.unknown:,})", ButtonStyle.primary))
        view.add_item(BatchButton("results", batch.id, "All live profiles", ButtonStyle.secondary))
    return view if view.children else None


def _colour(message: AlertMessage) -> int:
    if message.kind == AlertKind.BREAKER and GOES_ON in message.lines:
        return GOOD
    return _COLOURS.get(message.kind, ACCENT)


def _lines(message: AlertMessage) -> list[str]:
    lines = [plain(line, _LINE) for line in message.lines]
    return [*lines, f"and {message.more:,} more"] if message.more else lines


def _names(message: AlertMessage, page_of: PageOf) -> str:
    """Profiles one behind the other, as many as there is room for."""
    shown: list[str] = []
    room = _NAMES
    for name in message.names:
        room -= len(named(name, page_of)) + 3
        if room < 0:
            break
        shown.append(named(name, page_of))
    left = message.more_names + len(message.names) - len(shown)
    return " · ".join(shown) + (f" and {left:,} more" if left and shown else "")
