from __future__ import annotations

import pytest

from core.domain.time_zone import zone_named
from core.errors import InvalidInput


@pytest.mark.parametrize("text", ["Europe/Berlin", " europe/berlin ", "EUROPE/BERLIN"])
def test_a_zone_is_found_whatever_its_case(text: str) -> None:
    assert zone_named(text).key == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Berlin", "did you mean Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Mars/Olympus_Mons", "write one such as Europe/Berlin"),
        ("../../etc/passwd", "is no time zone"),
        ("", "is no time zone"),
    ],
)
def test_an_unknown_zone_is_refused_with_those_that_come_near(text: str, near: str) -> None:
    with pytest.raises(InvalidInput, match=near) as refused:
        zone_named(text)
    assert refused.value.field == "time zone"
