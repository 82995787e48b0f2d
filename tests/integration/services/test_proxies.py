"""Proxies: imported by the line, shown without passwords, switched, removed."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Events, Mailbox, WorkArrived
from core.secrets import Secret, Vault
from core.services import proxy_import
from core.services.exports import Form
from core.services.own_places import OwnPlaces
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.storage import engine_state
from core.storage.database import Database, sql_time
from core.storage.pool_rows import load_proxies
from tests.integration.services.conftest import Ledger, QuickClock, cookies

PASSWORD = "hunter2secret"


async def set_health(
    database: Database, row: int, state: str, until: datetime | None = None, **more: int | bool
) -> None:
    """What the engine stores of a proxy's health."""
    health = {"state": state, "until": until and until.isoformat(), **more}
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE proxy SET health = ?, state = ?, cooldown_until = ?, consecutive_failures = ? WHERE id = ?",
            json.dumps(health),
            state,
            until and sql_time(until),
            more.get("consecutive_failures", 0),
            row,
        )


async def test_proxies_are_read_in_every_spelling(proxies: Proxies, admin: Actor) -> None:
    report = await proxies.import_lines(
        admin,
        "10.0.0.1:8080\n\n# ours\n10.0.0.2:8080:ann:pw\nbob:pw@10.0.0.3:8080\nsocks5h://[2001:db8::1]:1080\n",
    )
    assert (report.created, report.known, report.updated, report.invalid) == (4, 0, 0, 0)
    shown = await proxies.list(admin)
    assert [proxy.id for proxy in shown] == [1, 2, 3, 4]
    assert [proxy.kind for proxy in shown] == ["http", "http", "http", "socks5h"]
    assert shown[0].address == "http://10.0.0.1:8080"
    assert shown[3].address == "socks5h://[2001:db8::1]:1080"


async def test_a_new_proxy_is_on_and_ready(proxies: Proxies, admin: Actor, clock: QuickClock) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    (proxy,) = await proxies.list(admin)
    assert (proxy.enabled, proxy.state, proxy.ready_at, proxy.sessions) == (True, "ready", None, ())
    assert (proxy.requests, proxy.successes, proxy.failures, proxy.consecutive_failures) == (0, 0, 0, 0)
    assert (proxy.last_error, proxy.response_ms) == (None, None)
    assert proxy.created_at == clock.now()


