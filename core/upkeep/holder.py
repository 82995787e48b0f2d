"""Who has the engine: this process while it holds the lock beside the database, or another one.

Owns taking the lock, giving it back, and the life of everything that runs while it is held.  Two
pools would spend the same limits twice, so there is one engine for each database.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from core.clock import Clock
from core.domain.alarms import AlertKind
from core.domain.day import UTC_ZONE
from core.domain.limits import Limits
from core.engine.engine import Engine
from core.engine.proof import Canaries
from core.engine.recorder import Recorder
from core.errors import Unavailable
from core.events import CallArrived, Event, Events, Mailbox, WorkArrived
from core.network import notices
from core.network.inspection import Wire
from core.network.pool import Pool
from core.secrets import Vault
from core.services.figures import PROBE
from core.services.schedule_firing import Firing
from core.services.trials import CANARY_TEST, PROXY_TEST, SESSION_TEST
from core.sources.base import Source
from core.storage import alerts, allowances, batches, checks, engine_state
from core.storage.database import Database
from core.storage.locks import engine_lock, run_lock
from core.upkeep import breaker_memory
from core.upkeep.breaker_probe import BreakerProbe
from core.upkeep.calls import CallDesk, Runner
from core.upkeep.canary_trial import CanaryTrial
from core.upkeep.collecting import seldom
from core.upkeep.deliveries import Deliveries, Send
from core.upkeep.following import Following
from core.upkeep.lookout import Lookout
from core.upkeep.proxy_checks import ProxyChecks
from core.upkeep.recollection import recollect
from core.upkeep.retention import Retention
from core.upkeep.scheduler import Scheduler
from core.upkeep.ticking import Tick, Ticking
from core.upkeep.trials import Trials

_log = logging.getLogger(__name__)

# How often the revision is looked at; the engine's own process is woken by an event.
FOLLOW_EVERY = 0.25
BEAT_EVERY = 2.0
# A third of a claim.
RENEW_EVERY = 20.0
_TRY_AGAIN = 0.25
_WHILE_AWAY = 1.0
# A batch that was being written or erased so long ago was left behind by a crash.
_LEFT_BEHIND = timedelta(hours=1)

PlatformContext = Callable[[], AbstractAsyncContextManager[str | None]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What an engine stands on, whoever holds it.

    Args:
        platform: Entered while the engine is held; yields the platform's address, None for its own.
        source_at: The source that speaks with the platform at that address.
        client: Entered while the engine is held; yields what carries exchanges.
        base: The limits where nobody set anything.
        firing: What makes the runs of schedules happen.
        zone: Quiet hours and days are in it.
        send: Sends alerts through Apprise.
    """

    database: Database
    clock: Clock
    events: Events
    vault: Vault
    platform: PlatformContext
    source_at: Callable[[str | None], Source]
    client: Callable[[], AbstractAsyncContextManager[Wire]]
    base: Limits
    firing: Firing
    zone: ZoneInfo = UTC_ZONE
    send: Send = notices.send


@dataclass(frozen=True, slots=True)
class Running:
    """The parts of an engine that is held."""

    engine: Engine
    pool: Pool
    recorder: Recorder
    following: Following
    calls: CallDesk
    checks: ProxyChecks


