"""Faults by share, sessions that see nobody, and the platform's own limits."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest

from sandbox.faults import Faults, Told
from sandbox.logins import make_logins
from sandbox.platform import Platform
from sandbox.question import read_question
from sandbox.rows import Act
from tests.unit.sandbox.worlds import NOW, ask, failing, live, named, of, said, shown, stories, world


def runs(platform: Platform, count: int = 300) -> list[list[str]]:
    """What was done to so many requests of the first session."""
    return [ask(platform, stories(platform.people.canaries)).faults for _ in range(count)]


@pytest.mark.parametrize("name", ["limited", "slow", "reset", "wrong_content", "clearing"])
def test_a_share_of_answers_is_hit_and_the_same_ones_in_every_run(name: str) -> None:
    first, second = (runs(failing(**{name: 0.2})) for _ in range(2))
    assert first == second
    assert sum(name in faults for faults in first) == pytest.approx(60, abs=25)
    assert all(faults == [] for faults in runs(failing()))


def test_a_limited_answer_is_a_429_of_any_kind_with_or_without_a_time() -> None:
    platform = failing(limited=1.0)
    answers = [ask(platform, stories(platform.people.canaries)).answer for _ in range(30)]
    assert {answer.status for answer in answers} == {429}
    assert len({answer.body for answer in answers}) == 3
    assert all("Retry-After" not in answer.headers for answer in answers)
    told = failing(limited=1.0, retry_after=2.0, retry_as=Told.DATE)
    header = ask(told, stories(told.people.canaries)).answer.headers["Retry-After"]
    assert parsedate_to_datetime(header).timestamp() == NOW + 2


def test_limits_may_hit_some_sessions_alone() -> None:
    platform = failing(limited=1.0, limited_sessions=("7000000002",))
    hit = [ask(platform, stories(platform.people.canaries), login=login).faults for login in platform.logins]
    assert hit == [[], ["limited"], [], []]


def test_large_groups_come_back_short_and_small_ones_whole() -> None:
    platform = failing(short_share=1.0, short_by=2, short_over=4)
    present = live(platform)[:6]
    short = ask(platform, stories(present))
    assert short.faults == ["short"]
    assert len({person.id for person in present} - shown(short)) == 2
    whole = ask(platform, stories(present[:4]))
    assert whole.faults == []
    assert {person.id for person in present[:4]} <= shown(whole)


def test_a_flagged_session_sees_nobody_in_answers_that_look_good() -> None:
    platform = failing(flagged_sessions=1)
    (account,) = platform.flagged
    login = next(each for each in platform.logins if each.account == account)
    person = of(platform, "live")
    answer = ask(platform, stories([person, *platform.people.canaries]), login=login)
    assert answer.answer.status == 200
    assert shown(answer) == set()
    looked = ask(platform, named(person.username), login=login).answer
    assert looked.status == 404 or b'"user": null' in looked.body
    others = [each for each in platform.logins if each is not login]
    assert all(shown(ask(platform, stories([person]), login=each)) for each in others)


def test_a_session_goes_blind_after_so_many_requests() -> None:
    platform = failing(blinding_sessions=1, blinding_after=3)
    (account,) = platform.blinding
    login = next(each for each in platform.logins if each.account == account)
    seen = [bool(shown(ask(platform, stories(platform.people.canaries), login=login))) for _ in range(5)]
    assert seen == [True, True, True, False, False]


def test_the_number_of_ids_shrinks_as_requests_go_on() -> None:
    platform = failing(id_caps=((1, 100), (3, 20), (5, 5)))
    sizes = (100, 100, 21, 20, 6, 5)
    assert [ask(platform, stories(["1"] * size)).answer.status for size in sizes] == [200, 200, 400, 200, 400, 200]


def test_people_turn_when_the_platform_has_had_so_many_requests() -> None:
    platform = failing(turned_gone=1.0, turned_after=3)
    person = of(platform, "live")
    seen = [person.id in shown(ask(platform, stories([person]))) for _ in range(4)]
    assert seen == [True, True, False, False]
    assert platform.people.truth(NOW)[person.username] == "gone"


def test_a_skewed_clock_moves_the_times_of_stories_with_it() -> None:
    straight, skewed = failing(), failing(clock_skew_seconds=5400.0)
    path = f"/api/v1/feed/user/{live(straight)[1].id}/story/"
    first, second = said(ask(straight, path))["reel"], said(ask(skewed, path))["reel"]
    assert second["items"][0]["taken_at"] - first["items"][0]["taken_at"] == 5400
    assert second["expiring_at"] - first["expiring_at"] == 5400


def test_a_cleared_cookie_comes_with_a_good_answer() -> None:
    answer = ask(failing(clearing=1.0), "/api/v1/feed/reels_tray/").answer
    assert answer.status == 200
    assert answer.headers["Set-Cookie"].startswith('sessionid=""; Max-Age=0')


def test_resets_come_before_an_answer_and_in_the_middle_of_one() -> None:
    platform = failing(reset=1.0)
    acts = {ask(platform, stories(platform.people.canaries)).answer.act for _ in range(4)}
    assert acts == {Act.RESET, Act.RESET_MID_BODY}


def test_new_faults_take_the_place_of_the_old_ones() -> None:
    platform = failing(limited=1.0, turned_private=1.0)
    person = platform.people.people[0]
    platform.set_faults(Faults(), NOW)
    assert ask(platform, stories([person])).faults == []
    assert platform.people.truth(NOW) == world().people.truth(NOW)


def test_an_unknown_login_is_refused_as_logged_out() -> None:
    platform = world()
    assert platform.login_of("1:stranger:1:x") is None
    statuses = set()
    for host in range(2, 12):
        decision = platform.decide(read_question(stories(["1"])), None, f"127.0.0.{host}", NOW, 0.0)
        statuses.add(decision.answer.status)
        assert decision.faults == ["unknown_session"]
    assert statuses == {302, 403}


def test_a_session_is_allowed_so_many_requests_a_minute_and_told_when_it_may_again() -> None:
    platform = world(session_per_minute=2)
    answers = [ask(platform, stories(platform.people.canaries), monotonic=at) for at in (0.0, 10.0, 20.0, 60.0, 61.0)]
    assert [each.answer.status for each in answers] == [200, 200, 429, 200, 429]
    assert answers[2].faults == ["limit:session_per_minute"]
    assert answers[2].answer.headers["Retry-After"] == "40"


def test_an_address_is_limited_whichever_session_asks() -> None:
    platform = world(address_per_hour=1, tells_retry_after=False)
    first, second = platform.logins[:2]
    path = stories(platform.people.canaries)
    assert ask(platform, path, login=first).answer.status == 200
    refused = ask(platform, path, login=second).answer
    assert refused.status == 429
    assert "Retry-After" not in refused.headers
    assert ask(platform, path, login=second, address="127.0.0.3").answer.status == 200


def test_a_request_sooner_than_the_gap_after_the_last_answer_is_early() -> None:
    platform = world(gap_seconds=0.5)
    login = platform.logins[0]
    assert not platform.is_early(login, 5.0)
    login.answered_at = 5.0
    assert platform.is_early(login, 5.4)
    assert not platform.is_early(login, 5.5)
    login.in_flight = 1
    assert platform.is_early(login, 9.0)


def test_sessions_are_the_same_in_every_run_and_belong_to_the_proxies_in_order() -> None:
    first, second = make_logins(5, 3, 2), make_logins(5, 3, 2)
    assert [each.cookie_line for each in first] == [each.cookie_line for each in second]
    assert [each.proxy for each in first] == [0, 1, 2, 0, 1, 2]
    assert len({each.session_id for each in first}) == 6
