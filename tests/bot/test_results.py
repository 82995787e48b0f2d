"""Results in Discord: how the batch stands, its stories in pages that survive a restart, and a file that fits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.life import Life
from bot.outgoing import file_name, files_of
from core.services.views import BatchView
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Person, Reply

NAMES = [f"p{number:03}" for number in range(60)]


@pytest.fixture
async def life(storywatch: Storywatch) -> AsyncIterator[Life]:
    """The bot, logged in."""
    async with storywatch.bot() as life:
        yield life


@pytest.fixture
async def vic(storywatch: Storywatch) -> Person:
    return await storywatch.person("vic", "viewers")


@pytest.fixture
async def batch(storywatch: Storywatch) -> BatchView:
    """A batch that is done: 57 live, 3 without a story."""
    started = await storywatch.started(await storywatch.batch(*NAMES, name="Street food & more"))
    outcomes = dict.fromkeys(NAMES[:57], "live") | dict.fromkeys(NAMES[57:], "none")
    return await storywatch.verdicts(started, **outcomes)


def listed(reply: Reply) -> list[str]:
    """The profiles on the page that is shown."""
    return [line.partition("]")[0].removeprefix("[") for line in str(reply.embeds[-1].description).splitlines()]


async def turned_to(reply: Reply, number: int) -> None:
    await reply.wait_for(lambda shown: f"Page {number} of 3" in shown.text)


async def test_results_are_a_card_a_page_of_links_and_a_file(
    storywatch: Storywatch, life: Life, vic: Person, batch: BatchView
) -> None:
    reply = await vic.slash("batch", "results", batch=batch.id)
    assert reply.ephemeral
    card, page = reply.embeds
    assert card.title == "Street food & more"
    assert page.title == "Live: 57"
    assert page.footer.text == "Page 1 of 3"
    assert len(listed(reply)) == 25
    assert "(https://www.instagram.com/p0" in reply.text
    (file,) = reply.attachments
    assert file.filename.startswith("street-food-more-")
    rows = list(csv.DictReader(io.StringIO(file.data.decode())))
    assert sorted(row["username"] for row in rows) == NAMES
    assert {row["outcome"] for row in rows} == {"live", "none"}


async def test_pages_are_turned_forth_and_back(
    storywatch: Storywatch, life: Life, vic: Person, batch: BatchView
) -> None:
    reply = await vic.slash("batch", "results", batch=batch.id)
    seen = listed(reply)
    assert [button.disabled for button in reply.buttons] == [True, False]
    for number in (2, 3):
        await vic.click(reply, "Next ▶")
        await turned_to(reply, number)
        seen += listed(reply)
    assert sorted(seen) == NAMES[:57]
    assert [button.disabled for button in reply.buttons] == [False, True]
    assert len(reply.embeds) == 2
    await vic.click(reply, "◀ Previous")
    await turned_to(reply, 2)


async def test_pages_are_turned_after_a_restart(storywatch: Storywatch, vic: Person, batch: BatchView) -> None:
    async with storywatch.bot():
        reply = await vic.slash("batch", "results", batch=batch.id)
    async with storywatch.bot():
        await vic.click(reply, "Next ▶")
        await turned_to(reply, 2)


async def test_a_page_of_a_batch_that_was_deleted_meanwhile_is_a_sentence(
    storywatch: Storywatch, life: Life, vic: Person, batch: BatchView
) -> None:
    reply = await vic.slash("batch", "results", batch=batch.id)
    await storywatch.doing(storywatch.app.batches.delete(ROOT, [batch.id]))
    told = await (await vic.click(reply, "Next ▶")).wait_for_followup()
    assert "There is no batch" in told.text
    assert told.ephemeral


async def test_who_has_no_role_any_more_turns_no_pages(
    storywatch: Storywatch, life: Life, vic: Person, batch: BatchView
) -> None:
    reply = await vic.slash("batch", "results", batch=batch.id)
    vic.take(storywatch.server.guild.role("viewers"))
    assert "You have no role" in (await vic.click(reply, "Next ▶")).text


async def test_other_outcomes_can_be_looked_at(
    storywatch: Storywatch, life: Life, vic: Person, batch: BatchView
) -> None:
    reply = await vic.slash("batch", "results", batch=batch.id, found="none")
    assert reply.embeds[1].title == "No story: 3"
    assert reply.buttons == []


async def test_nothing_finished_yet_is_said(storywatch: Storywatch, life: Life, vic: Person) -> None:
    batch = await storywatch.batch("ann")
    reply = await vic.slash("batch", "results", batch=batch.id)
    assert "No check of it is finished yet." in reply.text
    assert reply.attachments == []


# -- files ---------------------------------------------------------------------------


async def lines(count: int) -> AsyncIterator[str]:
    """A header, and lines that hardly get shorter when packed."""
    yield "username,noise\r\n"
    for number in range(count):
        yield f"p{number},{hash((number, 'salt')):x}{hash((number, 'pepper')):x}{hash((number, 'mint')):x}\r\n"


async def test_a_file_that_fits_goes_as_it_is() -> None:
    (file,) = await files_of(lines(10), "food", 100_000) or []
    assert file.filename == "food.csv"
    assert len(file.fp.read().splitlines()) == 11


async def test_a_larger_file_goes_packed() -> None:
    (file,) = await files_of(lines(20_000), "food", 1_000_000) or []
    assert file.filename == "food.zip"
    with zipfile.ZipFile(io.BytesIO(file.fp.read())) as archive:
        assert archive.namelist() == ["food.csv"]
        assert len(archive.read("food.csv").splitlines()) == 20_001


async def test_what_does_not_fit_packed_goes_in_parts_that_are_whole_by_themselves() -> None:
    files = await files_of(lines(60_000), "food", 1_000_000) or []
    assert len(files) > 1
    assert files[0].filename == f"food-1-of-{len(files)}.zip"
    names: list[str] = []
    for file in files:
        data = file.fp.read()
        assert len(data) <= 1_000_000
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (member,) = archive.namelist()
            rows = csv.DictReader(io.StringIO(archive.read(member).decode()))
            names += [row["username"] for row in rows]
    assert names == [f"p{number}" for number in range(60_000)]


async def test_what_is_too_large_for_several_messages_is_no_file_at_all() -> None:
    assert await files_of(lines(200_000), "food", 500_000) is None


def test_files_are_called_after_what_they_hold_and_the_day() -> None:
    assert file_name("Street food & more!", date(2026, 11, 24)) == "street-food-more-2026-11-24"
    assert file_name("食べ物", date(2026, 11, 24)) == "storywatch-2026-11-24"