class EngineHolder:
    """The engine as this process sees it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        file = ground.database.file
        self._engine_lock = engine_lock(file)
        self._run_lock = run_lock(file)
        self._running: Running | None = None

    def __repr__(self) -> str:
        return "<EngineHolder without the engine>" if self._running is None else f"<EngineHolder {self._running}>"

    @property
    def holds(self) -> bool:
        """This process has the engine."""
        return self._running is not None

    @property
    def running(self) -> Running | None:
        """The engine's parts while this process has it."""
        return self._running

    @contextmanager
    def only_run(self) -> Iterator[None]:
        """Be the one ``storywatch run`` of this database while the block runs.

        Raises:
            Unavailable: Another process is.
        """
        if not _taken(self._run_lock):
            raise Unavailable(
                f"another `storywatch run` serves {self._ground.database.file}; "
                "end that one, or give this one another STORYWATCH_DATA_DIR"
            )
        try:
            yield
        finally:
            self._run_lock.release()

    @asynccontextmanager
    async def attend(self, name: str) -> AsyncIterator[None]:
        """Hold the engine while the block runs: at once if it is free, or as soon as its holder ends.

        Entering waits until it is known who has it.  Errors of its start are raised there, later
        ones inside the block.

        Args:
            name: What holds it, as people are told: ``run``, ``check``.
        """
        decided = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                attending = group.create_task(self._attend(name, decided), name="attend to the engine")
                await decided.wait()
                try:
                    yield
                finally:
                    attending.cancel()
        except BaseExceptionGroup as errors:
            first = _first(errors)
            raise first from first.__cause__

    async def _attend(self, name: str, decided: asyncio.Event) -> None:
        while True:
            if _taken(self._engine_lock):
                try:
                    await self._hold(name, decided)
                finally:
                    self._engine_lock.release()
            decided.set()
            await self._ground.clock.sleep(_TRY_AGAIN)

    async def _hold(self, name: str, decided: asyncio.Event) -> None:
        ground = self._ground
        async with ground.platform() as url, ground.client() as client:
            holder = f"{name}:{os.getpid()}:{secrets.token_hex(4)}"[:40]
            running = self._put_together(client, ground.source_at(url), holder)
            async with ground.database.transaction() as tx:
                await checks.void_claims(tx)
                await allowances.count_unspent(tx, ground.clock.now())
                await batches.nobody_waits(tx)
                left = (await engine_state.read(tx)).snapshot
                await engine_state.take(
                    tx,
                    holder=holder,
                    pid=os.getpid(),
                    at=ground.clock.now(),
                    sandbox_url=url,
                    snapshot=breaker_memory.kept(left),
                )
            breaker_memory.remind(running.pool, left, ground.clock)
            try:
                await batches.forget_hidden(ground.database, ground.clock.now() - _LEFT_BEHIND)
                running.recorder.failing.know(await alerts.told(ground.database, AlertKind.PROXY_FAILING))
                await running.following.follow()
                await recollect(ground.database, running.pool, ground.clock, wake=running.recorder.hurry)
                self._running = running
                decided.set()
                await self._keep_running(running, holder)
            finally:
                self._running = None
                await self._let_go(running, holder)

    def _put_together(self, client: Wire, source: Source, holder: str) -> Running:
        ground = self._ground
        pool = Pool(clock=ground.clock, client=client, limits=ground.base, random=Random())
        canaries = Canaries()
        recorder = Recorder(
            ground.database,
            clock=ground.clock,
            events=ground.events,
            vault=ground.vault,
            pool=pool,
            canaries=canaries,
            holder=holder,
        )
        engine = Engine(source=source, pool=pool, recorder=recorder, canaries=canaries, clock=ground.clock)
        following = Following(
            ground.database,
            clock=ground.clock,
            vault=ground.vault,
            source=source,
            base=ground.base,
            pool=pool,
            canaries=canaries,
            recorder=recorder,
            engine=engine,
        )
        trials = Trials(pool=pool, client=client, source=source, canaries=canaries)
        runners: dict[str, Runner] = {
            PROXY_TEST: trials.proxy,
            SESSION_TEST: trials.session,
            CANARY_TEST: CanaryTrial(pool=pool, source=source, canaries=canaries).canary,
            PROBE: BreakerProbe(pool, engine).hurry,
        }
        calls = CallDesk(ground.database, clock=ground.clock, recorder=recorder, runners=runners)
        checks = ProxyChecks(pool=pool, client=client, clock=ground.clock)
        return Running(engine, pool, recorder, following, calls, checks)

    async def _keep_running(self, running: Running, holder: str) -> None:
        with seldom():
            await self._run_all(running, holder)

    async def _run_all(self, running: Running, holder: str) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(running.recorder.run(), name="recorder")
            group.create_task(running.engine.run(), name="engine")
            group.create_task(self._follow(running), name="follow what is stored")
            group.create_task(self._beat(running, holder), name="heartbeat")
            group.create_task(self._renew(running), name="renew claims")
            group.create_task(running.calls.run(), name="answer calls")
            group.create_task(running.checks.run(), name="check unused proxies")
            retention = Retention(self._ground.database, self._ground.clock, self._patiently)
            group.create_task(retention.run(), name="forget what is old")
            lookout = Lookout(self._ground.database, self._ground.clock, self._ground.zone, self._patiently)
            group.create_task(lookout.run(), name="look what runs low")
            group.create_task(self._deliveries().run(), name="deliver alerts")
            scheduler = Scheduler(
                self._ground.firing,
                clock=self._ground.clock,
                events=self._ground.events,
                patiently=self._patiently,
                bug=running.recorder.bug,
            )
            group.create_task(scheduler.run(), name="run schedules")

    def _deliveries(self) -> Deliveries:
        ground = self._ground
        return Deliveries(
            ground.database, ground.clock, ground.events, ground.vault, ground.zone, self._patiently, ground.send
        )

    async def _let_go(self, running: Running, holder: str) -> None:
        """Store what is known, give back what is claimed, and say that nobody holds the engine."""
        try:
            try:
                # Health is stored only over what was seen.
                await running.following.see()
            finally:
                await running.recorder.commit(with_health=True, closing=True)
            await running.engine.release_all()
        finally:
            async with self._ground.database.transaction() as tx:
                await engine_state.let_go(tx, holder=holder, snapshot=breaker_memory.remembered(running.pool))

    # -- while it is held -------------------------------------------------------------

    async def _follow(self, running: Running) -> None:
        with self._ground.events.subscribe() as news:
            ticking = Ticking(self._ground.clock, news, every=FOLLOW_EVERY)
            try:
                while True:
                    ticking.start()
                    await news.wait()
                    kinds = {type(event) for event in _unread(news)}
                    if kinds & {WorkArrived, CallArrived, Tick}:
                        await self._patiently(partial(self._catch_up, running, something_came=WorkArrived in kinds))
            finally:
                ticking.stop()

    async def _catch_up(self, running: Running, *, something_came: bool) -> None:
        if something_came or await running.following.is_behind():
            await running.following.follow()
        running.engine.tell_waiting()
        # What is asked is often about what was stored just before.
        await running.calls.look()

    async def _beat(self, running: Running, holder: str) -> None:
        async def beat() -> None:
            await running.recorder.commit(with_health=True)
            now, snapshot = self._ground.clock.now(), _snapshot(running)
            await self._ground.database.at_once(partial(engine_state.beat, holder=holder, at=now, snapshot=snapshot))

        while True:
            await self._patiently(beat)
            await self._ground.clock.sleep(BEAT_EVERY)

    async def _renew(self, running: Running) -> None:
        while True:
            await self._ground.clock.sleep(RENEW_EVERY)
            if open_checks := running.engine.open_checks:
                await self._patiently(partial(running.recorder.renew, open_checks))

    async def _patiently(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do *act*; while the database is away, try again and again."""
        away = False
        while True:
            try:
                await act()
            except Unavailable as error:
                if not away:
                    _log.warning("the database is away; trying again", extra={"reason": str(error)})
                away = True
                await self._ground.clock.sleep(_WHILE_AWAY)
            else:
                if away:
                    _log.warning("the database is back")
                return


def _taken(lock: FileLock) -> bool:
    """Whether *lock* is ours now and was nobody's before, also not this process's own."""
    if lock.is_locked:
        return False
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True


def _unread(mailbox: Mailbox) -> Iterator[Event]:
    while (event := mailbox.take()) is not None:
        yield event


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error in a group, or in a group in it: whoever asked shows it as a sentence."""
    first: BaseException = errors
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first


def _snapshot(running: Running) -> dict[str, object]:
    return {
        "pool": repr(running.pool),
        "counts": dict(running.pool.counts()),
        "engine": repr(running.engine),
        "recorder": repr(running.recorder),
        **breaker_memory.remembered(running.pool),
        "not_stored": running.recorder.backlog,
        "busy": running.engine.busy,
        "workers": running.engine.workers,
    }
