"""A list of proxies, line by line: who is new, who is known, who brings another password, and who is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.proxy_address import ProxyAddress, parse_proxy, read_proxy_lines
from core.domain.rejected import Rejected
from core.errors import Conflict, InvalidInput
from core.secrets import Secret, Vault
from core.services.own_places import OwnPlaces
from core.services.views import ProxiesImported, ProxyLine
from core.storage import audit, engine_state
from core.storage import proxies as rows
from core.storage.database import Database, Row, Transaction
from core.storage.proxies import NewProxy

# Other writers wait for one slice.
_SLICE = 500
_PAUSE = 0.002
_REJECTED_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class _Read:
    """A proxy of the list: the line that it first stood in, and what the last one says of it."""

    line: int
    address: ProxyAddress
    new: NewProxy


class ProxyImport:
    """One import; holds what a slice needs besides its lines."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, places: OwnPlaces) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._places = places

    async def run(self, actor: Actor, text: str) -> ProxiesImported:
        """Read all lines, then store them, a slice to a transaction.

        Raises:
            InvalidInput: There is no line to read, or none can be used; nothing is written then.
        """
        found, refused = await self._read(text)
        if not found:
            raise _nothing_to_import(refused)
        generation = self._vault.generation()
        # Sealed before the first transaction: it costs more than the writing.
        proxies, lines = self._each_once(found)
        for start in range(0, len(proxies), _SLICE):
            if start:
                await self._clock.sleep(_PAUSE)
            async with self._database.transaction() as tx:
                part = proxies[start : start + _SLICE]
                if self._vault.generation() != generation:
                    part = [_Read(each.line, each.address, self.seal(each.address)) for each in part]
                stored = await self._store(tx, part)
                results = Counter(line.result for line in stored)
                detail = f"{results['created']} created, {results['updated']} updated"
                await audit.note(tx, actor, "proxy.import", "", detail, self._clock.now())
            lines += stored
        return _report(lines, refused)

    async def _read(self, text: str) -> tuple[list[tuple[int, ProxyAddress]], list[Rejected]]:
        """The lines that can be used, and the others."""
        found, rejected = read_proxy_lines(text)
        why_not = await self._places.known(self._database)
        usable = []
        for line, address in found:
            if (why := why_not(address)) is None:
                usable.append((line, address))
            else:
                rejected.append(Rejected(line, address.shown, why))
        return usable, sorted(rejected, key=lambda each: each.line)

    def _each_once(self, found: Sequence[tuple[int, ProxyAddress]]) -> tuple[list[_Read], list[ProxyLine]]:
        """Of a proxy that is there twice the last line counts; the lines that only repeat are told."""
        first: dict[tuple[str, str, int, str], int] = {}
        last: dict[tuple[str, str, int, str], ProxyAddress] = {}
        repeats = []
        for line, address in found:
            before = first.setdefault(address.key, line)
            last[address.key] = address
            if before != line:
                why = f"it is the proxy of line {before} again; the last password counts"
                repeats.append(ProxyLine(line, "duplicate", address=address.shown, why=why))
        return [_Read(first[key], address, self.seal(address)) for key, address in last.items()], repeats

    async def add(self, actor: Actor, text: str, label: str) -> int:
        """Add the one proxy that *text* spells; its id.

        Raises:
            InvalidInput: It spells none, or one that is no proxy.
            Conflict: It is there already.
        """
        address = parse_proxy(text)
        if (why := (await self._places.known(self._database))(address)) is not None:
            raise InvalidInput("proxy", why)
        async with self._database.transaction() as tx:
            # In here: the key may be changed by another process, and what is stored has to be sealed with the newest.
            new = self.seal(address)
            if known := await rows.known(tx, [new]):
                raise Conflict(
                    f"This is the proxy {known[0]['id']}, which is there already; "
                    "to give it another password, import its line as a list."
                )
            await rows.create(tx, [new], self._clock.now())
            proxy_id = int((await rows.known(tx, [new]))[0]["id"])
            await rows.set_label(tx, proxy_id, label)
            await engine_state.raise_revision(tx)
            await audit.note(tx, actor, "proxy.add", f"{proxy_id} {address.shown}", label, self._clock.now())
        return proxy_id

    def moves(
        self, stored: Sequence[Row], listed: Mapping[tuple[str, str, int, str], ProxyAddress]
    ) -> list[tuple[int, NewProxy]]:
        """Which of the *stored* proxies on this machine go to which of the *listed* addresses, scheme by scheme."""
        keys = {_key(row) for row in stored}
        free = [address for key, address in listed.items() if key not in keys]
        found = []
        for row in stored:
            if _key(row) in listed or not row["host"].startswith("127."):
                continue
            new = next((address for address in free if address.scheme == row["scheme"]), None)
            if new is not None:
                free.remove(new)
                found.append((int(row["id"]), self.seal(new)))
        return found

    def seal(self, address: ProxyAddress) -> NewProxy:
        """The proxy as it is stored."""
        password = None if not address.password else self._vault.seal(address.password)
        return NewProxy(address.scheme, address.host, address.port, address.user, password)

    async def _store(self, tx: Transaction, proxies: Sequence[_Read]) -> list[ProxyLine]:
        """Create the new ones and renew the passwords of known ones."""
        by_key = {each.new.key: each for each in proxies}
        wanted = [each.new for each in proxies]
        renewed: dict[int, str] = {}
        known: dict[tuple[str, str, int, str], int] = {}
        for row in await rows.known(tx, wanted):
            key = _key(row)
            each = by_key[key]
            known[key] = row["id"]
            if each.new.password is not None and each.address.password != self._opened(row["password"]):
                renewed[row["id"]] = each.new.password
        created = await rows.create(tx, wanted, self._clock.now())
        await rows.renew_passwords(tx, renewed)
        if created or renewed:
            await engine_state.raise_revision(tx)
        ids = known if not created else {_key(row): row["id"] for row in await rows.known(tx, wanted)}
        return [
            ProxyLine(each.line, _result(known.get(key), renewed), ids.get(key), each.address.shown)
            for key, each in by_key.items()
        ]

    def _opened(self, token: str | None) -> Secret | None:
        return None if token is None else self._vault.open(token)


