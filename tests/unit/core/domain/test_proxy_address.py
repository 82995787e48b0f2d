from __future__ import annotations

import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.proxy_address import SCHEMES, ProxyAddress, parse_proxy, read_proxy_lines
from core.domain.rejected import Rejected
from core.errors import InvalidInput
from core.secrets import Secret


def address(scheme: str, host: str, port: int, user: str = "", password: str = "") -> ProxyAddress:
    return ProxyAddress(scheme, host, port, user, Secret(password) if password else None)


def why(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        parse_proxy(text)
    assert refused.value.field == "proxy"
    return refused.value.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("203.0.113.7:8080", address("http", "203.0.113.7", 8080)),
        ("  Proxy.Example.:80 \t", address("http", "proxy.example", 80)),
        ("\ufeffsquid:3128", address("http", "squid", 3128)),
        ("http://203.0.113.7:8080/", address("http", "203.0.113.7", 8080)),
        ("HTTPS://p.example:443", address("https", "p.example", 443)),
        ("socks4://p.example:1080", address("socks4", "p.example", 1080)),
        ("socks4://me@p.example:1080", address("socks4", "p.example", 1080, "me")),
        ("socks5://me:pw@p.example:1080", address("socks5", "p.example", 1080, "me", "pw")),
        ("socks5h://p.example:1080:me:pw", address("socks5h", "p.example", 1080, "me", "pw")),
        ("203.0.113.7:8080:me:pw", address("http", "203.0.113.7", 8080, "me", "pw")),
        ("203.0.113.7:8080:me:p:w:", address("http", "203.0.113.7", 8080, "me", "p:w:")),
        ("203.0.113.7:8080:me:p%41w", address("http", "203.0.113.7", 8080, "me", "p%41w")),
        ("203.0.113.7:8080:me:", address("http", "203.0.113.7", 8080, "me")),
        ("203.0.113.7:8080::", address("http", "203.0.113.7", 8080)),
        ("203.0.113.7:8080:my.name:1234", address("http", "203.0.113.7", 8080, "my.name", "1234")),
        ("me:pw@203.0.113.7:8080", address("http", "203.0.113.7", 8080, "me", "pw")),
        ("me:p@w:x@203.0.113.7:8080", address("http", "203.0.113.7", 8080, "me", "p@w:x")),
        ("203.0.113.7:8080:me:p@w", address("http", "203.0.113.7", 8080, "me", "p@w")),
        ("[::1]:8080:m@e:p:@w", address("http", "::1", 8080, "m@e", "p:@w")),
        ("p.example:80:pw@q.example:81", address("http", "q.example", 81, "p.example", "80:pw")),
        ("me:p%40%3aw@203.0.113.7:8080", address("http", "203.0.113.7", 8080, "me", "p@:w")),
        ("me:100%@203.0.113.7:8080", address("http", "203.0.113.7", 8080, "me", "100%")),
        ("http://token@203.0.113.7:8080", address("http", "203.0.113.7", 8080, "token")),
        ("me:pw:203.0.113.7:8080", address("http", "203.0.113.7", 8080, "me", "pw")),
        ("[2001:DB8::1]:8080", address("http", "2001:db8::1", 8080)),
        ("[2001:db8:0::1]:8080:me:p:w", address("http", "2001:db8::1", 8080, "me", "p:w")),
        ("me:pw@[::1]:8080", address("http", "::1", 8080, "me", "pw")),
        ("socks5://[::1]:1080", address("socks5", "::1", 1080)),
        ("bücher.example:80", address("http", "xn--bcher-kva.example", 80)),
        ("１２７.0.0.1:80", address("http", "127.0.0.1", 80)),
        ("my_proxy:3128", address("http", "my_proxy", 3128)),
    ],
)
def test_every_spelling_of_a_proxy_is_read(text: str, expected: ProxyAddress) -> None:
    assert parse_proxy(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is empty; write host:port, "),
        ("host 80", "it holds blanks or control characters, or is very long; "),
        ("host:80:me:p\x00w", "it holds blanks or control characters, or is very long; "),
        ("p.example", "its port is missing; write host:port"),
        ("p.example:", "its port is missing; write host:port"),
        ("[::1]", "its port is missing; write host:port"),
        ("p.example:http", "its port is no number; write host:port with a port from 1 to 65535"),
        ("p.example:٣", "its port is no number; write host:port with a port from 1 to 65535"),
        ("http://p.example:80/path", "its port is no number; write host:port with a port from 1 to 65535"),
        ("p.example:0", "its port is out of range; ports go from 1 to 65535"),
        ("p.example:65536", "its port is out of range; ports go from 1 to 65535"),
        ("p.example:" + "9" * 1_000, "its port is out of range; ports go from 1 to 65535"),
        ("p.example:00000199999", "its port is out of range; ports go from 1 to 65535"),
        (":80", "its host is missing; write host:port"),
        ("1.2.3.999:80", "its host is no IPv4 address; that is four numbers from 0 to 255"),
        ("1.2.3:80", "its host is no IPv4 address; that is four numbers from 0 to 255"),
        ("-x.example:80", "its host is no host name; that is letters, digits and hyphens between dots"),
        ("a..example:80", "its host is no host name; that is letters, digits and hyphens between dots"),
        (f"{'x' * 64}.example:80", "its host is no host name; that is letters, digits and hyphens between dots"),
        (f"{'ü' * 64}.example:80", "its host is no host name; write it in ASCII, xn--…"),
        ("2001:db8::1:8080", "an IPv6 address goes in brackets; write [2001:db8::1]:8080"),
        ("http://me:pw@2001:db8::1:8080", "an IPv6 address goes in brackets; write [2001:db8::1]:8080"),
        ("::1", "an IPv6 address goes in brackets; write [2001:db8::1]:8080"),
        ("[nope]:80", "what stands in brackets is no IPv6 address; write [2001:db8::1]:8080"),
        ("[fe80::1%eth0]:80", "what stands in brackets is no IPv6 address; write [2001:db8::1]:8080"),
        ("[::1]8080", "a colon is missing behind its address in brackets; write [2001:db8::1]:8080"),
        ("ftp://p.example:21", "its scheme ftp is not spoken here; use http, https, socks4, socks5 or socks5h"),
        ("socks://p.example:1", "its scheme socks is not spoken here; use http, https, socks4, socks5 or socks5h"),
        ("p.example:80:me", "it holds three parts, a user without a password or the other way round; "),
        (":pw@p.example:80", "it has a password and no user; write user:password@host:port"),
        ("p.example:80::pw", "it has a password and no user; write user:password@host:port"),
        ("@p.example:80", "nothing stands before its @; leave the @ out or write user:password@host:port"),
        ("me:%ff@p.example:80", "its user or password has percent signs that stand for no text; "),
        ("me:a%0Ab@p.example:80", "its user or password holds control characters; copy them again"),
        (f"p.example:80:me:{'x' * 256}", "its user or password is longer than 255 bytes; copy them again"),
        ("socks4://me:pw@p.example:1080", "SOCKS4 knows no passwords, only a user; "),
        ("m%3Ae:pw@p.example:80", "a user's name with a colon cannot be sent over HTTP; use socks5 or another user"),
    ],
)
def test_what_cannot_be_read_is_refused_by_part_and_fix(text: str, sentence: str) -> None:
    assert why(text).startswith(sentence)


