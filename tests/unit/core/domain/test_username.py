from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.domain.username import RESERVED, NotAUsername, canonical, is_blank

NAMES = st.from_regex(r"\A[a-z0-9_]{1,10}(\.[a-z0-9_]{1,8}){0,2}\Z").filter(lambda name: name not in RESERVED)


def why(text: str) -> str:
    with pytest.raises(NotAUsername) as refused:
        canonical(text)
    return refused.value.why


def canonical_or_why(text: str) -> tuple[str | None, str]:
    try:
        return canonical(text), ""
    except NotAUsername as error:
        return None, error.why


@pytest.mark.parametrize(
    "text",
    [
        "some.name_1",
        "@some.name_1",
        "SOME.Name_1",
        "  some.name_1\t",
        '"some.name_1",',
        "'@some.name_1'",
        "“some.name_1”",
        "<some.name_1>",
        "[some.name_1],",
        "\ufeffsome.name_1",
        "some\u200b.name_1\u200d",
        "\u200e@\u2060some.name_1",
        "\xa0some.name_1\xa0",
        "%40some.name_1",
        "instagram.com/some.name_1",
        "www.instagram.com/some.name_1/",
        "m.instagram.com/some.name_1",
        "instagr.am/some.name_1",
        "//instagram.com/some.name_1",
        "http://instagram.com/some.name_1",
        "https://www.instagram.com/some.name_1/?igsh=abc&hl=en",
        "https://www.instagram.com/Some.Name_1#top",
        "HTTPS://WWW.INSTAGRAM.COM/some.name_1",
        "https://instagram.com:443/some.name_1",
        "https://instagram.com//some.name_1//",
        "https://instagram.com/@some.name_1",
        "https://instagram.com/%40some%2Ename_1",
        "https%3A%2F%2Fwww.instagram.com%2Fsome.name_1",
        "https://www.instagram.com/some.name_1/reels/",
        "https://www.instagram.com/some.name_1/tagged",
        "https://www.instagram.com/some.name_1/posts?x=1",
        "https://www.instagram.com/some.name_1/highlights/",
        "https://www.instagram.com/stories/some.name_1",
        "https://www.instagram.com/stories/some.name_1/3301234567890/",
        "https://www.instagram.com/_u/some.name_1",
        "<https://www.instagram.com/some.name_1/>,",
    ],
)
def test_every_spelling_of_a_profile_is_one_username(text: str) -> None:
    assert canonical(text) == "some.name_1"


def test_names_of_digits_and_of_one_character_are_names() -> None:
    assert canonical("1234567890") == "1234567890"
    assert canonical("x") == "x"
    assert canonical("_") == "_"
    assert canonical("a" * 30) == "a" * 30


