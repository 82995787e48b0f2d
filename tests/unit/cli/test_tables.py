"""Tables for people."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import RenderableType

from cli import tables
from cli.screen import Screen
from core.services.views import LimitView, NicheView, ProfileView, ProxyView, SessionView
from tests.unit.cli.views import NOW, batch

PROFILE = ProfileView(
    username="ann",
    niche="food",
    status="active",
    last_outcome=None,
    last_reason=None,
    last_checked_at=None,
    last_story_at=None,
    checks_total=0,
    conclusive_total=0,
    stories_total=0,
    story_since=None,
    story_until=None,
    live_now=False,
    platform_id=None,
    is_private=None,
    unknown_streak=0,
    created_at=NOW,
)


def rendered(table: RenderableType) -> list[str]:
    out = io.StringIO()
    Screen(out, io.StringIO()).show(table)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("empty", "command"),
    [
        (tables.niches([]), "storywatch import FILE --niche NAME"),
        (tables.batches([], NOW), "storywatch batch create --niche NAME"),
        (tables.proxies([], NOW), "storywatch proxy import FILE"),
        (tables.sessions([], NOW), "storywatch session add "),
        (tables.canaries([], NOW), "storywatch canary add NAME"),
    ],
)
def test_an_empty_list_says_how_to_fill_it(empty: str, command: str) -> None:
    assert command in empty


def test_a_batch_is_told_in_the_words_of_its_view() -> None:
    waits = batch(waiting_reason="every session rests", waiting_until=NOW + timedelta(seconds=30))
    stopped = batch(status="queued", requested_at=None)
    lines = rendered(tables.batches([waits, stopped], NOW))
    assert "Running, waits: every session rests (until 12:00:30 UTC, in 30 s) 41 100 20 4 12" in lines[1]
    assert "Stopped at 41 % 41 100 20 4 12 just now" in lines[2]


def test_a_rest_is_shown_with_its_end() -> None:
    until = NOW + timedelta(minutes=5)
    cooling = ProxyView(1, "http://a:1", "http", True, "cooling", until, 5, 4, 1, 1, "timeout", 12.4, (), NOW, NOW, NOW)
    off = ProxyView(2, "http://b:1", "http", False, "ready", None, 0, 0, 0, 0, None, None, ("ann",), None, None, NOW)
    lines = rendered(tables.proxies([cooling, off], NOW))
    assert lines[1:] == ["1 http://a:1 cooling for 5 min 5 4 1 12 ms timeout", "2 http://b:1 off ann 0 0 0"]


def test_a_session_without_a_proxy_stands_out() -> None:
    view = SessionView(1, "ann", "11", None, "resting", None, 0, 0, 0, 0, None, "UA", None, None, NOW)
    assert rendered(tables.sessions([view], NOW))[1] == "1 ann resting unbound 0 0 0 never"


def test_a_session_shows_when_its_cookies_end() -> None:
    view = SessionView(1, "ann", "11", 3, "valid", None, 0, 0, 0, 0, None, "UA", None, None, NOW, expires_at=NOW)
    assert rendered(tables.sessions([view], NOW))[1] == f"1 ann valid 3 0 0 0 never {NOW:%Y-%m-%d}"


def test_niches_and_limits_say_what_is_not_set() -> None:
    niche = NicheView(1, "food", 1, None, 1_200, 40, NOW)
    assert rendered(tables.niches([niche]))[1] == "food 1,200 40"
    limit = LimitView("per_route_hour", None, 30, "exchanges", "of one session in any hour")
    assert rendered(tables.limits([limit]))[1] == "per_route_hour none 30 exchanges of one session in any hour"


async def test_a_long_list_keeps_its_columns_from_page_to_page() -> None:
    async def many() -> AsyncIterator[ProfileView]:
        for number in range(401):
            yield replace(PROFILE, username=f"name{number}")

    out = io.StringIO()
    await tables.show_profiles(Screen(out, io.StringIO()), many(), NOW)
    header, *lines = out.getvalue().splitlines()
    assert len(lines) == 401
    assert {line.index("active") for line in lines} == {header.index("status")}
