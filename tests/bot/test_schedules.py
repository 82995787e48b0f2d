"""``/schedule``: added with what it costs and when it runs, listed, paused, resumed, run, removed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.life import Life
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Person


@pytest.fixture
async def life(storywatch: Storywatch) -> AsyncIterator[Life]:
    """The bot, logged in, with a niche to check."""
    await storywatch.app.niches.create(ROOT, "food")
    await storywatch.doing(storywatch.app.profiles.add(ROOT, ["ann", "bea"], "food"))
    async with storywatch.bot() as life:
        yield life


@pytest.fixture
async def olga(storywatch: Storywatch) -> Person:
    return await storywatch.person("olga", "operators")


@pytest.fixture
async def vic(storywatch: Storywatch) -> Person:
    return await storywatch.person("vic", "viewers")


async def test_a_schedule_is_added_for_the_channel_with_its_runs_and_its_cost(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash(
        "schedule", "add", niche="food", cron="30 9 * * mon-fri", timezone="europe/berlin", name="Mornings *"
    )
    assert reply.ephemeral
    assert reply.embed.title == "Mornings \\*"
    fields = {str(field.name): str(field.value) for field in reply.embed.fields}
    assert fields["Next runs"].count("<t:") == 10
    assert fields["What it costs"].startswith("≈ 1 request a run")
    (view,) = await storywatch.app.schedules.list(ROOT)
    assert (view.cron, view.timezone, view.only) == ("30 9 * * mon-fri", "Europe/Berlin", "all")
    assert (view.guild_id, view.channel_id) == (storywatch.server.guild.id, storywatch.server.channel.id)
    assert "olga" in view.created_by


async def test_a_schedule_can_be_quiet_and_about_several_niches(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.app.niches.create(ROOT, "art")
    await olga.slash("schedule", "add", niche="food", more_niches="art, ", every="4h", show_here=False)
    (view,) = await storywatch.app.schedules.list(ROOT)
    assert (view.niches, view.channel_id) == (("food", "art"), None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"every": "soon"}, "4h"),
        ({"cron": "30 2 31 2 *"}, "never comes"),
        ({"every": "4h", "cron": "0 9 * * *"}, "either"),
        ({"every": "4h", "timezone": "Mars/Base"}, "no time zone"),
        ({"every": "4h", "more_niches": "nowhere"}, "nowhere"),
    ],
)
async def test_what_cannot_be_a_schedule_is_a_sentence(
    storywatch: Storywatch, life: Life, olga: Person, given: dict[str, str], said: str
) -> None:
    reply = await olga.slash("schedule", "add", niche="food", **given)
    assert said in reply.text
    assert await storywatch.app.schedules.list(ROOT) == ()


async def test_one_that_the_routes_cannot_do_is_added_only_anyway(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    app = storywatch.app
    await app.proxies.import_lines(ROOT, "10.0.0.1:8080")
    cookies = "sessionid=11%3Aabc%3A7%3Asig; ds_user_id=11; csrftoken=x"
    await app.sessions.import_lines(ROOT, cookies, bind_in_order=True)
    await app.limits.set(ROOT, {"per_route_day": "1"})
    reply = await olga.slash("schedule", "add", niche="food", every="2h")
    assert "1 route gives 1; 12 would do. To have the schedule all the same, say anyway." in reply.text
    assert await app.schedules.list(ROOT) == ()
    reply = await olga.slash("schedule", "add", niche="food", every="2h", anyway=True)
    assert "12 would do" in reply.text
    assert len(await app.schedules.list(ROOT)) == 1


async def test_schedules_are_suggested_listed_paused_resumed_and_run(
    storywatch: Storywatch, life: Life, olga: Person, vic: Person
) -> None:
    assert "There is none" in (await vic.slash("schedule", "list")).text
    await olga.slash("schedule", "add", niche="food", every="4h", name="Often")
    assert life.client is not None
    await life.client.names.look()
    suggested = await olga.autocomplete("schedule", "pause", schedule="oft")
    assert [choice.name for choice in suggested] == ["Often · every 4 h"]
    schedule = str(suggested[0].value)
    assert "Often is paused" in (await olga.slash("schedule", "pause", schedule=schedule)).text
    assert "paused" in (await vic.slash("schedule", "list")).text
    assert "Often runs again" in (await olga.slash("schedule", "resume", schedule="often")).text
    assert "A run of Often is begun" in (await olga.slash("schedule", "run", schedule="Often")).text
    shown = await vic.slash("schedule", "list", schedule="Often")
    assert "under way, by hand" in shown.text
    assert "What it costs" in shown.text


async def test_a_schedule_is_removed_after_a_question(storywatch: Storywatch, life: Life, olga: Person) -> None:
    await olga.slash("schedule", "add", niche="food", every="4h", name="Often")
    asked = await olga.slash("schedule", "remove", schedule="Often")
    assert "Batches that it made stay." in asked.text
    done = await olga.click(asked, "Remove the schedule")
    await storywatch.until(lambda: "is removed" in done.text, "it says that the schedule is removed")
    assert await storywatch.app.schedules.list(ROOT) == ()
    assert "There is no schedule" in (await olga.slash("schedule", "run", schedule="Often")).text


async def test_a_viewer_changes_no_schedule(storywatch: Storywatch, life: Life, olga: Person, vic: Person) -> None:
    await olga.slash("schedule", "add", niche="food", every="4h", name="Often")
    for verb in ("pause", "resume", "run", "remove"):
        assert "takes the role operator" in (await vic.slash("schedule", verb, schedule="Often")).text
    assert "takes the role operator" in (await vic.slash("schedule", "add", niche="food", every="4h")).text


async def test_time_zones_are_suggested(storywatch: Storywatch, life: Life, olga: Person) -> None:
    suggested = await olga.autocomplete("schedule", "add", niche="food", timezone="new york")
    assert [choice.value for choice in suggested] == ["America/New_York"]
