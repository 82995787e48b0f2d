"""What somebody who is asked for help wants to know of an installation, as text, and without a secret in it.

What people or programs wrote (reasons, errors, labels) passes through the same mask as samples of answers do; addresses
of proxies are masked as everywhere, and those of alert targets are left out.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import io
import platform
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.services.limits import OperatingLimits
from core.services.views.findings import Finding
from core.sources.sample import redacted
from core.storage import batches, engine_state, error_groups, installation, resource_events
from core.storage.database import Database
from core.storage.disk import free_bytes

_EVENTS = 200
_ERRORS = 50
_DELIVERIES = 50
_SCHEDULES = 50
_NAME = re.compile(r"[A-Za-z0-9._-]+")

# Name and text of each part, in their order.
Sections = Mapping[str, str]


class Diagnostics:
    """Everything that is known of how the installation does.

    Args:
        settings: The deployment settings by name, as they may be shown.
    """

    def __init__(self, database: Database, clock: Clock, limits: OperatingLimits, settings: Mapping[str, str]) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits
        self._settings = settings

    async def text(self, actor: Actor, findings: Sequence[Finding]) -> str:
        """All of it on one page."""
        sections = await self._sections(actor, findings)
        return "\n".join(f"== {name} ==\n{text}\n" for name, text in sections.items())

    async def archive(self, actor: Actor, findings: Sequence[Finding]) -> bytes:
        """All of it as a ZIP with one text for each part."""
        sections = await self._sections(actor, findings)
        return await asyncio.to_thread(_zipped, sections, self._clock.now())

    async def _sections(self, actor: Actor, findings: Sequence[Finding]) -> Sections:
        actor.must_be(Role.ADMIN, "take the diagnostics")
        return {
            "versions": _listed(await asyncio.to_thread(_versions)) + f"at: {self._clock.now().isoformat()}\n",
            "settings": _listed(self._settings),
            "limits": _listed({view.name: view.value for view in await self._limits.show(actor)}),
            "findings": _lines(f"{each.check}: {each.status}: {redacted(each.detail)}" for each in findings),
            "engine": await self._engine(),
            "pool": _listed(await installation.states(self._database)),
            "batches": await self._batches(),
            "schedules": await self._schedules(),
            "events": await self._events(),
            "errors": await self._errors(),
            "alerts": await self._alerts(),
            "database": await self._kept(),
        }

    async def _engine(self) -> str:
        state = await engine_state.read(self._database)
        facts = {
            "holder": state.holder,
            "process": state.pid,
            "heartbeat": state.heartbeat,
            "revision": state.revision,
            **{f"snapshot.{name}": value for name, value in sorted(state.snapshot.items())},
        }
        return redacted(_listed(facts))

    async def _batches(self) -> str:
        found = await batches.current(self._database, 10)
        return _lines(
            f"{row['id']}: {row['status']}, {row['finished']} of {row['total']}, unknown {row['unknown']}, "
            f"requests {row['requests']}, created {row['created_at']}, "
            f"waits for {redacted(row['waiting_reason'] or '-')} until {row['waiting_until'] or '-'}"
            for row in found
        )

    async def _schedules(self) -> str:
        found = await installation.schedules(self._database, _SCHEDULES)
        return _lines(
            f"{row['id']}: {'on' if row['enabled'] else 'paused'}, {row['cron'] or row['every_seconds']} in "
            f"{row['timezone']}, next {row['next_at'] or '-'}, last {row['last_at'] or '-'}: "
            f"{redacted(row['last_word'] or '-')}"
            for row in found
        )

    async def _events(self) -> str:
        found = await resource_events.newest(self._database, _EVENTS)
        changes = (event.change for event in found)
        return _lines(
            f"{change.at.isoformat()} {change.kind.value} {change.subject_id or '-'}: {change.before} to {change.after}"
            f" ({redacted(change.reason) or '-'}), until {'-' if change.until is None else change.until.isoformat()}"
            for change in changes
        )

    async def _errors(self) -> str:
        found = await error_groups.latest(self._database, _ERRORS)
        return _lines(
            f"{each.kind}: {redacted(each.title)}\n  {each.count} times, first {each.first_seen.isoformat()}, "
            f"last {each.last_seen.isoformat()}; done: {redacted(each.action or '-')}\n{_indented(each.sample or '')}"
            for each in found
        )

    async def _alerts(self) -> str:
        targets = _lines(
            f"target {row['id']}: {row['via']}, {'on' if row['enabled'] else 'off'}, muted until "
            f"{row['muted_until'] or '-'}, last delivered {row['last_delivered_at'] or '-'}, "
            f"last error {redacted(row['last_error'] or '-')}"
            for row in await installation.targets(self._database)
        )
        failed = _lines(
            f"{row['kind']} by {row['via']}: {row['state']} after {row['attempts']} tries, due {row['due_at']}: "
            f"{redacted(row['error'])}"
            for row in await installation.failed_deliveries(self._database, _DELIVERIES)
        )
        return f"{targets}{failed}"

    async def _kept(self) -> str:
        facts: dict[str, object] = dict(await installation.database_facts(self._database))
        facts["bytes free"] = await asyncio.to_thread(_free, self._database)
        written = {
            f"ever written to {table}": count
            for table, count in (await installation.ever_written(self._database)).items()
        }
        return _listed(facts | written)


def _versions() -> dict[str, object]:
    """Of this program, of what it runs on and of the packages that it asks for.  Blocks."""
    asked = (line for line in importlib.metadata.requires("storywatch") or () if "extra ==" not in line)
    names = [found.group() for line in asked if (found := _NAME.match(line))]
    return {
        "storywatch": importlib.metadata.version("storywatch"),
        "python": platform.python_version(),
        "system": platform.platform(),
        **{name: importlib.metadata.version(name) for name in names},
    }


def _free(database: Database) -> object:
    try:
        return free_bytes(database.file)
    except OSError as error:
        return error.strerror


def _zipped(sections: Sections, at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sections.items():
            entry = zipfile.ZipInfo(f"{name}.txt", at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return packed.getvalue()


def _listed(facts: Mapping[str, object]) -> str:
    return _lines(f"{name}: {'-' if value is None else value}" for name, value in facts.items())


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines) or "none\n"


def _indented(sample: str) -> str:
    return "\n".join(f"  | {line}" for line in redacted(sample).splitlines())
