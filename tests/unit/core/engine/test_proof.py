"""Canaries and witnesses: who stands by, in which order, and what is told of them."""

from __future__ import annotations

from datetime import timedelta

from core.engine.proof import Canaries, CanaryRecord, Witnesses
from core.sources.base import Story, Subject
from tests.unit.core.engine.inquiries import DAY_LONG, NEARLY_OVER, NOW, id_of

NOBODY: frozenset[str] = frozenset()


def canaries(*names: str) -> Canaries:
    made = Canaries()
    made.replace(CanaryRecord(name, id_of(name)) for name in names)
    return made


def names(subjects: list[Subject]) -> list[str]:
    return [subject.username for subject in subjects]


def test_stories_that_end_soon_do_not_push_out_a_witness() -> None:
    witnesses = Witnesses(keep=2)
    witnesses.saw("long", "1", DAY_LONG, NOW)
    for number in range(5):
        witnesses.saw(f"short{number}", str(number), NEARLY_OVER, NOW)
    assert names(witnesses.pick(1, NOBODY, NOW)) == ["long"]


def test_the_newest_witness_comes_first_and_none_twice() -> None:
    witnesses = Witnesses()
    for name in ("ann", "bob", "ann"):
        witnesses.saw(name, id_of(name), DAY_LONG, NOW)
    assert names(witnesses.pick(5, NOBODY, NOW)) == ["ann", "bob"]
    assert names(witnesses.pick(5, frozenset({"ann"}), NOW)) == ["bob"]


def test_canaries_that_rested_longest_come_first() -> None:
    birds = canaries("one", "two", "three")
    assert names(birds.pick(2, NOBODY)) == ["one", "two"]
    assert names(birds.pick(2, NOBODY)) == ["three", "one"]


def test_a_canary_that_is_seen_again_works_again() -> None:
    birds = canaries("one")
    for _ in range(3):
        birds.answered("one", seen=False, at=NOW)
    assert (names(birds.pick(1, NOBODY)), names(birds.pick(1, NOBODY, missing=True))) == ([], ["one"])
    birds.answered("one", seen=True, at=NOW)
    assert (names(birds.pick(1, NOBODY)), names(birds.pick(1, NOBODY, missing=True))) == (["one"], [])


def test_what_was_told_of_canaries_is_told_once() -> None:
    birds = canaries("one", "two")
    birds.answered("one", seen=True, at=NOW)
    birds.answered("one", seen=False, at=NOW + timedelta(minutes=1))
    (news,) = birds.drain()
    assert (news.username, news.asked, news.seen, news.missed_in_a_row, news.last_seen_at) == ("one", 2, 1, 1, NOW)
    assert birds.drain() == []


def test_a_list_that_is_stored_anew_keeps_what_is_known_of_those_that_stay() -> None:
    birds = canaries("one", "two")
    birds.answered("one", seen=False, at=NOW)
    birds.answered("two", seen=False, at=NOW)
    birds.replace([CanaryRecord("one", None), CanaryRecord("new", None)])
    assert birds.usernames == ("one", "new")
    assert names(birds.pick(5, NOBODY)) == ["one"]
    assert [news.username for news in birds.drain()] == ["one"]


def test_an_id_that_is_stored_replaces_a_record_without_one() -> None:
    birds = Canaries()
    birds.replace([CanaryRecord("one", None)])
    birds.replace([CanaryRecord("one", "7")])
    assert birds.pick(1, NOBODY) == [Subject("one", "7")]


def test_a_canary_that_was_removed_meanwhile_is_nobodys_business() -> None:
    birds = canaries("one")
    birds.answered("gone", seen=True, at=NOW)
    birds.looked_up("gone", "9")
    assert birds.drain() == []


def test_a_canary_without_id_is_awaited_until_its_look_ups_are_spent() -> None:
    birds = Canaries()
    birds.replace([CanaryRecord("one", None)])
    waited = []
    for _ in range(2):
        waited.append(birds.awaited)
        name = birds.to_look_up()
        assert name == "one"
        birds.looked_up(name, None)
    assert (waited, birds.awaited, birds.to_look_up()) == ([True, True], False, None)


def test_the_last_story_counts_for_a_witness() -> None:
    witnesses = Witnesses()
    witnesses.saw("ann", "1", Story(None, NOW + timedelta(minutes=11)), NOW)
    assert names(witnesses.pick(1, NOBODY, NOW)) == ["ann"]
    assert witnesses.pick(1, NOBODY, NOW + timedelta(minutes=1)) == []
