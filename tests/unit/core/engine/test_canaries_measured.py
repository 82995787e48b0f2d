"""Canaries measured: by session, from proven answers, until one that is missing everywhere retires."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.engine.proof import Canaries, CanaryRecord
from core.sources.base import Subject
from tests.unit.core.engine.inquiries import NOW, Desk, id_of

NOBODY: frozenset[str] = frozenset()
ANN = id_of("ann")


def canaries(*names: str, resolved: bool = True, kept: bool = True) -> Canaries:
    made = Canaries()
    made.replace(CanaryRecord(name, id_of(name) if resolved else None, kept=kept) for name in names)
    return made


def hear(birds: Canaries, live: Iterable[str], *, session: int = 1, at: datetime = NOW, named: str = "one") -> None:
    """An answer about ann and one canary, over a session."""
    extras = [Subject(named, id_of(named))]
    birds.heard(extras, {id_of(name) for name in live}, session, at)


def miss(birds: Canaries, times: int, *, sessions: int = 3, at: datetime = NOW) -> None:
    """So many proven answers without the canary, over so many sessions in turn."""
    for number in range(times):
        hear(birds, ["ann"], session=number % sessions, at=at)


def told(birds: Canaries) -> list[tuple[str, str, str]]:
    return [(each.before, each.after, each.reason) for each in birds.take_transitions()]


# -- by session ----------------------------------------------------------------------


def test_each_session_is_measured_by_the_answers_in_which_it_saw_a_canary() -> None:
    birds = canaries("one", "two")
    hear(birds, ["one", "ann"], session=1)
    hear(birds, ["ann"], session=1)
    hear(birds, [], session=2)
    assert sorted(birds.sightings.drain()) == [(1, 2, 1), (2, 1, 0)]
    assert birds.sightings.drain() == []


def test_an_answer_that_shows_nobody_says_nothing_of_the_canary() -> None:
    birds = canaries("one")
    hear(birds, [], session=2)
    assert birds.drain() == []


def test_a_canary_that_is_missing_anyway_does_not_speak_against_a_session() -> None:
    birds = canaries("one", "two")
    miss(birds, 3)
    birds.sightings.drain()
    hear(birds, ["ann"], session=7)
    assert birds.sightings.drain() == []


def test_sights_that_did_not_reach_storage_come_again() -> None:
    birds = canaries("one")
    hear(birds, ["one"])
    birds.sightings.not_stored(birds.sightings.drain())
    hear(birds, ["ann"])
    assert birds.sightings.drain() == [(1, 2, 1)]


# -- changes of state -----------------------------------------------------------------


def test_a_canary_is_told_when_it_is_seen_first_goes_missing_and_is_back() -> None:
    birds = canaries("one")
    hear(birds, ["one"])
    miss(birds, 3)
    hear(birds, ["one"])
    assert told(birds) == [
        ("untested", "proven", "seen"),
        ("proven", "missing", "not_seen"),
        ("missing", "proven", "seen"),
    ]


def test_the_platforms_own_list_is_measured_and_not_told_of() -> None:
    birds = canaries("one", kept=False)
    miss(birds, 50)
    assert (told(birds), list(birds.usernames)) == ([], ["one"])


def test_what_was_asked_before_a_restart_still_counts() -> None:
    birds = Canaries()
    birds.replace([CanaryRecord("one", id_of("one"), asked_before=9, seen_before=9, kept=True)])
    hear(birds, ["ann"])
    assert told(birds) == []


# -- riding along ----------------------------------------------------------------------


def test_a_missing_canary_rides_along_every_three_hours_to_see_whether_it_is_back() -> None:
    birds = canaries("one", "two")
    miss(birds, 3)
    assert birds.rider(NOBODY, NOW + timedelta(hours=2)) == []
    later = NOW + timedelta(hours=3)
    assert birds.rider(frozenset({"one"}), later) == []
    assert birds.rider(NOBODY, later) == [Subject("one", id_of("one"))]
    assert birds.rider(NOBODY, later) == []
    hear(birds, ["one"], at=later)
    assert birds.rider(NOBODY, later + timedelta(days=1)) == []


# -- retiring --------------------------------------------------------------------------


def test_twenty_proven_answers_in_a_row_over_three_sessions_retire_a_canary() -> None:
    birds = canaries("one", "two")
    miss(birds, 19)
    assert list(birds.usernames) == ["one", "two"]
    miss(birds, 1)
    assert list(birds.usernames) == ["two"]
    why = "not_seen: 20 proven answers in a row over 3 sessions did not show it"
    assert told(birds)[-1] == ("missing", "retired", why)
    (news,) = birds.drain()
    assert (news.username, news.asked, news.retired_at, news.missing_since) == ("one", 20, NOW, NOW)


def test_two_sessions_alone_never_retire_a_canary() -> None:
    birds = canaries("one")
    miss(birds, 100, sessions=2)
    assert list(birds.usernames) == ["one"]


def test_48_hours_without_a_story_retire_a_canary_that_is_asked_for_seldom() -> None:
    birds = canaries("one")
    miss(birds, 3)
    miss(birds, 1, at=NOW + timedelta(hours=47))
    assert list(birds.usernames) == ["one"]
    miss(birds, 1, at=NOW + timedelta(hours=48))
    assert told(birds)[-1] == (
        "missing",
        "retired",
        "not_seen: no proven answer over 3 sessions showed it for 48 hours",
    )


def test_a_story_in_between_starts_the_count_anew() -> None:
    birds = canaries("one")
    miss(birds, 19)
    hear(birds, ["one"])
    miss(birds, 19)
    assert list(birds.usernames) == ["one"]


def test_a_retirement_that_did_not_reach_storage_comes_again_and_the_old_list_does_not_undo_it() -> None:
    birds = canaries("one", "two")
    miss(birds, 20)
    birds.not_stored(birds.drain())
    birds.replace(CanaryRecord(name, id_of(name), kept=True) for name in ("one", "two", "three"))
    assert list(birds.usernames) == ["two", "three"]
    (news,) = birds.drain()
    assert (news.username, news.asked, news.retired_at) == ("one", 20, NOW)


def test_a_retired_canary_that_a_person_adds_again_is_used_again() -> None:
    birds = canaries("one", "two")
    miss(birds, 20)
    birds.drain()
    birds.replace(CanaryRecord(name, id_of(name), kept=True) for name in ("one", "two"))
    assert list(birds.usernames) == ["one", "two"]
    assert birds.pick(1, frozenset({"two"})) == [Subject("one", id_of("one"))]


# -- names that nobody finds -------------------------------------------------------------


def test_a_name_that_two_sessions_do_not_find_though_they_find_others_retires() -> None:
    birds = canaries("nasaa", resolved=False)
    birds.found_nobody("nasaa", 1)
    birds.found_nobody("nasaa", 2)
    birds.session_sees(1, NOW)
    assert list(birds.usernames) == ["nasaa"]
    birds.session_sees(2, NOW)
    assert list(birds.usernames) == []
    why = "not_found: 2 sessions that find others find no account of this name"
    assert told(birds) == [("untested", "retired", why)]


def test_one_session_that_finds_nobody_twice_is_one_session() -> None:
    birds = canaries("nasaa", resolved=False)
    for _ in range(2):
        birds.found_nobody("nasaa", 1)
        birds.session_sees(1, NOW)
    assert list(birds.usernames) == ["nasaa"]


def test_a_session_that_found_others_only_before_may_have_gone_blind() -> None:
    birds = canaries("nasaa", resolved=False)
    for session in (1, 2):
        birds.session_sees(session, NOW)
        birds.found_nobody("nasaa", session)
    assert list(birds.usernames) == ["nasaa"]


def test_a_proven_answer_about_stories_shows_that_a_session_sees() -> None:
    birds = canaries("nasaa", resolved=False)
    for session in (1, 2):
        birds.found_nobody("nasaa", session)
        hear(birds, ["ann"], session=session, named="ann")
    assert list(birds.usernames) == []


def test_a_name_that_somebody_found_meanwhile_stays() -> None:
    birds = canaries("one", resolved=False)
    birds.found_nobody("one", 1)
    birds.found_nobody("one", 2)
    birds.looked_up("one", id_of("one"))
    birds.session_sees(1, NOW)
    birds.session_sees(2, NOW)
    assert list(birds.usernames) == ["one"]


# -- in a batch ------------------------------------------------------------------------------


def test_a_batch_finds_out_that_a_canary_does_not_exist() -> None:
    desk = Desk()
    desk.canaries.replace(CanaryRecord(name, None, kept=True) for name in ("nasaa", "nba"))
    desk.people(6, known_id=False)
    lookers = {"nasaa": iter((1, 2))}
    for number in range(9):
        if (step := desk.inquiry.next_look_up(desk.now)) is None:
            break
        (subject,) = step.question.subjects
        if subject.username == "nasaa":
            desk.finds_nobody(step, session=next(lookers["nasaa"]))
        else:
            desk.finds(step, session=1 + number % 2)
    assert list(desk.canaries.usernames) == ["nba"]
    assert told(desk.canaries)[0][1] == "retired"


def test_a_missing_canary_is_asked_about_beside_one_that_works() -> None:
    desk = Desk()
    desk.canaries.replace(CanaryRecord(name, id_of(name)) for name in ("one", "two"))
    miss(desk.canaries, 3)
    desk.people(2)
    first = desk.stories()
    assert [subject.username for subject in first.extras] == ["two"]
    desk.shows(first, "canary")
    desk.now += timedelta(hours=3)
    second = desk.stories()
    assert [subject.username for subject in second.extras][-1] == "one"
    assert second.vouched
    desk.shows(second, "one", session=2)
    assert {subject.username for subject in desk.canaries.pick(2, NOBODY)} == {"one", "two"}
