"""Who is to be checked in a new batch, a portion at a time, and what the batch is called.  Writes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from core.clock import Clock
from core.domain.feed import Selection
from core.domain.name_runs import NameRuns
from core.errors import Conflict, InvalidInput, NotFound
from core.services import selected
from core.services.batch_results import must_be_kept
from core.services.feed import Feed
from core.services.named import usernames
from core.services.niches import existing_niche
from core.services.profile_changes import unknown
from core.storage import batches as rows
from core.storage import checks
from core.storage import niches as niche_rows
from core.storage.database import Database, Row
from core.storage.models import ProfileStatus
from core.storage.niches import StoredNiche

# A writer of another process asks for the lock again and again, and has to meet a moment between two slices.  On a
# busy machine it waited for 410 ms (p99) beside slices of 5,000, for 130 beside 1,500; both took equally long in all.
SLICE = 2_000

LONGEST_NAME = 120
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Portion:
    """Profiles to be checked, and how many were left out beside them."""

    names: list[str]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes a batch.

    Args:
        name: None makes one of the niche's name, or of the number of profiles, and the time.
        fresh_minutes: How old a conclusive verdict may be to be taken over; 0 checks everybody.
    """

    portions: AsyncGenerator[Portion, None]
    name: str | None
    niche: StoredNiche | None
    fresh_minutes: int


async def plan_new(
    database: Database,
    clock: Clock,
    feed: Feed,
    *,
    niche: str | None,
    names: NameRuns | Sequence[str] | Selection | None,
    name: str | None,
    fresh_minutes: int,
) -> Plan:
    """A batch of a niche, of named profiles, or of selected ones.

    Raises:
        NotFound: There is no such niche, or a name is no profile's.
        InvalidInput: Neither is given, a name is no username, or the batch cannot be called that.
    """
    cleaned = None if name is None else _clean(name)
    of = None if niche is None else await existing_niche(database, niche)
    if isinstance(names, Selection):
        if of is None and names.query is not None and names.query.niche is not None:
            await feed.wanted(names.query)
            of = await niche_rows.by_id(database, names.query.niche)
        portions = _of_selection(database, clock, feed, selected.cleaned(names))
        return Plan(portions, cleaned, of, fresh_minutes)
    if names is not None:
        runs = names if isinstance(names, NameRuns) else _runs(usernames(names))
        await _must_be_known(database, clock, runs)
        return Plan(_of_names(runs), cleaned, of, fresh_minutes)
    if of is None:
        raise InvalidInput("niche", "name a niche, or the profiles to check")
    return Plan(_of_niche(database, of), cleaned, of, fresh_minutes)


async def plan_retry(database: Database, batch: Row, *, fresh_minutes: int) -> Plan:
    """A batch of the profiles whose check in *batch* stayed unknown.

    Raises:
        Conflict: There is none.
        NotFound: Nobody knows any more, because the checks were kept for 90 days.
    """
    must_be_kept(batch)
    names, after = NameRuns(), ("", "")
    while found := await checks.unknown_names(database, batch["id"], after=after, count=SLICE):
        names.add([row["profile_id"] for row in found])
        after = (found[-1]["reason"], found[-1]["profile_id"])
    if not names.added:
        raise Conflict(f'The batch "{batch["name"]}" has no unknown check, so there is nothing to retry.')
    niche_id = batch["niche_id"]
    niche = None if niche_id is None else await niche_rows.by_id(database, niche_id)
    return Plan(_of_names(names), f"Retry of {batch['name']}"[:LONGEST_NAME], niche, fresh_minutes)


async def _of_niche(database: Database, niche: StoredNiche) -> AsyncGenerator[Portion, None]:
    """The active profiles of a niche; the first portion without a name means that there are none."""
    skipped, after = 0, ""
    while True:
        page = await rows.profiles_of_niche(database, niche.id, after=after, count=SLICE)
        names = [name for name, status in page if status == ProfileStatus.ACTIVE]
        skipped += len(page) - len(names)
        if names:
            yield Portion(names, skipped)
            skipped = 0
        if len(page) < SLICE:
            break
        after = page[-1][0]
    if skipped:
        yield Portion([], skipped)


async def _of_names(names: NameRuns) -> AsyncGenerator[Portion, None]:
    """The named profiles, whatever their niche and status."""
    for some in names.slices(SLICE):
        yield Portion(list(some))


async def _of_selection(
    database: Database, clock: Clock, feed: Feed, who: selected.Who
) -> AsyncGenerator[Portion, None]:
    """The selected profiles, whatever their status; those removed since they were selected are left out.

    Raises:
        NotFound: None is left, or the niche of the query was deleted.
    """
    nobody = True
    async with aclosing(selected.slices(database, feed, who, clock.now(), SLICE)) as some_of_them:
        async for some in some_of_them:
            gone = set() if isinstance(who, Selection) else set(await rows.unknown_profiles(database, some))
            names = [name for name in some if name not in gone]
            if names:
                nobody = False
                yield Portion(names)
    if nobody:
        raise unknown(())


async def _must_be_known(database: Database, clock: Clock, names: NameRuns) -> None:
    """Raise unless each of *names* is a profile's.

    Raises:
        NotFound: Some are not; the sentence names the first of them.
    """
    missing: list[str] = []
    count = 0
    for some in names.slices(SLICE):
        unknown = await rows.unknown_profiles(database, list(some))
        count += len(unknown)
        missing += unknown[: _SHOWN - len(missing)]
        await clock.sleep(0)
    if count == 1:
        raise NotFound(f'There is no profile "{missing[0]}"; import it or add it to a niche first.')
    if count:
        shown = ", ".join(f'"{name}"' for name in missing)
        more = f" and {count - len(missing):,} more" if count > len(missing) else ""
        raise NotFound(f"There are no profiles {shown}{more}; import them or add them to a niche first.")


def _clean(text: str) -> str:
    """*text* as a batch's name: composed, without outer blanks, inner ones single.

    Raises:
        InvalidInput: Nothing is left, it is longer than 120 characters, or it holds control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or not name.isprintable():
        raise InvalidInput("name", "a batch's name takes letters, digits, signs and single blanks; or leave it out")
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name", f"a batch's name has at most {LONGEST_NAME} characters, this one has {len(name)}")
    return name


def _runs(names: Sequence[str]) -> NameRuns:
    runs = NameRuns()
    runs.add(names)
    return runs
