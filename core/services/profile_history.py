"""What the checks of one profile found, as people see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.domain.trail import Trace, read_trail
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput
from core.services.pool_views import masked
from core.services.views import HistoryCheck, ProfileHistory, ProfileView
from core.services.views.why import WhyStep, why_steps, why_verdict
from core.storage import history as rows
from core.storage.database import Database, Row, from_sql_time

LARGEST_PAGE = 200
_STRIP = 40
_LOOKED_BACK = 500
_MARK = re.compile(r"([0-9: .+-]{10,40})/([0-9]{1,18})")


async def history(
    database: Database, profile: ProfileView, zone: ZoneInfo, *, after: str | None, count: int
) -> ProfileHistory:
    """The profile with up to *count* of its finished checks; with the first page, what the last ones show together.

    Raises:
        InvalidInput: The count is out of bounds, or *after* is no mark of a page.
    """
    if not 1 <= count <= LARGEST_PAGE:
        raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE} checks, not {count}")
    found = await rows.checks(database, profile.username, after=_place(after), count=count + 1)
    following = f"{found[count - 1]['checked_at']}/{found[count - 1]['id']}" if len(found) > count else None
    page = await _checks(database, found[:count])
    if after is not None:
        return ProfileHistory(profile, page, following)
    last = await rows.outcomes(database, profile.username, _LOOKED_BACK)
    strip = tuple(Outcome(row["outcome"]) for row in reversed(last[:_STRIP]))
    return ProfileHistory(profile, page, following, strip, _by_hour(last, zone))


def _place(after: str | None) -> tuple[str, int]:
    if after is None:
        return rows.BEFORE_ALL
    mark = _MARK.fullmatch(after)
    if mark is None:
        raise InvalidInput("mark", "give the mark that came with the page before, or none to begin")
    return mark[1], int(mark[2])


def _by_hour(last: Sequence[Row], zone: ZoneInfo) -> tuple[int, ...]:
    """How many stories began in each hour of the day; one that several checks saw counts once."""
    hours = [0] * 24
    for began in {row["story_since"] for row in last if row["story_since"] is not None}:
        hours[from_sql_time(began).astimezone(zone).hour] += 1
    return tuple(hours)


async def _checks(database: Database, found: Sequence[Row]) -> tuple[HistoryCheck, ...]:
    """The checks of these rows, with the routes of their trails by name."""
    trails = [read_trail(row["trail"]) for row in found]
    sessions = {trace.session for trail in trails for trace in trail if trace.session is not None}
    proxies = {trace.proxy for trail in trails for trace in trail if trace.proxy is not None}
    session_labels = {row["id"]: row["label"] for row in await rows.sessions(database, sessions)}
    proxy_labels = {row["id"]: row["label"] or masked(row).shown for row in await rows.proxies(database, proxies)}
    return tuple(
        _check(row, trail, why_steps(trail, session_labels, proxy_labels))
        for row, trail in zip(found, trails, strict=True)
    )


def _check(row: Row, trail: tuple[Trace, ...], steps: tuple[WhyStep, ...]) -> HistoryCheck:
    outcome, reason = Outcome(row["outcome"]), Reason(row["reason"])
    return HistoryCheck(
        outcome=outcome,
        reason=reason,
        attempts=row["attempts"],
        trail=row["trail"],
        latency_ms=row["latency_ms"],
        checked_at=from_sql_time(row["checked_at"]),
        story_since=_time(row["story_since"]),
        story_until=_time(row["story_until"]),
        proxy=row["proxy_id"],
        proxy_label=None if row["host"] is None else row["proxy_label"] or masked(row).shown,
        session=row["session_id"],
        session_label=row["session_label"],
        batch=row["batch_id"],
        batch_name=row["batch_name"],
        steps=steps,
        why=why_verdict(outcome, reason, trail),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
