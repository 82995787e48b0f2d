"""Batches, their checks and their logs as the values that pages show.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.domain.verdict import Reason
from core.services.views import BatchEventView, BatchView, ChecksPage, FoundCheck
from core.services.views.reasons import reason_in_words
from panel.live_updates import Row

_HAPPENED = {"start": "Started", "stop": "Stopped", "created": "Created", "renamed": "Renamed"}
_DOORS = {"panel": "", "cli": "command line", "discord": "Discord"}


def batch_row(batch: BatchView, reasons: Mapping[Reason, int], rate: float | None = None) -> Row:
    """A batch as a row.

    Args:
        reasons: How often each reason left a check unknown, the most frequent first.
        rate: Checks a second; None where nothing is known.
    """
    return {
        "id": batch.id,
        "name": batch.name,
        "niche": batch.niche or "",
        "state": state_of(batch),
        "shown": batch.shown_status,
        "place": batch.place_in_line,
        "position": batch.position,
        "total": batch.total,
        "finished": batch.finished,
        "live": batch.live,
        "none": batch.none,
        "private": batch.private,
        "gone": batch.gone,
        "unknown": batch.unknown,
        "skipped": batch.skipped,
        "requests": batch.requests,
        "seconds": round(batch.seconds, 1),
        "reasons": [[reason_in_words(reason), count, reason.value] for reason, count in reasons.items()],
        "rate": rate,
        "waiting": batch.waiting_reason,
        "until": _iso(batch.waiting_until),
        "by": person_of(batch.created_by),
        "created": _iso(batch.created_at),
        "started": _iso(batch.started_at),
        "ended": _iso(batch.finished_at),
        "kept": batch.results_kept,
    }


def state_of(batch: BatchView) -> str:
    """What may be done with a batch, and how it looks: one of six."""
    if batch.status == "done":
        return "done"
    if batch.status == "in_progress":
        return "running" if batch.waiting_reason is None else "waiting"
    if batch.requested_at is not None:
        return "in_line"
    return "ready" if batch.started_at is None else "stopped"


def person_of(actor: str) -> str:
    """Who made something, as people call them: "Mara Kline", "elif, Discord", "ann, command line"."""
    door, _, name = actor.partition(":")
    if not name:
        return actor
    where = _DOORS.get(door, door)
    return f"{name}, {where}" if where else name


def check_rows(page: ChecksPage) -> list[Row]:
    """A page of results as rows."""
    return [_check_row(found) for found in page.checks]


def log_row(line: BatchEventView) -> Row:
    """A line of a batch's log."""
    return {"at": _iso(line.at), "text": log_text(line)}


def log_text(line: BatchEventView) -> str:
    """What happened, as a sentence begins: "Started by Mara Kline"."""
    happened = _HAPPENED.get(line.what, line.what.replace("_", " ").capitalize())
    if line.text.startswith("by "):
        return f"{happened} by {person_of(line.text.removeprefix('by '))}"
    return f"{happened}: {line.text}" if line.username is None else f"{happened}: @{line.username}, {line.text}"


def _check_row(found: FoundCheck) -> dict[str, Any]:
    check = found.check
    return {
        "username": check.username,
        "outcome": None if check.outcome is None else check.outcome.value,
        "reason": reason_in_words(check.reason),
        "attempts": check.attempts,
        "ms": found.latency_ms,
        "proxy": found.proxy_label or "",
        "session": found.session_label or "",
        "checked": _iso(check.checked_at),
        "until": _iso(check.story_until),
        "mark": found.mark,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
