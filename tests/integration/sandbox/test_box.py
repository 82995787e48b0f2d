"""The sandbox as a whole: truth, journal, control, ports."""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from sandbox import Endpoint, Faults, PortInUse, ProxyFault, RowFault, Sandbox, Scenario
from sandbox.listeners import listen
from sandbox.rows import ROWS, Act
from tests.integration.sandbox.asking import ask, client, get, name_path, stories_path

DAY = 86_400


async def test_a_clean_run_over_all_proxies_finds_exactly_the_truth() -> None:
    async with Sandbox(Scenario(profiles=120, proxies=10)) as box:
        found: dict[str, str] = {}
        for number in range(10):
            async with client(box.proxy_lines[number]) as session:
                for name in box.usernames[number::10]:
                    found[name] = await judged(box, session, number, name)
        assert found == box.truth()
        assert set(found.values()) == {"live", "none", "private", "gone"}
        sources = {account: {proxy.source} for account, proxy in zip(box.accounts, box.proxies, strict=True)}
        assert box.journal.sources() == sources
        assert {entry.fault for entry in box.journal} == {""}


async def judged(box: Sandbox, session: aiohttp.ClientSession, number: int, name: str) -> str:
    """What two questions tell of *name*."""
    cookie = box.session_lines[number]
    profile = await get(session, box.platform_url + name_path(name), cookie)
    if profile.status == 404:
        return "gone"
    user = profile.json["data"]["user"]
    if user["is_private"]:
        return "private"
    answer = await get(session, f"{box.platform_url}/api/v1/feed/user/{user['id']}/story/", cookie)
    reel = answer.json["reel"]
    now = parsedate_to_datetime(answer.headers["date"]).timestamp()
    return "live" if reel and reel["latest_reel_media"] > now - DAY else "none"


async def test_the_journal_tells_who_asked_what_from_where() -> None:
    async with Sandbox(Scenario(profiles=10, faults=Faults(rows=(RowFault(row=14, last=1),)))) as box:
        await ask(box, name_path(box.usernames[0].upper()), proxy=0)
        await ask(box, stories_path(box, box.usernames[:2]), number=1, proxy=1)
        async with client() as session:
            await get(session, box.platform_url + "/api/v1/users/1/info/")
        first, second, third = box.journal
        assert (first.kind, first.session, first.source) == ("look_up_name", box.accounts[0], "127.0.0.2")
        assert (first.status, first.fault, first.subjects) == (429, "row 14", (box.usernames[0],))
        assert first.cookies == ("sessionid", "ds_user_id", "csrftoken", "mid", "ig_did")
        assert "aiohttp" in first.user_agent
        assert (second.kind, second.subjects, second.status) == ("stories", tuple(box.usernames[:2]), 200)
        assert second.at <= second.answered_at
        assert (third.kind, third.session, third.subjects) == ("look_up_id", "", ("1",))
        assert (third.fault, third.source, third.number) == ("unknown_session", "127.0.0.1", 3)
        assert list(box.journal.since(2)) == [third]
        box.reset_journal()
        assert len(box.journal) == 0


async def test_a_request_before_the_gap_has_passed_is_early_and_refused() -> None:
    async with Sandbox(Scenario(profiles=10, gap_seconds=30.0)) as box:
        answers = [await ask(box, stories_path(box, box.canaries), number=number) for number in (0, 0, 1)]
        assert [got.status for got in answers] == [200, 429, 200]
        assert [entry.early for entry in box.journal] == [False, True, False]
        assert box.journal.early() == [list(box.journal)[1]]


@pytest.mark.parametrize("variant", [1, 4])
async def test_the_platform_resets_connections(variant: int) -> None:
    faults = Faults(rows=(RowFault(row=1, variant=variant, endpoint=Endpoint.STORIES),))
    async with Sandbox(Scenario(profiles=10, faults=faults)) as box:
        with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError)):
            await ask(box, stories_path(box, box.canaries))
        (entry,) = box.journal
        assert (entry.status, entry.fault) == (0, "row 1")


