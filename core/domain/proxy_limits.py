"""A proxy's own limits, which hold in place of the general ones: their names, and what their texts mean.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.closest import hint
from core.domain.limits import parse_limit
from core.errors import InvalidInput

# The general limit that each stands in for.
GENERAL: Mapping[str, str] = {
    "per_hour": "per_proxy_hour",
    "per_day": "per_proxy_day",
    "parallel": "per_proxy_parallel",
}
_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class ProxyLimits:
    """A proxy's own limits: None leaves each to the general one, 0 is "no limit" (not for *parallel*)."""

    per_hour: int | None = None
    per_day: int | None = None
    parallel: int | None = None


NO_LIMITS_OF_ITS_OWN = ProxyLimits()


def with_own(limits: ProxyLimits, values: Mapping[str, str]) -> ProxyLimits:
    """*limits* with each name of *values* set to what its text says, all or nothing.

    ``default`` leaves a limit to the general one again; 0 and ``none`` are "no limit".

    Raises:
        InvalidInput: A name or a value is refused.
    """
    return replace(limits, **{_known(name): _parsed(_known(name), text) for name, text in values.items()})


def _known(name: str) -> str:
    own = name.strip().lower().replace("-", "_")
    if own not in GENERAL:
        raise InvalidInput(name.strip() or "limit", f"a proxy has no such limit of its own; {hint(own, GENERAL)}")
    return own


def _parsed(own: str, text: str) -> int | None:
    if text.strip().lower() == _DEFAULT:
        return None
    try:
        value = parse_limit(GENERAL[own], text)
    except InvalidInput as error:
        raise InvalidInput(own, f"{error.why}, or default for the general {GENERAL[own]}") from None
    return 0 if value is None else int(value)