def test_a_dot_and_an_underscore_are_different() -> None:
    assert canonical("a.b") != canonical("a_b")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 35, "35 characters; 30 at most"),
        ("x" * 5_000, "5,000 characters; 30 at most"),
        (".name", "starts with a dot"),
        ("name.", "ends with a dot"),
        ("na..me", "two dots in a row"),
        ("", "no name"),
        (" \u200b ", "no name"),
        ("@", "no name"),
        ("@@name", "has '@'; only a-z, 0-9, dot and underscore"),
        ("two words", "has a space; only a-z, 0-9, dot and underscore"),
        ("a-b", "has '-'; only a-z, 0-9, dot and underscore"),
        ("a\x00b", "has U+0000; only a-z, 0-9, dot and underscore"),
        ("zoë", "has 'ë' (U+00EB); only a-z, 0-9, dot and underscore"),
        ("ann@mail.example", "an e-mail address, not a username"),
        ("explore", "a page of the platform, not a profile: explore"),
        ("@Stories", "a page of the platform, not a profile: stories"),
        ("%ff%fe", "has percent signs that stand for no text"),
    ],
)
def test_a_text_that_is_no_name_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert why(text) == reason


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://www.instagram.com/p/Cabc123/", "a post's link, not a profile's"),
        ("https://www.instagram.com/tv/Cabc123/", "a post's link, not a profile's"),
        ("https://www.instagram.com/name/p/Cabc123/", "a post's link, not a profile's"),
        ("https://www.instagram.com/reel/Cabc123/", "a reel's link, not a profile's"),
        ("https://www.instagram.com/name/reel/Cabc123/", "a reel's link, not a profile's"),
        ("https://www.instagram.com/reels/Cabc123/", "a reel's link, not a profile's"),
        ("https://www.instagram.com/share/abc", "a share link, not a profile's"),
        ("https://www.instagram.com/s/abc", "a highlight's link, not a profile's"),
        ("https://www.instagram.com/stories/highlights/178/", "a highlight's link, not a profile's"),
        ("https://www.instagram.com/stories/name/abc", "a link to something else than a profile"),
        ("https://www.instagram.com/name/else", "a link to something else than a profile"),
        ("https://www.instagram.com/explore/tags/x", "a page of the platform, not a profile: explore"),
        ("https://www.instagram.com/accounts/login/?next=/name/", "a page of the platform, not a profile: accounts"),
        ("https://www.instagram.com/", "a link without a name"),
        ("https://www.instagram.com", "a link without a name"),
        ("www.instagram.com", "a link without a name"),
        ("instagram.com/stories/", "a link without a name"),
        ("instagram.com/_u/", "a link without a name"),
        ("https://notinstagram.com/name", "another site: notinstagram.com"),
        ("l.instagram.com/name", "another site: l.instagram.com"),
        ("https://instagram.com.evil.example/name", "another site: instagram.com.evil.example"),
        ("https://instagram.com:8080/name", "another site: instagram.com:8080"),
        ("https://instagram.com@evil.example/name", "a link with a sign-in before its host"),
        ("https:///name", "a link without a host"),
        ("ftp://instagram.com/name", "another kind of link: ftp"),
        ("https://instagram.com/na%2Fme", "has '/'; only a-z, 0-9, dot and underscore"),
    ],
)
def test_a_link_to_something_else_is_refused_with_the_reason(link: str, reason: str) -> None:
    assert why(link) == reason


@pytest.mark.parametrize("name", ["\u212aate", "ıstanbul", "İstanbul", "ｎａｍｅ", "ſam", "аnna", "name²"])
def test_a_look_alike_letter_never_becomes_another_account(name: str) -> None:
    assert "only a-z, 0-9, dot and underscore" in why(name)


@pytest.mark.parametrize("host", ["\u0131nstagram.com", "ｉnstagram.com", "insta\u00adgram.com.evil.example"])
def test_a_look_alike_host_is_another_site(host: str) -> None:
    assert "another site" in why(f"https://{host}/name")


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_page_of_the_platform_is_nobody(name: str) -> None:
    assert why(name)
    assert why(f"https://www.instagram.com/{name}/")


def test_nothing_but_wrapping_is_blank() -> None:
    assert is_blank(' "\u200b", ')
    assert not is_blank(" x ")


@settings(deadline=None)
@given(NAMES)
def test_a_username_is_its_own_spelling_and_that_of_its_links(name: str) -> None:
    if len(name) > 30:
        assert why(name)
        return
    spellings = [name, f"@{name.upper()}", f"https://www.instagram.com/{name}/", f"instagram.com/stories/{name}/1"]
    assert {canonical(spelling) for spelling in spellings} == {name}


@settings(deadline=None)
@given(st.text(max_size=60))
@example("https://instagram.com/" + "%" * 20)
@example("\u2028@")
def test_any_text_is_a_username_or_has_a_short_reason(text: str) -> None:
    name, reason = canonical_or_why(text)
    if name is None:
        assert 0 < len(reason) < 120
        assert reason.isprintable()
        return
    assert canonical(name) == name
    assert 1 <= len(name) <= 30
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._")
    assert not name.startswith(".")
    assert not name.endswith(".")
    assert name not in RESERVED


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cf", "Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1))
def test_letters_outside_ascii_are_never_dropped(letters: str) -> None:
    # Only what cannot be seen may vanish, and that is not in this alphabet.
    assert canonical_or_why(f"a{letters}b")[0] is None
