"""Every row of the failure table can be had, and is what our own reader takes it for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.sources.base import Kind, Question, Response, Subject
from core.sources.instagram import Instagram
from sandbox.faults import Endpoint, RowFault, Told
from sandbox.platform import Decision, Platform
from sandbox.rows import ROWS, Act, answers_of
from tests.unit.sandbox.worlds import NOW, ask, failing, live, named, numbered, shown, stories

STORIES, BY_NAME, BY_ID = Kind.STORIES, Kind.LOOK_UP_NAME, Kind.LOOK_UP_ID
LOOK_UPS_ONLY = {18, 19, 21, 22}
STORIES_ONLY = {20, 32}


def cases() -> list[tuple[Kind, int, int]]:
    """Question, row and variant, wherever the row can be told by an answer."""
    found = []
    for kind in (STORIES, BY_NAME, BY_ID):
        for row in ROWS:
            if (kind is STORIES and row in LOOK_UPS_ONLY) or (kind is not STORIES and row in STORIES_ONLY):
                continue
            answers = answers_of(row, Endpoint(kind.value))
            found += [(kind, row, place) for place, each in enumerate(answers, 1) if each.act is Act.ANSWER]
    return found


def put(platform: Platform, kind: Kind) -> tuple[Question, Decision]:
    person = platform.people.people[0]
    path = {STORIES: stories([person]), BY_NAME: named(person.username), BY_ID: numbered(person.id)}[kind]
    return Question(kind, (Subject(person.username, person.id),)), ask(platform, path)


@pytest.mark.parametrize(("kind", "row", "variant"), cases())
def test_a_row_is_read_as_that_row(kind: Kind, row: int, variant: int) -> None:
    question, decision = put(failing(RowFault(row=row, variant=variant)), kind)
    assert decision.faults == [f"row {row}"]
    answer = decision.answer
    headers = {name.lower(): (value,) for name, value in answer.headers.items()}
    response = Response(answer.status, headers, answer.body, 0.1, datetime.fromtimestamp(NOW, UTC))
    assert Instagram("http://127.0.0.1:9").read(question, response).row == row


@pytest.mark.parametrize(("variant", "act"), [(1, Act.RESET), (2, Act.HANG), (4, Act.RESET_MID_BODY)])
def test_row_1_breaks_the_connection(variant: int, act: Act) -> None:
    _, decision = put(failing(RowFault(row=1, variant=variant)), STORIES)
    assert decision.answer.act is act


def test_row_33_shows_nobody_row_34_the_canaries_alone_and_row_35_everybody() -> None:
    for row, seen in [(33, "nobody"), (34, "canary"), (35, "both")]:
        platform = failing(RowFault(row=row))
        person, canary = live(platform)[0], platform.people.canaries[0]
        wanted = {"nobody": set(), "canary": {canary.id}, "both": {person.id, canary.id}}[seen]
        assert shown(ask(platform, stories([person, canary]))) & {person.id, canary.id} == wanted


def test_row_34_leaves_out_the_one_profile_that_it_names() -> None:
    clean = failing()
    first, second = live(clean)[:2]
    platform = failing(RowFault(row=34, profile=first.username))
    assert shown(ask(platform, stories([first, second]))) & {first.id, second.id} == {second.id}
    assert ask(platform, stories([second])).faults == []


@pytest.mark.parametrize(("way", "told"), [(Told.SECONDS, "7"), (Told.DATE, "Mon, 21 Sep 2026 14:13:27 GMT")])
def test_a_row_tells_how_long_to_wait_if_it_is_asked_to(way: Told, told: str) -> None:
    _, decision = put(failing(RowFault(row=14, retry_after=6.5, retry_as=way)), STORIES)
    assert decision.answer.headers["Retry-After"] == told
    _, silent = put(failing(RowFault(row=14)), STORIES)
    assert "Retry-After" not in silent.answer.headers


def test_a_row_hits_only_the_requests_that_match() -> None:
    platform = failing(
        RowFault(row=9, session="7000000002"),
        RowFault(row=11, address="127.0.0.5"),
        RowFault(row=14, endpoint=Endpoint.LOOK_UP_NAME, first=2, last=3),
    )
    person = platform.people.people[0]
    assert ask(platform, stories([person])).faults == []
    assert ask(platform, stories([person]), login=platform.logins[1]).faults == ["row 9"]
    assert ask(platform, stories([person]), address="127.0.0.5").faults == ["row 11"]
    looked = [ask(platform, named(person.username)).faults for _ in range(4)]
    assert looked == [[], ["row 14"], ["row 14"], []]


def test_a_share_of_a_row_is_the_same_in_every_run() -> None:
    def run() -> list[list[str]]:
        platform = failing(RowFault(row=27, share=0.25))
        return [ask(platform, stories(platform.people.canaries)).faults for _ in range(400)]

    hits = [faults == ["row 27"] for faults in run()]
    assert run() == run()
    assert sum(hits) == pytest.approx(100, abs=30)


def test_a_variant_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"variant: row 3 has 2 answers, not 3"):
        failing(RowFault(row=3, variant=3))
