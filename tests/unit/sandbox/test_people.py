"""Who is there, and when their stories live."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from sandbox.faults import Faults
from sandbox.people import DAY, Population, State
from sandbox.scenario import Scenario
from tests.unit.sandbox.worlds import NOW


def people(**changes: Any) -> Population:
    return Population(Scenario(**changes), NOW)


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    first, second = people(seed=3), people(seed=3)
    assert [(p.username, p.id) for p in first.people] == [(p.username, p.id) for p in second.people]
    assert first.truth(NOW) == second.truth(NOW)
    assert {p.username for p in people(seed=4).people} != {p.username for p in first.people}


def test_shares_are_exact() -> None:
    counts = Counter(people(profiles=1000, private_share=0.0, gone_share=0.0).truth(NOW).values())
    assert counts == {"live": 400, "none": 600}
    mixed = Counter(people(profiles=1000).truth(NOW).values())
    assert (mixed["private"], mixed["gone"]) == (30, 20)


@pytest.mark.parametrize("profiles", [0, 1, 400, 5000])
def test_names_are_valid_and_all_different(profiles: int) -> None:
    names = [person.username for person in people(profiles=profiles).people]
    assert len(set(names)) == profiles
    assert all(re.fullmatch(r"[a-z][a-z0-9._]{0,29}", name) and ".." not in name for name in names)


@pytest.mark.parametrize("live_share", [0.0, 0.02, 0.4, 0.99, 1.0])
def test_no_story_begins_or_ends_in_the_first_half_hour(live_share: float) -> None:
    population = people(profiles=2000, live_share=live_share)
    truth = population.truth(NOW)
    assert all(population.truth(NOW + minute * 60.0) == truth for minute in range(0, 30, 5))


def test_about_as_many_are_live_a_week_later() -> None:
    population = people(profiles=2000, private_share=0.0, gone_share=0.0)
    later = Counter(population.truth(NOW + 7 * DAY + 5000.0).values())
    assert later["live"] == pytest.approx(800, abs=120)
    assert population.truth(NOW + 7 * DAY) != population.truth(NOW)


def test_canaries_are_always_live_and_not_among_the_profiles() -> None:
    population = people()
    names = [person.username for person in population.canaries]
    assert len(names) == 4
    assert not set(names) & set(population.truth(NOW))
    for hours in range(0, 200, 7):
        assert set(population.truth(NOW + hours * 3600.0, names).values()) == {"live"}


def test_those_who_turn_are_live_ones_and_turn_back() -> None:
    population = people(profiles=1000)
    before = population.truth(NOW)
    population.apply(Faults(turned_private=0.2, turned_gone=0.1), NOW)
    after = population.truth(NOW)
    turned = {name for name in before if after[name] != before[name]}
    assert {before[name] for name in turned} == {"live"}
    assert Counter(after[name] for name in turned).keys() == {"private", "gone"}
    population.turn_back()
    assert population.truth(NOW) == before


@pytest.mark.parametrize(("ids_known", "outcome"), [(True, "live"), (False, "gone")])
def test_a_renamed_account_is_gone_only_to_who_asks_by_the_old_name(ids_known: bool, outcome: str) -> None:
    population = people(ids_known=ids_known)
    old = next(name for name, right in population.truth(NOW).items() if right == "live")
    identity = population.named(old)
    new = population.rename(old)
    assert population.named(old) is None
    assert population.named(new) is identity
    assert population.truth(NOW)[old] == outcome


def test_the_truth_of_a_name_that_nobody_has_is_gone() -> None:
    assert people().truth(NOW, ["nobody.at.all"]) == {"nobody.at.all": "gone"}


def test_who_turns_private_is_private_until_made_public() -> None:
    population = people()
    name = population.people[0].username
    population.turn(name, State.PRIVATE)
    assert population.truth(NOW)[name] == "private"
    population.turn(name, State.PUBLIC)
    assert population.truth(NOW)[name] in {"live", "none"}
