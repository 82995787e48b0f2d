"""A recorder over a real database whose time stands still, and results to hand it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.clock import FakeClock
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Outcome, Reason
from core.engine.case import Result, Target
from core.engine.proof import Canaries
from core.engine.recorder import Recorder
from core.events import Events
from core.network.pool import Pool, ProxyRecord, SessionRecord
from core.secrets import Secret, Vault
from core.services.batches import Batches
from core.services.imports import Imports
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.sources.instagram import Instagram
from core.storage import batches, pool_rows
from core.storage.database import Database
from tests.integration.engine.conftest import ADMIN
from tests.integration.engine.world import World


@dataclass(slots=True)
class Office:
    """A recorder and what stands around it."""

    database: Database
    clock: FakeClock
    vault: Vault
    events: Events
    pool: Pool
    canaries: Canaries
    recorder: Recorder
    batches: Batches
    imports: Imports
    proxies: Proxies
    sessions: Sessions

    async def batch(self, count: int, niche: str = "demo") -> str:
        """A batch in progress of so many profiles; its id."""
        text = "\n".join(f"name{n:03}" for n in range(count)).encode()
        await self.imports.import_file(ADMIN, [text], niche=niche, file_name="names", create_niche=True)
        names = [f"name{n:03}" for n in range(count)]
        batch = await self.batches.create(ADMIN, names=names, recheck=True)
        await self.batches.start(ADMIN, [batch.id])
        async with self.database.transaction() as tx:
            await batches.promote(tx, 9, self.clock.now())
        return batch.id

    async def targets(self, batch_id: str, count: int = 500) -> list[Target]:
        """Claimed checks of the batch."""
        return await self.recorder.claim(batch_id, after=0, count=count)

    def settle(self, batch_id: str, target: Target, outcome: Outcome = Outcome.NONE) -> Result:
        """Hand the recorder a verdict."""
        reason = Reason.TIMEOUT if outcome is Outcome.UNKNOWN else Reason.OK
        result = Result(target.check_id, target.username, outcome, reason, 2, "", self.clock.now())
        self.recorder.journal(batch_id).settled(result)
        return result

    async def finished(self, batch_id: str) -> int:
        """Checks of the batch that are stored."""
        return (await self.batches.show(ADMIN, batch_id)).finished

    async def route(self) -> None:
        """Store a proxy and a session of id 1, and put them into the pool."""
        await self.proxies.import_lines(ADMIN, "127.0.0.1:4000")
        await self.sessions.import_lines(ADMIN, "sessionid=1%3Aabc%3A7%3Asig; ds_user_id=1", bind_in_order=True)
        (session,) = await pool_rows.load_sessions(self.database, self.vault)
        login = Instagram("http://127.0.0.1:9").login(session.cookies, session.user_agent)
        self.pool.put_proxy(ProxyRecord(1, ProxyAddress("http", "127.0.0.1", 4000, "", None)))
        self.pool.put_session(SessionRecord(1, 1, login, session.created_at))

    async def cookies(self) -> dict[str, str]:
        """What is stored of session 1."""
        (session,) = await pool_rows.load_sessions(self.database, self.vault)
        return {name: value.reveal() for name, value in session.cookies.items()}


def office(database: Database, clock: FakeClock) -> Office:
    """Everything new over *database*."""
    vault = Vault([Secret("k" * 43 + "=")])
    events, canaries = Events(), Canaries()
    pool = Pool(clock=clock, client=World(), limits=Limits.sandbox(), random=Random(1))
    recorder = Recorder(database, clock=clock, events=events, vault=vault, pool=pool, canaries=canaries, holder="test")
    return Office(
        database,
        clock,
        vault,
        events,
        pool,
        canaries,
        recorder,
        Batches(database, clock, events, Limits()),
        Imports(database, clock, events),
        Proxies(database, clock, events, vault),
        Sessions(database, clock, events, vault, Instagram("http://127.0.0.1:9")),
    )
