"""Stores what the engine finds out, in groups: checks, statistics and counters in one transaction.

Owns the way from a verdict to the disk and the claims on checks; nothing else of the engine knows
the database.  A verdict counts only if its check was still pending, so nothing counts twice; what
could not be stored is kept and tried again, so nothing is lost while the process lives.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from core.clock import Clock, Timer
from core.domain.alarms import FailingProxies
from core.engine.backlog import Backlog
from core.engine.batch_journal import BatchJournal
from core.engine.canary_record import CanaryNews, Sight
from core.engine.case import Result, Target
from core.engine.minutes import Minutes
from core.engine.proof import Canaries
from core.errors import Unavailable
from core.events import BatchProgress, Events, WorkArrived
from core.network.allowance import Statement
from core.network.pool import Changes, Pool
from core.secrets import Vault
from core.sources.base import Login
from core.sources.sample import redacted
from core.storage import batches, canaries, checks, engine_state, happenings, health, results, verdicts
from core.storage.allowances import store as store_allowances
from core.storage.canaries import Measured
from core.storage.database import Database, Row, Transaction
from core.storage.happenings import Happened
from core.storage.pool_rows import seal_cookies
from core.storage.transactions import Noted

_log = logging.getLogger(__name__)

# A group is stored when it has so many verdicts, or when its first one has waited so long.
GROUP = 300
LONGEST_WAIT = 0.05
# Counters are kept that often; a change of state is kept in the next commit.
HEALTH_EVERY = 1.0
# With more verdicts than that the counters go into a transaction of their own: both hold the lock long enough.
_FEW = 50
CLAIM_SECONDS = 60.0
_RETRY_AFTER = 1.0
_LONGEST_SAMPLE = 4_096


@dataclass(frozen=True, slots=True)
class HealthNews:
    """What became of proxies, sessions and canaries since it was last stored."""

    changes: Changes
    canaries: list[CanaryNews]
    sights: list[Sight]
    happened: Happened


@dataclass(frozen=True, slots=True)
class _StoredHealth:
    """What a commit wrote of proxies and sessions.

    Args:
        statements: Those that write it.
    """

    statements: Noted
    proxies: health.Stored
    sessions: health.Stored
    logins: dict[int, Login]


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a commit did.

    Args:
        batches: Those whose counters changed, as they are now.
        health: None: there was none to store, or the pool did not know everything that people had stored.
    """

    batches: list[Row]
    health: _StoredHealth | None


