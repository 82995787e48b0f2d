"""Tests of targets: a message that nothing holds, and the answer to it.

What goes through Apprise is sent from here; a Discord channel is reached by the bot, which may run elsewhere.
"""

from __future__ import annotations

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.alarms import AlertKind, NewAlert
from core.events import AlertsDue, Events
from core.network import notices
from core.network.notices import Notice, NoticeFailed
from core.secrets import Vault
from core.services.views import TargetTested
from core.storage import alert_deliveries, alert_targets, alerts, audit
from core.storage.alert_targets import APPRISE, StoredTarget
from core.storage.database import Database

# As long as a person waits; the bot looks every few seconds.
PATIENCE = 20.0
_LOOK_EVERY = 0.25
_TEXT = "This is a test that {who} asked for. Alerts reach this place."
_NOBODY = "the bot did not take it within 20 s; it is not connected, or none runs (STORYWATCH_DISCORD_TOKEN)"


class AlertTests:
    """Tests of this process."""

    def __init__(self, database: Database, clock: Clock, events: Events, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._vault = vault

    async def send(self, actor: Actor, target: StoredTarget) -> TargetTested:
        """Send a test to *target*; what became of it."""
        text = _TEXT.format(who=actor.name.partition(":")[2] or actor.name)
        why = await (self._by_apprise(target, text) if target.via == APPRISE else self._by_the_bot(target, text))
        async with self._database.transaction() as tx:
            if target.via == APPRISE:
                if why is None:
                    await alert_targets.went_well(tx, target.id, self._clock.now())
                else:
                    await alert_targets.went_wrong(tx, target.id, why)
            outcome = "delivered" if why is None else f"failed: {why}"
            await audit.note(tx, actor, "alert.test_target", target.wanted.label, outcome, self._clock.now())
        if why is None:
            return TargetTested(True, "The test was delivered.")
        return TargetTested(False, f"The test was not delivered: {why.rstrip('.')}.")

    async def _by_apprise(self, target: StoredTarget, text: str) -> str | None:
        """Why it was not sent; None where it was."""
        try:
            await notices.send(self._vault.open(target.wanted.address), Notice("A test of Storywatch", text))
        except NoticeFailed as error:
            return str(error)
        return None

    async def _by_the_bot(self, target: StoredTarget, text: str) -> str | None:
        now = self._clock.now()
        async with self._database.transaction() as tx:
            alert_id = await alerts.add_handed_on(tx, NewAlert(AlertKind.TEST, target.wanted.label, text), now)
            await alert_deliveries.add(tx, alert_id, target.id, now)
        self._events.publish(AlertsDue())
        until = self._clock.monotonic() + PATIENCE
        while True:
            found = await alert_deliveries.of_alerts(self._database, [alert_id])
            if not found:
                return "the target was removed meanwhile"
            (row,) = found
            if row["state"] == "delivered":
                return None
            why = row["error"] or (_NOBODY if self._clock.monotonic() >= until else None)
            if why is not None:
                async with self._database.transaction() as tx:
                    await alert_deliveries.give_up(tx, [row["id"]], self._clock.now(), why)
                return str(why)
            await self._clock.sleep(_LOOK_EVERY)
