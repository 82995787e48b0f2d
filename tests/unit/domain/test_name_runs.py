"""Names come back sorted, each once, whatever order and size they came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import name_runs
from core.domain.name_runs import NameRuns

USERNAMES = st.text("ab._1", min_size=1, max_size=4)


def names_of(runs: NameRuns, size: int = 3) -> list[str]:
    return [name for piece in runs.slices(size) for name in piece]


def ids_of(runs: NameRuns) -> dict[str, str | None]:
    return {name: platform_id for piece in runs.slices(2) for name, platform_id in piece.items()}


@pytest.fixture
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs and read-ahead of a few names, so that a short list already meets every seam."""
    monkeypatch.setattr(name_runs, "_RUN", 4)
    monkeypatch.setattr(name_runs, "_AHEAD", 2)
    monkeypatch.setattr(name_runs, "_LEAST_AHEAD", 1)


@given(st.lists(USERNAMES, max_size=60), st.integers(1, 7))
def test_names_come_back_sorted_and_each_once(names: list[str], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_runs, "_RUN", 4)
        patch.setattr(name_runs, "_AHEAD", 2)
        patch.setattr(name_runs, "_LEAST_AHEAD", 1)
        runs = NameRuns()
        for start in range(0, len(names), 3):
            runs.add(names[start : start + 3])
        assert names_of(runs, size) == sorted(set(names))
        assert runs.added == len(names)


@given(st.lists(st.tuples(USERNAMES, st.sampled_from([None, "1", "2", "3"])), max_size=60))
def test_a_name_keeps_the_one_id_it_came_with(records: list[tuple[str, str | None]]) -> None:
    seen: dict[str, set[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_runs, "_RUN", 4)
        patch.setattr(name_runs, "_AHEAD", 2)
        patch.setattr(name_runs, "_LEAST_AHEAD", 1)
        runs = NameRuns()
        for name, platform_id in records:
            seen.setdefault(name, set())
            if platform_id is not None:
                seen[name].add(platform_id)
            runs.add([name], [platform_id])
        expected = {name: next(iter(ids)) if len(ids) == 1 else None for name, ids in sorted(seen.items())}
        assert ids_of(runs) == expected


def test_all_slices_but_the_last_are_full(small_runs: None) -> None:
    runs = NameRuns()
    runs.add([f"name{n:02}" for n in range(23)])
    assert [len(piece) for piece in runs.slices(5)] == [5, 5, 5, 5, 3]


def test_slices_can_be_read_again(small_runs: None) -> None:
    runs = NameRuns()
    runs.add(["b", "a", "c", "a", "d", "e"])
    assert names_of(runs) == names_of(runs) == ["a", "b", "c", "d", "e"]


def test_nothing_added_gives_no_slice() -> None:
    assert list(NameRuns().slices(10)) == []


def test_a_slice_needs_room_for_one_name() -> None:
    with pytest.raises(ValueError, match="size must be >= 1"):
        next(NameRuns().slices(0))


def test_its_repr_says_what_it_holds() -> None:
    runs = NameRuns()
    runs.add(["b", "a"])
    list(runs.slices(1))
    assert repr(runs) == "<NameRuns 2 added, 1 runs, 0.0 MB>"


def test_names_and_ids_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        NameRuns().add(["a", "b"], ["1"])
