from __future__ import annotations

import pytest

from core.domain.host_name import NotAHost, canonical_host, is_ipv6


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Proxy.Example.", "proxy.example"),
        ("localhost", "localhost"),
        ("my_proxy", "my_proxy"),
        ("3com.example", "3com.example"),
        ("203.0.113.7", "203.0.113.7"),
        ("[2001:DB8:0::1]", "2001:db8::1"),
        ("bücher.example", "xn--bcher-kva.example"),
        (f"{'x' * 63}.example", f"{'x' * 63}.example"),
    ],
)
def test_a_host_has_one_spelling(text: str, host: str) -> None:
    assert canonical_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        *["", ".", "a b", "-a.example", "a-.example", "a..b", "x" * 64, "a." * 127 + "ab", "a/b", "a@b", "ü" * 64],
        *["1.2.3", "01.2.3.4", "1.2.3.256", "[", "[]", "[::1", "[1.2.3.4]", "[::1%1]", "2001:db8::1"],
    ],
)
def test_what_names_no_host_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(NotAHost) as refused:
        canonical_host(text)
    assert refused.value.why
    assert refused.value.__context__ is None


def test_an_ipv6_address_is_told_from_a_name() -> None:
    assert is_ipv6("2001:db8::1")
    assert not is_ipv6("[::1]")
    assert not is_ipv6("1.2.3.4")
