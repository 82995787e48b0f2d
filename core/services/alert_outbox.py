"""Alerts on their way: claimed as messages, delivered, or tried again.

One process at a time claims what goes one way: the bot for Discord, the engine's holder for Apprise.  What it claimed
and did not report on is claimed again when the claim is over, or by whoever comes after it, with the same nonce.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.alert_rules import AlertRules
from core.domain.outbox import Gate, next_message, rest_after
from core.secrets import Secret, Vault
from core.services.alert_messages import message_of
from core.services.views import AlertMessage
from core.storage import alert_deliveries, alert_rules, alert_targets, alerts
from core.storage.alert_targets import StoredTarget
from core.storage.alerts import StoredAlert
from core.storage.database import Database, Transaction

# Longer than a send takes.
CLAIMED_FOR = timedelta(minutes=2)
# What Discord takes has at most 25 characters.
_NONCE_BYTES = 12

# A target, its deliveries, their nonce and their alerts.
_Claim = tuple[StoredTarget, list[int], str, list[StoredAlert]]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process has to send now."""

    deliveries: tuple[int, ...]
    target: StoredTarget
    address: Secret
    nonce: str
    message: AlertMessage
    alerts: tuple[int, ...] = ()


class AlertOutbox:
    """What goes one way.

    Args:
        vias: The ways of its targets.
    """

    def __init__(self, database: Database, clock: Clock, vault: Vault, zone: ZoneInfo, vias: Sequence[str]) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._zone = zone
        self._vias = vias
        self._is_first = True

    def __repr__(self) -> str:
        return f"<AlertOutbox {', '.join(self._vias)}>"

    async def is_due(self) -> bool:
        """Whether something may have to be sent now."""
        return self._is_first or await alert_deliveries.is_due(self._database, self._vias, self._clock.now())

    async def claim(self, count: int, busy: Collection[int] = ()) -> list[Claimed]:
        """Up to *count* messages, each for a target of its own.

        Args:
            busy: Targets that this process is still sending something to, however long ago it was claimed: a machine
                that was asleep meanwhile must not send it a second time beside itself.
        """
        if not await self.is_due():
            return []
        async with self._database.transaction() as tx:
            if self._is_first:
                # Whoever claimed before has ended; Discord knows a nonce again for minutes only.
                await alert_deliveries.void_claims(tx, self._vias)
            claimed = await self._claim(tx, count, busy)
        self._is_first = False
        return [
            Claimed(
                deliveries=tuple(ids),
                target=target,
                address=self._vault.open(target.wanted.address),
                nonce=nonce,
                message=await message_of(self._database, self._zone, found),
                alerts=tuple(alert.id for alert in found),
            )
            for target, ids, nonce, found in claimed
        ]

    async def delivered(self, deliveries: Sequence[int]) -> None:
        """They were sent; those that are through already, or are gone, stay as they are."""
        async with self._database.transaction() as tx:
            for target in await alert_deliveries.delivered(tx, deliveries, self._clock.now()):
                await alert_targets.went_well(tx, target, self._clock.now())

    async def failed(self, deliveries: Sequence[int], why: str, *, gone: bool = False) -> None:
        """They were not sent, because of *why*.

        Args:
            gone: It is no use to try again.
        """
        now = self._clock.now()
        async with self._database.transaction() as tx:
            for row in await alert_deliveries.attempted(tx, deliveries):
                rest = None if gone else rest_after(row["attempts"])
                if rest is None:
                    await alert_deliveries.give_up(tx, [row["id"]], now, why)
                else:
                    await alert_deliveries.try_again(tx, [row["id"]], now + rest, why)
                await alert_targets.went_wrong(tx, row["target_id"], why)

    async def _claim(self, tx: Transaction, count: int, busy: Collection[int]) -> list[_Claim]:
        now, rules = self._clock.now(), await alert_rules.read(tx)
        waiting = await alert_deliveries.waiting(tx, self._vias)
        claimed: list[_Claim] = []
        for target in await alert_targets.every(tx):
            if target.id not in waiting or target.id in busy or len(claimed) == count:
                continue
            ids = next_message(waiting[target.id], gate_of(target, rules, now, self._zone), now)
            if ids:
                nonce = secrets.token_hex(_NONCE_BYTES)
                nonce = await alert_deliveries.claim(tx, ids, nonce=nonce, until=now + CLAIMED_FOR)
                found = await alerts.by_ids(tx, await alert_deliveries.alerts_of(tx, ids))
                claimed.append((target, ids, nonce, found))
        return claimed


def gate_of(target: StoredTarget, rules: AlertRules, now: datetime, zone: ZoneInfo) -> Gate:
    """What holds messages to a target now: its own mute and quiet hours, and those of all."""
    quiet = any(each is not None and each.until(now, zone) is not None for each in (rules.quiet, target.wanted.quiet))
    muted = any(until is not None and until > now for until in (rules.muted_until, target.muted_until))
    return Gate(muted=muted, quiet=quiet, last_at=target.last_delivered_at)
