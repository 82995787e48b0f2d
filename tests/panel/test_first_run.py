"""The five first steps say how far each of them is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.services.views import FirstSteps
from panel.pages.niche_feed.first_run import steps_of

NOTHING = FirstSteps(0, 0, 0, 0, 0, 0, 0, (), has_profiles=False, has_checks=False)


def told(seen: FirstSteps, step: int) -> str:
    return steps_of(seen)[step - 1].told


def test_nothing_is_done_at_first() -> None:
    assert [step.done for step in steps_of(NOTHING)] == [False] * 5


@pytest.mark.parametrize(
    ("proxies", "on", "quarantined", "sentence"),
    [
        (1, 1, 0, "1 added."),
        (51, 50, 0, "51 added, 1 switched off."),
        (51, 49, 3, "51 added, 2 switched off, 3 quarantined."),
        (2, 0, 0, "2 added, all of them switched off. Switch one on."),
    ],
)
def test_proxies_are_told_by_their_use(proxies: int, on: int, quarantined: int, sentence: str) -> None:
    seen = replace(NOTHING, proxies=proxies, proxies_on=on, proxies_quarantined=quarantined)
    assert told(seen, 1) == sentence
    assert steps_of(seen)[0].done is (on > 0)


@pytest.mark.parametrize(
    ("sessions", "bound", "usable", "sentence"),
    [
        (1, 1, 1, "1 login, bound to its proxy."),
        (51, 51, 51, "51 logins, each bound to its proxy."),
        (51, 48, 40, "51 logins, 48 of them bound to a proxy."),
        (3, 0, 0, "3 logins added, none bound to a proxy. Unbound, they are not used."),
        (3, 3, 0, "3 logins, none of them usable: each is switched off or waits for a person."),
    ],
)
def test_sessions_are_told_by_what_keeps_them_from_use(sessions: int, bound: int, usable: int, sentence: str) -> None:
    seen = replace(NOTHING, sessions=sessions, bound=bound, usable=usable)
    assert told(seen, 2) == sentence
    assert steps_of(seen)[1].done is (usable > 0)


@pytest.mark.parametrize(
    ("canaries", "proven", "sentence"),
    [
        (5, (), "5 named; the first check will show which of them are live."),
        (2, ("a", "b"), "2 proven: @a, @b."),
        (9, ("a", "b", "c", "d", "e"), "5 proven: @a, @b, @c and 2 more."),
    ],
)
def test_proven_canaries_are_named(canaries: int, proven: tuple[str, ...], sentence: str) -> None:
    assert told(replace(NOTHING, canaries=canaries, proven=proven), 3) == sentence