def test_a_colon_in_the_user_can_be_sent_over_socks5() -> None:
    assert parse_proxy("socks5://m%3Ae:pw@p.example:80").user == "m:e"


def test_an_address_is_shown_without_its_password_and_most_of_its_user() -> None:
    proxy = parse_proxy("socks5://alice:hunter2@[::1]:1080")
    assert proxy.shown == str(proxy) == f"{proxy}" == "socks5://a•••@[::1]:1080"
    assert repr(proxy) == "<ProxyAddress socks5://a•••@[::1]:1080>"
    assert parse_proxy("p.example:80").shown == "http://p.example:80"


def test_the_password_is_no_part_of_what_makes_it_the_same_proxy() -> None:
    one, other = parse_proxy("p.example:80:me:old"), parse_proxy("http://me:new@P.EXAMPLE:80")
    assert one.key == other.key == ("http", "p.example", 80, "me")
    assert one != other
    assert one.key != parse_proxy("p.example:80:you:old").key
    assert one.key != parse_proxy("socks5://p.example:80:me:old").key


def test_the_url_is_for_the_wire_and_masked_everywhere_else() -> None:
    url = parse_proxy("p.example:80:me@x:p:w/%").url()
    assert url.reveal() == "http://me%40x:p%3Aw%2F%25@p.example:80"
    assert "p%3Aw" not in f"{url}{url!r}"
    assert parse_proxy("[::1]:80").url().reveal() == "http://[::1]:80"