async def test_a_password_is_sealed_in_the_database_and_shown_nowhere(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault, ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report = await proxies.import_lines(admin, f"ann:{PASSWORD}@10.0.0.1:8080\n10.0.0.2:port:ann:{PASSWORD}\n")
    everything = [
        repr(report),
        repr(await proxies.list(admin)),
        repr([tuple(row) for row in await ledger.rows("proxy")]),
        repr(await ledger.audited()),
        repr(await load_proxies(database, vault)),
        caplog.text,
    ]
    assert not [text for text in everything if PASSWORD in text]
    (loaded,) = await load_proxies(database, vault)
    assert loaded.address.password == Secret(PASSWORD)
    assert loaded.address.user == "ann"


async def test_a_known_proxy_takes_the_password_that_a_line_brings(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault
) -> None:
    await proxies.import_lines(admin, "ann:old@10.0.0.1:8080\nbob:same@10.0.0.2:8080\n10.0.0.3:8080")
    report = await proxies.import_lines(admin, "ann:new@10.0.0.1:8080\nbob:same@10.0.0.2:8080\n10.0.0.3:8080")
    assert (report.created, report.known, report.updated) == (0, 3, 1)
    loaded = await load_proxies(database, vault)
    assert [row.address.password for row in loaded] == [Secret("new"), Secret("same"), None]


async def test_a_known_proxy_keeps_its_password_when_the_line_has_none(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault
) -> None:
    await proxies.import_lines(admin, "ann:pw@10.0.0.1:8080")
    report = await proxies.import_lines(admin, "ann@10.0.0.1:8080")
    assert (report.known, report.updated) == (1, 0)
    assert [row.address.password for row in await load_proxies(database, vault)] == [Secret("pw")]


async def test_a_proxy_that_is_there_twice_is_one_with_its_last_password(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault
) -> None:
    report = await proxies.import_lines(admin, "ann:old@10.0.0.1:8080\nann:new@10.0.0.1:8080")
    assert (report.created, report.known) == (1, 1)
    assert [row.address.password for row in await load_proxies(database, vault)] == [Secret("new")]


async def test_scheme_and_user_tell_proxies_apart(proxies: Proxies, admin: Actor) -> None:
    text = "http://10.0.0.1:80\nsocks5://10.0.0.1:80\nann:x@10.0.0.1:80\nbob:x@10.0.0.1:80"
    assert (await proxies.import_lines(admin, text)).created == 4


async def test_an_unreadable_line_stops_no_other(proxies: Proxies, admin: Actor) -> None:
    report = await proxies.import_lines(admin, "nonsense\n10.0.0.1:8080\n10.0.0.2:99999")
    assert (report.created, report.invalid) == (1, 2)
    assert [line.line for line in report.rejected] == [1, 3]
    assert "port" in report.rejected[1].why


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"^proxies: there is no line to read; give one proxy a line"),
        ("# nothing\n\n", r"^proxies: there is no line to read"),
        ("10.0.0.1:99999", r"^proxies: the only line cannot be read; line 1: its port is out of range"),
        ("nonsense\n10.0.0.1:99999", r"^proxies: none of the 2 lines can be read; line 1: "),
    ],
)
async def test_a_text_without_a_proxy_is_one_sentence_and_writes_nothing(
    proxies: Proxies, admin: Actor, ledger: Ledger, text: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await proxies.import_lines(admin, text)
    assert await ledger.count("proxy") == await ledger.count("audit_entry") == await ledger.revision() == 0


async def test_many_lines_are_written_in_slices(
    proxies: Proxies, admin: Actor, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy_import, "_SLICE", 2)
    text = "\n".join(f"10.0.0.{n}:8080" for n in range(1, 6))
    assert (await proxies.import_lines(admin, text)).created == 5
    assert [line[3] for line in await ledger.audited()] == [
        "2 created, 0 updated",
        "2 created, 0 updated",
        "1 created, 0 updated",
    ]


async def test_an_import_that_changes_nothing_leaves_the_engine_alone(
    proxies: Proxies, admin: Actor, ledger: Ledger, news: Mailbox
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    assert (await ledger.revision(), news.take()) == (1, WorkArrived())
    await proxies.import_lines(admin, "10.0.0.1:8080")
    assert await ledger.revision() == 1


async def test_a_proxy_is_named_by_id_or_address(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "ann:pw@proxy.example.com:8080\n[2001:db8::1]:1080")
    shown = (await proxies.list(admin))[0].address
    for reference in ("1", "proxy.example.com:8080", "Proxy.Example.com:8080", shown):
        assert (await proxies.disable(admin, reference)).id == 1
    assert (await proxies.disable(admin, "[2001:db8::1]:1080")).id == 2


@pytest.mark.parametrize("reference", ["7", "10.0.0.9:8080", "nonsense", "", "10.0.0.1:port"])
async def test_an_unknown_proxy_is_not_found_and_not_repeated(proxies: Proxies, admin: Actor, reference: str) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    with pytest.raises(NotFound, match=r"^There is no such proxy; give its id, or its host:port"):
        await proxies.remove(admin, reference)


async def test_an_address_of_several_proxies_asks_for_an_id(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "http://10.0.0.1:80\nsocks5://10.0.0.1:80")
    with pytest.raises(Conflict, match=r"several proxies at this address; give one of the ids 1, 2\.$"):
        await proxies.disable(admin, "10.0.0.1:80")


async def test_a_proxy_is_switched_off_and_on(proxies: Proxies, admin: Actor, ledger: Ledger) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    assert not (await proxies.disable(admin, "1")).enabled
    assert (await proxies.enable(admin, "1")).enabled
    assert await ledger.revision() == 3
    assert [line[1:3] for line in await ledger.audited()][1:] == [
        ("proxy.disable", "1 http://10.0.0.1:8080"),
        ("proxy.enable", "1 http://10.0.0.1:8080"),
    ]


async def test_switching_a_quarantined_proxy_on_ends_its_quarantine(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault, clock: QuickClock
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    until = clock.now() + timedelta(hours=1)
    await set_health(database, 1, "quarantined", until, consecutive_failures=3, quarantines=2, requests=9)
    (shown,) = await proxies.list(admin)
    assert (shown.state, shown.ready_at, shown.consecutive_failures) == ("quarantined", until, 3)
    back = await proxies.enable(admin, "1")
    assert (back.state, back.ready_at, back.consecutive_failures) == ("ready", None, 0)
    (loaded,) = await load_proxies(database, vault)
    assert loaded.health == {"requests": 9}


async def test_switching_a_cooling_proxy_on_does_not_end_its_rest(
    proxies: Proxies, admin: Actor, database: Database, clock: QuickClock
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    until = clock.now() + timedelta(minutes=15)
    await set_health(database, 1, "cooling", until)
    cooling = await proxies.enable(admin, "1")
    assert (cooling.state, cooling.ready_at) == ("cooling", until)


async def test_a_rest_that_is_over_is_shown_as_over(
    proxies: Proxies, admin: Actor, database: Database, clock: QuickClock
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    await set_health(database, 1, "cooling", clock.now() + timedelta(minutes=15))
    clock.pass_by(15 * 60)
    (proxy,) = await proxies.list(admin)
    assert (proxy.state, proxy.ready_at) == ("ready", None)


async def test_a_quarantine_that_is_over_still_waits_for_its_probe(
    proxies: Proxies, admin: Actor, database: Database, clock: QuickClock
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    await set_health(database, 1, "quarantined", clock.now() + timedelta(minutes=5))
    clock.pass_by(5 * 60)
    (proxy,) = await proxies.list(admin)
    assert (proxy.state, proxy.ready_at) == ("quarantined", None)


async def test_removing_a_proxy_unbinds_its_sessions_and_says_so(
    proxies: Proxies, sessions: Sessions, admin: Actor
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080\n10.0.0.2:8080")
    for account, proxy in [(1001, "1"), (1002, "1"), (1003, "2")]:
        await sessions.add(admin, f"s{account}", cookies(account), proxy=proxy)
    assert (await proxies.list(admin))[0].sessions == ("s1001", "s1002")
    removed = await proxies.remove(admin, "1")
    assert (removed.id, removed.address, removed.unbound) == (1, "http://10.0.0.1:8080", ("s1001", "s1002"))
    assert [proxy.id for proxy in await proxies.list(admin)] == [2]
    assert [(s.label, s.proxy, s.state) for s in await sessions.list(admin)] == [
        ("s1001", None, "resting"),
        ("s1002", None, "resting"),
        ("s1003", 2, "valid"),
    ]


async def test_everybody_sees_proxies_and_only_an_admin_changes_them(
    proxies: Proxies, viewer: Actor, operator: Actor, admin: Actor, ledger: Ledger
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    before = await ledger.audited()
    assert len(await proxies.list(viewer)) == 1
    for verb in (
        proxies.import_lines(operator, "10.0.0.2:8080"),
        proxies.enable(operator, "1"),
        proxies.disable(operator, "1"),
        proxies.remove(operator, "1"),
    ):
        with pytest.raises(NotAllowed, match="takes the role admin"):
            await verb
    assert await ledger.audited() == before
    assert (await proxies.list(viewer))[0].enabled


@pytest.mark.parametrize("reference", ["99999999999999999999", "9" * 5_000, "10.0.0.1:99999999999999999999", "0", "²"])
async def test_a_reference_that_no_proxy_could_have_is_told_as_an_unknown_one(
    proxies: Proxies, admin: Actor, reference: str
) -> None:
    with pytest.raises(NotFound, match="There is no such proxy"):
        await proxies.enable(admin, reference)


async def test_each_line_is_told_what_became_of_it(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "10.0.0.1:80\n10.0.0.2:80:ann:old")
    text = "10.0.0.1:80\nnonsense\n10.0.0.2:80:ann:new\n10.0.0.3:80\n10.0.0.3:80\n"
    report = await proxies.import_lines(admin, text)
    created = (await proxies.list(admin))[-1].id
    assert [(line.line, line.result, line.proxy) for line in report.lines] == [
        (1, "known", 1),
        (2, "invalid", None),
        (3, "updated", 2),
        (4, "created", created),
        (5, "duplicate", None),
    ]
    assert report.lines[4].why == "it is the proxy of line 4 again; the last password counts"
    assert (report.created, report.known, report.updated, report.duplicate, report.invalid) == (1, 3, 1, 1, 1)
    assert report.lines[2].address == "http://a•••@10.0.0.2:80"


@pytest.mark.parametrize(
    "line", ["www.instagram.com:443", "https://instagram.com:8080", "127.0.0.1:9009", "localhost:9009"]
)
async def test_the_platform_itself_is_no_proxy(
    database: Database, clock: QuickClock, events: Events, vault: Vault, admin: Actor, line: str
) -> None:
    proxies = Proxies(database, clock, events, vault, places=OwnPlaces("http://127.0.0.1:9009"))
    report = await proxies.import_lines(admin, f"10.0.0.1:80\n{line}")
    assert (report.created, report.invalid) == (1, 1)
    assert report.rejected[0].why.startswith("it is the platform itself, not a proxy; ")
    with pytest.raises(InvalidInput, match="the only line cannot be read; line 1: it is the platform itself"):
        await proxies.import_lines(admin, line)


async def test_the_sandbox_that_runs_is_no_proxy(proxies: Proxies, admin: Actor, database: Database) -> None:
    async with database.transaction() as tx:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        await engine_state.take(tx, holder="run:1:a", pid=1, at=at, sandbox_url="http://127.0.0.1:18300")
    report = await proxies.import_lines(admin, "127.0.0.1:18301\n127.0.0.1:18300")
    assert [line.result for line in report.lines] == ["created", "invalid"]
    assert "it is the pretend platform itself" in report.rejected[0].why


async def test_many_are_switched_and_removed_at_once(proxies: Proxies, admin: Actor, ledger: Ledger) -> None:
    await proxies.import_lines(admin, "10.0.0.1:80\n10.0.0.2:80\n10.0.0.3:80")
    off = await proxies.disable_all(admin, ["3", "10.0.0.1:80", "3"])
    assert [(view.id, view.enabled) for view in off] == [(3, False), (1, False)]
    on = await proxies.enable_all(admin, ["1", "3"])
    assert [(view.id, view.enabled) for view in on] == [(1, True), (3, True)]
    removed = await proxies.remove_all(admin, ["1", "2"])
    assert [each.id for each in removed] == [1, 2]
    assert [view.id for view in await proxies.list(admin)] == [3]


async def test_one_that_does_not_exist_keeps_all_others_as_they_are(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "10.0.0.1:80\n10.0.0.2:80")
    for verb in (proxies.disable_all, proxies.remove_all):
        with pytest.raises(NotFound):
            await verb(admin, ["1", "99", "2"])
        with pytest.raises(InvalidInput, match="name at least one"):
            await verb(admin, [])
    assert [view.enabled for view in await proxies.list(admin)] == [True, True]


async def test_an_export_holds_every_proxy_and_no_password(proxies: Proxies, viewer: Actor, admin: Actor) -> None:
    await proxies.import_lines(admin, f"ann:{PASSWORD}@10.0.0.1:80\n10.0.0.2:80")
    for form in Form:
        exported = [line async for line in await proxies.export(viewer, form)]
        assert len(exported) == 2 + (form is Form.CSV)
        assert "http://a•••@10.0.0.1:80" in "".join(exported)
        assert PASSWORD not in "".join(exported)
        assert "ann" not in "".join(exported)
