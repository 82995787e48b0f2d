"""Tests of canaries on demand: seen or not, what an absence is worth, and that they are exchanges like any other."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from core.app import App
from core.domain.actor import Actor, Role
from core.errors import InvalidInput, NotAllowed, NotFound
from core.services.views import CanaryTested, CanaryView
from core.sources.base import Response
from tests.integration.engine.conftest import ADMIN
from tests.integration.engine.world import Asked, World, answer, lost


async def results(app: App, *names: str, every: bool = False) -> list[CanaryTested]:
    async with asyncio.timeout(20), app.engine.attend("canary test"):
        return [view async for view in app.trials.test_canaries(ADMIN, names, every=every)]


async def canary(app: App, name: str) -> CanaryView:
    return next(view for view in await app.canaries.list(ADMIN) if view.username == name)


async def with_one_session(app: App) -> None:
    await app.sessions.disable_all(ADMIN, [str(each) for each in range(2, 7)])


async def test_a_canary_that_is_live_is_seen_and_that_counts(app: App, world: World) -> None:
    (view,) = await results(app, "@Beacon2")
    assert (view.canary, view.ok, view.answer_ms, view.reason, view.blame) == ("beacon2", True, 10.0, None, None)
    assert view.sentence == f"It is live; session {view.session} saw it."
    now = await canary(app, "beacon2")
    assert (now.state, now.asked, now.seen) == ("proven", 1, 1)
    # Looked up by its name, then asked for.
    assert [asked.names for asked in world.asked] == [("beacon2",), ("beacon2",)]
    assert sum(proxy.requests for proxy in await app.proxies.list(ADMIN)) == 2


async def test_all_that_have_not_retired_are_tested(app: App, world: World) -> None:
    with closing(sqlite3.connect(app.settings.database_file)) as connection, connection:
        connection.execute("UPDATE canary SET retired_at = created_at WHERE username = 'beacon3'")
    assert sorted(view.canary for view in await results(app, every=True)) == ["beacon1", "beacon2"]
    assert "beacon3" not in world.times_asked()


async def test_one_that_has_retired_is_told_how_it_is_used_again(app: App, world: World) -> None:
    with closing(sqlite3.connect(app.settings.database_file)) as connection, connection:
        connection.execute("UPDATE canary SET retired_at = created_at WHERE username = 'beacon3'")
    (view,) = await results(app, "beacon3")
    assert (view.ok, view.session, world.asked) == (False, None, [])
    assert view.sentence == "It is not used as a canary; add it, again if it has retired, and test it then."


async def test_an_absence_beside_another_canary_is_told_as_one(app: App, world: World) -> None:
    await results(app, "beacon1")
    world.people["beacon2"] = "none"
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.reason, view.blame) == (False, None, None)
    assert view.sentence == (
        f"Session {view.session} saw beacon1 and not this one, so it is not live now; test again later, and remove it "
        "if that happens often."
    )
    now = await canary(app, "beacon2")
    assert (now.asked, now.seen) == (1, 0)


async def test_an_absence_alone_proves_nothing_and_is_held_against_nobody(app: App, world: World) -> None:
    await app.canaries.remove(ADMIN, ["beacon1", "beacon3"])
    await with_one_session(app)
    world.people["beacon2"] = "none"
    for _ in range(4):
        (view,) = await results(app, "beacon2")
        assert (view.ok, view.reason, view.blame) == (False, "batch_unproven", None)
        assert "no other canary was there to be in it" in view.sentence
    assert (await canary(app, "beacon2")).asked == 0
    assert next(session.state for session in await app.sessions.list(ADMIN) if session.id == 1) == "valid"


async def test_a_session_that_sees_nobody_says_nothing_of_the_canary(app: App, world: World) -> None:
    await results(app, "beacon1", "beacon2")
    await with_one_session(app)
    world.blind.add("1")
    before = (await canary(app, "beacon2")).asked
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.session, view.reason, view.blame) == (False, 1, "batch_unproven", "session")
    assert "not even beacon" in view.sentence
    assert "storywatch session test 1" in view.sentence
    assert (await canary(app, "beacon2")).asked == before


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("private", "private", "The account is private, so it proves nothing;"),
        ("gone", "not_found", "finds no account of this name;"),
    ],
)
async def test_an_account_that_cannot_prove_anything_is_told_why(
    app: App, world: World, kind: str, reason: str, said: str
) -> None:
    world.people["beacon2"] = kind
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.reason, view.blame) == (False, reason, "profile")
    assert said in view.sentence
    assert len(world.asked) == 1


async def test_a_session_that_is_challenged_meanwhile_is_told_of(app: App, world: World) -> None:
    def challenged(asked: Asked) -> Response | None:
        return answer({"message": "challenge_required", "status": "fail"}, 400)

    world.answer_first = challenged
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.reason, view.blame) == (False, "challenge", "session")
    assert view.sentence.startswith(f"Session {view.session}: the platform has challenged it;")


async def test_an_exchange_that_dies_is_told_as_of_a_proxy(app: App, world: World) -> None:
    world.answer_first = lambda asked: lost()
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.reason, view.blame) == (False, "proxy_error", "proxy")
    assert view.sentence.startswith("No answer of the platform came through the proxy (refused); ")


async def test_without_a_route_nobody_is_asked(app: App, world: World) -> None:
    await app.sessions.disable_all(ADMIN, [str(each) for each in range(1, 7)])
    (view,) = await results(app, "beacon2")
    assert (view.ok, view.session, view.answer_ms) == (False, None, None)
    assert view.sentence == "No session can be used as it is, so the platform was not asked."


async def test_a_test_keeps_to_the_limits(app: App, world: World) -> None:
    await with_one_session(app)
    await results(app, "beacon1", "beacon2")  # their ids are known from here on
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    (first,), (view,) = await results(app, "beacon1"), await results(app, "beacon2")
    assert (first.ok, view.ok) == (True, False)
    assert view.sentence.startswith("All sessions rest or have used up their limits until ")
    assert len(world.asked) == 5


async def test_who_is_no_canary_is_refused_before_anybody_is_asked(app: App, world: World) -> None:
    with pytest.raises(NotFound, match='There is no canary "beacon9"; did you mean "beacon'):
        await results(app, "beacon1", "beacon9")
    with pytest.raises(InvalidInput):
        await results(app)
    assert world.asked == []


async def test_only_admins_test_canaries(app: App) -> None:
    with pytest.raises(NotAllowed):
        await anext(app.trials.test_canaries(Actor("panel:olga", Role.OPERATOR), ["beacon1"]))
