"""The verbs of the operating limits: show, set, and what they allow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.budget import Budget, Carrier, budget
from core.domain.limits import FIELDS, Limits, limit_field, with_values
from core.errors import InvalidInput
from core.events import Events, WorkArrived
from core.services.views import LimitView
from core.storage import audit, engine_state, sessions
from core.storage import limits as rows
from core.storage.database import Database
from core.storage.proxies import own_limits

_DEFAULT = "default"


class OperatingLimits:
    """The numbers that people may edit while the engine runs; it applies them at once.

    Args:
        base: The limits of this deployment where nobody set anything.
    """

    def __init__(self, database: Database, clock: Clock, events: Events, base: Limits) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._base = base

    async def show(self, actor: Actor) -> tuple[LimitView, ...]:
        """All limits with their values, defaults, units and meanings."""
        actor.must_be(Role.VIEWER, "see the limits")
        return self._views(self._base.with_stored(await rows.changed(self._database)))

    async def budget(self, actor: Actor) -> Budget:
        """What the limits in force let the routes in service do at most."""
        actor.must_be(Role.VIEWER, "see the limits")
        limits = self._base.with_stored(await rows.changed(self._database))
        grown_before = self._clock.now() - timedelta(days=limits.new_session_days)
        carriers = [
            Carrier(own_limits(row), row["grown"], row["sessions"] - row["grown"])
            for row in await sessions.carriers(self._database, grown_before)
        ]
        return budget(limits, carriers)

    async def set(self, actor: Actor, values: Mapping[str, str]) -> tuple[LimitView, ...]:
        """Set limits by name, all or none of them; ``default`` takes a limit back to its default.

        Raises:
            InvalidInput: A name or a value is refused, two limits contradict each other, or none is given.
        """
        actor.must_be(Role.ADMIN, "change the limits")
        if not values:
            raise InvalidInput("limits", "name at least one, as NAME=VALUE")
        resets = [limit_field(name).name for name, text in values.items() if text.strip().lower() == _DEFAULT]
        given = {name: text for name, text in values.items() if text.strip().lower() != _DEFAULT}
        async with self._database.transaction() as tx:
            stored = await rows.changed(tx)
            before = self._base.with_stored(stored)
            kept = {name: value for name, value in stored.items() if name not in resets}
            after = with_values(self._base.with_stored(kept), given)
            await rows.store(tx, after.changed_from(self._base))
            await engine_state.raise_revision(tx)
            changed = after.changed_from(before)
            detail = ", ".join(f"{name} {before[name]} to {value}" for name, value in changed.items())
            await audit.note(tx, actor, "limits.set", ", ".join(changed), detail, self._clock.now())
        self._events.publish(WorkArrived())
        return self._views(after)

    def _views(self, limits: Limits) -> tuple[LimitView, ...]:
        return tuple(
            LimitView(field.name, limits[field.name], self._base[field.name], field.unit, field.meaning, field.takes)
            for field in FIELDS
        )