@pytest.mark.parametrize("proxy", [None, 0, 4])
async def test_a_request_that_hangs_is_in_the_journal_once_its_client_has_left(proxy: int | None) -> None:
    faults = Faults(rows=(RowFault(row=1, variant=2),))
    async with Sandbox(Scenario(profiles=10, faults=faults)) as box:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await ask(box, stories_path(box, box.canaries), proxy=proxy)
        async with asyncio.timeout(10):
            await box.journal.ended(1)
        (entry,) = box.journal
        assert (entry.status, entry.fault) == (0, "row 1")


async def test_the_sandbox_ends_while_requests_hang() -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as asking:
        async with Sandbox(Scenario(profiles=10, faults=Faults(rows=(RowFault(row=1, variant=2),)))) as box:
            for proxy in (None, 0, 4):
                asking.create_task(fails(box, proxy))
            while box.platform.logins[0].in_flight < 3:  # noqa: ASYNC110 — nothing tells of an arrival
                await asyncio.sleep(0.01)
        assert {entry.fault for entry in box.journal} == {"row 1"}


async def fails(box: Sandbox, proxy: int | None) -> None:
    """A question that ends with its connection."""
    with pytest.raises((aiohttp.ClientError, OSError)):
        await ask(box, stories_path(box, box.canaries), proxy=proxy)


async def test_every_row_of_the_failure_table_comes_over_the_wire_as_it_is_written() -> None:
    async with Sandbox(Scenario(profiles=10)) as box, client(box.proxy_lines[0]) as session:
        for row, answers in ROWS.items():
            for variant, answer in enumerate(answers, 1):
                if answer.act is not Act.ANSWER:
                    continue
                box.set_faults(Faults(rows=(RowFault(row=row, variant=variant),)))
                url = box.platform_url + stories_path(box, box.canaries)
                got = await get(session, url, box.session_lines[0])
                assert (got.status, got.body) == (answer.status, answer.body)
                assert answer.headers.items() <= {name.title(): value for name, value in got.headers.items()}.items()


async def test_slow_answers_come_late_and_whole() -> None:
    async with Sandbox(Scenario(profiles=10, faults=Faults(slow=1.0, slow_seconds=0.05))) as box:
        assert (await ask(box, stories_path(box, box.canaries))).status == 200
        (entry,) = box.journal
        assert entry.fault == "slow"
        assert entry.answered_at - entry.at >= 0.05


async def test_the_clock_of_the_platform_may_be_wrong() -> None:
    async with Sandbox(Scenario(profiles=10, faults=Faults(clock_skew_seconds=7200.0))) as box:
        got = await ask(box, stories_path(box, box.canaries))
        (entry,) = box.journal
        assert parsedate_to_datetime(got.headers["date"]).timestamp() - entry.wall == pytest.approx(7200, abs=2)


async def test_faults_switch_while_it_runs() -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        statuses = []
        for faults in (Faults(), Faults(limited=1.0), Faults()):
            box.set_faults(faults)
            statuses.append((await ask(box, stories_path(box, box.canaries))).status)
        assert statuses == [200, 429, 200]


async def test_the_same_scenario_makes_the_same_world() -> None:
    def seen(box: Sandbox) -> Any:
        passwords = [line.rpartition(":")[0] for line in box.proxy_lines]
        return box.usernames, box.ids, box.niches, box.session_lines, passwords, box.canaries, box.truth()

    async with Sandbox(Scenario(seed=5, profiles=50)) as first, Sandbox(Scenario(seed=5, profiles=50)) as second:
        assert seen(first) == seen(second)
        assert sorted(name for names in first.niches.values() for name in names) == sorted(first.usernames)
        assert len(first.niches) == 3


# -- control from another process ------------------------------------------------------


async def posted(box: Sandbox, page: str, text: str) -> tuple[int, Any]:
    """What control says to a POST."""
    url = box.truth_url.replace("/truth", f"/{page}")
    async with client() as session, session.post(url, data=text) as answer:
        return answer.status, await answer.json()


