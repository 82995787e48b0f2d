"""Passwords: hashed and compared in threads, two at a time, so that no sign-in keeps the engine waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pwdlib import PasswordHash

from core.domain import password as rules
from core.errors import TooManyTries
from core.secrets import Secret

# One takes 130 ms of a core and 64 MiB.
_AT_ONCE = 2
_MOST_WAITING = 30
_COME_BACK = 5.0


class Passwords:
    """Hashes of passwords.

    Args:
        hasher: Tests take a quicker one.
    """

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash.recommended()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._nobodys: str | None = None

    async def hashed(self, password: Secret) -> Secret:
        """What is stored of a password."""
        async with self._slot():
            return Secret(await asyncio.to_thread(self._hasher.hash, rules.composed(password).reveal()))

    async def fits(self, password: Secret, hashed: Secret | None) -> bool:
        """Whether *hashed* is of this password; takes as long where there is none.

        Raises:
            TooManyTries: So many wait already that one more would not get its turn soon.
        """
        if not rules.is_possible(password):
            return False
        async with self._slot():
            return await asyncio.to_thread(self._compare, rules.composed(password).reveal(), hashed)

    def _compare(self, password: str, hashed: Secret | None) -> bool:
        if self._nobodys is None:
            self._nobodys = self._hasher.hash("the password of nobody")
        good = self._hasher.verify(password, self._nobodys if hashed is None else hashed.reveal())
        return good and hashed is not None

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        if self._waiting >= _MOST_WAITING:
            raise TooManyTries("Too many people sign in at this moment; try again in 5 s.", _COME_BACK)
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1
