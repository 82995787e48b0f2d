"""The verb that changes the deployment's key: a new one first, everything sealed anew, then the old one goes.

Owns the order, which is what makes it safe to be killed at any moment: until everything is sealed with the new key
both are in the key file, and whoever starts or goes on meanwhile opens with either and seals with the new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import ConfigError, Conflict, Unavailable
from core.secrets import KeyFile, Vault, new_key
from core.services.views import KeyRotated
from core.storage import audit, engine_state, sealed
from core.storage.database import Database

# Sealing one anew takes a tenth of a millisecond, with the write lock held.
_SLICE = 100
_PAUSE = 0.002

_HOW = (
    "The key comes from STORYWATCH_SECRET_KEY, so it is changed there: make a new one, set the variable to NEW,OLD, "
    "start every storywatch process again, and then run this again."
)


class KeyRotation:
    """The deployment's key.

    Args:
        key_file: Where it is kept; None where the environment gives it.
    """

    def __init__(self, database: Database, clock: Clock, vault: Vault, key_file: KeyFile | None) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._key_file = key_file

    async def rotate(self, actor: Actor, *, on_progress: Callable[[int], None] = lambda _: None) -> KeyRotated:
        """Seal everything with a new key.  One that was interrupted is brought to its end with the key it began with.

        Args:
            on_progress: Told how many cookies and passwords have been looked at.

        Raises:
            Conflict: The environment gives the key, and only one; the sentence says how to change it there.
            Unavailable: Another process is at it, or still runs with the old key alone.
        """
        actor.must_be(Role.ADMIN, "change the key")
        if self._key_file is None:
            return await self._rotate_given(actor, on_progress)
        with _alone(self._key_file.path):
            keys = self._key_file.read()
            resumed = len(keys) > 1
            if not resumed:
                self._key_file.write([new_key(), *keys])
            resealed = await self._reseal_all(actor, on_progress)
            waiting = await asyncio.to_thread(self._others_waiting, self._key_file.path)
            if not waiting:
                self._key_file.write(self._key_file.read()[:1])
        return KeyRotated(resealed, resumed=resumed, old_key_kept_for=waiting, from_environment=False)

    async def _rotate_given(self, actor: Actor, on_progress: Callable[[int], None]) -> KeyRotated:
        if self._vault.key_count < 2:
            raise Conflict(_HOW)
        state = await engine_state.read(self._database)
        if state.holder is not None:
            # It would go on sealing with the key that it was started with, and nobody here knows which that is.
            name = state.holder.partition(":")[0]
            raise Unavailable(
                f"storywatch {name} (process {state.pid}) may still run with the old key; end it, change the key, "
                "and start it again with NEW,OLD or NEW"
            )
        resealed = await self._reseal_all(actor, on_progress)
        return KeyRotated(resealed, resumed=False, old_key_kept_for=(), from_environment=True)

    async def _reseal_all(self, actor: Actor, on_progress: Callable[[int], None]) -> int:
        """How many were sealed with an older key."""
        # The key may have been changed a moment ago, by this very process.
        self._vault.generation()
        resealed = looked_at = 0
        for place in sealed.SEALED:
            after = -1
            while True:
                work = partial(sealed.reseal_some, place=place, reseal=self._vault.resealed, after=after, count=_SLICE)
                done = await self._database.at_once(work)
                if done.last is None:
                    break
                after, resealed, looked_at = done.last, resealed + done.resealed, looked_at + _SLICE
                on_progress(looked_at)
                await self._clock.sleep(_PAUSE)
        async with self._database.transaction() as tx:
            await sealed.reseal_proof(tx, self._vault.resealed)
            await audit.note(tx, actor, "key.rotate", "", f"{resealed} sealed anew", self._clock.now())
        return resealed

    def _others_waiting(self, key_file: Path) -> tuple[str, ...]:
        """Other databases beside the key file that are still sealed with an older key.  Blocks."""
        own = self._database.file.absolute()
        waiting = []
        for file in sorted(key_file.parent.glob("*.sqlite3")):
            proof = None if file.absolute() == own else sealed.proof_in(file)
            if proof is not None and self._opens(proof) and self._vault.resealed(proof) is not None:
                waiting.append(str(file))
        return tuple(waiting)

    def _opens(self, proof: str) -> bool:
        try:
            self._vault.open(proof)
        except ConfigError:  # of another key altogether; that file is not ours to look after
            return False
        return True


@contextmanager
def _alone(key_file: Path) -> Iterator[None]:
    lock = FileLock(f"{key_file}.lock", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Unavailable("Another process is changing the key; wait for its end.") from None
    try:
        yield
    finally:
        lock.release()
