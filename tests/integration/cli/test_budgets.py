"""What schedules would cost, said before they are added."""

from __future__ import annotations

import pytest

from tests.integration.cli.conftest import Storywatch

COOKIES = "sessionid=11%3Aabc%3A7%3Asig; ds_user_id=11; csrftoken=x"


@pytest.fixture
def food(storywatch: Storywatch) -> None:
    """A niche of forty, one route, and ten requests a day."""
    storywatch("import", "-", "--niche", "food", given="\n".join(f"name{number}" for number in range(40)))
    storywatch("proxy", "import", "-", given="10.0.0.1:8080\n")
    storywatch("session", "add", "--label", "ann", "--proxy", "1", given=COOKIES)
    storywatch("limits", "set", "per_route_day=10")


def test_a_schedule_that_is_too_much_is_refused_unless_it_is_meant(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("schedule", "add", "--niche", "food", "--every", "8h", "--json")
    assert (ran.code, ran.records) == (2, [])
    assert "It needs 30 requests a day; 1 route gives 10; 3 would do." in ran.err
    assert storywatch("schedule", "list", "--json").records == []
    ran = storywatch("schedule", "add", "--niche", "food", "--every", "8h", "--anyway", "--json")
    assert (ran.code, len(ran.records)) == (0, 1)
    assert "It will take ≈ 10 requests a run, about" in ran.err
    assert "3 would do." in ran.err


def test_what_a_schedule_takes_is_told_beside_its_line(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("schedule", "add", "--niche", "food", "--every", "2d", "--json")
    assert "It will take ≈ 10 requests a run, about" in ran.err
    assert "≈ 5 requests a day, 50 % of a day's budget." in ran.err
    assert len(ran.records) == 1
