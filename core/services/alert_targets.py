"""The verbs of where alerts go: targets are listed, added, changed, muted, tested and removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.closest import hint, sentence
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events
from core.network import notices
from core.secrets import Secret, Vault
from core.services.alert_target_values import must_be_usable, read_label, with_values
from core.services.alert_tests import AlertTests
from core.services.views import AlertTargetView, TargetTested
from core.storage import alert_rules, audit
from core.storage import alert_targets as rows
from core.storage.alert_targets import APPRISE, DISCORD, SCHEDULE, StoredTarget, Wanted
from core.storage.database import Database, Transaction


class AlertTargets:
    """Where alerts go.

    A target is named by its id or its label.
    """

    def __init__(self, database: Database, clock: Clock, events: Events, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._tests = AlertTests(database, clock, events, vault)

    async def targets(self, actor: Actor) -> tuple[AlertTargetView, ...]:
        """All targets in the order in which they came, the channels of schedules among them."""
        actor.must_be(Role.VIEWER, "see where alerts go")
        return await self._views(await rows.every(self._database))

    async def target(self, actor: Actor, target: int | str) -> AlertTargetView:
        """One target.

        Raises:
            NotFound: There is none.
        """
        actor.must_be(Role.VIEWER, "see where alerts go")
        (view,) = await self._views([await self._existing(self._database, target)])
        return view

    async def add_target(
        self, actor: Actor, label: str, via: str, address: Secret, values: Mapping[str, str] | None = None
    ) -> AlertTargetView:
        """Add a target; it gets what happens from now on.

        Args:
            via: ``discord``, with a channel's id as *address*, or ``apprise``, with its URL.
            values: As for :meth:`change_target`.

        Raises:
            InvalidInput: A field is refused.
            Conflict: There is one with this label.
        """
        actor.must_be(Role.ADMIN, "add targets of alerts")
        via = via.strip().lower()
        if via not in {DISCORD, APPRISE}:
            raise InvalidInput("via", f'"{via[:40]}" is no way for alerts; it takes discord or apprise')
        await must_be_usable(via, address)
        async with self._database.transaction() as tx:
            first = Wanted(read_label(label), self._vault.seal(Secret(address.reveal().strip())))
            wanted = with_values(first, {**(values or {}), "label": label}, via)
            await self._must_be_free(tx, wanted.label, None)
            target_id = await rows.add(tx, via, wanted, self._clock.now())
            await audit.note(tx, actor, "alert.add_target", wanted.label, via, self._clock.now())
        return await self.target(actor, target_id)

    async def change_target(
        self, actor: Actor, target: int | str, values: Mapping[str, str], address: Secret | None = None
    ) -> AlertTargetView:
        """Change a target.

        Args:
            values: ``label``; ``kinds`` with commas between them or ``all``; ``quiet`` as ``22:00-07:00`` or ``none``;
                ``mention``, a role's id or ``none``; ``enabled``, ``on`` or ``off``.  One that is off is told nothing,
                not even afterwards.

        Raises:
            NotFound: There is none.
            InvalidInput: A field is refused.
            Conflict: There is one with this label, or it is the channel of a schedule.
        """
        actor.must_be(Role.ADMIN, "change targets of alerts")
        if address is not None:
            await must_be_usable((await self._existing(self._database, target)).via, address)
        async with self._database.transaction() as tx:
            known = await self._existing(tx, target)
            if known.via == SCHEDULE and (address is not None or set(values) - {"enabled"}):
                raise Conflict("This is the channel of a schedule; change the schedule, or mute the channel here.")
            wanted = with_values(known.wanted, values, known.via)
            if address is not None:
                wanted = replace(wanted, address=self._vault.seal(Secret(address.reveal().strip())))
            await self._must_be_free(tx, wanted.label, known.id)
            await rows.change(tx, known.id, wanted)
            if known.wanted.enabled and not wanted.enabled:
                await rows.let_go(tx, known.id, self._clock.now())
            changed = [*values, *(["address"] if address is not None else [])]
            await audit.note(tx, actor, "alert.change_target", wanted.label, ", ".join(changed), self._clock.now())
        return await self.target(actor, known.id)

    async def remove_targets(self, actor: Actor, targets: Sequence[int | str]) -> tuple[AlertTargetView, ...]:
        """Remove targets with what waits for them; the targets as they were.

        Raises:
            NotFound: One of them does not exist; none is removed.
        """
        actor.must_be(Role.ADMIN, "remove targets of alerts")
        views = await self._views([await self._existing(self._database, target) for target in targets])
        async with self._database.transaction() as tx:
            for view in views:
                await rows.remove(tx, view.id)
                await audit.note(tx, actor, "alert.remove_target", view.label, view.via, self._clock.now())
        return views

    async def mute(self, actor: Actor, until: datetime, target: int | str | None = None) -> None:
        """Hold what is for a target, or for all of them, until then; it comes as one message afterwards.

        Raises:
            NotFound: There is no such target.
            InvalidInput: That moment is past.
        """
        actor.must_be(Role.ADMIN, "mute alerts")
        if until <= self._clock.now():
            raise InvalidInput("until", "that moment is past; give one to come")
        await self._mute(actor, until, target)

    async def unmute(self, actor: Actor, target: int | str | None = None) -> None:
        """Hold nothing any more.

        Raises:
            NotFound: There is no such target.
        """
        actor.must_be(Role.ADMIN, "mute alerts")
        await self._mute(actor, None, target)

    async def test_target(self, actor: Actor, target: int | str) -> TargetTested:
        """Send a test, whatever is muted, and wait for what becomes of it.

        Raises:
            NotFound: There is no such target.
        """
        actor.must_be(Role.ADMIN, "test targets of alerts")
        return await self._tests.send(actor, await self._existing(self._database, target))

    # -- what they share --------------------------------------------------------------

    async def _mute(self, actor: Actor, until: datetime | None, target: int | str | None) -> None:
        verb, when = ("alert.unmute", "") if until is None else ("alert.mute", f"until {until:%Y-%m-%d %H:%M} UTC")
        async with self._database.transaction() as tx:
            if target is None:
                await alert_rules.store(tx, replace(await alert_rules.read(tx), muted_until=until))
                label = "all"
            else:
                known = await self._existing(tx, target)
                await rows.mute(tx, known.id, until)
                label = known.wanted.label
            await audit.note(tx, actor, verb, label, when, self._clock.now())

    async def _existing(self, db: Database | Transaction, target: int | str) -> StoredTarget:
        text = str(target).strip()
        found = await rows.by_id(db, int(text)) if text.isascii() and text.isdecimal() and len(text) < 16 else None
        found = found or await rows.by_label(db, text)
        if found is None:
            labels = [each.wanted.label for each in await rows.every(db) if each.via != SCHEDULE]
            raise NotFound(f'There is no target "{text[:80]}"; {sentence(hint(text, labels))}')
        return found

    async def _must_be_free(self, tx: Transaction, label: str, target_id: int | None) -> None:
        known = await rows.by_label(tx, label)
        if known is not None and known.id != target_id:
            raise Conflict(f'There is a target called "{known.wanted.label}" already; choose another label.')

    async def _views(self, found: Sequence[StoredTarget]) -> tuple[AlertTargetView, ...]:
        labels = [target.wanted.label for target in found if target.via == SCHEDULE]
        schedules = await rows.schedule_names(self._database, labels) if labels else {}
        return tuple(self._view(target, schedules.get(target.wanted.label)) for target in found)

    def _view(self, target: StoredTarget, schedule: str | None) -> AlertTargetView:
        wanted, address = target.wanted, self._vault.open(target.wanted.address)
        is_channel = target.via != APPRISE
        if target.via == SCHEDULE:
            schedule = schedule or "a removed schedule"
        muted = target.muted_until if target.muted_until and target.muted_until > self._clock.now() else None
        return AlertTargetView(
            id=target.id,
            label=wanted.label if schedule is None else f"Channel of {schedule}",
            via=DISCORD if is_channel else APPRISE,
            address=f"channel {address.reveal()}" if is_channel else notices.masked(address),
            channel_id=int(address.reveal()) if is_channel else None,
            mention=None if wanted.mention is None else int(wanted.mention),
            kinds=wanted.kinds,
            quiet=None if wanted.quiet is None else str(wanted.quiet),
            muted_until=muted,
            enabled=wanted.enabled,
            waiting=target.waiting,
            last_delivered_at=target.last_delivered_at,
            last_error=target.last_error,
            created_at=target.created_at,
            schedule=schedule,
        )
