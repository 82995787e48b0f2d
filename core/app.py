"""The application: every verb, and the engine's holder, over one open database.

``open_app`` builds it without a bot or a panel, which is how tests and benchmarks use it.  It opens
and checks; it decides nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from pydantic import SecretStr

from core.clock import Clock
from core.domain.limits import Limits
from core.errors import ConfigError
from core.events import Events
from core.network.client import Client as HttpClient
from core.network.inspection import Wire
from core.secrets import GivenKeys, KeyFile, Keys, Secret, Vault
from core.services.account import Account
from core.services.alerts import Alerts
from core.services.audit import Audit
from core.services.backups import Backups
from core.services.batch_messages import BatchMessages
from core.services.batches import Batches
from core.services.canaries import Canaries
from core.services.diagnostics import Diagnostics
from core.services.discord_roles import DiscordRoles
from core.services.discord_servers import DiscordServers
from core.services.doctor import Doctor, Installation
from core.services.estimates import Estimates
from core.services.feed import Feed
from core.services.figures import Figures
from core.services.imports import Imports
from core.services.keys import KeyRotation
from core.services.limits import OperatingLimits
from core.services.monitoring import Monitoring
from core.services.niches import Niches
from core.services.own_places import OwnPlaces
from core.services.pairing import Pairing
from core.services.passwords import Passwords
from core.services.people import People
from core.services.profiles import Profiles
from core.services.proxies import Proxies
from core.services.public_pages import PublicPages
from core.services.resource_log import ResourceLog
from core.services.restoring import Place, Restoring
from core.services.results import Results
from core.services.schedule_drafts import Drafting
from core.services.schedule_firing import Firing
from core.services.schedules import Schedules
from core.services.sessions import Sessions
from core.services.sign_ins import SignIns
from core.services.trials import Trials
from core.settings import Platform, Settings
from core.sources.instagram import Instagram
from core.storage import deployment
from core.storage.database import Database, open_database
from core.upkeep.holder import EngineHolder, Ground


@dataclass(frozen=True, slots=True)
class App:
    """What adapters are given."""

    settings: Settings
    clock: Clock
    events: Events
    niches: Niches
    profiles: Profiles
    public_pages: PublicPages
    imports: Imports
    batches: Batches
    batch_messages: BatchMessages
    estimates: Estimates
    results: Results
    proxies: Proxies
    sessions: Sessions
    trials: Trials
    canaries: Canaries
    limits: OperatingLimits
    keys: KeyRotation
    monitoring: Monitoring
    figures: Figures
    resource_log: ResourceLog
    alerts: Alerts
    schedules: Schedules
    people: People
    pairing: Pairing
    sign_ins: SignIns
    account: Account
    audit: Audit
    discord_roles: DiscordRoles
    discord_servers: DiscordServers
    doctor: Doctor
    engine: EngineHolder
    backups: Backups


# Entered while this process has the engine: yields the address of a platform that it runs meanwhile.
Surroundings = Callable[[App], AbstractAsyncContextManager[str]]
MakeClient = Callable[[], AbstractAsyncContextManager[Wire]]


@asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock, *, surroundings: Surroundings | None = None, client: MakeClient | None = None
) -> AsyncIterator[App]:
    """The application over the database of *settings*, upgraded where needed; closed when the block ends.

    Args:
        surroundings: What has to run while the engine does; None speaks with the configured platform.
        client: What carries exchanges; None is HTTP over the stored proxies.

    Raises:
        ConfigError: Settings that cannot work: another platform's database, a wrong key.
        Unavailable: The database is away.
    """
    async with open_database(settings.database_file, clock=clock) as database:
        vault, key_file = await _stamped(database, settings, clock)
        app: App

        @asynccontextmanager
        async def platform() -> AsyncIterator[str | None]:
            async with nullcontext(settings.platform_url) if surroundings is None else surroundings(app) as url:
                yield url

        in_sandbox = settings.platform is Platform.SANDBOX
        base = Limits.sandbox() if in_sandbox else Limits()
        events, passwords, feed = Events(), Passwords(), Feed(database, clock)
        ground = Ground(
            database=database,
            clock=clock,
            events=events,
            vault=vault,
            platform=platform,
            source_at=Instagram,
            base=base,
            zone=settings.zone,
            firing=Firing(database, clock, events, base, settings.zone),
            client=client or partial(HttpClient, clock=clock, ca_file=settings.platform_ca_file),
        )
        monitoring, canaries = Monitoring(database, clock), Canaries(database, clock, events)
        proxies = Proxies(database, clock, events, vault, base, places=OwnPlaces(settings.platform_url))
        limits = OperatingLimits(database, clock, events, base)
        diagnostics = Diagnostics(database, clock, limits, _shown(settings))
        sessions = Sessions(database, clock, events, vault, Instagram(settings.platform_url), base)
        app = App(
            settings=settings,
            clock=clock,
            events=events,
            niches=Niches(database, clock, events, feed, settings.zone),
            profiles=Profiles(database, clock, events, feed, settings.zone),
            public_pages=PublicPages(None if in_sandbox else Instagram(settings.platform_url)),
            imports=Imports(database, clock, events, feed, settings.data_dir / "staged"),
            batch_messages=BatchMessages(database, clock),
            batches=Batches(database, clock, events, base, feed),
            estimates=Estimates(database, clock, base, Drafting(settings.zone, settings.discord_guild_ids)),
            results=Results(database),
            proxies=proxies,
            sessions=sessions,
            trials=Trials(database, clock, events),
            canaries=canaries,
            limits=limits,
            keys=KeyRotation(database, clock, vault, key_file),
            monitoring=monitoring,
            figures=Figures(database, clock, events, base, settings.zone),
            resource_log=ResourceLog(database),
            alerts=Alerts(database, clock, events, vault, settings.zone),
            schedules=Schedules(database, clock, events, settings.zone, settings.discord_guild_ids),
            people=People(database, clock, events, settings.panel_url),
            pairing=Pairing(database, clock, events),
            sign_ins=SignIns(database, clock, events, passwords, settings.panel_url),
            account=Account(database, clock, events, passwords),
            audit=Audit(database),
            discord_roles=DiscordRoles(database, clock),
            discord_servers=DiscordServers(),
            doctor=Doctor(_installation(settings), clock, monitoring, proxies, sessions, canaries, diagnostics),
            engine=EngineHolder(ground),
            backups=Backups(database, clock, None if key_file is None else key_file.path),
        )
        yield app


def restoring(settings: Settings, clock: Clock) -> Restoring:
    """The way back of backups into the database of *settings*, which nobody may have open."""
    keys = partial(_keys, settings, may_create=False)
    return Restoring(Place(settings.database_file, settings.platform.value, keys), clock)


async def _stamped(database: Database, settings: Settings, clock: Clock) -> tuple[Vault, KeyFile | None]:
    """The vault of this database, which is stamped on its first opening, and the file of its key, if it has one.

    Raises:
        ConfigError: It is another platform's, or was written with another key.
    """
    stamp = await deployment.read(database)
    keys = _keys(settings, may_create=stamp is None)
    vault = Vault(keys)
    if stamp is None:
        proof = vault.seal(Secret(settings.platform.value))
        async with database.transaction() as tx:
            await deployment.stamp(tx, platform=settings.platform.value, key_proof=proof, at=clock.now())
        # Somebody else may have been quicker, with another key.
        stamp = await deployment.read(database)
        assert stamp is not None, "it was stamped just now"
    if stamp["platform"] != settings.platform.value:
        raise ConfigError(
            f"STORYWATCH_PLATFORM: the database {database.file} in the data directory {settings.data_dir} belongs to "
            f"the platform {stamp['platform']}, not {settings.platform.value}; set STORYWATCH_DATA_DIR to another "
            f"directory, or STORYWATCH_PLATFORM to {stamp['platform']}"
        )
    vault.open(stamp["key_proof"])
    return vault, keys if isinstance(keys, KeyFile) else None


def _installation(settings: Settings) -> Installation:
    is_sandbox = settings.platform is Platform.SANDBOX
    address = settings.platform_url or "its own address"
    return Installation(
        database=str(settings.database_file),
        key="STORYWATCH_SECRET_KEY" if settings.secrets else f"the key file in {settings.data_dir}",
        platform="Sandbox: pretend data" if is_sandbox else f"{settings.platform.value} at {address}",
        is_sandbox=is_sandbox,
        brings_routes=settings.embeds_sandbox,
    )


def _shown(settings: Settings) -> dict[str, str]:
    """Every variable as it may be shown: of a secret, only whether it is set."""
    shown = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        is_secret = isinstance(value, SecretStr)
        shown[f"STORYWATCH_{name.upper()}"] = "not set" if value is None else "set" if is_secret else str(value)
    return shown


def _keys(settings: Settings, *, may_create: bool) -> Keys:
    given = settings.secrets
    return GivenKeys(given) if given else KeyFile(settings.key_file, may_create=may_create)
