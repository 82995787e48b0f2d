"""The verbs of canaries: add, list, remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.canary import CanaryState, canary_state
from core.domain.closest import hint, sentence
from core.domain.transition import Kind, word_and_phrase
from core.errors import InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.services import acts
from core.services.named import sorted_out, usernames
from core.services.views import CanariesAdded, CanaryView, Misses, MissesOfDay
from core.storage import audit, engine_state, resource_events
from core.storage import canaries as rows
from core.storage.database import Database, Row, from_sql_time
from core.storage.pool_rows import CanaryRow, load_canaries

_MISSES_OVER = timedelta(days=30)
_MOST_DAYS = 90


class Canaries:
    """Public accounts known to be live, whose presence proves an answer."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def list(self, actor: Actor) -> tuple[CanaryView, ...]:
        """The canaries that people added, in the order of their names, with what was measured of them."""
        actor.must_be(Role.VIEWER, "list canaries")
        reasons = await resource_events.last_reasons(self._database, Kind.CANARY, CanaryState.RETIRED.value)
        share = (await self._misses()).share
        return tuple(_view(canary, reasons, share) for canary in await load_canaries(self._database))

    async def misses(self, actor: Actor) -> Misses:
        """How often a single asking would have missed a story."""
        actor.must_be(Role.VIEWER, "see how often stories are missed")
        return await self._misses()

    async def misses_by_day(self, actor: Actor, *, days: int = 7, zone: tzinfo = UTC) -> tuple[MissesOfDay, ...]:
        """The same for each of the last *days*, today included, those without batches too."""
        actor.must_be(Role.VIEWER, "see how often stories are missed")
        today = self._clock.now().astimezone(zone).date()
        first = today - timedelta(days=max(1, min(days, _MOST_DAYS)) - 1)
        counted = {first + timedelta(days=each): [0, 0] for each in range((today - first).days + 1)}
        since = datetime.combine(first, time(), zone)
        for row in await rows.found_late_by_hour(self._database, since.astimezone(UTC)):
            of_day = counted.get(from_sql_time(row["at"]).astimezone(zone).date())
            if of_day is not None:
                of_day[0] += row["live"]
                of_day[1] += row["late"]
        return tuple(MissesOfDay(day, stories, late) for day, (stories, late) in counted.items())

    async def _misses(self) -> Misses:
        return Misses(*await rows.found_late(self._database, self._clock.now() - _MISSES_OVER))

    async def add(self, actor: Actor, names: Iterable[str]) -> CanariesAdded:
        """Add canaries; those known keep what was measured, and one that retired is used again.

        Raises:
            InvalidInput: None of the names is a username; nothing is written then.
        """
        actor.must_be(Role.ADMIN, "add canaries")
        found, rejected = sorted_out(names)
        wanted = sorted(set(found))
        if not wanted:
            why = f'"{rejected[0].text}": {rejected[0].why}' if rejected else "name at least one account"
            raise InvalidInput("canary", why)
        async with self._database.transaction() as tx:
            created = await rows.create(tx, wanted, self._clock.now())
            back = await rows.bring_back(tx, wanted)
            await acts.on_canaries(tx, actor, back, self._clock.now())
            if created or back:
                await engine_state.raise_revision(tx)
            await audit.note(tx, actor, "canary.add", ", ".join(wanted), f"{created} created", self._clock.now())
        self._events.publish(WorkArrived())
        return CanariesAdded(created, len(wanted) - created, tuple(rejected), tuple(row["username"] for row in back))

    async def remove(self, actor: Actor, names: Iterable[str]) -> tuple[str, ...]:
        """Remove canaries, all that are named or none; the names of those removed.

        Raises:
            NotFound: One of them is no canary.
            InvalidInput: One of them is no username.
        """
        actor.must_be(Role.ADMIN, "remove canaries")
        wanted = usernames(names)
        async with self._database.transaction() as tx:
            known = {row["username"]: row for row in await rows.every(tx)}
            for name in wanted:
                found_among(known, name)
            await rows.remove(tx, wanted)
            await engine_state.raise_revision(tx)
            await audit.note(tx, actor, "canary.remove", ", ".join(wanted), "", self._clock.now())
        self._events.publish(WorkArrived())
        return tuple(wanted)


def found_among(known: Mapping[str, Row], name: str) -> Row:
    """The canary *name* among those stored.

    Raises:
        NotFound: It is none; the sentence has the closest one.
    """
    if name not in known:
        raise NotFound(f'There is no canary "{name}"; {sentence(hint(name, list(known)))}')
    return known[name]


def _view(canary: CanaryRow, reasons: Mapping[str, str], missed_share: float | None) -> CanaryView:
    retired = canary.retired_at is not None
    word, phrase = word_and_phrase(reasons.get(canary.username, ""))
    return CanaryView(
        username=canary.username,
        state=canary_state(
            asked=canary.asked, seen=canary.seen, missed_in_a_row=canary.missed_in_a_row, retired=retired
        ).value,
        live_share=canary.seen / canary.asked if canary.asked else None,
        last_seen_at=canary.last_seen_at,
        asked=canary.asked,
        seen=canary.seen,
        why=(phrase or word or None) if retired else None,
        missed_share=missed_share,
    )
