"""What a message about one or several alerts says, in plain text, and the file that goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from core.domain.alarms import GOES_ON, MEANINGS, URGENT, AlertKind
from core.domain.batch_digest import MOST_NAMES, BatchDigest, from_stored
from core.services import batch_results, exports
from core.services.batch_results import Mark
from core.services.views import AlertFile, AlertMessage
from core.storage.alerts import StoredAlert
from core.storage.database import Database

# As many as one reads, and as fit into a message.
MOST_LINES = 15
# More of them in one message are told by name alone.
_FEW_STORIES = 5
_ROOM = 3_200
# What Discord takes everywhere, with room for the message itself, and most mail servers do, too.
MOST_BYTES = 9 * 1024 * 1024
# A username, an outcome, a reason and a time.
_SHORTEST_LINE = 45
_TOO_LARGE = "The results are too many for a file; export them in the panel."
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
DIGEST = "digest"


async def message_of(database: Database, zone: ZoneInfo, found: Sequence[StoredAlert]) -> AlertMessage:
    """The message about *found*, the oldest of them first; results go along if it is about one batch."""
    if len(found) > 1:
        return await _digest(database, zone, found)
    (alert,) = found
    digest = _batch_digest(alert)
    if digest is None:
        return _message(alert)
    day = alert.created_at.astimezone(zone).date()
    file, is_too_large = await _results(database, alert, digest, day)
    return AlertMessage(
        kind=alert.kind,
        title=digest.title(),
        lines=(*digest.sentences(zone), *([_TOO_LARGE] if is_too_large else [])),
        more=0,
        fields=tuple(digest.fields()),
        footer=digest.footer(),
        batch=alert.batch_id,
        names=digest.names,
        more_names=digest.new - len(digest.names),
        file=file,
        created_at=alert.created_at,
    )


def plain_text(message: AlertMessage) -> str:
    """A message where there is nothing but text."""
    parts = list(message.lines)
    if message.more:
        parts.append(f"and {message.more:,} more")
    if message.names:
        more = f" and {message.more_names:,} more" if message.more_names else ""
        parts.append(f"{', '.join(message.names)}{more}.")
    if message.fields:
        parts.append("\n".join(f"{name}: {value}" for name, value in message.fields))
    if message.footer:
        parts.append(message.footer)
    return "\n\n".join(parts)


async def _digest(database: Database, zone: ZoneInfo, found: Sequence[StoredAlert]) -> AlertMessage:
    """What cannot wait comes first, then batches, and stories last, together; one batch's results go along."""
    stories = [alert.subject for alert in found if alert.kind == AlertKind.STORY]
    if len(stories) <= _FEW_STORIES:
        stories = []
    others = [alert for alert in found if not stories or alert.kind != AlertKind.STORY]
    others.sort(key=lambda alert: _rank(alert.kind))
    names = tuple(stories[:MOST_NAMES])
    lines = _lines(others)
    more = len(others) - len(lines)
    batches = [(alert, digest) for alert in others if (digest := _batch_digest(alert)) is not None]
    file = None
    if len(batches) == 1:
        alert, digest = batches[0]
        file, _ = await _results(database, alert, digest, alert.created_at.astimezone(zone).date())
    watched = f"{len(stories):,} watched profiles have a new story"
    if stories and others:
        # The names come behind the lines, so this has to be the last one.
        lines += [*([f"and {more:,} more"] if more else []), f"{watched}:"]
        more = 0
    return AlertMessage(
        kind=DIGEST if others else AlertKind.STORY.value,
        title=f"{len(found):,} alerts" if others else watched,
        lines=tuple(lines),
        more=more,
        fields=(),
        footer="",
        batch=batches[0][0].batch_id if len(batches) == 1 else None,
        names=names,
        more_names=len(stories) - len(names),
        file=file,
        created_at=found[0].created_at,
        pauses=_pauses(found),
    )


def _lines(found: Sequence[StoredAlert]) -> list[str]:
    """As many as one reads."""
    lines: list[str] = []
    room = _ROOM
    for alert in found[:MOST_LINES]:
        digest = _batch_digest(alert)
        line = alert.text if digest is None else f"{digest.title()}; {digest.live:,} of {digest.total:,} are live."
        room -= len(line)
        if room < 0:
            break
        lines.append(line)
    return lines


def _rank(kind: str) -> int:
    if kind in URGENT:
        return 0
    if kind == AlertKind.BATCH_FINISHED:
        return 1
    return 3 if kind == AlertKind.STORY else 2


def _message(alert: StoredAlert) -> AlertMessage:
    return AlertMessage(
        alert.kind,
        _title_of(alert),
        (alert.text,),
        0,
        (),
        "",
        alert.batch_id,
        (),
        0,
        None,
        alert.created_at,
        pauses=_pauses([alert]),
    )


def _pauses(found: Sequence[StoredAlert]) -> bool:
    """Whether the last news of the breaker is that it is open."""
    breaker = [alert.text for alert in found if alert.kind == AlertKind.BREAKER]
    return bool(breaker) and breaker[-1] != GOES_ON


def _title_of(alert: StoredAlert) -> str:
    """A single alert in a few words; a breaker has one kind for both of its news."""
    if alert.kind == AlertKind.TEST:
        return "A test of Storywatch"
    if alert.kind == AlertKind.BREAKER:
        return "Everything goes on again" if alert.text == GOES_ON else "The platform refuses us"
    return _title(alert.kind)


def _title(kind: str) -> str:
    words = MEANINGS.get(AlertKind(kind), kind)
    return words[:1].upper() + words[1:]


def _batch_digest(alert: StoredAlert) -> BatchDigest | None:
    return None if alert.detail is None else from_stored(alert.detail)


async def _results(
    database: Database, alert: StoredAlert, digest: BatchDigest, day: date
) -> tuple[AlertFile | None, bool]:
    """The batch's results as a file, if there are any and they fit, and whether they did not."""
    assert alert.batch_id is not None, "only batches have a digest"
    if digest.total * _SHORTEST_LINE > MOST_BYTES:
        return None, True
    content = bytearray()
    found = batch_results.records(batch_results.settled_checks(database, alert.batch_id, Mark(), None))
    lines = 0
    async for line in exports.lines(batch_results.EXPORTED, found, exports.Form.CSV):
        content += line.encode()
        lines += 1
        if len(content) > MOST_BYTES:
            return None, True
    if lines <= 1:
        return None, False
    slug = _NOT_IN_NAMES.sub("-", digest.name.casefold()).strip("-")[:60] or "results"
    return AlertFile(f"{slug}-{day:%Y-%m-%d}.csv", bytes(content)), False
