"""The view of what something will probably cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckEstimate:
    """What checking some profiles will probably cost.

    Args:
        seconds: None while no route is ready.
    """

    profiles: int
    requests: int
    seconds: float | None
