from __future__ import annotations

from math import inf

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.network.ranking import Rank, Ranking

ITEMS = st.sampled_from("abcdefgh")
ATS = st.sampled_from([-inf, 0.0, 1.0, 2.5, 7.0])
ORDERS = st.integers(0, 3)


def test_the_least_comes_first_wherever_it_was_put() -> None:
    ranking: Ranking[str] = Ranking()
    for item, at in (("b", 2.0), ("a", 1.0), ("c", 3.0)):
        ranking.put(item, at)
    ranking.put("c", 0.5)
    assert (ranking.first(), ranking.first_rank(), ranking.first_at(), len(ranking)) == ("c", (0.5, 0), 0.5, 3)


def test_an_empty_ranking_has_no_first() -> None:
    ranking: Ranking[str] = Ranking()
    assert (ranking.first(), ranking.first_rank(), ranking.first_at(), ranking.pop_due(9.0)) == (None, None, inf, None)


def test_looking_for_the_least_measure_looks_no_further_than_the_answer() -> None:
    ranking: Ranking[int] = Ranking()
    for item in range(1000):
        ranking.put(item, float(item))
    seen = []

    def measure(item: int, rank: Rank) -> Rank | None:
        seen.append(item)
        return None if item < 3 else (rank[0] + 2, 0)

    assert ranking.least(measure) == ((5.0, 0), 3)
    assert seen == [0, 1, 2, 3, 4]
    assert [ranking.pop_due(inf) for _ in range(4)] == [0, 1, 2, 3]


def test_moving_one_item_for_ever_does_not_fill_the_memory() -> None:
    ranking: Ranking[str] = Ranking()
    ranking.put("stays", 0.0)
    for at in range(10_000):
        ranking.put("moves", float(at + 1))
    assert len(ranking._heap) < 50
    assert ranking.pop_due(0.0) == "stays"
    assert ranking.first_rank() == (10_000.0, 0)


class RankingAgainstASortedList(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ranking: Ranking[str] = Ranking()
        self.model: dict[str, Rank] = {}

    def least(self) -> Rank:
        return min(self.model.values())

    @rule(item=ITEMS, at=ATS, order=ORDERS)
    def put(self, item: str, at: float, order: int) -> None:
        self.ranking.put(item, at, order)
        self.model[item] = (at, order)

    @rule(item=ITEMS)
    def discard(self, item: str) -> None:
        self.ranking.discard(item)
        self.model.pop(item, None)

    @rule(now=ATS)
    def pop_due(self, now: float) -> None:
        item = self.ranking.pop_due(now)
        if item is None:
            assert not self.model or self.least()[0] > now
        else:
            assert self.model.pop(item) <= min([(now, 9), *self.model.values()])

    @rule(barred=st.sets(ITEMS), more=st.dictionaries(ITEMS, st.sampled_from([0.0, 1.0, 6.0])))
    def least_measure(self, barred: set[str], more: dict[str, float]) -> None:
        def measure(item: str, rank: Rank) -> Rank | None:
            return None if item in barred else (rank[0] + more.get(item, 0.0), rank[1])

        found = self.ranking.least(measure)
        measured = [value for item, rank in self.model.items() if (value := measure(item, rank)) is not None]
        assert (found and found[0]) == (min(measured) if measured else None)
        assert found is None or measure(found[1], self.model[found[1]]) == found[0]

    @invariant()
    def agrees(self) -> None:
        assert len(self.ranking) == len(self.model)
        assert self.ranking.first_rank() == (self.least() if self.model else None)
        first = self.ranking.first()
        assert first is None or self.model[first] == self.least()
        assert all((item in self.ranking) == (item in self.model) for item in "abcdefgh")
        assert all(self.ranking.rank_of(item) == self.model.get(item) for item in "abcdefgh")


TestRankingAgainstASortedList = RankingAgainstASortedList.TestCase
TestRankingAgainstASortedList.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
