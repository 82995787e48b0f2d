"""Puts into words why everything pauses: the breaker while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.services.views.happenings import failure_in_words
from core.services.views.monitoring import PauseView
from core.services.views.reasons import stored_in_words
from core.storage import error_groups, failed_exchanges, standing
from core.storage.database import Database


async def open_breaker(db: Database, told: Mapping[str, Any] | None, waiting: int, now: datetime) -> PauseView | None:
    """The breaker as the engine last told of it; None while it is closed."""
    if told is None:
        return None
    reason, alone = str(told["reason"]), bool(told["look_ups_alone"])
    since = await standing.breaker_opened(db)
    seen = await failed_exchanges.by_reason(db, (since or now).replace(minute=0, second=0, microsecond=0))
    concluded = next((each for each in seen if each.reason == reason), None)
    whom, paused = ("whoever looks a name up", "look-ups are") if alone else ("everybody", "everything is")
    return PauseView(
        reason=reason,
        words=stored_in_words(reason),
        since=since,
        next_probe_at=datetime.fromisoformat(str(told["until"])),
        look_ups_alone=alone,
        failed_probes=int(told.get("failed_probes", 0)),
        headline=f"The platform refuses {whom} ({stored_in_words(reason)}); {paused} paused.",
        explained=_explained(reason, concluded, waiting, alone=alone),
        sample=await error_groups.about(db, reason),
    )


def _explained(reason: str, concluded: failed_exchanges.FailedFor | None, waiting: int, *, alone: bool) -> str:
    said = []
    why = failure_in_words(reason)
    if concluded is not None:
        times = "1 exchange" if concluded.times == 1 else f"{concluded.times:,} exchanges"
        over = "1 proxy" if concluded.proxies == 1 else f"{concluded.proxies:,} proxies"
        said.append(f"{times} over {over} ended alike{f': {why}' if why else ''}.")
    said.append("Proxies and sessions are not to blame and keep their health.")
    if alone:
        said.append("Stories of profiles that are known already are asked about meanwhile.")
    elif waiting:
        said.append(f"{waiting:,} {'check waits' if waiting == 1 else 'checks wait'}.")
    return " ".join(said)
