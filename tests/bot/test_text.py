"""Foreign text shows as it is: nothing in it takes effect in Discord."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.text import code, counted, plain, profile_link, within


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _it_ `x`", "\\*\\*bold\\*\\* \\_it\\_ \\`x\\`"),
        ("<@1> <#2> <@&3>", "‹@\u20601› ‹#2› ‹@\u2060&3›"),
        ("@everyone", "@\u2060everyone"),
        ("a\nb\tc", "a b c"),
        ("ab\u202edc\u200b", "abdc"),
        ("https://evil.example", "https\u2060://evil.example"),
    ],
)
def test_signs_that_mean_something_to_discord_are_taken_their_meaning(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_masked_link_is_none() -> None:
    # Without a bracket that opens it, nothing is a link.
    assert plain("[click](https://evil.example)") == "\\[click](https\u2060://evil.example)"


@given(some.text(max_size=300), some.integers(20, 200))
def test_whatever_it_is_it_stays_within_its_length_on_one_line(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert "<" not in shown
    assert "@everyone" not in shown


@given(some.text(max_size=300))
def test_code_never_breaks_out_of_its_block(text: str) -> None:
    shown = code(text, 60)
    assert shown.startswith("`")
    assert shown.endswith("`")
    assert shown.count("`") == 2
    assert len(shown) <= 62


def test_a_cut_never_leaves_half_an_escape() -> None:
    for limit in range(20, 60):
        shown = plain("_" * 100, limit)
        assert len(shown) <= limit
        assert shown.removesuffix("…").replace("\\_", "") == ""


def test_lines_that_do_not_fit_are_counted() -> None:
    lines = [f"line {number}" for number in range(100)]
    shown = within(lines, 100)
    assert len(shown) <= 100
    kept = shown.splitlines()
    assert kept[-1] == f"and {100 - len(kept) + 1} more"
    assert within(["a", "b"], 100) == "a\nb"


@given(some.lists(some.text("ab_", max_size=50), max_size=60), some.integers(40, 300))
def test_lines_never_take_more_room_than_there_is(lines: list[str], limit: int) -> None:
    assert len(within(lines, limit)) <= limit


def test_things_are_counted_in_words() -> None:
    assert [counted(1, "proxy", "proxies"), counted(1_200, "profile")] == ["1 proxy", "1,200 profiles"]


def test_a_name_leads_to_its_profile() -> None:
    assert profile_link("bea_b", "https://www.instagram.com/bea_b/") == "[bea\\_b](https://www.instagram.com/bea_b/)"