def test_lines_are_read_with_their_numbers_and_comments_are_skipped() -> None:
    text = "\ufeff# mine\r\n\r\np.example:80 # the good one\r\n; no\n// no\rq.example:81:me:p#w\n"
    found, rejected = read_proxy_lines(text)
    assert found == [(3, address("http", "p.example", 80)), (6, address("http", "q.example", 81, "me", "p#w"))]
    assert rejected == []


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("p.example:99999", "p.example:99999"),
        ("p.example", "p.example"),
        ("ftp://p.example:21", "ftp://p.example:21"),
        ("p.example:80:me", "p.example:•••"),
        ("p.example:99999:me:hunter2", "p.example:•••"),
        ("me:hunter2@p.example:99999", "•••@p.example:99999"),
        ("http://me:hunter2@p.example", "http://•••@•••"),
        ("p.example:80@me:hunter2", "•••@•••"),
        ("p.example:80@my.name:hunter2", "•••@•••"),
        ("p.example:99999:me:x@hunter.2x:99999", "•••@•••"),
        ("me:hunter2", "•••"),
        ("me://hunter.2x", "me://•••"),
        ("p.example://hunter.2x", "p.example:•••"),
        ("me:hunter2:p.example:99999", "•••"),
        ("socks4://me:hunter2@[::1]:1080", "socks4://•••@[::1]:1080"),
        ("[::1]:99999:me:hunter2", "[::1]:•••"),
        ("1.2.3.999:80:me:hunter2", "•••"),
    ],
)
def test_a_rejected_line_is_shown_without_what_may_be_a_password(line: str, shown: str) -> None:
    found, rejected = read_proxy_lines(f"\n{line}")
    assert found == []
    assert rejected == [Rejected(2, shown, why(line))]


LABELS = st.from_regex(r"\A[a-z][a-z0-9-]{0,8}[a-z]\Z")
HOSTS = st.one_of(
    st.lists(LABELS, min_size=1, max_size=3).map(".".join),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda ip: ip.compressed),
)
SIGN_INS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
ADDRESSES = st.builds(
    address, st.sampled_from(["http", "https", "socks5", "socks5h"]), HOSTS, st.integers(1, 65_535), SIGN_INS, SIGN_INS
).filter(lambda proxy: ":" not in proxy.user)


@settings(deadline=None)
@given(ADDRESSES)
def test_the_url_of_an_address_reads_as_the_address(proxy: ProxyAddress) -> None:
    assert parse_proxy(proxy.url().reveal()) == proxy


# A host of one word in hexadecimal makes such a line look like an IPv6 address, and a second @ like another spelling.
@settings(deadline=None)
@given(ADDRESSES.filter(lambda proxy: "." in proxy.host and "%40" not in proxy.url().reveal()))
def test_the_four_parts_of_an_address_read_as_the_address(proxy: ProxyAddress) -> None:
    assert proxy.password is not None
    line = f"{proxy.scheme}://{proxy.host}:{proxy.port}:{proxy.user}:{proxy.password.reveal()}"
    assert parse_proxy(line) == proxy


SECRET = "Zq7-secret-Zq7"
FRAMES = st.sampled_from(
    [
        "p.example:80:me:{}:",
        "p.example:99999:me:{}",
        "p.example:{}",
        "p.example:80:{}",
        "p.example:{}:80:me",
        "me:{}@p.example",
        "me:{}@p.example:x",
        "me:{}@",
        "me:{}:p.example:99999",
        "p.example:80@me:{}",
        "p.example:80@first.last:{}",
        "nope://me:{}@p.example:80",
        "http://me:{}@2001:db8::1:80",
        "socks4://me:{}@p.example:80",
        "me:{}",
        "me:{}@x y:80",
        "[::1]:80:me:{}:\x00",
        "[::1]:{}",
        "1.2.3.999:80:me:{}",
        "me:{}%ff@p.example:80",
    ]
)


@settings(deadline=None)
@given(FRAMES, st.text(st.sampled_from(":@/[]%. x"), max_size=3), st.text(st.sampled_from(":@/[]% .x"), max_size=3))
def test_no_error_and_no_rejected_line_holds_the_password(frame: str, before: str, after: str) -> None:
    line = frame.format(before + SECRET + after)
    found, rejected = read_proxy_lines(line)
    assert SECRET not in repr(rejected)
    assert SECRET not in repr([proxy for _, proxy in found])
    assert SECRET not in told(line)


def told(line: str) -> str:
    """Everything that the error about *line* carries."""
    try:
        parse_proxy(line)
    except InvalidInput as error:
        return "".join(traceback.format_exception_only(error)) + repr(error.__context__) + repr(error.__cause__)
    return ""


def test_the_known_schemes_are_those_that_are_told() -> None:
    sentence = why("gopher://p.example:70")
    assert all(scheme in sentence for scheme in SCHEMES)
