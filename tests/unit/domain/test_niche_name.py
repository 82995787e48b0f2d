"""What a niche may be called, and how people are pointed to the one they meant."""

from __future__ import annotations

import pytest

from core.domain.closest import hint
from core.domain.niche_name import clean, key
from core.errors import InvalidInput


def test_blanks_around_and_inside_are_tidied() -> None:
    assert clean("  street \t food ") == "street food"


def test_two_spellings_of_one_letter_are_one_name() -> None:
    assert clean("cafe\u0301") == clean("caf\u00e9")


def test_case_does_not_tell_niches_apart() -> None:
    assert key(clean("Food")) == key(clean("fOOD"))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_name_of_blanks_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="needs a name"):
        clean(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "\x1b[31mred"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no control characters"):
        clean(text)


def test_a_name_of_81_characters_is_refused_and_one_of_80_is_not() -> None:
    assert len(clean("x" * 80)) == 80
    with pytest.raises(InvalidInput, match="at most 80 characters, this one has 81"):
        clean("x" * 81)


def test_the_field_is_named_as_the_person_knows_it() -> None:
    with pytest.raises(InvalidInput, match=r"^new name: "):
        clean("", "new name")


@pytest.mark.parametrize(
    ("wanted", "names", "half"),
    [
        ("fod", ["art", "Food"], 'did you mean "Food"?'),
        ("zzz", [], "there are none yet"),
        ("zzz", ["art"], 'there is only "art"'),
        ("zzz", ["art", "food"], 'there are "art" and "food"'),
        ("zzz", ["a", "b", "c", "d", "e", "f", "g"], 'there are "a", "b", "c", "d", "e" and 2 more'),
    ],
)
def test_a_hint_points_to_what_exists(wanted: str, names: list[str], half: str) -> None:
    assert hint(wanted, names) == half
