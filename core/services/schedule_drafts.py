"""What a person wrote of a schedule, checked field by field: what is stored, and when it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.domain import cron
from core.domain.active_hours import read_active_hours
from core.domain.rejected import visible
from core.domain.schedule import LONGEST_INTERVAL, LONGEST_JITTER, MINUTE, SHORTEST_INTERVAL, Only, Timing
from core.domain.span_text import in_words, seconds_of
from core.domain.time_zone import zone_named
from core.errors import InvalidInput
from core.services.niches import existing_niche
from core.services.schedule_times import next_run
from core.services.schedule_views import words_of
from core.services.views import ScheduleDraft
from core.storage import schedules as rows
from core.storage.database import Database, Transaction
from core.storage.niches import StoredNiche

LONGEST_NAME = 80
MOST_NICHES = 200
_LONGEST_KEY = 160
_LONGEST_FRESH = 31 * 86_400
# What a clock that is set at all may show; far from the ends of what dates can be.
_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that can be stored, but for its name.

    Args:
        values: By column.
        timing: Without the id that only a stored schedule has.
    """

    values: dict[str, Any]
    timing: Timing
    niches: Sequence[StoredNiche]


@dataclass(frozen=True, slots=True)
class Drafting:
    """What drafts are read with.

    Args:
        zone: The deployment's time zone.
        servers: The Discord servers in which the bot answers.
    """

    zone: ZoneInfo
    servers: Collection[int]

    def timing(
        self,
        *,
        every: str,
        rule: str,
        timezone: str | None,
        jitter: str = "",
        active: str = "",
        starts_at: datetime | None,
        now: datetime,
    ) -> Timing:
        """When the runs come.

        Raises:
            InvalidInput: One of the fields cannot be used, or no run ever comes.
        """
        if bool(every.strip()) == bool(rule.strip()):
            raise InvalidInput("every", "give either an interval such as 4h, or a cron rule")
        seconds = _interval(every) if every.strip() else None
        if starts_at is not None and not (starts_at.tzinfo is not None and _EARLIEST <= starts_at < _LATEST):
            raise InvalidInput("start", "give a time between the years 1990 and 2200, with its time zone")
        start = now if seconds is None else now + timedelta(seconds=seconds)
        timing = Timing(
            schedule=None,
            every=seconds,
            rule=None if seconds is not None else cron.read(rule),
            zone=self.zone if timezone is None or not timezone.strip() else zone_named(timezone),
            starts_at=(starts_at or start).astimezone(UTC).replace(microsecond=0),
            jitter=_jitter(jitter, seconds),
            active=read_active_hours(active),
        )
        if next_run(timing, now) is None:
            raise InvalidInput("cron", f'"{rule.strip()}" never comes; name a day that exists')
        return timing

    async def checked(self, db: Database | Transaction, draft: ScheduleDraft, now: datetime) -> CheckedDraft:
        """What is stored of *draft*.

        Raises:
            InvalidInput: One of the fields cannot be used.
            NotFound: A niche does not exist.
        """
        niches = await self.niches(db, draft)
        timing = self.timing(
            every=draft.every,
            rule=draft.cron,
            timezone=draft.timezone,
            jitter=draft.jitter,
            active=draft.active,
            starts_at=draft.starts_at,
            now=now,
        )
        values = {
            "niche_ids": [niche.id for niche in niches],
            "every_seconds": timing.every,
            "cron": None if timing.rule is None else timing.rule.text,
            "timezone": timing.zone.key,
            "jitter_seconds": timing.jitter,
            "active_from": None if timing.active is None else timing.active.start,
            "active_until": None if timing.active is None else timing.active.end,
            "fresh_minutes": _fresh(draft.fresh),
            "only": only_named(draft.only).value,
            "stop_at_target": draft.stop_at_target,
            "only_changes": draft.only_changes,
            "starts_at": timing.starts_at,
            **self._channel(draft),
        }
        return CheckedDraft(values, timing, niches)

    async def niches(self, db: Database | Transaction, draft: ScheduleDraft) -> list[StoredNiche]:
        """The niches of *draft*, each once.

        Raises:
            InvalidInput: None is named, or too many are.
            NotFound: One of them does not exist.
        """
        found: dict[int, StoredNiche] = {}
        for name in draft.niches:
            niche = await existing_niche(db, name)
            found[niche.id] = niche
        if not found:
            raise InvalidInput("niche", "name at least one niche")
        if len(found) > MOST_NICHES:
            raise InvalidInput("niche", f"a schedule has at most {MOST_NICHES} niches, not {len(found)}")
        return list(found.values())

    def _channel(self, draft: ScheduleDraft) -> dict[str, str | None]:
        channel = _id(draft.channel_id, "channel")
        if channel is None:
            return {"guild_id": None, "channel_id": None, "mention": _id(draft.mention, "mention")}
        server = draft.guild_id
        if server is None:
            if len(self.servers) != 1:
                why = "say which Discord server the channel is in; the bot answers in " + (
                    "none" if not self.servers else "several"
                )
                raise InvalidInput("server", why)
            (server,) = self.servers
        return {"guild_id": _id(server, "server"), "channel_id": channel, "mention": _id(draft.mention, "mention")}


