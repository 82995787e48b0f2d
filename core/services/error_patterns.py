"""Puts together which errors come again and again: for what, over which proxies, at which hours, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.domain.failure import THROTTLES
from core.domain.transition import word_and_phrase
from core.services.monitor_figures import reason_counts
from core.services.views.monitoring import HeatRow, HeatView, PatternsView, PatternView, TraceView
from core.services.views.reasons import stored_in_words
from core.storage import engine_state, error_groups, failed_exchanges, standing
from core.storage.database import Database
from core.storage.error_groups import StoredError
from core.storage.failed_exchanges import NAMED, FailedFor
from core.storage.standing import Struck, Troubled

MOST_TRACES = 50
_MOST_STRUCK = 500
_HOUR = timedelta(hours=1)
# A reason that hit so large a part of the proxies in use, and at least so many of them, is everybody's.
_EVERYBODY = 0.8
_LEAST_PROXIES = 3
_WAITS_FOR_A_PERSON = frozenset({"expired", "checkpoint"})
_THROTTLES = frozenset(reason.value for reason in THROTTLES)
_USUALLY_DONE = {
    "answer": "The question was asked again over another route; the sample is kept.",
    "internal": "The check was tried once more, and would end unknown if it struck again.",
}


# -- the heat map -------------------------------------------------------------------


async def heat_view(db: Database, now: datetime, reason: str | None, hours: int, top: int) -> HeatView:
    """Failed exchanges of the last *hours* by proxy and hour, for one reason or for all."""
    present = _hour_of(now)
    shown = tuple(present - back * _HOUR for back in reversed(range(hours)))
    worst = await failed_exchanges.worst(db, shown[0], reason, top)
    cells = await failed_exchanges.cells(db, shown[0], reason, list(worst.totals))
    names = await standing.proxy_names(db, worst.totals)
    rows = [
        HeatRow(proxy, names[proxy], tuple(max(0, cells.get((proxy, hour), 0)) for hour in shown), total)
        for proxy, total in worst.totals.items()
    ]
    rows.sort(key=lambda row: (row.label, row.proxy))
    by_reason = await failed_exchanges.by_reason(db, shown[0])
    return HeatView(
        hours=shown,
        rows=tuple(rows),
        failing=worst.failing,
        proxies=sum((await standing.proxies_by_state(db, now)).values()),
        most=max((cell for row in rows for cell in row.cells), default=0),
        total=worst.total,
        reasons=reason_counts([(each.reason, each.times) for each in by_reason]),
    )


# -- the patterns -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known when the patterns are told."""

    now: datetime
    hit: Mapping[str, Sequence[str]]
    in_use: int
    sessions: Mapping[str, Sequence[Struck]]
    proxies_resting: Mapping[str, Sequence[Troubled]]
    sessions_resting: Mapping[str, Sequence[Troubled]]
    breaker: Mapping[str, Any] | None
    openings: Sequence[str]


async def patterns_view(db: Database, now: datetime, hours: int) -> PatternsView:
    """What went wrong again and again within the last *hours*."""
    since = _hour_of(now) - (hours - 1) * _HOUR
    failed = await failed_exchanges.by_reason(db, since)
    scene = await _scene(db, now, since)
    patterns = [_of_exchanges(each, scene) for each in failed]
    told = {each.reason for each in failed}
    patterns += [_of_sessions(reason, struck, scene) for reason, struck in scene.sessions.items() if reason not in told]
    patterns.sort(key=lambda pattern: (pattern.still, pattern.last_seen), reverse=True)
    traces = [trace_view(each) for each in await error_groups.latest(db, MOST_TRACES)]
    return PatternsView(tuple(patterns), tuple(traces))


def trace_view(stored: StoredError) -> TraceView:
    """Errors of one kind; where nobody noted what was done about them, what is done with all of their kind."""
    return TraceView(
        fingerprint=stored.fingerprint,
        kind=stored.kind,
        title=stored.title,
        count=stored.count,
        first_seen=stored.first_seen,
        last_seen=stored.last_seen,
        sample=stored.sample,
        action=stored.action or _USUALLY_DONE.get(stored.kind, ""),
        noted=stored.action is not None,
    )


