"""The verbs of what concerns Discord as they are given in a terminal."""

from __future__ import annotations

import re

import pytest

from tests.integration.cli.conftest import Storywatch

SERVER, EDITORS, READERS = "1290000000000000000", "1290000000000000001", "1290000000000000002"


def test_the_code_for_discord_is_the_only_result(storywatch: Storywatch) -> None:
    storywatch("person", "add", "root", "--role", "admin")
    ran = storywatch("person", "pair", "ROOT")
    assert ran.code == 0
    assert re.fullmatch(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}\n", ran.out)
    assert ran.err.startswith('Whoever enters /pair with this code in Discord is "root" (admin) from then on.')
    record = storywatch("person", "pair", "root", "--json").record
    assert list(record) == ["name", "code", "expires_at"]
    assert record["code"] != ran.out.strip()


def test_roles_are_mapped_listed_changed_and_taken_away(storywatch: Storywatch) -> None:
    assert storywatch("discord", "roles").out.startswith("No Discord role may do anything yet")
    ran = storywatch("discord", "role", EDITORS, "--role", "operator", "--guild", SERVER, "--label", "editors")
    assert ran.out == 'Members of the Discord role "editors" are operator now.\n'
    storywatch("discord", "role", READERS, "--role", "viewer", "--guild", SERVER)
    assert storywatch("discord", "roles", "--json").records == [
        {"role_id": EDITORS, "guild_id": SERVER, "role": "operator", "label": "editors"},
        {"role_id": READERS, "guild_id": SERVER, "role": "viewer", "label": ""},
    ]
    shown = storywatch("discord", "roles").out
    assert all(text in shown for text in (EDITORS, "editors", SERVER, "operator"))
    again = storywatch("discord", "role", EDITORS, "--role", "admin", "--guild", SERVER, "--json").record
    assert again["role"] == "admin"
    assert storywatch("discord", "unmap", EDITORS).out == f"Members of the Discord role {EDITORS} may do nothing.\n"
    assert [each["role_id"] for each in storywatch("discord", "roles", "--json").records] == [READERS]
    ran = storywatch("discord", "unmap", EDITORS)
    assert (ran.code, ran.err) == (
        2,
        f"The Discord role {EDITORS} may do nothing here; there is nothing to take away.\n",
    )


def test_the_server_is_needless_where_the_settings_name_one(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = storywatch("discord", "role", EDITORS, "--role", "viewer")
    assert ran.code == 2
    assert "give --guild ID, because STORYWATCH_DISCORD_GUILDS does not name exactly one" in ran.err
    monkeypatch.setenv("STORYWATCH_DISCORD_GUILDS", SERVER)
    assert storywatch("discord", "role", EDITORS, "--role", "viewer", "--json").record["guild_id"] == SERVER


@pytest.mark.parametrize("number", ["editors", "12x", "9" * 40])
def test_what_is_no_number_of_discord_is_told(storywatch: Storywatch, number: str) -> None:
    ran = storywatch("discord", "role", number, "--role", "viewer", "--guild", SERVER)
    assert ran.code == 2
    assert "is no number of Discord's; with developer mode on, its menu in Discord copies it" in ran.err
