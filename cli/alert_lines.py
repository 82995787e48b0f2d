"""Alerts, their targets and rules as ``--json`` prints them, and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.table import Table

from cli import words
from core.services.views import (
    AlertDeliveryView,
    AlertRulesView,
    AlertRuleView,
    AlertTargetView,
    AlertView,
    TargetTested,
)

Record = dict[str, Any]

_ALERT = ("id", "kind", "subject", "text", "created_at", "delivered_at")
_DELIVERY = ("target", "label", "state", "attempts", "due_at", "ended_at", "error")
_TARGET = (
    "id",
    "label",
    "via",
    "address",
    "kinds",
    "quiet",
    "muted_until",
    "enabled",
    "waiting",
    "last_delivered_at",
    "last_error",
    "created_at",
    "schedule",
)
_STATES = {
    "waiting": "waits",
    "held": "held",
    "failing": "is tried again",
    "delivered": "delivered",
    "given_up": "given up",
}


def alert(view: AlertView) -> Record:
    """Something people asked to be told, with what became of it at each target."""
    deliveries = [_taken(each, _DELIVERY) for each in view.deliveries]
    return {**_taken(view, _ALERT), "batch_id": view.batch, "deliveries": deliveries}


def target(view: AlertTargetView) -> Record:
    """Where alerts go; ids of Discord are text, as Discord writes them."""
    places = {"channel": view.channel_id, "mention": view.mention}
    return {
        **_taken(view, _TARGET),
        **{name: None if number is None else str(number) for name, number in places.items()},
    }


def tested(view: TargetTested) -> Record:
    """What became of a test."""
    return {"ok": view.ok, "sentence": view.sentence}


def rules(view: AlertRulesView) -> Record:
    """The rules in force, by name, and until when alerts are muted."""
    names = ("kinds", "batches", "proxies_low", "sessions_low", "disk_low_mb", "quiet", "muted_until")
    return _taken(view, names)


def alerts_table(views: Sequence[AlertView]) -> Table | str:
    """Alerts in the order in which they came."""
    if not views:
        return "No alerts so far."
    table = _table("when (UTC)", "about", "alert", "told")
    for view in views:
        told = "; ".join(map(_delivery, view.deliveries)) or "nobody"
        table.add_row(f"{view.created_at:%Y-%m-%d %H:%M:%S}", view.subject, view.text, told)
    return table


def targets_table(views: Sequence[AlertTargetView], now: datetime) -> Table | str:
    """Targets with how their last delivery went."""
    if not views:
        return "Alerts go nowhere yet. Add a target with: storywatch alert add --label NAME --channel ID"
    table = _table("id", "target", "where", "kinds", "quiet", "state", "last delivery")
    for view in views:
        kinds = "all" if view.kinds is None else ", ".join(view.kinds) or "none"
        last = words.ago(view.last_delivered_at, now)
        if view.last_error is not None:
            last = f"failed: {view.last_error}"
        table.add_row(str(view.id), view.label, view.address, kinds, view.quiet or "", _state(view), last)
    return table


def rules_table(views: Sequence[AlertRuleView]) -> Table:
    """Rules with their defaults and meanings."""
    table = _table("rule", "value", "default", "meaning", "takes")
    for view in views:
        table.add_row(view.name, view.value, view.default, view.meaning, view.takes)
    return table


def _delivery(view: AlertDeliveryView) -> str:
    said = f"{view.label} {_STATES.get(view.state, view.state)}"
    return said if view.error is None or view.state == "delivered" else f"{said}: {view.error}"


def _state(view: AlertTargetView) -> str:
    if not view.enabled:
        return "off"
    waiting = f"{view.waiting:,} waiting" if view.waiting else ""
    muted = "" if view.muted_until is None else f"muted until {view.muted_until:%Y-%m-%d %H:%M} UTC"
    return ", ".join(filter(None, (muted, waiting))) or "on"


def _taken(view: object, names: Sequence[str]) -> Record:
    return {name: getattr(view, name) for name in names}


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
