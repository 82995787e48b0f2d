"""The engine: workers that carry out the next step of whichever batch's turn it is.

Owns fairness between batches, the number of exchanges in flight, and stopping at once.  Knows no
database (the recorder's matter), no route (the pool's) and no rule of checking (the inquiry's).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from math import inf
from typing import Any

from core import log
from core.clock import Clock, Timer
from core.domain.limits import Limits
from core.engine.batch_work import CHUNK, LIMITED, BatchWork
from core.engine.check import carry_out
from core.engine.inquiry import Inquiry, Policy, Step
from core.engine.minutes import Idleness
from core.engine.proof import Canaries
from core.engine.recorder import Recorder
from core.errors import Unavailable
from core.network.pool import NoRouteAvailable, Pool
from core.sources.base import Kind, Source
from core.tasks import spawn

_log = logging.getLogger(__name__)

# Beyond so many verdicts that are not stored yet, nobody asks on: the database is slower than the network.
MOST_BACKLOG = 3_000
# A step that hits a bug at once would be tried as fast as the machine can.
_AFTER_A_BUG = 0.05
_TRY_AGAIN = 1.0


class _Worker:
    """One exchange in flight."""

    __slots__ = ("step", "task", "work")

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.work: BatchWork | None = None
        self.step: Step | None = None

    def ids(self) -> log.Ids:
        """What it works on, for the log."""
        if self.work is None or self.step is None:
            return {}
        return {"batch": self.work.id, "check": _checks_of(self.step)}


class Engine:
    """Runs the batches it is told of, in turn.

    Args:
        canaries: Shared by all batches.
    """

    def __init__(self, *, source: Source, pool: Pool, recorder: Recorder, canaries: Canaries, clock: Clock) -> None:
        self._source = source
        self._pool = pool
        self._recorder = recorder
        self._canaries = canaries
        self._clock = clock
        self._turns: deque[BatchWork] = deque()
        self._by_id: dict[str, BatchWork] = {}
        self._workers: set[_Worker] = set()
        self._idle: deque[asyncio.Future[None]] = deque()
        self._chores: set[asyncio.Task[Any]] = set()
        self._timer: Timer | None = None
        self._timer_at = inf
        self._limits = pool.limits
        self._running = False
        self._looking_up = 0
        recorder.minutes.of(self)

    def __repr__(self) -> str:
        busy = sum(worker.work is not None for worker in self._workers)
        waiting = sum(work.waits_because is not None for work in self._turns)
        return f"<Engine {busy} of {len(self._workers)} workers busy | {len(self._turns)} batches, {waiting} waiting>"

    @property
    def busy(self) -> int:
        """Workers that carry out a step."""
        return sum(worker.work is not None for worker in self._workers)

    @property
    def workers(self) -> int:
        """Exchanges that may be in flight at once."""
        return self._limits.workers_for(self._pool.sessions_usable())

    @property
    def batches(self) -> int:
        """Batches that it works on."""
        return len(self._turns)

    @property
    def idleness(self) -> Idleness:
        """What idle workers wait for."""
        waits = {work.waits_because for work in self._turns}
        if waits and self._pool.is_paused(look_up=False):
            return Idleness.PAUSED
        return Idleness.NO_WORK if waits.isdisjoint(LIMITED) else Idleness.LIMITED

    # -- what it is told ------------------------------------------------------------

    async def run(self) -> None:
        """Work until cancelled; then what is under way is dropped and every claim given back."""
        self._running = True
        self._adjust_workers()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._running = False
            tasks = [worker.task for worker in self._workers if worker.task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*self._chores, return_exceptions=True)
            if self._timer is not None:
                self._timer.cancel()

    def work_on(self, batch_ids: Sequence[str], *, anew: Sequence[str] = ()) -> None:
        """Work on these batches and no others; what is under way for others is dropped at once.

        Args:
            anew: Those of them that were started just now: what is under way for an earlier start is dropped too.
        """
        wanted = set(batch_ids).difference(anew)
        for work in [work for work in self._turns if work.id not in wanted]:
            self._drop(work)
        for batch_id in batch_ids:
            if batch_id not in self._by_id:
                self._begin(batch_id)
        self.wake()

    def something_changed(self, limits: Limits) -> None:
        """Routes, limits or canaries changed: follow them, and let batches that wait try again."""
        self._limits = limits
        for work in self._turns:
            work.inquiry.set_policy(self._policy())
            work.end_wait()
        self._adjust_workers()
        self.wake()

    def tell_waiting(self) -> None:
        """Let people know of every batch that it waits, or moves again: also while its questions wait in line."""
        for work in self._turns:
            self._tell_waiting(work)

    def wake(self) -> None:
        """Let an idle worker look for a step."""
        while self._idle:
            future = self._idle.popleft()
            if not future.done():
                future.set_result(None)
                return

    @property
    def open_checks(self) -> list[int]:
        """Claimed checks without a verdict."""
        return [check_id for work in self._turns for check_id in work.inquiry.open_checks]

    async def release_all(self) -> None:
        """Give every claim back; for the end."""
        await self._recorder.release(self.open_checks)

    # -- batches ----------------------------------------------------------------------

    def _policy(self) -> Policy:
        limits = self._limits
        return Policy(
            group_size=limits.group_size,
            confirm_size=limits.confirm_size,
            attempts=limits.attempts,
            group_limit=self._source.group_limit,
        )

    def _begin(self, batch_id: str) -> None:
        journal = self._recorder.journal(batch_id)
        inquiry = Inquiry(canaries=self._canaries, routes=self._pool, ledger=journal, policy=self._policy())
        work = BatchWork(batch_id, inquiry=inquiry, journal=journal, pool=self._pool, clock=self._clock)
        self._by_id[batch_id] = work
        self._turns.append(work)
        _log.info("batch taken up", extra={"batch": batch_id})

    def _drop(self, work: BatchWork) -> None:
        work.dropped = True
        self._turns.remove(work)
        del self._by_id[work.id]
        self._recorder.forget_journal(work.id)
        dropped = [worker for worker in self._workers if worker.work is work and worker.task is not None]
        for worker in dropped:
            assert worker.task is not None
            worker.task.cancel()
        _log.info("batch put down", extra={"batch": work.id})
        self._chore(self._give_up(work, [w.task for w in dropped if w.task is not None]), name="put a batch down")

    async def _give_up(self, work: BatchWork, tasks: list[asyncio.Task[None]]) -> None:
        if tasks:
            await asyncio.wait(tasks)
        work.inquiry.abandon()
        self._adjust_workers()
        self.wake()
        await self._recorder.release(work.inquiry.open_checks)

    # -- workers ----------------------------------------------------------------------

    def _adjust_workers(self) -> None:
        """As many workers as the limits and routes allow; surplus ones end after their step."""
        if not self._running:
            return
        self._workers = {worker for worker in self._workers if worker.task is None or not worker.task.done()}
        while len(self._workers) < self.workers:
            worker = _Worker()
            self._workers.add(worker)
            worker.task = spawn(self._work(worker), name="worker")

    async def _work(self, worker: _Worker) -> None:
        with log.about_now(worker.ids):
            await self._work_on_steps(worker)

    async def _work_on_steps(self, worker: _Worker) -> None:
        try:
            while len(self._workers) <= self.workers:
                found = self._next()
                if found is None:
                    self._store_the_last()
                    await self._wait_for_work()
                    continue
                worker.work, worker.step = found
                step = worker.step
                # Whoever finds a step wakes the next one, so that a burst of work spreads to all.
                self.wake()
                looks_up = step.question.kind is not Kind.STORIES
                self._looking_up += looks_up
                self._recorder.minutes.step_began()
                try:
                    await self._perform(worker.work, step)
                finally:
                    self._recorder.minutes.step_ended()
                    self._looking_up -= looks_up
                    worker.work = worker.step = None
        finally:
            self._workers.discard(worker)
            # What its last step brought may be news for somebody who waits.
            self.wake()

    def _store_the_last(self) -> None:
        """Where nothing is under way, nothing will come that could be stored along: let nobody wait for it."""
        if self._recorder.backlog and not any(work.claiming or work.inquiry.in_flight for work in self._turns):
            self._recorder.hurry()

    async def _wait_for_work(self) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._idle.append(future)
        self._arm()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.wake()  # it was woken and cannot look: somebody else should
            raise

    def _next(self) -> tuple[BatchWork, Step] | None:
        """The step of the batch whose turn it is; a batch that gave one goes to the end of the line."""
        if self._recorder.backlog > MOST_BACKLOG:
            self._wake_at(self._clock.monotonic() + _AFTER_A_BUG)
            return None
        now, wall = self._clock.monotonic(), self._clock.now()
        # Half of the workers may wait in line for a look-up; the others stay free for what can be asked.
        may_hope = self._looking_up * 2 < len(self._workers)
        for _ in range(len(self._turns)):
            work = self._turns[0]
            if len(self._turns) > 1:
                self._turns.rotate(-1)
            try:
                step = work.next_step(now, wall, may_hope=may_hope)
            except Exception as error:  # noqa: BLE001  # a bug in one batch must not cost the workers of all
                self._bug(error, work)
                work.rest(now)
                continue
            if work.wants_checks(now):
                self._claim(work)
            if work.has_news:
                self._tell_waiting(work)
            if step is not None:
                return work, step
        return None

    async def _perform(self, work: BatchWork, step: Step) -> None:
        try:
            await carry_out(
                step, work.inquiry, source=self._source, pool=self._pool, journal=work.journal, clock=self._clock
            )
        except NoRouteAvailable as error:
            ids = work.no_route(step, error.retry_at)
            if ids:
                self._chore(self._recorder.release(ids), name="give checks back")
        except Exception as error:  # noqa: BLE001  # the one boundary: a bug must cost a check, not the batch
            self._bug(error, work)
            work.inquiry.broke(step, self._clock.now())
            await self._clock.sleep(_AFTER_A_BUG)

    def _bug(self, error: BaseException, work: BatchWork | None) -> None:
        _log.error("a bug struck", extra={} if work is None else {"batch": work.id}, exc_info=error)
        self._recorder.bug(error)

    # -- chores -------------------------------------------------------------------------

    def _claim(self, work: BatchWork) -> None:
        work.claiming = True
        self._chore(self._claim_chunk(work), name="claim checks")

    async def _claim_chunk(self, work: BatchWork) -> None:
        with log.about(batch=work.id):
            await self._try_to_claim(work)

    async def _try_to_claim(self, work: BatchWork) -> None:
        try:
            targets = await self._recorder.claim(work.id, after=work.after, count=CHUNK)
            if work.dropped:
                await self._recorder.release([target.check_id for target in targets])
                return
            if back := work.claimed(targets, self._clock.monotonic()):
                self._chore(self._recorder.release(back), name="give checks back")
        except Unavailable as error:
            _log.warning("checks could not be claimed; trying again", extra={"reason": str(error)})
            await self._clock.sleep(_TRY_AGAIN)
        except Exception as error:  # noqa: BLE001  # without a pause it would be tried as fast as the machine can
            self._bug(error, work)
            await self._clock.sleep(_TRY_AGAIN)
        finally:
            work.claiming = False
            self.wake()

    def _tell_waiting(self, work: BatchWork) -> None:
        """Let people know why the batch does not move, or that it moves again; and give its checks back."""
        if work.news_of_waiting():
            _log.info("batch waits" if work.shown_wait[0] else "batch moves again", extra={"batch": work.id})
            self._chore(self._say_what_it_waits_for(work), name="say what a batch waits for")
        if back := work.give_back():
            self._chore(self._recorder.release(back), name="give checks back")

    async def _say_what_it_waits_for(self, work: BatchWork) -> None:
        """Tried until it is said: a reason that stays would be untrue as long as the batch runs."""
        while self._running and not work.dropped:
            try:
                await self._recorder.set_waiting(work.id, *work.shown_wait)
            except Unavailable:
                await self._clock.sleep(_TRY_AGAIN)
            else:
                return

    def _chore(self, work: Any, *, name: str) -> None:
        task = spawn(work, name=name)
        self._chores.add(task)
        task.add_done_callback(self._chore_ended)

    def _chore_ended(self, task: asyncio.Task[Any]) -> None:
        self._chores.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Unavailable):
            # What was to be given back comes free when its claim ends.
            _log.warning("a chore could not be done", extra={"chore": task.get_name(), "reason": str(error)})
        elif error is not None:
            self._bug(error, None)

    # -- time -----------------------------------------------------------------------------

    def _arm(self) -> None:
        """Wake a worker when a batch may move again by time alone."""
        self._wake_at(min((work.next_moment() for work in self._turns), default=inf))

    def _wake_at(self, moment: float) -> None:
        if moment == inf or (self._timer is not None and self._timer_at <= moment):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = moment
        self._timer = self._clock.call_at(moment, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self.wake()


def _checks_of(step: Step) -> int | list[int] | None:
    """The check that the step is about, or those, as lines of the log name them."""
    ids = [case.target.check_id for case in step.cases]
    return ids[0] if len(ids) == 1 else ids or None