async def name_for(
    db: Database | Transaction, given: str | None, checked: CheckedDraft, *, own: int | None = None
) -> tuple[str, str]:
    """Name and key for a schedule: the given one, or one made of its niches and its rule that is free.

    Args:
        own: The schedule that it is for, which may have the name already.

    Raises:
        InvalidInput: The given one cannot be used, or another schedule has it.
    """
    if given is not None and given.strip():
        name = _clean(given)
        taken = await rows.find(db, name.casefold())
        if taken is not None and taken.id != own:
            raise InvalidInput("name", f'there is already a schedule "{taken.name}"; choose another name')
        return name, name.casefold()
    words = words_of(checked.timing.every, checked.values["cron"])
    base = f"{', '.join(niche.name for niche in checked.niches)} {words}"
    number = 1
    while True:
        suffix = f" {number}" if number > 1 else ""
        name = base[: LONGEST_NAME - len(suffix)].strip() + suffix
        found = await rows.find(db, name.casefold())
        if found is None or found.id == own:
            return name, name.casefold()
        number += 1


def only_named(text: str) -> Only:
    """Which profiles *text* means.

    Raises:
        InvalidInput: It is none of the choices.
    """
    try:
        return Only(text.strip().lower().replace("-", "_") or Only.ALL)
    except ValueError:
        choices = ", ".join(choice.value for choice in Only)
        raise InvalidInput("only", f'"{visible(text.strip())}" is none of {choices}') from None


def _interval(text: str) -> int:
    return seconds_of(text, "every", least=SHORTEST_INTERVAL, most=LONGEST_INTERVAL, example="90m, 4h or 1d")


def _jitter(text: str, interval: int | None) -> int:
    if not text.strip() or text.strip() == "0":
        return 0
    seconds = seconds_of(text, "jitter", least=1, most=LONGEST_JITTER, example="10m")
    if interval is not None and seconds > interval // 2:
        raise InvalidInput("jitter", f"give at most half of the interval, {in_words(interval // 2)}")
    return seconds


def _fresh(text: str) -> int | None:
    """Whole minutes; None where the limit decides."""
    if not text.strip():
        return None
    if text.strip() == "0":
        return 0
    return -(-seconds_of(text, "fresh", least=MINUTE, most=_LONGEST_FRESH, example="60m, or 0") // MINUTE)


def _id(number: int | None, field: str) -> str | None:
    if number is None:
        return None
    if not 0 < number < 2**63:
        raise InvalidInput(field, "give the number that Discord shows for it with developer mode on")
    return str(number)


def _clean(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name.isprintable():
        raise InvalidInput("name", "a schedule's name takes letters, digits, signs and single blanks")
    if name.isdecimal():
        raise InvalidInput("name", f'"{visible(name)}" looks like an id; add a letter')
    if len(name) > LONGEST_NAME or len(name.casefold()) > _LONGEST_KEY:
        raise InvalidInput("name", f"a schedule's name has at most {LONGEST_NAME} characters, this one has {len(name)}")
    return name
