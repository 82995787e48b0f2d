"""Reads what the engine's pool is loaded from, again and again: what is as it was is neither built nor opened anew.

Owns what was read last.  Opening ten thousand passwords takes half a second of a core, and people change one thing at
a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.secrets import Secret, Vault
from core.storage import proxies, sessions
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import ProxyRow, SessionRow, open_cookies, proxy_row, session_row

R = TypeVar("R", ProxyRow, SessionRow)


@dataclass(frozen=True, slots=True)
class _Read(Generic[R]):
    """A row as it was read, and what was made of it."""

    raw: tuple[Any, ...]
    token: str | None
    made: R


class PoolReading:
    """The proxies and sessions of one engine.  A row that has not changed is the same object as before."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._proxies: dict[int, _Read[ProxyRow]] = {}
        self._sessions: dict[int, _Read[SessionRow]] = {}

    async def proxies(self, db: Database | Transaction) -> list[ProxyRow]:
        """All proxies in the order of their ids, disabled ones too.

        Raises:
            ConfigError: A password was sealed with another key.
        """
        rows = await proxies.every(db)
        self._proxies = _read(rows, "password", self._proxies, self._proxy)
        return [read.made for read in self._proxies.values()]

    async def sessions(self, db: Database | Transaction) -> list[SessionRow]:
        """All sessions in the order of their ids, unbound, frozen and disabled ones too.

        Raises:
            ConfigError: Cookies were sealed with another key.
        """
        rows = await sessions.every(db)
        self._sessions = _read(rows, "cookies", self._sessions, self._session)
        return [read.made for read in self._sessions.values()]

    def _proxy(self, row: Row, same: ProxyRow | None) -> ProxyRow:
        return proxy_row(row, self._opened(row["password"]) if same is None else same.address.password)

    def _session(self, row: Row, same: SessionRow | None) -> SessionRow:
        return session_row(row, open_cookies(row["cookies"], self._vault) if same is None else same.cookies)

    def _opened(self, token: str | None) -> Secret | None:
        return None if token is None else self._vault.open(token)


def _read(
    rows: Sequence[Row], sealed: str, before: dict[int, _Read[R]], make: Callable[[Row, R | None], R]
) -> dict[int, _Read[R]]:
    """*rows* by id.

    Args:
        make: Builds a row; it is given the one that was built before where its secret is the same.
    """
    found = {}
    for row in rows:
        raw, known = tuple(row), before.get(row["id"])
        if known is None or known.raw != raw:
            token = row[sealed]
            same = known.made if known is not None and known.token == token else None
            known = _Read(raw, token, make(row, same))
        found[row["id"]] = known
    return found
