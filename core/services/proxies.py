"""The verbs of proxies: add, import, list, label, limit, enable, disable, remove."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.health import ProxyState
from core.domain.limits import Limits
from core.domain.proxy_limits import GENERAL, NO_LIMITS_OF_ITS_OWN, with_own
from core.errors import InvalidInput
from core.events import Events, WorkArrived
from core.secrets import Vault
from core.services.exports import Form, lines, of_views
from core.services.own_places import OwnPlaces
from core.services.pool_views import BREATH, masked, proxy_view
from core.services.proxy_acts import ProxyActs, changes_said, checked_label, end_quarantine
from core.services.proxy_import import ProxyImport, addresses_by_key
from core.services.views import ProxiesImported, ProxyRemoved, ProxyView
from core.storage import audit, engine_state, hourly_stats
from core.storage import proxies as rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import load_limits

_P95_OVER = timedelta(hours=24)
_DEFAULTS = Limits()
_EXPORTED = (
    *("id", "address", "kind", "enabled", "state", "ready_at", "sessions", "level", "score"),
    *("requests", "successes", "failures", "consecutive_failures", "last_error", "response_ms", "p95_ms"),
    *("last_used_at", "last_success_at", "created_at", "label", "per_hour", "per_day", "parallel"),
)


class Proxies:
    """Exit addresses with their health.

    Args:
        base: The limits of this deployment where nobody set anything.
        places: Addresses that are no proxy's.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        vault: Vault,
        base: Limits = _DEFAULTS,
        places: OwnPlaces | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._base = base
        self._acts = ProxyActs(database, clock, events)
        self._import = ProxyImport(database, clock, vault, places or OwnPlaces())

    async def list(self, actor: Actor) -> tuple[ProxyView, ...]:
        """All proxies in the order in which they came, passwords masked."""
        actor.must_be(Role.VIEWER, "list proxies")
        return await self._views(await rows.every(self._database))

    async def export(self, actor: Actor, form: Form) -> AsyncIterator[str]:
        """All proxies as lines of CSV or JSON Lines, passwords and users masked."""
        actor.must_be(Role.VIEWER, "export proxies")
        views = await self._views(await rows.every(self._database))
        return lines(_EXPORTED, of_views(views, _EXPORTED), form)

    async def import_lines(self, actor: Actor, text: str) -> ProxiesImported:
        """Add proxies, one a line; blank lines and comments are skipped.

        A known proxy keeps its health and takes the password that the line brings.  An unreadable
        line stops none of the others, and is shown without what may be a password.

        Raises:
            InvalidInput: There is no line to read, or none can be read; nothing is written then.
        """
        actor.must_be(Role.ADMIN, "import proxies")
        report = await self._import.run(actor, text)
        self._events.publish(WorkArrived())
        return report

    async def add(self, actor: Actor, address: str, *, label: str = "") -> ProxyView:
        """Add one proxy.

        Args:
            address: As in a list of proxies.
            label: What people call it.

        Raises:
            InvalidInput: The address or the label cannot be used; the sentence holds no password.
            Conflict: The proxy is there already.
        """
        actor.must_be(Role.ADMIN, "add proxies")
        proxy_id = await self._import.add(actor, address, checked_label(label))
        self._events.publish(WorkArrived())
        return (await self._shown([proxy_id]))[0]

    async def set_label(self, actor: Actor, proxy: str, label: str) -> ProxyView:
        """Call a proxy *label*; empty takes its name away.

        Raises:
            NotFound: There is no such proxy.
            InvalidInput: The label cannot be used.
        """
        actor.must_be(Role.ADMIN, "name proxies")
        name = checked_label(label)

        async def call(tx: Transaction, stored: Row) -> None:
            if stored["label"] == name:
                return
            await rows.set_label(tx, stored["id"], name)
            await self._acts.note(tx, actor, "proxy.label", stored, name)

        return (await self._shown(await self._acts.each([proxy], call)))[0]

    async def set_limits(
        self, actor: Actor, proxies: Sequence[str], values: Mapping[str, str]
    ) -> tuple[ProxyView, ...]:
        """Give proxies limits of their own, in place of the general ones, or leave them to those again.

        Args:
            proxies: Ids, or HOST:PORT where that names one alone.
            values: ``per_hour``, ``per_day``, ``parallel``: a number, ``none`` for no limit, ``default`` for the
                general limit; those that are absent stay.

        Raises:
            NotFound: There is no such proxy; then nothing is changed.
            Conflict: HOST:PORT names several.
            InvalidInput: A name or a value is refused, or there is none.
        """
        actor.must_be(Role.ADMIN, "set the limits of proxies")
        if not values:
            raise InvalidInput("limits", f"name at least one of {', '.join(GENERAL)}, as NAME=VALUE")
        with_own(NO_LIMITS_OF_ITS_OWN, values)  # a bad value is told before anything is written

        async def limit(tx: Transaction, stored: Row) -> None:
            before = rows.own_limits(stored)
            after = with_own(before, values)
            if after != before:
                await rows.set_limits(tx, stored["id"], after)
                await engine_state.raise_revision(tx)
                await self._acts.note(tx, actor, "proxy.limits", stored, changes_said(before, after))

        return await self._shown(await self._acts.each(proxies, limit))

    async def readdress(self, actor: Actor, text: str) -> int:
        """Move proxies on this machine to the addresses that *text* lists; how many moved.

        A pretend proxy has another port when the old one is taken.  Those that the list does not know are
        paired with the lines that no proxy has, scheme by scheme and in order; health and sessions stay.
        """
        actor.must_be(Role.ADMIN, "move proxies")
        listed = addresses_by_key(text)
        async with self._database.transaction() as tx:
            moves = self._import.moves(await rows.every(tx), listed)
            await rows.readdress(tx, moves)
            if moves:
                await engine_state.raise_revision(tx)
                await audit.note(tx, actor, "proxy.readdress", "", f"{len(moves)} moved", self._clock.now())
        self._events.publish(WorkArrived())
        return len(moves)

    async def enable(self, actor: Actor, proxy: str) -> ProxyView:
        """Switch a proxy on; as with :meth:`enable_all`."""
        return (await self.enable_all(actor, [proxy]))[0]

    async def enable_all(self, actor: Actor, proxies: Sequence[str]) -> tuple[ProxyView, ...]:
        """Switch proxies on; a quarantine ends, a rest that the platform may have asked for does not.

        Args:
            proxies: Ids, or HOST:PORT where that names one alone.

        Raises:
            NotFound: There is no such proxy; then nothing is changed.
            Conflict: HOST:PORT names several.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "enable proxies")

        async def enable(tx: Transaction, stored: Row) -> None:
            await rows.set_enabled(tx, stored["id"], enabled=True)
            if stored["state"] == ProxyState.QUARANTINED:
                await end_quarantine(tx, stored)
            await self._acts.changed(tx, actor, "proxy.enable", stored)

        return await self._shown(await self._acts.each(proxies, enable))

    async def disable(self, actor: Actor, proxy: str) -> ProxyView:
        """Switch a proxy off; as with :meth:`disable_all`."""
        return (await self.disable_all(actor, [proxy]))[0]

    async def disable_all(self, actor: Actor, proxies: Sequence[str]) -> tuple[ProxyView, ...]:
        """Switch proxies off; their sessions stay bound to them and rest.

        Raises:
            NotFound: There is no such proxy; then nothing is changed.
            Conflict: HOST:PORT names several.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "disable proxies")

        async def disable(tx: Transaction, stored: Row) -> None:
            await rows.set_enabled(tx, stored["id"], enabled=False)
            await self._acts.changed(tx, actor, "proxy.disable", stored)

        return await self._shown(await self._acts.each(proxies, disable))

    async def remove(self, actor: Actor, proxy: str) -> ProxyRemoved:
        """Remove a proxy; as with :meth:`remove_all`."""
        return (await self.remove_all(actor, [proxy]))[0]

    async def remove_all(self, actor: Actor, proxies: Sequence[str]) -> tuple[ProxyRemoved, ...]:
        """Remove proxies; sessions bound to them become unbound and rest until a person binds them again.

        Raises:
            NotFound: There is no such proxy; then nothing is changed.
            Conflict: HOST:PORT names several.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "remove proxies")
        removed = []

        async def remove(tx: Transaction, stored: Row) -> None:
            unbound = tuple((await rows.bound_labels(tx)).get(stored["id"], ()))
            await self._acts.unbound(tx, actor, stored["id"])
            await rows.remove(tx, stored["id"])
            detail = f"unbound: {', '.join(unbound)}" if unbound else ""
            await self._acts.changed(tx, actor, "proxy.remove", stored, detail)
            removed.append(ProxyRemoved(stored["id"], masked(stored).shown, unbound))

        await self._acts.each(proxies, remove)
        return tuple(removed)

    async def _shown(self, proxy_ids: Sequence[int]) -> tuple[ProxyView, ...]:
        """Those of the proxies that are there, in the order of *proxy_ids*."""
        found = [await rows.by_id(self._database, proxy_id) for proxy_id in proxy_ids]
        return await self._views([row for row in found if row is not None])

    async def _views(self, stored: Sequence[Row]) -> tuple[ProxyView, ...]:
        labels = await rows.bound_labels(self._database)
        now = self._clock.now()
        limits = await load_limits(self._database, self._base)
        slowest = await hourly_stats.p95_by_proxy(self._database, now - _P95_OVER)
        views = []
        for place, row in enumerate(stored, start=1):
            views.append(proxy_view(row, tuple(labels.get(row["id"], ())), slowest.get(row["id"]), limits, now))
            if place % BREATH == 0:
                await self._clock.sleep(0)
        return tuple(views)
