"""A platform that speaks TLS, through proxies that only pass bytes on."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import counted, counters, moved, unknown, wrong
from tests.acceptance.pretend import Pretend
from tests.acceptance.terminal import Terminal


@pytest.fixture
def platform(pretend: MakePretend) -> Pretend:
    """Half of its proxies speak SOCKS5, the others HTTP; every second one asks for a password."""
    return pretend(profiles=80, proxies=8, socks_share=0.5, https=True)


@pytest.fixture
def mine(platform: Pretend, furnished: MakeTerminal) -> Terminal:
    """A terminal for it that does not know its authority yet."""
    return furnished(platform)


def test_it_is_asked_through_http_tunnels_and_socks_alike(mine: Terminal, platform: Pretend) -> None:
    mine.settings["platform_ca_file"] = platform.told["platform_ca_file"]
    ran = mine.run("check", platform.names, "--niche", "demo", "--json")
    assert (wrong(ran.checks, platform.truth()), unknown(ran.checks)) == ([], [])
    assert counters(ran.batch) == counted(ran.checks)
    used = {check["proxy"] for check in ran.checks}
    kinds = {proxy["kind"] for proxy in mine.run("proxy", "list", "--json").records if proxy["id"] in used}
    assert kinds == {"http", "socks5"}
    assert moved(platform.journal()) == {}


def test_a_platform_whose_certificate_nobody_vouches_for_is_told_no_cookie(mine: Terminal, platform: Pretend) -> None:
    # Where everybody is refused, everything waits; nothing of it comes to an end by itself.
    ran = mine.run("check", platform.names, "--niche", "demo", "--json", "--max-wait", "5", code=4)
    assert {(check["outcome"], check["reason"]) for check in ran.checks} <= {("unknown", "net_error")}
    assert counters(ran.batch) == counted(ran.checks) | {"total": 80}
    assert ran.batch["requests"] > 0
    assert platform.journal() == []
