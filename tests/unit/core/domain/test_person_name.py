"""What a person may be called, and what a password has to be."""

from __future__ import annotations

import pytest

from core.domain import password, person_name
from core.errors import InvalidInput
from core.secrets import Secret


@pytest.mark.parametrize(("given", "name"), [(" Mara  K. ", "Mara K."), ("Zoe\u0308", "Zoë"), ("李 华", "李 华")])
def test_a_name_is_composed_and_has_single_blanks(given: str, name: str) -> None:
    assert person_name.clean(given) == name


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("  ", "name: a person needs a name"),
        ("ann\u200b", "name: a name takes letters"),
        ("\u202egnp", "name: a name takes letters"),
        ("a" * 61, "name: a name has at most 60 characters, this one has 61"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_reason(given: str, why: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        person_name.clean(given)
    assert str(refused.value).startswith(why)


def test_names_that_look_the_same_are_the_same() -> None:
    assert person_name.key("ＡＮＮ") == person_name.key("Ann") == person_name.key(" ann ")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("short", "password: at least 10 characters, this one has 5"),
        ("x" * 257, "password: at most 256 characters, this one has 257"),
        ("a" * 12, "password: it is one character again and again; take several words"),
        ("Mara Klein", "password: it must not be the name; take several words"),
    ],
)
def test_a_password_that_is_no_good_is_refused_without_being_shown(given: str, why: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        password.check(Secret(given), name="mara klein")
    assert str(refused.value) == why


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert password.check(Secret("Zoe\u0308 und ihr Hund"), name="ann") == Secret("Zoë und ihr Hund")
