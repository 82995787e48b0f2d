"""Commands as people give them: what is answered, to whom, and what it changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.life import Life
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Person


@pytest.fixture
async def life(storywatch: Storywatch) -> AsyncIterator[Life]:
    """The bot, logged in."""
    async with storywatch.bot() as life:
        yield life


@pytest.fixture
async def olga(storywatch: Storywatch) -> Person:
    return await storywatch.person("olga", "operators")


@pytest.fixture
async def ada(storywatch: Storywatch) -> Person:
    person = await storywatch.person("ada", "admins")
    storywatch.server.guild.open_commands.update({"proxy", "session", "limits"})
    return person


@pytest.fixture
async def vic(storywatch: Storywatch) -> Person:
    return await storywatch.person("vic", "viewers")


async def names_are_known(storywatch: Storywatch, life: Life) -> None:
    """Wait until completions know what is in the database."""
    assert life.client is not None
    await life.client.names.look()


# -- help and state ------------------------------------------------------------------


async def test_help_names_every_command(storywatch: Storywatch, life: Life, vic: Person) -> None:
    reply = await vic.slash("help")
    assert reply.ephemeral
    for command in ("/niche", "/profile", "/batch", "/check", "/proxy", "/session", "/canary", "/status", "/limits"):
        assert command in reply.text
    assert "/doctor" in reply.text
    assert "/pair" in reply.text


async def test_the_status_says_that_no_engine_is_at_work_while_batches_wait(
    storywatch: Storywatch, life: Life, vic: Person
) -> None:
    await storywatch.started(await storywatch.batch("ann", "bea", name="Lunch"))
    reply = await vic.slash("status")
    assert reply.ephemeral
    assert "No engine is at work" in reply.text
    assert "Lunch" in reply.text
    assert "0 of 2 (0%)" in reply.text


async def test_the_doctor_says_what_is_wrong_first(storywatch: Storywatch, life: Life, vic: Person) -> None:
    reply = await vic.slash("doctor")
    assert reply.embed.title == "Something is wrong"
    assert str(reply.embed.fields[0].name).endswith("wrong")
    assert "storywatch session add" in reply.text


# -- niches --------------------------------------------------------------------------


async def test_a_niche_is_created_renamed_listed_and_deleted(storywatch: Storywatch, life: Life, olga: Person) -> None:
    assert "Street food is there" in (await olga.slash("niche", "create", name="Street food", daily_target=5)).text
    assert "Street eats" in (await olga.slash("niche", "rename", niche="street food", new_name="Street eats")).text
    listed = await olga.slash("niche", "list")
    assert "Street eats" in listed.text
    assert "0 of 5 seen today" in listed.text
    assert "is deleted" in (await olga.slash("niche", "delete", niche="Street eats")).text
    assert await storywatch.app.niches.list(ROOT) == ()


async def test_a_viewer_cannot_create_a_niche(storywatch: Storywatch, life: Life, vic: Person) -> None:
    reply = await vic.slash("niche", "create", name="food")
    assert reply.ephemeral
    assert "operator" in reply.text
    assert await storywatch.app.niches.list(ROOT) == ()


async def test_a_niche_typed_past_its_completion_is_refused_with_a_sentence(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    for command in ("show", "export"):
        reply = await olga.slash("niche", command, niche="nowhere")
        assert reply.ephemeral
        assert "nowhere" in reply.text


async def test_a_niche_with_profiles_is_erased_only_after_a_question(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.batch("ann", "bea", niche="food")
    refused = await olga.slash("niche", "delete", niche="food")
    assert "still has profiles" in refused.text
    asked = await olga.slash("niche", "delete", niche="food", erase_profiles=True)
    assert "cannot be undone" in asked.text
    assert len(await storywatch.app.niches.list(ROOT)) == 1
    kept = await olga.click(asked, "Cancel")
    await kept.wait_for(lambda reply: "kept" in reply.text)
    asked = await olga.slash("niche", "delete", niche="food", erase_profiles=True)
    done = await olga.click(asked, "Delete the niche")
    await storywatch.until(lambda: "2 profiles erased" in done.text, "it says that the niche is deleted")
    assert await storywatch.app.niches.list(ROOT) == ()


async def test_a_niche_shows_who_is_live_with_links(storywatch: Storywatch, life: Life, vic: Person) -> None:
    batch = await storywatch.started(await storywatch.batch("ann", "bea_b", niche="food"))
    await storywatch.verdicts(batch, ann="none", bea_b="live")
    reply = await vic.slash("niche", "show", niche="food")
    assert "[bea\\_b](https://www.instagram.com/bea_b/)" in reply.text
    assert "ann" not in str(reply.embed.description)


async def test_a_niche_comes_as_a_file(storywatch: Storywatch, life: Life, vic: Person) -> None:
    await storywatch.batch("ann", "bea", niche="Street food")
    reply = await vic.slash("niche", "export", niche="Street food")
    (file,) = reply.attachments
    assert file.filename.startswith("street-food-")
    assert file.filename.endswith(".csv")
    assert "2 profiles" in reply.text


# -- profiles ------------------------------------------------------------------------


async def test_profiles_are_added_moved_paused_resumed_and_watched(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.app.niches.create(ROOT, "food")
    await storywatch.app.niches.create(ROOT, "travel")
    added = await olga.slash("profile", "add", niche="food", usernames="@Ann, bea no!pe")
    assert "2 new" in added.text.replace("**", "")
    assert "no!pe" in added.text
    moved = await olga.slash("profile", "move", usernames="ann cleo", niche="travel")
    assert "1 profile moved to travel." in moved.text
    assert "Not known here: cleo" in moved.text
    assert "1 profile paused" in (await olga.slash("profile", "pause", usernames="ann")).text
    assert "was paused or gone already" in (await olga.slash("profile", "pause", usernames="ann")).text
    assert "1 profile resumed" in (await olga.slash("profile", "resume", usernames="ann")).text
    assert "1 profile watched" in (await olga.slash("profile", "watch", usernames="ann")).text
    assert (await storywatch.app.profiles.show(ROOT, "ann")).watched
    assert "1 profile watched no more" in (await olga.slash("profile", "unwatch", usernames="ann")).text
    assert "was unwatched already" in (await olga.slash("profile", "unwatch", usernames="ann")).text


async def test_a_profile_shows_its_last_checks(storywatch: Storywatch, life: Life, vic: Person) -> None:
    batch = await storywatch.started(await storywatch.batch("ann", name="Lunch"))
    await storywatch.verdicts(batch, ann="unknown")
    reply = await vic.slash("profile", "show", username="ann")
    assert reply.ephemeral
    assert "rate limited" in reply.text
    assert "Lunch" in reply.text
    assert "There is no profile" in (await vic.slash("profile", "show", username="nobody")).text


# -- batches -------------------------------------------------------------------------


async def test_a_batch_is_created_started_stopped_and_deleted(storywatch: Storywatch, life: Life, olga: Person) -> None:
    await storywatch.batch("ann", "bea", niche="food", name="other")
    made = await olga.slash("batch", "create", niche="food", name="Lunch", recheck=True)
    assert made.ephemeral
    assert "Lunch: 2 profiles, ready. It will take ≈ 3 requests" in made.text
    batch = next(each for each in await storywatch.app.batches.list(ROOT) if each.name == "Lunch")
    await storywatch.until(lambda: olga.channel.messages, "its message is in the channel")
    assert "in line" in (await olga.slash("batch", "start", batch=batch.id)).text
    assert "What is done is kept" in (await olga.slash("batch", "stop", batch=batch.id[:8])).text
    asked = await olga.slash("batch", "delete", batch=batch.id)
    done = await olga.click(asked, "Delete the batch")
    await storywatch.until(lambda: "is deleted" in done.text, "it says that the batch is deleted")
    gone = await olga.slash("batch", "show", batch=batch.id)
    assert "There is no batch" in gone.text


async def test_batches_are_listed_by_state(storywatch: Storywatch, life: Life, vic: Person) -> None:
    done = await storywatch.started(await storywatch.batch("ann", name="Morning"))
    await storywatch.verdicts(done, ann="live")
    await storywatch.batch("bea", name="Evening")
    everything = await vic.slash("batch", "list")
    assert "Morning" in everything.text
    assert "Evening" in everything.text
    assert "Evening" not in (await vic.slash("batch", "list", state="done")).text


async def test_somebody_without_the_right_to_write_there_is_told_so_and_the_batch_starts_all_the_same(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    batch = await storywatch.batch("ann", name="Lunch")
    olga.channel.deny("send_messages")
    reply = await olga.slash("batch", "start", batch=batch.id)
    assert "Lunch: in line" in reply.text
    assert "may not write in this channel" in reply.text
    assert (await storywatch.show(batch)).requested_at is not None


async def test_unknown_checks_are_retried(storywatch: Storywatch, life: Life, olga: Person) -> None:
    batch = await storywatch.started(await storywatch.batch("ann", "bea", name="Lunch"))
    await storywatch.verdicts(batch, ann="unknown", bea="live")
    reply = await olga.slash("batch", "retry", batch=batch.id)
    assert "Retry of Lunch: 1 profile once more." in reply.text


# -- the pool and limits -------------------------------------------------------------


async def test_a_proxy_is_listed_masked_and_switched_off_and_on(
    storywatch: Storywatch, life: Life, ada: Person
) -> None:
    await storywatch.app.proxies.import_lines(ROOT, "http://bob:hunter2secret@127.0.0.1:4001")
    listed = await ada.slash("proxy", "list")
    assert "127.0.0.1:4001" in listed.text
    assert "hunter2secret" not in listed.text
    assert storywatch.app.settings.panel_url in listed.text
    assert "switched off" in (await ada.slash("proxy", "disable", proxy="127.0.0.1:4001")).text
    assert "switched on" in (await ada.slash("proxy", "enable", proxy="1")).text


async def test_an_operator_cannot_switch_a_proxy_off(
    storywatch: Storywatch, life: Life, olga: Person, ada: Person
) -> None:
    await storywatch.app.proxies.import_lines(ROOT, "127.0.0.1:4001")
    assert "admin" in (await olga.slash("proxy", "disable", proxy="1")).text
    assert (await storywatch.app.proxies.list(ROOT))[0].enabled


async def test_sessions_and_canaries_are_listed(storywatch: Storywatch, life: Life, ada: Person) -> None:
    await storywatch.app.sessions.import_lines(ROOT, "sessionid=77%3Aabc%3A7%3Asig; ds_user_id=77")
    await storywatch.app.canaries.add(ROOT, ["bea_con"])
    sessions = await ada.slash("session", "list")
    assert "bound to no proxy" in sessions.text
    assert "abc" not in sessions.text
    canaries = await ada.slash("canary", "list")
    assert "bea\\_con" in canaries.text
    assert "untested" in canaries.text


async def test_limits_are_shown_and_set(storywatch: Storywatch, life: Life, ada: Person) -> None:
    assert "`workers`" in (await ada.slash("limits", "show")).text
    changed = await ada.slash("limits", "set", limit="per_route_hour", value="12")
    assert "12" in changed.text
    assert "30" in changed.text
    assert "`per_route_hour` **12** (default 30)" in (await ada.slash("limits", "show")).text
    assert "no limit" in (await ada.slash("limits", "show", limit="speed")).text
    assert (await ada.slash("limits", "set", limit="per_route_hour", value="-1")).ephemeral


async def test_an_operator_cannot_change_limits(storywatch: Storywatch, life: Life, olga: Person, ada: Person) -> None:
    assert "admin" in (await olga.slash("limits", "set", limit="per_route_hour", value="12")).text


async def test_a_test_of_proxies_without_an_engine_says_so(storywatch: Storywatch, life: Life, ada: Person) -> None:
    reply = await ada.slash("proxy", "test")
    assert reply.ephemeral
    assert "proxy" in reply.text


# -- completions ---------------------------------------------------------------------


async def test_completions_know_niches_batches_and_usernames(storywatch: Storywatch, life: Life, olga: Person) -> None:
    batch = await storywatch.batch("ann", "anna", "bea", niche="Street food", name="Lunch")
    await names_are_known(storywatch, life)
    assert [each.value for each in await olga.autocomplete("niche", "show", niche="foo")] == ["Street food"]
    assert [each.value for each in await olga.autocomplete("batch", "show", batch="lun")] == [batch.id]
    assert [each.value for each in await olga.autocomplete("profile", "show", username="@AN")] == ["ann", "anna"]
    several = await olga.autocomplete("profile", "pause", usernames="bea, an")
    assert [each.value for each in several] == ["bea, ann", "bea, anna"]


async def test_completions_know_the_pool_and_the_limits(storywatch: Storywatch, life: Life, ada: Person) -> None:
    await storywatch.app.proxies.import_lines(ROOT, "http://bob:hunter2secret@127.0.0.1:4001")
    await storywatch.app.sessions.import_lines(ROOT, "sessionid=77%3Aabc%3A7%3Asig; ds_user_id=77")
    await storywatch.passes(25)
    (proxy,) = await ada.autocomplete("proxy", "test", proxy="4001")
    assert proxy.value == "1"
    assert "hunter2secret" not in proxy.name
    assert [each.value for each in await ada.autocomplete("session", "test", session="")] == ["1"]
    assert "per_route_hour" in [each.value for each in await ada.autocomplete("limits", "set", limit="route_h")]


async def test_completions_tell_nothing_to_who_may_nothing(storywatch: Storywatch, life: Life) -> None:
    await storywatch.batch("ann", niche="food")
    await names_are_known(storywatch, life)
    stranger = await storywatch.person("sam", None)
    assert await stranger.autocomplete("niche", "show", niche="f") == []
