"""Commands while a real engine works: what it finds is what people are answered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.life import Life, serve_bot
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Role
from core.services.views import Activity
from core.settings import Platform, Settings
from tests.bot.storywatch import QuickClient
from tests.discord_server import DiscordServer, Person, Reply
from tests.integration.engine.conftest import ADMIN, finished, furnish
from tests.integration.engine.test_blame import STRANGE, slow_rests
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World

PEOPLE = {"marlow": "live", "cobalt": "none", "kiln": "private", "lost": "gone"}


@pytest.fixture
def world() -> World:
    """The platform."""
    return World(PEOPLE | {f"beacon{number}": "live" for number in (1, 2, 3)})


@pytest.fixture
async def app(server: DiscordServer, world: World, tmp_path: Path) -> AsyncIterator[App]:
    """An application whose engine asks a platform in memory."""
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        platform=Platform.INSTAGRAM,
        platform_url="http://127.0.0.1:9",
        discord_token=SecretStr(server.token),
        discord_guilds=str(server.guild.id),
    )
    async with open_app(settings, SystemClock(), client=world.client) as app:
        await furnish(app)
        await app.niches.create(ADMIN, "food")
        async with app.engine.attend("run"):
            yield app


@pytest.fixture
async def life(app: App, server: DiscordServer) -> AsyncIterator[Life]:
    """The bot, logged in."""
    async with serve_bot(app, make=QuickClient) as life:
        assert life is not None
        await server.gateway.wait_until_connected()
        assert life.client is not None
        await life.client.ready.wait()
        yield life


@pytest.fixture
async def ada(app: App, server: DiscordServer) -> Person:
    """An admin."""
    role = server.guild.role("admins")
    await app.discord_roles.set(ADMIN, role.id, Role.ADMIN, guild_id=server.guild.id)
    server.guild.open_commands.update({"proxy", "session"})
    return server.member("ada", roles=["admins"])


async def test_a_few_names_are_checked_and_answered_in_one_message(app: App, life: Life, ada: Person) -> None:
    reply = await ada.slash("check", usernames="marlow cobalt kiln lost", niche="food")
    await reply.wait_for(lambda shown: "**Live**" in shown.text)
    said = {name: outcome for outcome, name in re.findall(r"\*\*(.+?)\*\* (\w+)", str(reply.embed.description))}
    assert said == {"marlow": "Live", "cobalt": "No story", "kiln": "Private", "lost": "Gone"}


async def test_a_test_of_all_proxies_and_sessions_tells_what_each_of_them_does(
    app: App, life: Life, ada: Person
) -> None:
    for noun in ("proxy", "session"):
        reply = await ada.slash(noun, "test")
        await reply.wait_for(lambda shown: "6 of 6 work" in shown.text)


async def test_canaries_are_tested_by_admins_alone(app: App, life: Life, ada: Person, server: DiscordServer) -> None:
    reply = await ada.slash("canary", "test")
    await reply.wait_for(lambda shown: "3 of 3 were seen" in shown.text)
    (chosen,) = await ada.autocomplete("canary", "test", canary="con2")
    reply = await ada.slash("canary", "test", canary=chosen.value)
    await reply.wait_for(lambda shown: "1 of 1 were seen" in shown.text)
    assert "**beacon2** It is live; session " in reply.text
    role = server.guild.role("operators")
    await app.discord_roles.set(ADMIN, role.id, Role.OPERATOR, guild_id=server.guild.id)
    olga = server.member("olga", roles=["operators"])
    assert "admin" in (await olga.slash("canary", "test", canary="beacon2")).text


async def test_the_status_names_the_workers_and_the_pool(app: App, life: Life, ada: Person) -> None:
    reply = await ada.slash("status")
    assert "6 of 6 routes ready" in reply.text
    assert "workers busy" in reply.text
    assert "closed" in reply.text


async def test_a_pause_is_probed_from_the_status_by_an_admin(
    app: App, life: Life, ada: Person, world: World, server: DiscordServer
) -> None:
    def buttons(reply: Reply) -> list[str]:
        return [str(button.label) for button in reply.buttons]

    assert buttons(await ada.slash("status")) == []
    # The next probe would be due in the better part of an hour.
    await slow_rests(app, "100")
    await app.profiles.add(ADMIN, PEOPLE, "food")
    world.answer_first = lambda _: STRANGE
    batch = await app.batches.create(ADMIN, niche="food")
    await app.batches.start(ADMIN, [batch.id])
    await until(lambda: _is_paused(app))
    role = server.guild.role("viewers")
    await app.discord_roles.set(ADMIN, role.id, Role.VIEWER, guild_id=server.guild.id)
    seen = await server.member("vic", roles=["viewers"]).slash("status")
    assert "Everything is paused" in seen.text
    assert buttons(seen) == []
    reply = await ada.slash("status")
    assert buttons(reply) == ["Probe now"]
    world.answer_first = lambda _: None
    pressed = await ada.click(reply, "Probe now")
    await pressed.wait_for(lambda shown: "The next question leaves as a probe now." in shown.text)
    await finished(app, batch.id)


async def _is_paused(app: App) -> bool:
    return (await app.monitoring.overview(ADMIN)).activity is Activity.PAUSED
