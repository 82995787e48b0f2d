"""The view of what has to be there before anything can be checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What is there already, in the order in which people need it.

    Args:
        proxies_on: Proxies that are switched on; *proxies_quarantined* are part of them.
        bound: Sessions that are bound to a proxy; *usable* ones may ask without a person's help.
        canaries: Those that have not retired.
        proven: The names of those among them that were seen.
        has_checks: A batch has finished checks, whatever became of its profiles.
    """

    proxies: int
    proxies_on: int
    proxies_quarantined: int
    sessions: int
    bound: int
    usable: int
    canaries: int
    proven: tuple[str, ...]
    has_profiles: bool
    has_checks: bool

    @property
    def done(self) -> tuple[bool, bool, bool, bool, bool]:
        """Whether there are proxies, sessions, canaries, profiles and checks that serve."""
        return (self.proxies_on > 0, self.usable > 0, self.canaries > 0, self.has_profiles, self.has_checks)
