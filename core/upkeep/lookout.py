"""Looks every minute at what runs low and at daily targets, and tells each spell and each met target once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.alarms import AlertKind, NewAlert
from core.domain.day import day_began
from core.domain.lows import Low, Turn, room_is_low, share_is_low
from core.errors import Unavailable
from core.storage import alert_rules, alerts, lookout
from core.storage.database import Database, Transaction
from core.storage.schedules import seen_live_since

EVERY = 60.0
_MB = 1_000_000
PROXIES, SESSIONS, DISK = "low:proxies", "low:sessions", "low:disk"

Patiently = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]


def free_bytes(folder: Path) -> int:
    """The room that is left on the disk of *folder*.  Blocks."""
    return shutil.disk_usage(folder).free


class Lookout:
    """The looks of one holder.

    Args:
        patiently: Does something again and again while the database is away.
        free: The room on the disk of a folder, in bytes.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        patiently: Patiently,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        self._patiently = patiently
        self._free = free
        self._lows: dict[str, Low] = {}

    async def run(self) -> None:
        """Look, now and every minute, until cancelled."""
        while True:
            await self._patiently(self.look)
            await self._clock.sleep(EVERY)

    async def look(self) -> None:
        """Look at everything once."""
        if not self._lows:
            told = await alerts.are_told(self._database, [PROXIES, SESSIONS, DISK])
            self._lows = {key: Low(is_told=key in told) for key in (PROXIES, SESSIONS, DISK)}
        rules = await alert_rules.read(self._database)
        try:
            await self._shares(rules.proxies_low, rules.sessions_low)
            await self._disk(rules.disk_low_mb)
        except Unavailable:
            # Whether a spell was told is what the database says.
            self._lows = {}
            raise
        await self._targets()

    async def _shares(self, proxies_low: int, sessions_low: int) -> None:
        proxies = await lookout.ready_proxies(self._database, self._clock.now())
        is_low, is_well = share_is_low(proxies.good, proxies.of_all, proxies_low)
        text = f"Only {proxies.good:,} of {proxies.of_all:,} proxies are ready, fewer than {proxies_low} %."
        news = NewAlert(AlertKind.PROXIES_LOW, "proxies", text)
        await self._tell(PROXIES, news, is_low=is_low, is_well=is_well)
        sessions = await lookout.usable_sessions(self._database)
        is_low, is_well = share_is_low(sessions.good, sessions.of_all, sessions_low)
        text = f"Only {sessions.good:,} of {sessions.of_all:,} sessions can be used, fewer than {sessions_low} %."
        news = NewAlert(AlertKind.SESSIONS_LOW, "sessions", text)
        await self._tell(SESSIONS, news, is_low=is_low, is_well=is_well)

    async def _disk(self, threshold_mb: int) -> None:
        folder = self._database.file.absolute().parent
        free_mb = await asyncio.to_thread(self._free, folder) / _MB
        is_low, is_well = room_is_low(free_mb, threshold_mb)
        text = (
            f"The disk of the data directory has {free_mb:,.0f} MB left, less than {threshold_mb:,}; "
            "make room before nothing can be stored."
        )
        await self._tell(DISK, NewAlert(AlertKind.DISK_LOW, "disk", text), is_low=is_low, is_well=is_well)

    async def _tell(self, key: str, news: NewAlert, *, is_low: bool, is_well: bool) -> None:
        turn = self._lows[key].look(is_low=is_low, is_well=is_well)
        if turn is Turn.BEGINS:
            await self._database.at_once(partial(alerts.add_once, key=key, alert=news, at=self._clock.now()))
        elif turn is Turn.ENDS:
            await self._database.at_once(partial(alerts.over, key=key))

    async def _targets(self) -> None:
        now = self._clock.now()
        began, day = day_began(now, self._zone), now.astimezone(self._zone).date().isoformat()
        for each in await lookout.open_targets(self._database, day):
            seen = await seen_live_since(self._database, each.niche_id, began)
            if seen >= each.target:
                text = (
                    f'The niche "{each.name}" met its daily target: {seen:,} profiles were seen live today, '
                    f"{each.target:,} are wanted."
                )
                news = NewAlert(AlertKind.TARGET_MET, each.name, text)
                key = f"target:{each.niche_id}:{day}"

                async def tell(tx: Transaction, key: str = key, news: NewAlert = news) -> bool:
                    return await alerts.add_once(tx, key, news, now)

                await self._database.at_once(tell)
