"""What the platform says when nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox.worlds import NOW, ask, live, named, numbered, of, said, shown, stories, world


def groups(count: int = 200) -> Iterator[Any]:
    """Answers to many groups of people of one big platform."""
    platform = world(profiles=count * 10, private_share=0.05, gone_share=0.05)
    for start in range(0, count * 10, 10):
        group = platform.people.people[start : start + 10]
        yield platform, group, ask(platform, stories([*group, platform.people.canaries[0]]))


def test_a_group_shows_who_is_live_and_nobody_else_who_was_asked_for() -> None:
    for platform, group, decision in groups():
        truth = platform.people.truth(NOW)
        right = {person.id for person in group if truth[person.username] == "live"}
        asked = {person.id for person in group}
        assert shown(decision) & asked == right
        assert platform.people.canaries[0].id in shown(decision)


def test_all_the_shapes_come_up() -> None:
    containers, numbers, items, unasked, listed = set(), set(), set(), 0, 0
    for _, group, decision in groups():
        data = said(decision)
        containers.add((type(data.get("reels")), type(data.get("reels_media"))))
        reels = data.get("reels") or data.get("reels_media")
        for reel in reels.values() if isinstance(reels, dict) else reels:
            numbers.add(type(reel["id"]))
            items.add(type(reel["items"]))
            listed += reel["latest_reel_media"] <= NOW - 86_400
        unasked += len(shown(decision) - {person.id for person in group}) > 1
    none = type(None)
    assert containers == {(dict, none), (none, list), (none, dict), (dict, list)}
    assert numbers == {int, str}
    assert items == {list, none}
    assert unasked
    assert listed


def test_the_expiry_of_a_reel_is_the_same_for_everybody_and_proves_nothing() -> None:
    platform = world(profiles=400)
    data = said(ask(platform, stories(person.id for person in platform.people.people[:90])))
    reels = data.get("reels") or data["reels_media"]
    found = list(reels.values()) if isinstance(reels, dict) else reels
    assert {reel["expiring_at"] for reel in found} == {int(NOW + 86_400)}
    assert any(reel["latest_reel_media"] < NOW - 86_400 for reel in found)


def test_items_end_a_day_after_they_were_posted() -> None:
    platform = world()
    person = live(platform)[1]
    data = said(ask(platform, f"/api/v1/feed/user/{person.id}/story/"))
    assert data["reel"]["items"]
    for item in data["reel"]["items"]:
        assert item["expiring_at"] == item["taken_at"] + 86_400 > NOW


@pytest.mark.parametrize("outcome", ["private", "gone"])
def test_hidden_people_are_absent_from_stories(outcome: str) -> None:
    platform = world(profiles=400)
    person = of(platform, outcome)
    assert person.id not in shown(ask(platform, stories([person, platform.people.canaries[0]])))
    assert said(ask(platform, f"/api/v1/feed/user/{person.id}/story/"))["reel"] is None


def test_look_ups_find_public_and_private_people_by_name_and_by_id() -> None:
    platform = world(profiles=400)
    for outcome, private in [("live", False), ("none", False), ("private", True)]:
        person = of(platform, outcome)
        user = said(ask(platform, named(person.username.upper())))["data"]["user"]
        assert (user["id"], user["username"], user["is_private"]) == (person.id, person.username, private)
        user = said(ask(platform, numbered(person.id)))["user"]
        assert (str(user["pk"]), user["username"], user["is_private"]) == (person.id, person.username, private)


def test_look_ups_of_the_gone_say_that_the_user_was_not_found() -> None:
    platform = world(profiles=400)
    person = of(platform, "gone")
    for path in (named(person.username), numbered(person.id), named("nobody.at.all"), numbered("12345")):
        decision = ask(platform, path)
        assert decision.answer.status == 404
        assert said(decision)["error_type"] == "user_not_found"


def test_a_renamed_account_is_found_by_id_under_its_new_name() -> None:
    platform = world()
    person = of(platform, "live")
    new = platform.people.rename(person.username)
    assert ask(platform, named(person.username)).answer.status == 404
    assert said(ask(platform, numbered(person.id)))["user"]["username"] == new


def test_the_search_finds_a_name_and_the_tray_lists_the_canaries_without_items() -> None:
    platform = world()
    person = platform.people.people[0]
    found = said(ask(platform, f"/web/search/topsearch/?query={person.username}"))["users"]
    assert [each["user"]["username"] for each in found] == [person.username]
    tray = said(ask(platform, "/api/v1/feed/reels_tray/"))["tray"]
    assert [reel["items"] for reel in tray] == [None] * 4


def test_questions_that_ask_for_nothing_for_too_much_or_for_no_ids_are_refused() -> None:
    platform = world()
    assert ask(platform, "/api/v1/feed/reels_media/").answer.status == 500
    assert said(ask(platform, stories(["1"] * 101)))["message"] == "Too many reels requested"
    assert ask(platform, stories(["1" * 90] * 90)).answer.status == 431
    assert said(ask(platform, stories(["highlight:1"])))["message"] == "Invalid reel id list"


def test_answers_renew_the_claim_and_now_and_then_a_cookie() -> None:
    platform = world()
    headers = [ask(platform, stories(platform.people.canaries)).answer.headers for _ in range(40)]
    assert all(each["x-ig-set-www-claim"].startswith("hmac.") for each in headers)
    assert sum("Set-Cookie" in each for each in headers) == 2
