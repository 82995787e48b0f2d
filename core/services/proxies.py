"""The verbs of proxies: import, list, enable, disable, remove."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta

import orjson

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.health import ProxyState
from core.domain.limits import Limits
from core.domain.proxy_address import read_proxy_lines
from core.domain.transition import Cause
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.secrets import Vault
from core.services import acts
from core.services.exports import Form, lines, of_views
from core.services.named import row_number
from core.services.own_places import OwnPlaces
from core.services.pool_views import masked, proxy_view
from core.services.proxy_import import ProxyImport
from core.services.views import ProxiesImported, ProxyRemoved, ProxyView
from core.storage import audit, engine_state, hourly_stats
from core.storage import proxies as rows
from core.storage import sessions as session_rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import load_limits

# Of a stored health: what speaks against the proxy.  An absent field has its first value.
_FORGOTTEN = frozenset({"state", "until", "quarantines", "consecutive_failures"})
_CAUSES = {"proxy.enable": Cause.ENABLED, "proxy.disable": Cause.DISABLED, "proxy.remove": Cause.REMOVED}
_P95_OVER = timedelta(hours=24)
_DEFAULTS = Limits()
_EXPORTED = (
    *("id", "address", "kind", "enabled", "state", "ready_at", "sessions", "level", "score"),
    *("requests", "successes", "failures", "consecutive_failures", "last_error", "response_ms", "p95_ms"),
    *("last_used_at", "last_success_at", "created_at"),
)
# One takes some six statements.
_SLICE = 50


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

    async def readdress(self, actor: Actor, text: str) -> int:
        """Move proxies on this machine to the addresses that *text* lists; how many moved.

        A pretend proxy has another port when the old one is taken.  Those that the list does not know are
        paired with the lines that no proxy has, scheme by scheme and in order; health and sessions stay.
        """
        actor.must_be(Role.ADMIN, "move proxies")
        found, _ = read_proxy_lines(text)
        listed = {address.key: address for _, address in found}
        async with self._database.transaction() as tx:
            stored = await rows.every(tx)
            keys = {(row["scheme"], row["host"], row["port"], row["user"]) for row in stored}
            free = [address for key, address in listed.items() if key not in keys]
            moves = []
            for row in stored:
                key = (row["scheme"], row["host"], row["port"], row["user"])
                if key in listed or not row["host"].startswith("127."):
                    continue
                new = next((address for address in free if address.scheme == row["scheme"]), None)
                if new is not None:
                    free.remove(new)
                    moves.append((int(row["id"]), self._import.seal(new)))
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
                await self._end_quarantine(tx, stored)
            await self._changed(tx, actor, "proxy.enable", stored)

        return await self._shown(await self._each(proxies, enable))

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
            await self._changed(tx, actor, "proxy.disable", stored)

        return await self._shown(await self._each(proxies, disable))

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
            await self._note_unbound(tx, actor, stored["id"])
            await rows.remove(tx, stored["id"])
            await self._changed(tx, actor, "proxy.remove", stored, f"unbound: {', '.join(unbound)}" if unbound else "")
            removed.append(ProxyRemoved(stored["id"], masked(stored).shown, unbound))

        await self._each(proxies, remove)
        return tuple(removed)

    async def _each(self, proxies: Sequence[str], act: Callable[[Transaction, Row], Awaitable[None]]) -> Sequence[int]:
        """Do *act* to each, a slice to a transaction, once all are known to be there; their ids."""
        found = list(dict.fromkeys([(await find_proxy(self._database, each))["id"] for each in proxies]))
        if not found:
            raise InvalidInput("proxy", "name at least one")
        for start in range(0, len(found), _SLICE):
            async with self._database.transaction() as tx:
                for proxy_id in found[start : start + _SLICE]:
                    stored = await rows.by_id(tx, proxy_id)
                    if stored is not None:  # nobody else has removed it meanwhile
                        await act(tx, stored)
        self._events.publish(WorkArrived())
        return found

    async def _end_quarantine(self, tx: Transaction, stored: Row) -> None:
        health = orjson.loads(stored["health"])
        kept = {name: value for name, value in health.items() if name not in _FORGOTTEN}
        await rows.end_quarantine(tx, stored["id"], kept)

    async def _changed(self, tx: Transaction, actor: Actor, verb: str, stored: Row, detail: str = "") -> None:
        await engine_state.raise_revision(tx)
        address, now = masked(stored).shown, self._clock.now()
        await audit.note(tx, actor, verb, f"{stored['id']} {address}", detail, now)
        await acts.on_proxy(tx, actor, _CAUSES[verb], stored, address, now)

    async def _note_unbound(self, tx: Transaction, actor: Actor, proxy_id: int) -> None:
        for session in await session_rows.bound_to(tx, proxy_id):
            detail = acts.moved(proxy_id, None, "the proxy was removed")
            await acts.on_session(tx, actor, Cause.BOUND, session, self._clock.now(), detail)

    async def _shown(self, proxy_ids: Sequence[int]) -> tuple[ProxyView, ...]:
        """Those of the proxies that are there, in the order of *proxy_ids*."""
        found = [await rows.by_id(self._database, proxy_id) for proxy_id in proxy_ids]
        return await self._views([row for row in found if row is not None])

    async def _views(self, stored: Sequence[Row]) -> tuple[ProxyView, ...]:
        labels = await rows.bound_labels(self._database)
        now = self._clock.now()
        limits = await load_limits(self._database, self._base)
        slowest = await hourly_stats.p95_by_proxy(self._database, now - _P95_OVER)
        return tuple(
            proxy_view(row, tuple(labels.get(row["id"], ())), slowest.get(row["id"]), limits, now) for row in stored
        )


async def find_proxy(db: Database | Transaction, reference: str) -> Row:
    """The proxy of this id, or at this HOST:PORT.

    Raises:
        NotFound: There is none.
        Conflict: Several are at this address; the sentence gives their ids.
    """
    wanted = reference.strip()
    proxy_id = row_number(wanted)
    if proxy_id is not None:
        found = [row] if (row := await rows.by_id(db, proxy_id)) else []
    else:
        # What a list shows may be given back as it is; scheme and sign-in are of no use to find it.
        host, _, port = wanted.rpartition("://")[2].rpartition("@")[2].rpartition(":")
        found = await rows.by_host(db, host.strip("[]").lower(), row_number(port) or 0)
    if not found:
        # Not repeated: what was meant as an address may hold a password.
        raise NotFound("There is no such proxy; give its id, or its host:port as the list of proxies shows it.")
    if len(found) > 1:
        ids = ", ".join(str(row["id"]) for row in found)
        raise Conflict(f"There are several proxies at this address; give one of the ids {ids}.")
    return found[0]
