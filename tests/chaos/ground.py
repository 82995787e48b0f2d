"""Where chaos takes place: a pretend platform, pretend proxies and programs in front of it, and a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import Platform, Settings
from sandbox.listeners import can_leave_from
from tests.acceptance.pretend import Pretend
from tests.acceptance.terminal import Terminal
from tests.chaos.ports import free_ports
from tests.chaos.programs import PROGRAMS, Program

PRETEND_PROXIES = 24
INSTANCES = 3  # of each program: one is killed, one stopped, and one has its password changed where it has one
# Every answer takes a while, so that there is a batch under way while things break.
DAY = {"slow": 1.0, "slow_seconds": 0.12, "limited": 0.02, "retry_after": 1.0, "short_share": 0.1}
# Rests of minutes become some seconds.  An answer that takes longer than two is one that does not come.
LIMITS = {"workers": 24, "connect_timeout": 1, "total_timeout": 2, "rest_scale": 0.003, "fresh_minutes": 0}

_FURNISHER = Actor("test", Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Ground:
    """A platform, everything that leads to it, and a terminal whose database knows all of it."""

    platform: Pretend
    programs: list[Program]
    mine: Terminal


@contextmanager
def chaos_ground(folder: Path, *, profiles: int, https: bool) -> Iterator[Ground]:
    """Everything is well, and one session is bound to each proxy."""
    if not can_leave_from(_source(0)):
        pytest.skip("this machine lets nobody leave from another loopback address than 127.0.0.1")
    count = INSTANCES * len(PROGRAMS)
    ports = free_ports(1 + PRETEND_PROXIES + 1 + count)
    with ExitStack() as stack:
        platform = Pretend(
            folder / "platform",
            profiles=profiles,
            proxies=PRETEND_PROXIES,
            sessions_per_proxy=2,
            socks_share=0.25,
            ids_known=True,
            private_share=0,  # with an id that was brought along it takes days until somebody looks
            gone_share=0,
            port=ports[0],
            https=https,
            faults=DAY,
        )
        stack.callback(platform.close)
        programs = [
            Program(kind, folder / f"{kind}-{port}", port, _source(place))
            for place, (kind, port) in enumerate(zip([*PROGRAMS] * INSTANCES, ports[-count:], strict=True))
        ]
        for each in programs:
            stack.callback(each.kill)
            each.start()
        settings = {"platform": "instagram", "platform_url": platform.url}
        if https:
            settings["platform_ca_file"] = platform.told["platform_ca_file"]
        mine = Terminal(folder / "terminal", **settings)
        stack.callback(mine.close)
        asyncio.run(_furnish(mine.data, platform, [each.line for each in programs]))
        yield Ground(platform, programs, mine)


def _source(place: int) -> str:
    """The address that a program leaves from; pretend proxies have those before."""
    return f"127.0.9.{place + 1}"


async def _furnish(data: Path, platform: Pretend, outside: list[str]) -> None:
    proxies = [*platform.lines("proxies"), *outside]
    settings = Settings(data_dir=data, platform=Platform.INSTAGRAM, platform_url=platform.url)
    limits = dict(line.split("=") for line in platform.limits) | {name: str(value) for name, value in LIMITS.items()}
    async with open_app(settings, SystemClock()) as app:
        await app.proxies.import_lines(_FURNISHER, "\n".join(proxies))
        sessions = platform.lines("sessions")[: len(proxies)]
        await app.sessions.import_lines(_FURNISHER, "\n".join(sessions), bind_in_order=True)
        await app.canaries.add(_FURNISHER, platform.lines("canaries"))
        await app.limits.set(_FURNISHER, limits)
