"""Hands new alerts on: to which targets each of them goes, with the digest of a finished batch worked out before.

An alert is handed on once, in one transaction with its deliveries, whichever process does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.clock import Clock
from core.domain.alarms import AlertKind
from core.domain.alert_rules import AlertRules
from core.domain.batch_digest import BatchDigest
from core.domain.outbox import COLLECTED_FOR
from core.secrets import Secret, Vault
from core.services.batch_digests import digest_of
from core.storage import alert_deliveries, alert_rules, alert_targets, alerts, batch_comparison
from core.storage.alert_targets import DISCORD, SCHEDULE, StoredTarget, Wanted
from core.storage.alerts import StoredAlert
from core.storage.database import Database, Row, Transaction, from_sql_time

_AT_ONCE = 200


class AlertHanding:
    """From alerts to deliveries."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault

    async def hand_on(self) -> int:
        """Write the deliveries of new alerts; how many alerts there were."""
        handed = 0
        while found := await alerts.not_handed_on(self._database, _AT_ONCE):
            for alert in found:
                if alert.kind == AlertKind.BATCH_FINISHED and alert.batch_id is not None:
                    await self._batch(alert, alert.batch_id)
            others = [alert for alert in found if alert.kind != AlertKind.BATCH_FINISHED or alert.batch_id is None]
            if others:
                async with self._database.transaction() as tx:
                    rules, targets = await alert_rules.read(tx), await alert_targets.every(tx)
                    for alert in others:
                        await self._deliver(tx, alert, rules, targets)
            handed += len(found)
        return handed

    async def _batch(self, alert: StoredAlert, batch_id: str) -> None:
        """Hand on that a batch is finished; with nothing to tell of it, no alert is left."""
        batch = await batch_comparison.finished_batch(self._database, batch_id)
        # Of one that was deleted meanwhile the alert itself says enough.
        digest = None if batch is None else await digest_of(self._database, batch)
        async with self._database.transaction() as tx:
            if batch is not None and digest is not None and batch["only_changes"] and digest.says_nothing_new:
                await alerts.drop(tx, alert.id)
                return
            rules, known = await alert_rules.read(tx), await alert_targets.every(tx)
            targets = [target for target in known if target.via != SCHEDULE]
            if batch is not None and batch["channel_id"] is not None:
                targets += await self._channel(tx, known, batch)
            await self._deliver(tx, alert, rules, targets, digest)

    async def _deliver(
        self,
        tx: Transaction,
        alert: StoredAlert,
        rules: AlertRules,
        targets: Sequence[StoredTarget],
        digest: BatchDigest | None = None,
    ) -> None:
        if not await alerts.hand_on(tx, alert.id, None if digest is None else digest.to_store()):
            return
        if alert.kind not in rules.kinds:
            return
        for target in targets:
            if target.wants(alert.kind) and target.created_at <= alert.created_at:
                await alert_deliveries.add(tx, alert.id, target.id, alert.created_at + COLLECTED_FOR)

    async def _channel(self, tx: Transaction, known: Sequence[StoredTarget], batch: Row) -> list[StoredTarget]:
        """The channel of a batch's schedule as a target; nothing where people are told there anyway."""
        told = [target for target in known if target.via == DISCORD and target.wants(AlertKind.BATCH_FINISHED)]
        if any(self._vault.open(target.wanted.address).reveal() == batch["channel_id"] for target in told):
            return []
        label = f"schedule:{batch['schedule_id']}"
        channel = next((target for target in known if target.wanted.label == label), None)
        address = self._vault.seal(Secret(batch["channel_id"]))
        wanted = Wanted(label, address, batch["mention"], (AlertKind.BATCH_FINISHED.value,))
        if channel is None:
            # As old as the alert, so that it gets it.
            target_id = await alert_targets.add(tx, SCHEDULE, wanted, from_sql_time(batch["finished_at"]))
        else:
            target_id = channel.id
            await alert_targets.change(tx, target_id, replace(wanted, enabled=channel.wanted.enabled))
        channel = await alert_targets.by_id(tx, target_id)
        assert channel is not None, "it was written just now"
        return [channel]
