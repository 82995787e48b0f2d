"""The pretend platform's people: who they are, when they post, what becomes of them.  Keeps the truth.

A person posts with a fixed period that makes *live_share* of the public ones live at any time, so a sandbox
that runs for days never empties.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sandbox.chance import chance, pick
from sandbox.faults import Faults
from sandbox.names import invented_names
from sandbox.scenario import Scenario

DAY = 86_400.0
_CANARY_PERIOD = 3 * 3600.0
_MOST_PARTS = 4


class State(StrEnum):
    """What became of somebody."""

    PUBLIC = "public"
    PRIVATE = "private"
    GONE = "gone"


@dataclass(slots=True, eq=False)
class Person:
    """One account.

    Args:
        id: The platform's; never changes.
        lot: What chance gave this person; decides how the platform writes of them.
        newest_at_start: When the newest part of a story was posted, as of the start; None for who never posts.
        period: Seconds from one story to the next.
        earlier: How much older the other parts of the same story are.
        new_name: The name since the account was renamed.
    """

    username: str
    id: str
    lot: int
    state: State
    newest_at_start: float | None
    period: float
    earlier: tuple[float, ...] = ()
    new_name: str | None = None

    @property
    def name(self) -> str:
        """What the account is called now."""
        return self.new_name or self.username

    def newest(self, now: float) -> int | None:
        """When the newest part was posted, live or not; None for who never posts."""
        if self.newest_at_start is None:
            return None
        return int(self.newest_at_start + (now - self.newest_at_start) // self.period * self.period)

    def parts(self, now: float) -> list[int]:
        """When the parts of the live story were posted, oldest first; empty when there is none."""
        newest = self.newest(now)
        if newest is None or newest + DAY <= now:
            return []
        # The oldest part is up first, and the first to end.
        earlier = [newest - int(age) for age in reversed(self.earlier) if newest - int(age) + DAY > now]
        return [*earlier, newest]

    def is_live(self, now: float) -> bool:
        """Whether a story is live, whoever may see it."""
        newest = self.newest(now)
        return newest is not None and newest + DAY > now


class Population:
    """Everybody, by name and by id; who turned private, gone or another name while the sandbox runs."""

    def __init__(self, scenario: Scenario, started: float) -> None:
        self._seed = scenario.seed
        self._ids_known = scenario.ids_known
        self.people, self.canaries = _people(scenario, started)
        self._by_name = {person.username: person for person in (*self.people, *self.canaries)}
        self.by_id = {person.id: person for person in (*self.people, *self.canaries)}
        self._new_names: dict[str, Person] = {}
        self._born = {person.id: person.state for person in self.people}

    def named(self, username: str) -> Person | None:
        """Who has this name now, gone or not; None for nobody."""
        name = username.lower()
        person = self._new_names.get(name) or self._by_name.get(name)
        return person if person is not None and person.name == name else None

    def shown(self, subject: str) -> str:
        """The username of a list for *subject*, an id or a name; itself where nobody has it."""
        person = self.by_id.get(subject)
        return subject.lower() if person is None else person.username

    def turn(self, username: str, state: State) -> None:
        """Make somebody private, gone or public.

        Raises:
            KeyError: Nobody was ever called so.
        """
        self._by_name[username].state = state

    def rename(self, username: str) -> str:
        """Give somebody a new name, and return it; the id stays.

        Raises:
            KeyError: Nobody was ever called so.
        """
        person = self._by_name[username]
        person.new_name = f"{username[:26]}_new"
        self._new_names[person.new_name] = person
        return person.new_name

    def turn_back(self) -> None:
        """Everybody is again what the seed made of them."""
        self._new_names.clear()
        for person in self.people:
            person.state = self._born[person.id]
            person.new_name = None

    def apply(self, faults: Faults, now: float) -> None:
        """Turn the shares of the live public profiles that *faults* names."""
        gone = faults.turned_private + faults.turned_gone
        renamed = gone + faults.renamed
        if not renamed:
            return
        for person in self.people:
            if person.state is not State.PUBLIC or not person.is_live(now):
                continue
            lot = chance(self._seed, "turned", person.id)
            if lot < gone:
                person.state = State.PRIVATE if lot < faults.turned_private else State.GONE
            elif lot < renamed:
                self.rename(person.username)

    def truth(self, now: float, usernames: Iterable[str] | None = None) -> dict[str, str]:
        """What is right to say of each of *usernames* (all of the list without): live, none, private or gone.

        A renamed account is gone to who asks by the old name, and as before to who knows its id.
        """
        if usernames is None:
            return {person.username: self._outcome(person, now) for person in self.people}
        asked = ((name, self._by_name.get(name)) for name in usernames)
        return {name: "gone" if person is None else self._outcome(person, now) for name, person in asked}

    def _outcome(self, person: Person, now: float) -> str:
        if person.state is not State.PUBLIC:
            return str(person.state)
        if person.new_name is not None and not self._ids_known:
            return "gone"
        return "live" if person.is_live(now) else "none"


def _people(scenario: Scenario, started: float) -> tuple[list[Person], list[Person]]:
    rng = random.Random(f"{scenario.seed}:people")
    names = invented_names(rng, scenario.profiles)
    ids = _ids(rng)
    states = iter(_states(scenario, rng))
    lives = iter(_lives(scenario, rng))
    people = [_person(scenario, rng, name, next(ids), next(states), next(lives), started) for name in names]
    canaries = [_canary(rng, number, next(ids), started) for number in range(1, scenario.canaries + 1)]
    return people, canaries


def _ids(rng: random.Random) -> Iterator[str]:
    used: set[int] = set()
    while True:
        number = rng.randrange(10**8, 6 * 10**10)
        if number not in used:
            used.add(number)
            yield str(number)


def _states(scenario: Scenario, rng: random.Random) -> list[State]:
    private = round(scenario.profiles * scenario.private_share)
    gone = min(round(scenario.profiles * scenario.gone_share), scenario.profiles - private)
    public = scenario.profiles - private - gone
    states = [State.PRIVATE] * private + [State.GONE] * gone + [State.PUBLIC] * public
    rng.shuffle(states)
    return states


def _lives(scenario: Scenario, rng: random.Random) -> list[bool]:
    live = round(scenario.profiles * scenario.live_share)
    lives = [True] * live + [False] * (scenario.profiles - live)
    rng.shuffle(lives)
    return lives


def _person(
    scenario: Scenario, rng: random.Random, name: str, identity: str, state: State, live: bool, started: float
) -> Person:
    lot = pick(scenario.seed, "person", identity)
    margin = scenario.shortest_left_seconds
    # Wide enough that who is not live at the start may stay so for the margin.
    period = max(DAY / scenario.live_share, DAY + 2 * margin + 60.0) if scenario.live_share else DAY
    if live:
        age = rng.uniform(min(60.0, margin), DAY - margin - 60.0)
    elif scenario.live_share and rng.random() < 0.8:
        age = rng.uniform(DAY + 60.0, period - margin - 30.0)
    else:
        return Person(name, identity, lot, state, None, period)
    parts = rng.randrange(_MOST_PARTS)
    earlier = tuple(sorted(rng.uniform(300.0, 18_000.0) for _ in range(parts)))
    return Person(name, identity, lot, state, started - age, period, earlier)


def _canary(rng: random.Random, number: int, identity: str, started: float) -> Person:
    earlier = tuple(_CANARY_PERIOD * part for part in range(1, _MOST_PARTS))
    # Every bit set: none of what is done to some people's reels is done to a canary's.
    lot = (1 << 64) - 1
    return Person(
        f"sandbox.canary.{number}",
        identity,
        lot,
        State.PUBLIC,
        started - rng.uniform(60.0, 3600.0),
        _CANARY_PERIOD,
        earlier,
    )
