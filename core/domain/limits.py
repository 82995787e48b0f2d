"""The operating limits: every number that people may edit while the engine runs.

Owns their names, defaults, bounds and the sentences that refuse a bad value.  Stores nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.closest import hint
from core.errors import InvalidInput

HOUR = 3600.0
DAY = 86400.0
MINUTE = 60.0
MOST_WORKERS_BY_DEFAULT = 50

LimitValue = int | float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """All operating limits at one moment; ``FIELDS`` says what each means.

    ``None`` is "no limit" (``workers``: one a route, at most 50).
    """

    workers: int | None = None
    concurrent_batches: int = 2
    attempts: int = 3
    connect_timeout: float = 5.0
    total_timeout: float = 15.0
    per_route_hour: int | None = 30
    per_route_day: int | None = 300
    route_gap_seconds: float = 20.0
    route_gap_jitter: float = 1.0
    lookups_hour: int | None = 6
    lookups_day: int | None = 50
    new_session_days: float = 3.0
    new_session_share: float = 0.33
    per_proxy_hour: int | None = 120
    per_proxy_day: int | None = 600
    per_proxy_parallel: int = 4
    global_per_minute: int | None = None
    group_size: int = 10
    confirm_size: int = 5
    proxy_failures: int = 3
    proxy_check_minutes: int = 0
    degraded_below: int = 80
    failing_below: int = 50
    rest_scale: float = 1.0
    fresh_minutes: int = 60
    alert_in_a_row: int = 3
    alert_share: int = 20

    @classmethod
    def sandbox(cls) -> Limits:
        """What suits pretend routes: no rates, no gaps, and rests that pass while one looks."""
        return cls(
            per_route_hour=None,
            per_route_day=None,
            route_gap_seconds=0.0,
            lookups_hour=None,
            lookups_day=None,
            new_session_days=0.0,
            per_proxy_hour=None,
            per_proxy_day=None,
            rest_scale=0.002,
        )

    def workers_for(self, routes: int) -> int:
        """Exchanges in flight with so many *routes*; at least one."""
        return max(1, min(routes, MOST_WORKERS_BY_DEFAULT)) if self.workers is None else self.workers

    def changed_from(self, base: Limits) -> dict[str, LimitValue]:
        """The values that differ from *base*, by name: what is worth storing."""
        return {field.name: value for field in FIELDS if (value := self[field.name]) != base[field.name]}

    def with_stored(self, changed: Mapping[str, Any]) -> Limits:
        """These limits with what :meth:`changed_from` once gave; names of an older release are left out."""
        return replace(self, **{name: value for name, value in changed.items() if name in _BY_NAME})

    def __getitem__(self, name: str) -> LimitValue:
        value: LimitValue = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class LimitField:
    """What one limit means and takes.

    Args:
        whole: Only whole numbers.
        none_means: What ``none`` stands for; empty where it is refused.
        zero_is_none: 0 is read as ``none``.
        zero_means: What 0 would do where it is refused although the bounds are close to it.
    """

    name: str
    meaning: str
    unit: str
    minimum: float
    maximum: float
    whole: bool = True
    none_means: str = ""
    zero_is_none: bool = False
    zero_means: str = ""

    @property
    def takes(self) -> str:
        """Half a sentence: what may be given."""
        kind = "a whole number" if self.whole else "a number"
        bounds = f"{kind} from {_plain(self.minimum)} to {_plain(self.maximum)} ({self.unit})"
        if not self.none_means:
            return bounds
        return f"{bounds}, or {'0 or ' if self.zero_is_none else ''}none for {self.none_means}"


def _plain(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def _rate(name: str, meaning: str, unit: str) -> LimitField:
    return LimitField(name, meaning, unit, 1, 1_000_000, none_means="no limit", zero_is_none=True)


def _seconds(name: str, meaning: str, minimum: float, maximum: float, zero_means: str = "") -> LimitField:
    return LimitField(name, meaning, "seconds", minimum, maximum, whole=False, zero_means=zero_means)


def _count(name: str, meaning: str, unit: str, maximum: float, zero_means: str) -> LimitField:
    return LimitField(name, meaning, unit, 1, maximum, zero_means=zero_means)


def _share(name: str, meaning: str) -> LimitField:
    return LimitField(name, meaning, "per cent", 0, 100)


FIELDS: tuple[LimitField, ...] = (
    LimitField(
        "workers",
        "exchanges in flight at once",
        "exchanges",
        1,
        1000,
        none_means=f"one a route, at most {MOST_WORKERS_BY_DEFAULT}",
        zero_means="nothing would ever be checked",
    ),
    _count("concurrent_batches", "batches in progress at once", "batches", 100, "no batch would ever start"),
    _count(
        "attempts", "failed exchanges that one question of a check may cost", "exchanges", 20, "nobody would be asked"
    ),
    _seconds("connect_timeout", "longest wait for a connection", 0.1, 120, "no connection would ever be made"),
    _seconds("total_timeout", "longest wait for a whole answer", 0.1, 300, "no answer would ever arrive"),
    _rate("per_route_hour", "exchanges of one session in any hour", "exchanges"),
    _rate("per_route_day", "exchanges of one session in any day", "exchanges"),
    _seconds("route_gap_seconds", "shortest rest of a session from an answer to its next request", 0, 86400),
    LimitField("route_gap_jitter", "share of the gap that chance adds at most", "of the gap", 0, 10, whole=False),
    _rate("lookups_hour", "look-ups of one session in any hour", "look-ups"),
    _rate("lookups_day", "look-ups of one session in any day", "look-ups"),
    LimitField("new_session_days", "how long a session counts as new", "days", 0, 365, whole=False),
    LimitField(
        "new_session_share",
        "share of its limits that a new session may use",
        "of the limits",
        0.01,
        1,
        whole=False,
        zero_means="a new session would never be used",
    ),
    _rate("per_proxy_hour", "exchanges over one proxy in any hour", "exchanges"),
    _rate("per_proxy_day", "exchanges over one proxy in any day", "exchanges"),
    _count("per_proxy_parallel", "exchanges over one proxy at once", "exchanges", 1000, "no proxy would ever be used"),
    _rate("global_per_minute", "exchanges of all routes in any minute", "exchanges"),
    _count("group_size", "profiles in a first group", "profiles", 20, "nobody would be asked about"),
    _count("confirm_size", "profiles in a confirming group", "profiles", 20, "no absence would ever be confirmed"),
    _count(
        "proxy_failures", "failures in a row that quarantine a proxy", "failures", 100, "no proxy would ever be used"
    ),
    LimitField("proxy_check_minutes", "how often an idle proxy is tried, 0 for never", "minutes", 0, 10080),
    _share("degraded_below", "score under which a proxy or session counts as degraded"),
    _share("failing_below", "score under which a proxy or session counts as failing"),
    LimitField(
        "rest_scale",
        "factor on every rest, hold and quarantine of ours",
        "times the usual rest",
        0.0001,
        100,
        whole=False,
        zero_means="nothing would ever rest, and a platform that says stop would not be heard",
    ),
    LimitField("fresh_minutes", "age up to which a verdict is taken over, 0 for never", "minutes", 0, 525600),
    LimitField("alert_in_a_row", "failures in a row that raise an alert, 0 for never", "failures", 0, 1000),
    LimitField("alert_share", "share of the last 50 failed that raises an alert, 0 for never", "per cent", 0, 100),
)

_BY_NAME = {field.name: field for field in FIELDS}
# So few digits that no number of theirs is slow to read.
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def limit_field(name: str) -> LimitField:
    """What *name* means; case and dashes do not matter.

    Raises:
        InvalidInput: No limit has this name; the sentence suggests one.
    """
    field = _BY_NAME.get(name.strip().lower().replace("-", "_"))
    if field is None:
        raise InvalidInput(name.strip() or "limit", f"there is no such limit; {hint(name, _BY_NAME)}")
    return field


def parse_limit(name: str, text: str) -> LimitValue:
    """The value that *text* gives the limit *name*; None is "no limit".

    Raises:
        InvalidInput: No such limit, not a number, or out of its bounds.
    """
    field = limit_field(name)
    given = text.strip().lower()
    if given == "none":
        if field.none_means:
            return None
        raise InvalidInput(field.name, f"it cannot do without a value; it takes {field.takes}")
    if not (_WHOLE if field.whole else _NUMBER).fullmatch(given):
        raise InvalidInput(field.name, f'"{text.strip()[:40]}" does not fit; it takes {field.takes}')
    value = int(given) if field.whole else float(given)
    if value == 0 and field.zero_is_none:
        return None
    if value == 0 and field.zero_means:
        raise InvalidInput(field.name, f"with 0 {field.zero_means}; it takes {field.takes}")
    if not field.minimum <= value <= field.maximum:
        raise InvalidInput(field.name, f"{_plain(value)} is out of bounds; it takes {field.takes}")
    return value


def with_values(limits: Limits, values: Mapping[str, str]) -> Limits:
    """*limits* with each name of *values* set to what its text says; all or nothing.

    Raises:
        InvalidInput: A name or a value is refused, or two limits contradict each other.
    """
    parsed: dict[str, Any] = {limit_field(name).name: parse_limit(name, text) for name, text in values.items()}
    changed = replace(limits, **parsed)
    _must_not_exceed(changed, "connect_timeout", "total_timeout")
    _must_not_exceed(changed, "failing_below", "degraded_below")
    return changed


def _must_not_exceed(limits: Limits, lower: str, upper: str) -> None:
    least, most = limits[lower], limits[upper]
    if least is not None and most is not None and least > most:
        raise InvalidInput(lower, f"{_plain(least)} is above {upper} ({_plain(most)}); lower it or raise {upper}")
