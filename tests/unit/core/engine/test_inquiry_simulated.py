"""Whole batches against a pretend platform, faults in any mixture and answers in any order.

No verdict is ever wrong, every check has exactly one, every batch ends, and what it costs is bounded.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.verdict import Outcome
from core.engine.inquiry import Policy
from tests.unit.core.engine.simulated import Faults, Person, Simulation

SHARES = st.sampled_from([0.0, 0.0, 0.05, 0.3])
TRUTHS = st.sampled_from([*[Outcome.LIVE] * 3, *[Outcome.NONE] * 3, Outcome.PRIVATE, Outcome.GONE])


def people_of(random: Random, count: int, *, live: float, odd: bool = False) -> list[Person]:
    """A population, *odd* ones among it whose stored id, privacy or story is out of date."""
    people = []
    for number in range(count):
        truth = Outcome.LIVE if random.random() < live else Outcome.NONE
        person = Person(f"p{number:03}", truth)
        if odd:
            make_odd(person, random)
        people.append(person)
    return people


def make_odd(person: Person, random: Random) -> None:
    person.id_known = random.random() < 0.6
    person.look_due = random.random() < 0.3
    person.thought_live = person.id_known and random.random() < 0.3
    person.thought_private = random.random() < 0.15
    person.thought_gone = random.random() < 0.1
    chance = random.random()
    if chance < 0.12:
        person.truth = Outcome.PRIVATE
    elif chance < 0.24:
        person.truth = Outcome.GONE
    elif chance < 0.3:
        person.followed_by = random.randrange(1, 5)


@st.composite
def batches(draw: st.DrawFn) -> Simulation:
    """Any population, any sessions, any faults."""
    random = Random(draw(st.integers(0, 1 << 32)))
    sessions = draw(st.sampled_from([1, 2, 3, 4, 8, 20]))
    numbers = range(1, sessions + 1)
    confirm = draw(st.sampled_from([1, 3, 5]))
    faults = Faults(
        limited=draw(SHARES),
        timeouts=draw(SHARES),
        short=draw(st.sampled_from([0.0, 0.2, 0.6])),
        short_above=confirm + 2,
        dead=frozenset(number for number in numbers if random.random() < draw(SHARES)),
        blind_after={number: draw(st.sampled_from([0, 3, 10])) for number in numbers if random.random() < draw(SHARES)},
        most_ids=draw(st.sampled_from([25, 25, 9, 5])),
        bugs=draw(st.sampled_from([0.0, 0.0, 0.02])),
    )
    live_canaries = draw(st.sampled_from(["yyy", "yyy", "yny", "nnn", "y", "n", ""]))
    return Simulation(
        people_of(random, draw(st.integers(1, 60)), live=draw(st.sampled_from([0.0, 0.1, 0.4, 0.9])), odd=True),
        seed=draw(st.integers(0, 1 << 32)),
        sessions=sessions,
        workers=draw(st.sampled_from([1, 2, 5, 12])),
        canaries=tuple((f"can{index}", mark == "y") for index, mark in enumerate(live_canaries)),
        faults=faults,
        policy=Policy(group_size=draw(st.sampled_from([1, 4, 10, 20])), confirm_size=confirm),
        look_ups=draw(st.sampled_from([None, None, 1, 3])),
        chunk=draw(st.sampled_from([500, 40])),
    )


@settings(derandomize=True, max_examples=400, deadline=None)
@given(batches())
def test_no_mixture_of_faults_makes_a_verdict_wrong(batch: Simulation) -> None:
    batch.play()
    assert batch.results.keys() == batch.people.keys()
    assert batch.wrong == []


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    sessions=st.sampled_from([2, 3, 8, 20]),
    workers=st.sampled_from([1, 3, 10]),
    look_ups=st.sampled_from([None, 6]),
    group=st.sampled_from([1, 10]),
)
def test_without_faults_nothing_stays_unknown_and_no_session_is_accused(
    seed: int, sessions: int, workers: int, look_ups: int | None, group: int
) -> None:
    batch = Simulation(
        people_of(Random(seed), 60, live=0.4, odd=True),
        seed=seed,
        sessions=sessions,
        workers=workers,
        look_ups=look_ups,
        policy=Policy(group_size=group),
    ).play()
    assert batch.wrong == []
    assert batch.unknown == []
    assert batch.accused == []


def test_the_faults_of_the_acceptance_run_leave_every_verdict_right_and_few_unknown() -> None:
    faults = Faults(limited=0.05, short=0.3, dead=frozenset({3, 13}), blind_after={5: 0, 11: 20})
    batch = Simulation(
        people_of(Random(4), 1500, live=0.4, odd=True), seed=4, sessions=20, workers=12, faults=faults
    ).play()
    assert batch.wrong == []
    assert len(batch.unknown) <= 15


@pytest.mark.parametrize(
    ("group", "live", "most"),
    # Origin: 0.22, 0.17 and 0.30 requests a verdict on the prototype; what is allowed is 0.25 at 40 % live.
    [(10, 0.4, 0.23), (20, 0.4, 0.18), (10, 0.05, 0.31)],
)
@pytest.mark.parametrize("sessions", [3, 8, 50])
def test_what_a_verdict_costs(group: int, live: float, most: float, sessions: int) -> None:
    count = 1000
    batch = Simulation(
        people_of(Random(1), count, live=live),
        seed=1,
        sessions=sessions,
        workers=min(sessions, 20),
        policy=Policy(group_size=group, confirm_size=5),
    ).play()
    assert batch.wrong == []
    assert batch.unknown == []
    assert batch.requests <= most * count
