"""The probe of the breaker that a person does not want to wait for."""

from __future__ import annotations

from typing import Any

from core.engine.engine import Engine
from core.network.pool import Pool


class BreakerProbe:
    """Lets the breaker's next probe leave at once."""

    def __init__(self, pool: Pool, engine: Engine) -> None:
        self._pool = pool
        self._engine = engine

    async def hurry(self, _: int) -> dict[str, Any]:
        """Hurry it; what was done, as a sentence."""
        if not self._pool.inspection.hurry_probe():
            return {"sentence": "The platform refuses nobody any more."}
        if not self._engine.batches:
            return {"sentence": "No batch runs, so nothing is asked; the first question of the next one is the probe."}
        # Batches that wait for the probe's moment have to look again.
        self._engine.something_changed(self._pool.limits)
        return {"sentence": "The next question leaves as a probe now."}