async def test_control_tells_the_truth_and_the_journal() -> None:
    async with Sandbox(Scenario(profiles=10)) as box, client() as session:
        assert (await get(session, box.truth_url)).json == box.truth()
        name = box.usernames[3]
        assert (await get(session, f"{box.truth_url}?usernames={name},nobody")).json == box.truth([name, "nobody"])
        await ask(box, stories_path(box, [name]))
        journal = box.truth_url.replace("/truth", "/journal")
        (entry,) = (await get(session, journal)).json
        assert (entry["kind"], entry["subjects"], entry["session"]) == ("stories", [name], box.accounts[0])
        assert (await get(session, f"{journal}?since=1")).json == []
        assert (await get(session, f"{journal}?since=x")).status == 400
        async with session.delete(journal) as answer:
            assert answer.status == 200
        assert len(box.journal) == 0


async def test_control_switches_faults_of_platform_proxies_and_people() -> None:
    async with Sandbox(Scenario(profiles=10)) as box:
        assert await posted(box, "faults", '{"limited": 1.0}') == (200, {"done": True})
        assert (await ask(box, stories_path(box, box.canaries))).status == 429
        assert await posted(box, "faults", "{}") == (200, {"done": True})
        assert await posted(box, "proxies", '{"proxy": 2, "fault": "hang"}') == (200, {"done": True})
        assert box.proxies[1].fault is ProxyFault.HANG
        name = box.usernames[0]
        assert await posted(box, "people", f'{{"username": "{name}", "state": "gone"}}') == (200, {"username": name})
        assert box.truth()[name] == "gone"
        assert (await posted(box, "people", f'{{"username": "{name}", "state": "renamed"}}'))[1]["username"] != name


@pytest.mark.parametrize(
    ("page", "text", "sentence"),
    [
        ("faults", "no", "faults: this is not JSON (line 1)"),
        ("faults", '{"limit": 1}', "limit: faults has no such field; did you mean limited?"),
        ("faults", '{"rows": [{"row": 3, "variant": 9}]}', "variant: row 3 has 2 answers, not 9"),
        ("proxies", '{"proxy": 99, "fault": "hang"}', "proxy: there is no number 99; there are 10"),
        ("people", '{"username": "x", "state": "gone"}', "username: nobody is called x"),
    ],
)
async def test_control_refuses_with_one_sentence_and_changes_nothing(page: str, text: str, sentence: str) -> None:
    async with Sandbox(Scenario(profiles=10, faults=Faults(limited=0.5))) as box:
        assert await posted(box, page, text) == (400, {"error": sentence})
        assert box.faults == Faults(limited=0.5)
        assert (await posted(box, "nothing", "{}"))[0] == 404


# -- ports -----------------------------------------------------------------------------


def free_run(count: int) -> int:
    """A port that is free together with the *count* after it."""
    for _ in range(50):
        with listen(0) as probe:
            port: int = probe.getsockname()[1]
        if port + count > 65_000:
            continue
        try:
            for each in range(port, port + count + 1):
                listen(each).close()
        except PortInUse:
            continue
        return port
    raise AssertionError("no free run of ports")


async def test_a_named_port_is_the_platforms_and_the_proxies_follow_it_at_every_start() -> None:
    port = free_run(4)
    for _ in range(2):
        async with Sandbox(Scenario(profiles=10, proxies=3, port=port, https=True)) as box:
            assert box.platform_url == f"https://127.0.0.1:{port}"
            assert [proxy.port for proxy in box.proxies] == [port + 1, port + 2, port + 3]
            assert box.truth_url.startswith(f"http://127.0.0.1:{port + 4}/")


@pytest.mark.parametrize("taken", [0, 2])
async def test_a_port_in_use_is_named_and_nothing_stays_open(taken: int) -> None:
    port = free_run(3)
    with listen(port + taken), pytest.raises(PortInUse) as caught:
        async with Sandbox(Scenario(profiles=10, proxies=2, port=port)):
            pass
    assert caught.value.port == port + taken
    assert str(caught.value) == f"Port {port + taken} is in use; stop what uses it, or choose another port."
    async with Sandbox(Scenario(profiles=10, proxies=2, port=port)):
        pass