def addresses_by_key(text: str) -> dict[tuple[str, str, int, str], ProxyAddress]:
    """The proxies of a list, by what makes them the same proxy; of one that is there twice the last line counts."""
    return {address.key: address for _, address in read_proxy_lines(text)[0]}


def _key(row: Row) -> tuple[str, str, int, str]:
    return row["scheme"], row["host"], row["port"], row["user"]


def _result(known: int | None, renewed: dict[int, str]) -> str:
    if known is None:
        return "created"
    return "updated" if known in renewed else "known"


def _nothing_to_import(rejected: Sequence[Rejected]) -> InvalidInput:
    if not rejected:
        return InvalidInput("proxies", "there is no line to read; give one proxy a line, as in host:port")
    first = rejected[0]
    which = "the only line cannot" if len(rejected) == 1 else f"none of the {len(rejected):,} lines can"
    return InvalidInput("proxies", f"{which} be read; line {first.line}: {first.why}")


def _report(lines: list[ProxyLine], refused: Sequence[Rejected]) -> ProxiesImported:
    results = Counter(line.result for line in lines)
    every = lines + [ProxyLine(each.line, "invalid", address=each.text or None, why=each.why) for each in refused]
    return ProxiesImported(
        created=results["created"],
        known=len(lines) - results["created"],
        updated=results["updated"],
        duplicate=results["duplicate"],
        invalid=len(refused),
        rejected=tuple(refused[:_REJECTED_SHOWN]),
        lines=tuple(sorted(every, key=lambda line: line.line)),
    )
