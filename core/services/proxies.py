"""The verbs of proxies: import, list, enable, disable, remove."""

from __future__ import annotations

from datetime import timedelta

import orjson

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.health import ProxyState
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress, read_proxy_lines
from core.domain.transition import Cause
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.secrets import Secret, Vault
from core.services import acts
from core.services.named import row_number
from core.services.pool_views import masked, proxy_view
from core.services.views import ProxiesImported, ProxyRemoved, ProxyView, RejectedLine
from core.storage import audit, engine_state, hourly_stats
from core.storage import proxies as rows
from core.storage import sessions as session_rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import load_limits
from core.storage.proxies import NewProxy

# Other writers wait for one slice.
_SLICE = 500
_PAUSE = 0.002
_REJECTED_SHOWN = 1_000

# Of a stored health: what speaks against the proxy.  An absent field has its first value.
_FORGOTTEN = frozenset({"state", "until", "quarantines", "consecutive_failures"})
_CAUSES = {"proxy.enable": Cause.ENABLED, "proxy.disable": Cause.DISABLED, "proxy.remove": Cause.REMOVED}
_P95_OVER = timedelta(hours=24)
_DEFAULTS = Limits()


class Proxies:
    """Exit addresses with their health.

    Args:
        base: The limits of this deployment where nobody set anything.
    """

    def __init__(
        self, database: Database, clock: Clock, events: Events, vault: Vault, base: Limits = _DEFAULTS
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._vault = vault
        self._base = base

    async def list(self, actor: Actor) -> tuple[ProxyView, ...]:
        """All proxies in the order in which they came, passwords masked."""
        actor.must_be(Role.VIEWER, "list proxies")
        return await self._views()

    async def import_lines(self, actor: Actor, text: str) -> ProxiesImported:
        """Add proxies, one a line; blank lines and comments are skipped.

        A known proxy keeps its health and takes the password that the line brings.  An unreadable
        line stops none of the others, and is shown without what may be a password.

        Raises:
            InvalidInput: There is no line to read, or none can be read; nothing is written then.
        """
        actor.must_be(Role.ADMIN, "import proxies")
        lines, rejected = read_proxy_lines(text)
        if not lines:
            raise _nothing_to_import(rejected)
        # Of a proxy that is there twice the last line counts.
        found = {address.key: address for _, address in lines}
        # Sealed before the first transaction: it costs more than the writing.
        sealed = [(address, self._seal(address)) for address in found.values()]
        created = updated = 0
        for start in range(0, len(sealed), _SLICE):
            if start:
                await self._clock.sleep(_PAUSE)
            async with self._database.transaction() as tx:
                slice_created, slice_updated = await self._store(tx, dict(sealed[start : start + _SLICE]))
                detail = f"{slice_created} created, {slice_updated} updated"
                await audit.note(tx, actor, "proxy.import", "", detail, self._clock.now())
            created, updated = created + slice_created, updated + slice_updated
        self._events.publish(WorkArrived())
        known = len(lines) - created
        return ProxiesImported(created, known, updated, len(rejected), tuple(rejected[:_REJECTED_SHOWN]))

    async def readdress(self, actor: Actor, text: str) -> int:
        """Move proxies on this machine to the addresses that *text* lists; how many moved.

        A pretend proxy has another port when the old one is taken.  Those that the list does not know are
        paired with the lines that no proxy has, scheme by scheme and in order; health and sessions stay.
        """
        actor.must_be(Role.ADMIN, "move proxies")
        lines, _ = read_proxy_lines(text)
        listed = {address.key: address for _, address in lines}
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
                    moves.append((int(row["id"]), self._seal(new)))
            await rows.readdress(tx, moves)
            if moves:
                await engine_state.raise_revision(tx)
                await audit.note(tx, actor, "proxy.readdress", "", f"{len(moves)} moved", self._clock.now())
        self._events.publish(WorkArrived())
        return len(moves)

    async def enable(self, actor: Actor, proxy: str) -> ProxyView:
        """Switch a proxy on; a quarantine ends, a rest that the platform may have asked for does not.

        Args:
            proxy: Its id, or HOST:PORT where that names one alone.

        Raises:
            NotFound: There is no such proxy.
            Conflict: HOST:PORT names several.
        """
        actor.must_be(Role.ADMIN, "enable proxies")
        async with self._database.transaction() as tx:
            stored = await find_proxy(tx, proxy)
            await rows.set_enabled(tx, stored["id"], enabled=True)
            if stored["state"] == ProxyState.QUARANTINED:
                await self._end_quarantine(tx, stored)
            await self._changed(tx, actor, "proxy.enable", stored)
        return await self._announced(stored["id"])

    async def disable(self, actor: Actor, proxy: str) -> ProxyView:
        """Switch a proxy off; its sessions stay bound to it and rest.

        Raises:
            NotFound: There is no such proxy.
            Conflict: HOST:PORT names several.
        """
        actor.must_be(Role.ADMIN, "disable proxies")
        async with self._database.transaction() as tx:
            stored = await find_proxy(tx, proxy)
            await rows.set_enabled(tx, stored["id"], enabled=False)
            await self._changed(tx, actor, "proxy.disable", stored)
        return await self._announced(stored["id"])

    async def remove(self, actor: Actor, proxy: str) -> ProxyRemoved:
        """Remove a proxy; sessions bound to it become unbound and rest until a person binds them again.

        Raises:
            NotFound: There is no such proxy.
            Conflict: HOST:PORT names several.
        """
        actor.must_be(Role.ADMIN, "remove proxies")
        async with self._database.transaction() as tx:
            stored = await find_proxy(tx, proxy)
            unbound = tuple((await rows.bound_labels(tx)).get(stored["id"], ()))
            await self._note_unbound(tx, actor, stored["id"])
            await rows.remove(tx, stored["id"])
            await self._changed(tx, actor, "proxy.remove", stored, f"unbound: {', '.join(unbound)}" if unbound else "")
        self._events.publish(WorkArrived())
        return ProxyRemoved(stored["id"], masked(stored).shown, unbound)

    async def _store(self, tx: Transaction, proxies: dict[ProxyAddress, NewProxy]) -> tuple[int, int]:
        """Create the new ones and renew passwords of known ones: how many of each."""
        by_key = {new.key: (address, new) for address, new in proxies.items()}
        renewed: dict[int, str] = {}
        for row in await rows.known(tx, list(proxies.values())):
            address, new = by_key[row["scheme"], row["host"], row["port"], row["user"]]
            if new.password is not None and address.password != self._opened(row["password"]):
                renewed[row["id"]] = new.password
        created = await rows.create(tx, list(proxies.values()), self._clock.now())
        await rows.renew_passwords(tx, renewed)
        if created or renewed:
            await engine_state.raise_revision(tx)
        return created, len(renewed)

    def _seal(self, address: ProxyAddress) -> NewProxy:
        password = None if not address.password else self._vault.seal(address.password)
        return NewProxy(address.scheme, address.host, address.port, address.user, password)

    def _opened(self, token: str | None) -> Secret | None:
        return None if token is None else self._vault.open(token)

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

    async def _announced(self, proxy_id: int) -> ProxyView:
        self._events.publish(WorkArrived())
        return next(view for view in await self._views() if view.id == proxy_id)

    async def _views(self) -> tuple[ProxyView, ...]:
        labels = await rows.bound_labels(self._database)
        now = self._clock.now()
        limits = await load_limits(self._database, self._base)
        slowest = await hourly_stats.p95_by_proxy(self._database, now - _P95_OVER)
        stored = await rows.every(self._database)
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


def _nothing_to_import(rejected: list[RejectedLine]) -> InvalidInput:
    if not rejected:
        return InvalidInput("proxies", "there is no line to read; give one proxy a line, as in host:port")
    first = rejected[0]
    which = "the only line cannot" if len(rejected) == 1 else f"none of the {len(rejected):,} lines can"
    return InvalidInput("proxies", f"{which} be read; line {first.line}: {first.why}")
