"""A list of sessions, line by line: who is new, who is known, who is bound to what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import orjson

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.cookies import parse_cookies
from core.domain.transition import Cause
from core.errors import InvalidInput
from core.secrets import Secret, Vault
from core.services import acts
from core.services.views import SessionLine, SessionsImported
from core.sources.base import Login, Source
from core.storage import audit, engine_state
from core.storage import proxies as proxy_rows
from core.storage import sessions as rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import open_cookies, seal_cookies
from core.storage.sessions import NewSession

# Other writers wait for one slice; a line costs three statements.
_SLICE = 100
_PAUSE = 0.002

# Of a stored health: what speaks against the session.  An absent field has its first value.
_FORGOTTEN = frozenset({"state", "until", "cools", "unproven", "accused", "consecutive_failures"})


@dataclass(frozen=True, slots=True)
class ReadLogin:
    """A line that holds a login; *sealed* is what would be stored."""

    line: int
    account_id: str
    login: Login
    sealed: str


class SessionImport:
    """One import; holds what a slice needs besides its lines."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, source: Source) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._source = source

    async def run(self, actor: Actor, text: str, *, bind_in_order: bool) -> SessionsImported:
        """Read all lines, then store them, a slice to a transaction.

        Raises:
            InvalidInput: There is no line to read, or none can be used.
        """
        generation = self._vault.generation()
        logins, lines = self._read(text)
        if not logins:
            raise _nothing_to_import(lines)
        bound = 0
        for start in range(0, len(logins), _SLICE):
            if start:
                await self._clock.sleep(_PAUSE)
            async with self._database.transaction() as tx:
                batch = logins[start : start + _SLICE]
                if self._vault.generation() != generation:
                    batch = [replace(read, sealed=seal_cookies(read.login.cookies, self._vault)) for read in batch]
                stored, newly_bound = await self._store(tx, actor, batch, bind=bind_in_order)
                results = Counter(line.result for line in stored)
                detail = f"{results['created']} created, {results['updated']} updated, {newly_bound} bound in order"
                await audit.note(tx, actor, "session.import", "", detail, self._clock.now())
                await engine_state.raise_revision(tx)
            lines += stored
            bound += newly_bound
        return _report(lines, bound)

    def _read(self, text: str) -> tuple[list[ReadLogin], list[SessionLine]]:
        logins: list[ReadLogin] = []
        refused: list[SessionLine] = []
        first: dict[str, ReadLogin] = {}
        for number, line in _lines(text):
            try:
                pasted = parse_cookies(line)
                login = self._source.login(pasted.values, None, pasted.ends)
            except InvalidInput as error:
                refused.append(SessionLine(number, "invalid", why=str(error)))
                continue
            read = ReadLogin(number, account_of(login), login, seal_cookies(login.cookies, self._vault))
            before = first.setdefault(read.account_id, read)
            if before is read or before.login.cookies == login.cookies:
                logins.append(read)
            else:
                refused.append(SessionLine(number, "invalid", why=_same_account(before.line)))
        return logins, refused

    async def _store(
        self, tx: Transaction, actor: Actor, logins: Sequence[ReadLogin], *, bind: bool
    ) -> tuple[list[SessionLine], int]:
        labels = _free_labels(set(await rows.labels(tx)))
        free = iter(await proxy_rows.without_session(tx, len(logins)) if bind else ())
        bound = 0
        stored: list[SessionLine] = []
        for read in logins:
            known = await rows.by_account(tx, read.account_id)
            if known is None:
                proxy_id = next(free, None)
                login = read.login
                new = NewSession(next(labels), read.account_id, read.sealed, login.user_agent, proxy_id, login.ends_at)
                await rows.create(tx, new, self._clock.now())
                stored.append(SessionLine(read.line, "created", new.label, proxy_id))
                bound += proxy_id is not None
                continue
            result = await self._renew(tx, actor, known, read)
            proxy_id = known["proxy_id"]
            if proxy_id is None and (proxy_id := next(free, None)) is not None:
                await rows.bind(tx, known["id"], proxy_id)
                detail = acts.moved(None, proxy_id)
                await acts.on_session(tx, actor, Cause.BOUND, known, self._clock.now(), detail)
                bound += 1
            stored.append(SessionLine(read.line, result, known["label"], proxy_id))
        return stored, bound

    async def _renew(self, tx: Transaction, actor: Actor, known: Row, read: ReadLogin) -> str:
        stored = open_cookies(known["cookies"], self._vault)
        if _holds(stored, read.login.cookies):
            # The same cookies, pasted in another form, may tell when they end.
            if read.login.ends_at is not None:
                await rows.set_end(tx, known["id"], read.login.ends_at)
            return "known"
        # The platform saw this login with its user agent; new cookies do not change it.
        await rows.renew(
            tx, known["id"], cookies=read.sealed, user_agent=known["user_agent"], expires_at=read.login.ends_at
        )
        await unfreeze(tx, known)
        await acts.on_session(tx, actor, Cause.RENEWED, known, self._clock.now())
        return "updated"


async def unfreeze(tx: Transaction, session: Row) -> None:
    """Make a suspected, expired or challenged session valid again; a person has acted."""
    if session["state"] not in acts.ENDED_BY_A_PERSON:
        return
    health = orjson.loads(session["health"])
    kept = {name: value for name, value in health.items() if name not in _FORGOTTEN}
    await rows.unfreeze(tx, session["id"], kept)


def account_of(login: Login) -> str:
    """The platform's id of the account that is logged in."""
    return login.cookies["ds_user_id"].reveal()


def _same_account(line: int) -> str:
    return (
        f"cookies: they are of the account of line {line}, and two sessions of one account disturb each other; "
        "leave one of the lines out"
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Not splitlines(): it also cuts at characters that no editor counts a line at.
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield number, stripped


def _free_labels(taken: set[str]) -> Iterator[str]:
    return (label for number in count(1) if (label := f"session-{number}") not in taken)


def _holds(stored: Mapping[str, Secret], brought: Mapping[str, Secret]) -> bool:
    """Whether every cookie that is brought is stored already; the platform may have added some."""
    return all(stored.get(name) == value for name, value in brought.items())


def _nothing_to_import(lines: Sequence[SessionLine]) -> InvalidInput:
    if not lines:
        return InvalidInput("sessions", "there is no line to read; give one cookie header a line")
    first = lines[0]
    which = "the only line cannot" if len(lines) == 1 else f"none of the {len(lines):,} lines can"
    return InvalidInput("sessions", f"{which} be used; line {first.line}: {first.why}")


def _report(lines: Sequence[SessionLine], bound: int) -> SessionsImported:
    results = Counter(line.result for line in lines)
    return SessionsImported(
        created=results["created"],
        updated=results["updated"],
        known=results["known"],
        invalid=results["invalid"],
        bound=bound,
        unbound=sum(line.proxy is None for line in lines if line.result != "invalid"),
        lines=tuple(sorted(lines, key=lambda line: line.line)),
    )
