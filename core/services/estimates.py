"""What a batch will probably cost, told before it is made."""

from __future__ import annotations

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.estimate import expected_requests, expected_seconds, requests_a_profile
from core.domain.limits import Limits
from core.services.monitoring import overview
from core.services.views import CheckEstimate
from core.storage import batches, engine_state
from core.storage.database import Database
from core.storage.models import BatchStatus
from core.storage.pool_rows import load_limits

# The batches that tell what a verdict takes.
_LAST_BATCHES = 10


class Estimates:
    """Guesses from the last batches, the limits and the routes that are ready.

    Args:
        base: The limits of this deployment where nobody set anything.
    """

    def __init__(self, database: Database, clock: Clock, base: Limits) -> None:
        self._database = database
        self._clock = clock
        self._base = base

    async def check(self, actor: Actor, profiles: int, *, look_ups: int = 0) -> CheckEstimate:
        """What checking so many profiles would cost if nobody was checked a short while ago.

        Args:
            look_ups: How many of the profiles are new, and have to be looked up once before they can be asked about.
        """
        actor.must_be(Role.VIEWER, "see what a batch would cost")
        done = await batches.newest(self._database, status=BatchStatus.DONE.value, after=None, count=_LAST_BATCHES)
        each = requests_a_profile((row["requests"], row["finished"]) for row in done)
        requests = expected_requests(profiles, each) + look_ups
        limits = await load_limits(self._database, self._base)
        state = await engine_state.read(self._database)
        seen = overview(state, await batches.line_counts(self._database), self._clock.now())
        return CheckEstimate(profiles, requests, expected_seconds(requests, seen.ready, limits, look_ups=look_ups))
