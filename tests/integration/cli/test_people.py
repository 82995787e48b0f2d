"""The verbs of people as they are given in a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.integration.cli.conftest import Storywatch

LINK = re.compile(r"http://127\.0\.0\.1:8080/welcome/[\w-]{43}")


def people(storywatch: Storywatch) -> list[dict[str, Any]]:
    return storywatch("person", "list", "--json").records


def test_a_person_is_added_and_the_link_is_the_only_result(storywatch: Storywatch) -> None:
    ran = storywatch("person", "add", "Mara K.", "--role", "operator")
    assert ran.code == 0
    assert LINK.fullmatch(ran.out.rstrip("\n"))
    assert ran.err.startswith('Give this link to "Mara K." (operator) alone: whoever opens it first chooses')
    (mara,) = people(storywatch)
    assert (mara["name"], mara["role"], mara["enabled"], mara["has_password"]) == ("Mara K.", "operator", True, False)
    assert LINK.search(repr(mara)) is None


def test_without_a_role_a_person_may_only_read(storywatch: Storywatch) -> None:
    storywatch("person", "add", "vera")
    assert [person["role"] for person in people(storywatch)] == ["viewer"]


def test_a_reset_prints_another_link(storywatch: Storywatch) -> None:
    first = storywatch("person", "add", "mara", "--json").record
    second = storywatch("person", "reset", "MARA", "--json").record
    assert list(second) == ["name", "link", "expires_at"]
    assert second["name"] == "mara"
    assert second["link"] != first["link"]


def test_a_link_leads_to_the_public_address(storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYWATCH_PUBLIC_URL", "https://stories.example.org")
    assert storywatch("person", "add", "mara").out.startswith("https://stories.example.org/welcome/")


def test_people_are_changed_and_removed(storywatch: Storywatch) -> None:
    storywatch("person", "add", "root", "--role", "admin")
    storywatch("person", "add", "mara", "--discord", "123456789012345678")
    assert storywatch("person", "role", "mara", "operator").out == '"mara" is operator now.\n'
    assert storywatch("person", "rename", "mara", "Mara").out == 'The person is called "Mara" now.\n'
    assert storywatch("person", "discord", "mara", "none").out == '"Mara" is no Discord user now.\n'
    assert storywatch("person", "disable", "mara").out == '"Mara" is signed out and may not sign in.\n'
    assert storywatch("person", "enable", "mara", "--json").record["enabled"] is True
    assert storywatch("person", "remove", "mara").out == '"Mara" is removed.\n'
    assert [person["name"] for person in people(storywatch)] == ["root"]


def test_people_are_shown_in_a_table(storywatch: Storywatch) -> None:
    assert storywatch("person", "list").out.startswith("Nobody yet. Open the link that `storywatch run` prints")
    storywatch("person", "add", "mara", "--role", "admin")
    assert "has not signed in yet" in storywatch("person", "list").out


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (
            ("role", "root", "viewer"),
            '"root" is the last admin who can sign in; give another person the role admin first.',
        ),
        (("remove", "root"), '"root" is the last admin who can sign in; give another person the role admin first.'),
        (("role", "root", "boss"), 'role: there is none called "boss"; the roles are viewer, operator, admin'),
        (("reset", "rot"), 'There is no person "rot"; did you mean "root"?'),
        (("add", "ROOT"), 'There is already a person "root"; choose another name.'),
    ],
)
def test_what_cannot_be_done_is_one_sentence(storywatch: Storywatch, command: tuple[str, ...], sentence: str) -> None:
    storywatch("person", "add", "root", "--role", "admin")
    ran = storywatch("person", *command)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{sentence}\n")
