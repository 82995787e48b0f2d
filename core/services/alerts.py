"""The verbs of alerts: what was told, by which rules, and what the bot has to send.

Where they go is in :mod:`core.services.alert_targets`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.alert_rules import FIELDS, AlertRules, with_rules
from core.domain.day import UTC_ZONE
from core.domain.outbox import is_held
from core.errors import InvalidInput
from core.events import Events
from core.secrets import Vault
from core.services.alert_handing import AlertHanding
from core.services.alert_outbox import AlertOutbox, gate_of
from core.services.alert_targets import AlertTargets
from core.services.views import (
    AlertDeliveryView,
    AlertRulesView,
    AlertRuleView,
    AlertView,
    OutgoingAlert,
)
from core.storage import alert_deliveries, alert_rules, alert_targets, audit
from core.storage import alerts as rows
from core.storage.alert_targets import DISCORD, SCHEDULE, StoredTarget
from core.storage.database import Database, Row, from_sql_time

MOST = 10_000
_DISCORD = (DISCORD, SCHEDULE)


class Alerts(AlertTargets):
    """What people asked to be told.

    Args:
        zone: Quiet hours are in it.
    """

    def __init__(
        self, database: Database, clock: Clock, events: Events, vault: Vault, zone: ZoneInfo = UTC_ZONE
    ) -> None:
        super().__init__(database, clock, events, vault)
        self._zone = zone
        self._handing = AlertHanding(database, clock, vault)
        self._outbox = AlertOutbox(database, clock, vault, zone, _DISCORD)

    async def list(self, actor: Actor, *, count: int = 100, target: int | str | None = None) -> tuple[AlertView, ...]:
        """The last *count* alerts with their deliveries, the newest last.

        Args:
            target: Only those that went to it.

        Raises:
            NotFound: There is no such target.
        """
        actor.must_be(Role.VIEWER, "list alerts")
        target_id = None if target is None else (await self._existing(self._database, target)).id
        stored = await rows.latest(self._database, max(1, min(count, MOST)), target_id)
        found = await alert_deliveries.of_alerts(self._database, [alert.id for alert in stored])
        rules = await alert_rules.read(self._database)
        known = {each.id: each for each in await alert_targets.every(self._database)}
        labels = {view.id: view.label for view in await self._views(list(known.values()))}
        now = self._clock.now()
        deliveries: dict[int, tuple[AlertDeliveryView, ...]] = {}
        for row in found:
            if row["target_id"] in known and target_id in {None, row["target_id"]}:
                view = _delivery(row, known[row["target_id"]], labels[row["target_id"]], rules, now, self._zone)
                deliveries[row["alert_id"]] = (*deliveries.get(row["alert_id"], ()), view)
        return tuple(
            AlertView(
                alert.id,
                alert.kind,
                alert.subject,
                alert.text,
                alert.created_at,
                alert.delivered_at,
                alert.batch_id,
                deliveries.get(alert.id, ()),
            )
            for alert in reversed(stored)
        )

    # -- rules ------------------------------------------------------------------------

    async def rules(self, actor: Actor) -> AlertRulesView:
        """The rules in force, with their defaults and meanings."""
        actor.must_be(Role.VIEWER, "see the rules of alerts")
        return self._rules_view(await alert_rules.read(self._database))

    async def set_rules(self, actor: Actor, values: Mapping[str, str]) -> AlertRulesView:
        """Set rules by name, all or none of them; ``default`` takes a rule back to its default.

        Raises:
            InvalidInput: A name or a value is refused, or none is given.
        """
        actor.must_be(Role.ADMIN, "change the rules of alerts")
        if not values:
            raise InvalidInput("rules", "name at least one, as NAME=VALUE")
        async with self._database.transaction() as tx:
            rules = with_rules(await alert_rules.read(tx), values)
            await alert_rules.store(tx, rules)
            detail = ", ".join(f"{name} to {text}" for name, text in values.items())
            await audit.note(tx, actor, "alert.set_rules", ", ".join(values), detail, self._clock.now())
        return self._rules_view(rules)

    def _rules_view(self, rules: AlertRules) -> AlertRulesView:
        default = AlertRules()
        is_muted = rules.muted_until is not None and rules.muted_until > self._clock.now()
        return AlertRulesView(
            kinds=rules.kinds,
            proxies_low=rules.proxies_low,
            sessions_low=rules.sessions_low,
            disk_low_mb=rules.disk_low_mb,
            quiet=None if rules.quiet is None else str(rules.quiet),
            muted_until=rules.muted_until if is_muted else None,
            batches=rules.batches.value,
            fields=tuple(
                AlertRuleView(
                    field.name,
                    field.shown(getattr(rules, field.name)),
                    field.shown(getattr(default, field.name)),
                    field.meaning,
                    field.takes,
                )
                for field in FIELDS
            ),
        )

    # -- what the bot sends -------------------------------------------------------------

    async def claim_discord(self, actor: Actor, count: int = 10) -> tuple[OutgoingAlert, ...]:
        """Up to *count* messages to send now, each to a channel of its own; they are nobody else's for two minutes."""
        actor.must_be(Role.OPERATOR, "send alerts")
        await self._handing.hand_on()
        return tuple(
            OutgoingAlert(
                deliveries=claimed.deliveries,
                target=claimed.target.id,
                label=claimed.target.wanted.label,
                channel_id=int(claimed.address.reveal()),
                mention=None if claimed.target.wanted.mention is None else int(claimed.target.wanted.mention),
                nonce=claimed.nonce,
                message=claimed.message,
            )
            for claimed in await self._outbox.claim(count)
        )

    async def delivered(self, actor: Actor, deliveries: Sequence[int]) -> None:
        """A message was sent; what is through already, or gone, stays as it is."""
        actor.must_be(Role.OPERATOR, "send alerts")
        await self._outbox.delivered(deliveries)

    async def failed(self, actor: Actor, deliveries: Sequence[int], why: str, *, gone: bool = False) -> None:
        """A message was not sent; it is tried again, the first time in 10 s, at most for a day.

        Args:
            why: Half a sentence: ``the channel was deleted``.
            gone: It is no use to try again.
        """
        actor.must_be(Role.OPERATOR, "send alerts")
        await self._outbox.failed(deliveries, why, gone=gone)


def _delivery(
    row: Row, target: StoredTarget, label: str, rules: AlertRules, now: datetime, zone: ZoneInfo
) -> AlertDeliveryView:
    state = row["state"]
    if state == "waiting" and is_held(row["kind"], gate_of(target, rules, now, zone)):
        state = "held"
    elif state == "waiting" and row["error"] is not None:
        state = "failing"
    return AlertDeliveryView(
        target=target.id,
        label=label,
        state=state,
        attempts=row["attempts"],
        due_at=from_sql_time(row["due_at"]),
        ended_at=None if row["ended_at"] is None else from_sql_time(row["ended_at"]),
        error=row["error"],
    )
