"""A channel and a role of Discord in a form."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput
from core.services.views.channels import DiscordPlaceView, DiscordServerView
from panel.widgets import discord_choice

ALERTS, NEWS = 111_111_111_111_111_111, 222_222_222_222_222_222
DESK, OLD = 333_333_333_333_333_333, 444_444_444_444_444_444
EDITORIAL = DiscordServerView(1, "Editorial", (DiscordPlaceView(ALERTS, "alerts"),), (DiscordPlaceView(DESK, "desk"),))
OTHER = DiscordServerView(2, "Other", (DiscordPlaceView(NEWS, "news"),), ())


def test_channels_are_chosen_by_name_where_the_bot_sees_them() -> None:
    channel, other = discord_choice.channel_fields([EDITORIAL])
    assert channel.choices == [(str(ALERTS), "#alerts"), ("", "Another one")]
    assert other.kind == "text"
    channel, _ = discord_choice.channel_fields([EDITORIAL, OTHER], may_be_none=True)
    assert [called for _, called in channel.choices] == [
        "Editorial: #alerts",
        "Other: #news",
        "No channel, or another one",
    ]


def test_without_a_bot_a_channel_is_its_id() -> None:
    (field,) = discord_choice.channel_fields([])
    assert (field.name, field.kind) == ("other_channel", "text")
    assert discord_choice.mention_field([]).kind == "text"


def test_a_role_that_is_not_seen_can_be_kept() -> None:
    assert [value for value, _ in discord_choice.mention_field([EDITORIAL]).choices] == ["", str(DESK)]
    assert [value for value, _ in discord_choice.mention_field([EDITORIAL], OLD).choices] == ["", str(DESK), str(OLD)]


@pytest.mark.parametrize(
    "typed",
    [
        {"channel": str(ALERTS), "other_channel": ""},
        {"other_channel": f" {ALERTS} "},
        {"channel": str(NEWS), "other_channel": f"https://discord.com/channels/{OLD}/{ALERTS}"},
        {"other_channel": f"https://ptb.discord.com/channels/{OLD}/{ALERTS}/{NEWS}"},
    ],
)
def test_a_channel_is_taken_as_it_was_chosen_or_copied(typed: dict[str, str]) -> None:
    assert discord_choice.channel_of(typed) == ALERTS


def test_what_is_no_channel_is_refused() -> None:
    assert discord_choice.channel_of({"channel": "", "other_channel": ""}) is None
    with pytest.raises(InvalidInput, match="the id or the link"):
        discord_choice.channel_of({"other_channel": "#alerts"})


def test_a_role_is_its_id_or_a_mention_of_it() -> None:
    assert discord_choice.mention_of({"mention": f"<@&{DESK}>"}) == DESK
    assert discord_choice.mention_of({"mention": str(DESK)}) == DESK
    assert discord_choice.mention_of({"mention": " "}) is None
    with pytest.raises(InvalidInput, match="for the role"):
        discord_choice.mention_of({"mention": "@desk"})


def test_a_form_is_filled_with_what_is_so() -> None:
    filled = discord_choice.values_of([EDITORIAL], ALERTS, DESK)
    assert filled == {"channel": str(ALERTS), "other_channel": "", "mention": str(DESK)}
    filled = discord_choice.values_of([EDITORIAL], OLD, None)
    assert filled == {"channel": "", "other_channel": str(OLD), "mention": ""}


def test_a_channel_that_is_not_seen_goes_by_its_number() -> None:
    assert discord_choice.name_of_channel([EDITORIAL], ALERTS) == "#alerts"
    assert discord_choice.name_of_channel([EDITORIAL, OTHER], NEWS) == "Other: #news"
    assert discord_choice.name_of_channel([EDITORIAL], OLD) == str(OLD)
