"""Rows of the feed as the browser gets them: small, JSON, and with a mark that tells whether one has changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from core.services.views import FeedRow
from core.services.views.reasons import reason_in_words


def as_rows(found: Iterable[FeedRow]) -> list[dict[str, Any]]:
    """The rows; ``id`` is the username, ``mark`` another number whenever anything else of a row differs."""
    return [_marked(_row(row)) for row in found]


def changed_rows(found: Iterable[FeedRow], marks: Mapping[str, int]) -> list[dict[str, Any]]:
    """Those rows whose marks are not the ones that the browser has."""
    return [row for row in as_rows(found) if marks.get(row["id"]) != row["mark"]]


def _row(row: FeedRow) -> dict[str, Any]:
    return {
        "id": row.username,
        "niche": row.niche,
        "niche_id": row.niche_id,
        "status": row.status,
        "watched": row.watched,
        "story": row.story.value,
        "story_since": row.story_since,
        "story_until": row.story_until,
        "reason": reason_in_words(row.last_reason),
        "last_checked_at": row.last_checked_at,
        "last_story_at": row.last_story_at,
        "live": row.live_now,
        "checks_total": row.checks_total,
        "detection_ppm": row.detection_ppm if row.conclusive_total else None,
        "unknown_streak": row.unknown_streak,
    }


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"mark": zlib.crc32(orjson.dumps(row))}