class Recorder:
    """One holder's way to the database.

    Args:
        holder: Who claims checks.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        events: Events,
        vault: Vault,
        pool: Pool,
        canaries: Canaries,
        holder: str,
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._vault = vault
        self._pool = pool
        self._canaries = canaries
        self._holder = holder
        self.minutes = Minutes(clock, pool)
        self._backlog = Backlog()
        self._journals: dict[str, BatchJournal] = {}
        self._due = asyncio.Event()
        self._timer: Timer | None = None
        self._commit_lock = asyncio.Lock()
        self._health_at = clock.monotonic()
        # The revision that the pool has followed: a later one may hold a person's change to a proxy's health.
        self.followed = 0
        # Those that people were told of.
        self.failing = FailingProxies()
        # What was last written of proxies and of sessions: anything else in the rows is a person's.
        self.stored_health: tuple[health.Stored, health.Stored] = ({}, {})
        self.stored_logins: dict[int, Login] = {}

    def __repr__(self) -> str:
        return f"<Recorder {self.backlog} verdicts not stored yet>"

    @property
    def backlog(self) -> int:
        """Verdicts that are not stored yet."""
        return len(self._backlog.finished)

    # -- what is found out --------------------------------------------------------

    def journal(self, batch_id: str) -> BatchJournal:
        """Where the findings of a batch go."""
        journal = self._journals.get(batch_id)
        if journal is None:
            journal = self._journals[batch_id] = BatchJournal(self, batch_id, self._clock)
        return journal

    def forget_journal(self, batch_id: str) -> None:
        """The batch is worked on no more; its time stops."""
        journal = self._journals.pop(batch_id, None)
        if journal is not None:
            journal.pause()

    def settled(self, batch_id: str, result: Result) -> None:
        """Take a verdict."""
        self._backlog.add_result(batch_id, result)
        if len(self._backlog.finished) >= GROUP:
            self._due.set()
        else:
            self.something_came()

    def something_came(self) -> None:
        """See to it that what came is stored soon."""
        if self._timer is None and not self._due.is_set():
            self._timer = self._clock.call_at(self._clock.monotonic() + LONGEST_WAIT, self._due.set)

    def hurry(self) -> None:
        """Somebody waits for the next commit."""
        self._due.set()

    @property
    def collecting(self) -> Backlog:
        """What the next commit stores; for the journals."""
        return self._backlog

    def bug(self, error: BaseException) -> None:
        """A mistake in our own code struck; keep where, without values."""
        last = traceback.extract_tb(error.__traceback__)[-1:]
        where = f"{last[0].filename.rpartition('/')[2]}:{last[0].lineno}" if last else "nowhere"
        trace = redacted("".join(traceback.format_exception(error)))[-_LONGEST_SAMPLE:]
        self._backlog.add_error("internal", f"{type(error).__name__} at {where}", trace)
        self.something_came()

    # -- claims -------------------------------------------------------------------

    async def claim(self, batch_id: str, *, after: int, count: int) -> list[Target]:
        """Up to *count* pending checks of the batch with an id above *after*, claimed for a minute."""
        now = self._clock.now()
        until = now + timedelta(seconds=CLAIM_SECONDS)

        return await self._database.at_once(
            lambda tx: checks.claim(
                tx, Target, batch_id=batch_id, holder=self._holder, after=after, count=count, now=now, until=until
            )
        )

    async def renew(self, check_ids: Sequence[int]) -> None:
        """Keep claims for another minute."""
        until = self._clock.now() + timedelta(seconds=CLAIM_SECONDS)
        await self._database.at_once(partial(checks.renew, check_ids=check_ids, holder=self._holder, until=until))

    async def release(self, check_ids: Sequence[int]) -> None:
        """Give unfinished checks back."""
        if check_ids:
            await self._database.at_once(partial(checks.release, check_ids=check_ids, holder=self._holder))

    async def set_waiting(self, batch_id: str, reason: str | None, until: datetime | None) -> None:
        """Say why a batch does not move, and until when; None when it does again."""
        await self._database.at_once(lambda tx: batches.set_waiting(tx, batch_id, reason, until))

    # -- commits ------------------------------------------------------------------

    async def run(self) -> None:
        """Store what comes, in groups, until cancelled."""
        while True:
            await self._due.wait()
            try:
                await self.commit()
            except Unavailable as error:
                _log.warning("results could not be stored; trying again", extra={"reason": str(error)})
                await self._clock.sleep(_RETRY_AFTER)
                self._due.set()

    async def commit(self, *, with_health: bool = False, closing: bool = False) -> None:
        """Store everything that came until now.

        Args:
            closing: Nothing will be sent any more, so sessions keep no allowance.

        Raises:
            Unavailable: The database is away; everything is kept.
        """
        async with self._commit_lock:
            backlog, self._backlog = self._backlog, Backlog()
            self._due.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            for journal in self._journals.values():
                journal.count_time(backlog)
            if not backlog and not with_health and not self._pool.allowances.are_low:
                return
            is_due = self._health_is_due(with_health=with_health)
            if is_due and not closing and len(backlog.finished) > _FEW:
                await self._commit(backlog, None, closing=False)
                backlog = Backlog()
            await self._commit(backlog, self._health_news() if is_due else None, closing=closing)

    async def _commit(self, backlog: Backlog, news: HealthNews | None, *, closing: bool) -> None:
        """Store this in one transaction; what could not be stored is taken back."""
        allowances = self._pool.allowances
        spent = allowances.statement(everything=news is not None, closing=closing)
        storing = self._database.at_once(lambda tx: self._store(tx, backlog, news, spent))
        try:
            stored = await storing
        except BaseException:
            allowances.over(spent, stands=storing.committed)
            if not storing.committed:
                self._not_stored(backlog, news)
            elif news is not None:
                # Cancelled at the end: whether health was written is not known, and writing it again is harmless.
                self._pool.not_stored(news.changes.health_alone)
            raise
        allowances.over(spent, stands=True, given_back=stored.health is not None)
        if stored.health is not None:
            self._remember(stored.health)
        elif news is not None:
            # Somebody may have changed what would have been overwritten; the pool follows first.
            self._pool.not_stored(news.changes.health_alone)
        self.announce(stored.batches)

    @asynccontextmanager
    async def steady(self) -> AsyncIterator[None]:
        """Nothing is stored while the block runs."""
        async with self._commit_lock:
            yield

    async def _store(
        self, tx: Transaction, backlog: Backlog, news: HealthNews | None, spent: Statement | None
    ) -> _Stored:
        """Store all of it; runs in the database's thread, beside the loop."""
        now = self._clock.now()
        # Everything that can be is worked out before the first statement, which takes the lock.
        finished, added = verdicts.Verdicts(backlog.finished_checks()), Noted()
        if backlog.learned:
            await results.add_learned(added, list(backlog.learned.values()))
        if backlog.happened:
            await results.add_events(added, backlog.happened)
        if backlog.errors:
            await results.add_errors(added, list(backlog.errors.values()), now)
        if spent is not None:
            await store_allowances(added, now, sent=spent.sent, unspent=spent.unspent)
        kept = None if news is None else await self._note_health(added, news, spent, now)

        counted = await finished.store(tx)
        await added.run(tx)
        if news is not None:
            await happenings.tell(tx, news.happened, now)
        # While the pool has not followed what people stored, that would be overwritten.
        if kept is not None and await engine_state.revision(tx) != self.followed:
            kept = None
        if kept is not None:
            await kept.statements.run(tx)
        sums = backlog.sums(counted, now)
        return _Stored(await results.add_to_batches(tx, sums) if sums else [], kept)

    def _not_stored(self, backlog: Backlog, news: HealthNews | None) -> None:
        self._backlog.absorb(backlog)
        self.something_came()
        if news is not None:
            self._pool.not_stored(news.changes)
            self._canaries.not_stored(news.canaries)
            self._canaries.sightings.not_stored(news.sights)
            for proxy_id, _ in news.happened.failing:
                self.failing.forget(proxy_id)

    # -- health ---------------------------------------------------------------------

    def _health_is_due(self, *, with_health: bool) -> bool:
        # A rest that the platform asked for must outlive the process, so a change of state does not wait.
        return with_health or self._pool.has_turned or self._clock.monotonic() - self._health_at >= HEALTH_EVERY

    def _health_news(self) -> HealthNews:
        self._health_at = self._clock.monotonic()
        changes, limits = self._pool.changed(), self._pool.limits
        changes = replace(
            changes,
            transitions=(*changes.transitions, *self._canaries.take_transitions()),
            minutes=self.minutes.take(changes.minutes),
        )
        failing = [(p.id, p.health) for p in changes.proxies if self.failing.is_news(p.id, p.health, limits)]
        happened = Happened(changes.transitions, changes.hourly, changes.minutes, failing, limits)
        return HealthNews(changes, self._canaries.drain(), self._canaries.sightings.drain(), happened)

    async def _note_health(
        self, added: Noted, news: HealthNews, spent: Statement | None, now: datetime
    ) -> _StoredHealth:
        """Note what is added in any case; what is to be written of proxies and sessions."""
        if news.canaries:
            await canaries.add(added, [Measured(*astuple(item)) for item in news.canaries])
        if news.sights:
            await canaries.add_sights(added, news.sights)
        await happenings.count(added, news.happened)
        proxies, sessions, written = news.changes.proxies, news.changes.sessions, Noted()
        if spent is not None:
            await store_allowances(written, now, given_back=spent.given_back)
        return _StoredHealth(
            written,
            await health.store_proxies(written, [(each.id, each.health) for each in proxies]) if proxies else {},
            await health.store_sessions(written, [(each.id, each.health) for each in sessions]) if sessions else {},
            await self._write_logins(written, {each.id: each.login for each in sessions if each.login is not None}),
        )

    async def _write_logins(self, tx: Transaction, renewed: dict[int, Login]) -> dict[int, Login]:
        changed = {
            session_id: login
            for session_id, login in renewed.items()
            if (known := self.stored_logins.get(session_id)) is None
            or (known.cookies, known.ends_at) != (login.cookies, login.ends_at)
        }
        if changed:
            sealed = [(key, seal_cookies(login.cookies, self._vault), login.ends_at) for key, login in changed.items()]
            await health.store_cookies(tx, sealed)
        return renewed

    def _remember(self, stored: _StoredHealth) -> None:
        """It stands now; what was undone must not pass for ours, nor for stored."""
        proxies, sessions = self.stored_health
        proxies |= stored.proxies
        sessions |= stored.sessions
        self.stored_logins |= stored.logins

    def announce(self, rows: Sequence[Row]) -> None:
        """Publish the progress of batches as these rows have it."""
        for row in rows:
            self._events.publish(_progress(row))
            if row["status"] == "done":
                self._events.publish(WorkArrived())


def _progress(row: Row) -> BatchProgress:
    values: dict[str, Any] = {name: row[name] for name in row.keys()}  # noqa: SIM118  # a row iterates its values
    return BatchProgress(batch_id=str(values.pop("id")), **values)
