"""The channel of a schedule: the message that lives with each batch of it, and what each of them found."""

from __future__ import annotations

from core.services.views import ScheduleDraft
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import DiscordServer
from tests.integration.services.scheduling import Fired


async def test_a_scheduled_batch_lives_in_its_channel_and_its_end_is_told_there_with_the_role(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    app, desk = storywatch.app, server.guild.role("food-desk")
    desk.mentionable = True
    await app.niches.create(ROOT, "food")
    await storywatch.doing(app.profiles.add(ROOT, ["ann", "bea"], "food"))
    draft = ScheduleDraft(("food",), every="4h", name="Evening", channel_id=server.channel.id, mention=desk.id)
    schedule = await app.schedules.add(ROOT, draft)
    fired = Fired(storywatch.database, storywatch.clock, app.events)
    async with storywatch.bot():
        (run,) = await app.schedules.run_now(ROOT, [schedule.id])
        await storywatch.doing(fired.look())
        made = (await app.schedules.run(ROOT, run.id)).batch
        assert made is not None
        living = await storywatch.message()
        assert "0 of 2" in living.text
        assert "Created by schedule Evening" in living.text

        batch = await storywatch.started(await app.batches.show(ROOT, made))
        await storywatch.verdicts(batch, ann="live", bea="none")
        await storywatch.until(lambda: "2 of 2" in living.text, "the final state")
        await storywatch.until(lambda: len(server.channel.messages) == 2, "what it found")
        await storywatch.passes(120, step=3)
    said = server.channel.last
    assert server.channel.messages == [living, said]
    assert [role.id for role in said.pings.roles] == [desk.id]
    assert "1 story" in said.text
    assert "1 of 2 are live" in said.text
    assert [file.filename.endswith(".csv") for file in said.attachments] == [True]
    assert living.pings.roles == []
