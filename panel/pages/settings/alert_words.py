"""What the section Alerts says: kinds, states of targets and deliveries, rules.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.alarms import CHOICES, MEANINGS, AlertKind
from core.services.views.alerts import AlertDeliveryView, AlertTargetView

SHORT = {
    AlertKind.BATCH_FINISHED: "Batch finished",
    AlertKind.STORY: "New story",
    AlertKind.TARGET_MET: "Target met",
    AlertKind.PROXIES_LOW: "Proxies low",
    AlertKind.SESSIONS_LOW: "Sessions low",
    AlertKind.SESSION_FROZEN: "Session frozen",
    AlertKind.PROXY_FAILING: "Proxy fails",
    AlertKind.CANARY_RETIRED: "Canary retired",
    AlertKind.BREAKER: "Breaker",
    AlertKind.SCHEDULE_MISSED: "Schedule missed",
    AlertKind.DISK_LOW: "Disk low",
    AlertKind.TEST: "Test",
}
# Kinds and what they mean, as a form offers them.
KINDS: tuple[tuple[str, str], ...] = tuple((kind.value, MEANINGS[kind].capitalize()) for kind in MEANINGS)
MUTES: tuple[tuple[str, str], ...] = (
    ("hour", "For an hour"),
    ("tomorrow", "Until tomorrow at 08:00"),
    ("good", "For good"),
    ("off", "Not muted"),
)
_NAMED = 2
_MORNING = 8
_DELIVERIES = {
    "waiting": ("Waiting", "accent", 2),
    "held": ("Held back", "idle", 2),
    "failing": ("Failing", "warn", 1),
    "delivered": ("Delivered", "good", 3),
    "given_up": ("Given up", "bad", 0),
}


def kind_in_words(kind: str) -> str:
    """``Batch finished``; a kind of another release as it is."""
    return {each.value: said for each, said in SHORT.items()}.get(kind, kind.replace("_", " ").capitalize())


def kinds_in_words(kinds: Sequence[str] | None) -> str:
    """``All``, ``New story, Target met`` or ``4 of 11 kinds``."""
    if kinds is None or len(kinds) == len(CHOICES):
        return "All"
    if not kinds:
        return "None"
    if len(kinds) <= _NAMED:
        return ", ".join(map(kind_in_words, kinds))
    return f"{len(kinds)} of {len(CHOICES)} kinds"


def target_state(target: AlertTargetView) -> tuple[str, str, int]:
    """A target's state in a word, its dot, and its rank: trouble first."""
    if not target.enabled:
        return "Muted for good", "idle", 3
    if target.muted_until is not None:
        return "Muted", "idle", 2
    if target.last_error is not None:
        return "Failing", "bad", 0
    if target.waiting:
        return "Waiting", "accent", 1
    return ("Nothing yet", "idle", 5) if target.last_delivered_at is None else ("Delivers", "good", 4)


def deliveries_in_words(deliveries: Sequence[AlertDeliveryView]) -> tuple[str, str, str]:
    """What became of an alert: the worst of its deliveries in a word, its dot, and where each of them stands."""
    if not deliveries:
        return "To nobody", "idle", "No target wanted it."
    by_rank = sorted(deliveries, key=lambda each: _DELIVERIES.get(each.state, ("", "idle", 9))[2])
    word, dot, _ = _DELIVERIES.get(by_rank[0].state, (by_rank[0].state, "idle", 9))
    return word, dot, "; ".join(map(_delivery, by_rank))


def mute_until(word: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The end of a mute that was chosen; None where it has none."""
    if word == "hour":
        return now + timedelta(hours=1)
    if word == "tomorrow":
        morning = now.astimezone(zone) + timedelta(days=1)
        return morning.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    return None


def _delivery(each: AlertDeliveryView) -> str:
    word = _DELIVERIES.get(each.state, (each.state, "", 9))[0].lower()
    return f"{each.label}: {word}" + (f" ({each.error})" if each.error else "")