async def _scene(db: Database, now: datetime, since: datetime) -> _Scene:
    hit = await failed_exchanges.most_hit(db, since)
    names = await standing.proxy_names(db, {proxy for proxies in hit.values() for proxy in proxies})
    struck: dict[str, list[Struck]] = {}
    for each in await standing.struck_sessions(db, since, _MOST_STRUCK):
        struck.setdefault(word_and_phrase(each.reason)[0], []).append(each)
    return _Scene(
        now=now,
        hit={reason: [names[proxy] for proxy in proxies] for reason, proxies in hit.items()},
        in_use=await failed_exchanges.in_use(db, since),
        sessions=struck,
        proxies_resting=_by_reason(await standing.troubled_proxies(db, now)),
        sessions_resting=_by_reason(await standing.troubled_sessions(db, now)),
        breaker=(await engine_state.read(db)).snapshot.get("breaker"),
        openings=[word_and_phrase(reason)[0] for reason in await standing.breaker_openings(db, since)],
    )


def _of_exchanges(failed: FailedFor, scene: _Scene) -> PatternView:
    # An hour that is not over yet has not ended later than now.
    last_seen = failed.last_at or min(scene.now, failed.last_hour + _HOUR)
    struck = scene.sessions.get(failed.reason, ())
    return _pattern(failed.reason, _whom(failed, scene, struck), failed.times, last_seen, scene)


def _of_sessions(reason: str, struck: Sequence[Struck], scene: _Scene) -> PatternView:
    return _pattern(reason, _several(_sessions(struck)), len(struck), struck[0].at, scene)


def _pattern(reason: str, whom: str, times: int, last_seen: datetime, scene: _Scene) -> PatternView:
    done, until, what = _done(reason, scene)
    return PatternView(
        reason=reason,
        words=stored_in_words(reason),
        whom=whom,
        times=times,
        last_seen=last_seen,
        done=" ".join(done) if done else _settled(reason, scene),
        until=until,
        until_what=what,
        still=bool(done),
    )


def _whom(failed: FailedFor, scene: _Scene, struck: Sequence[Struck]) -> str:
    if failed.proxies >= max(_LEAST_PROXIES, scene.in_use * _EVERYBODY):
        return "every route"
    if struck:
        return _several(_sessions(struck))
    return _several(scene.hit.get(failed.reason, ()), failed.proxies)


def _sessions(struck: Sequence[Struck]) -> list[str]:
    return list(dict.fromkeys(each.session for each in struck))


def _several(names: Sequence[str], count: int | None = None) -> str:
    """At most three names, and how many more there are."""
    shown, count = names[:NAMED], len(names) if count is None else count
    more = count - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _done(reason: str, scene: _Scene) -> tuple[list[str], datetime | None, str]:
    """What goes on because of *reason*, the next moment that matters, and what happens then."""
    breaker = scene.breaker
    if breaker is not None and breaker["reason"] == reason:
        waits = "look-ups wait" if breaker["look_ups_alone"] else "everybody waits"
        return [f"The breaker is open: {waits} but one probe."], datetime.fromisoformat(breaker["until"]), "next probe"
    said: list[str] = []
    moments: list[tuple[datetime, str]] = []
    for each in (*scene.proxies_resting.get(reason, ()), *scene.sessions_resting.get(reason, ())):
        said.append(_resting(each))
        if each.until is not None:
            moments.append((each.until, "next probe" if each.state == "quarantined" else "first one ready"))
    until, what = min(moments, default=(None, ""))
    return said, until, what


def _resting(troubled: Troubled) -> str:
    count, one = troubled.count, troubled.count == 1
    if troubled.state in _WAITS_FOR_A_PERSON:
        return f"{count:,} {'session waits' if one else 'sessions wait'} for a person."
    if troubled.state == "quarantined":
        return f"{count:,} {'proxy is' if one else 'proxies are'} in quarantine."
    if troubled.state == "cooling":
        return f"{count:,} {'proxy rests' if one else 'proxies rest'}."
    return f"{count:,} {'session rests' if one else 'sessions rest'}."


def _settled(reason: str, scene: _Scene) -> str:
    """What was done about *reason*, now that nobody rests for it any more."""
    opened = scene.openings.count(reason)
    if opened:
        times = "once" if opened == 1 else f"{opened:,} times"
        return f"The breaker opened {times}, and has closed again."
    if reason in _THROTTLES:
        return "The routes rested, and are in use again."
    return "What was asked was asked again over another route."


def _by_reason(troubled: Iterable[Troubled]) -> dict[str, list[Troubled]]:
    found: dict[str, list[Troubled]] = {}
    for each in troubled:
        found.setdefault(each.reason, []).append(each)
    return found


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
