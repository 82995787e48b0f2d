"""Sessions: cookies go in and never come out, and a live login does not move by accident."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Mailbox, WorkArrived
from core.secrets import Secret, Vault
from core.services import session_import
from core.services.exports import Form
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.services.views import SessionLine, SessionView
from core.storage.database import Database, sql_time
from core.storage.pool_rows import load_sessions
from tests.integration.services.conftest import Ledger, QuickClock, cookies

UA = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
async def three_proxies(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "10.0.0.1:80\n10.0.0.2:80\n10.0.0.3:80")


async def set_health(
    database: Database, row: int, state: str, until: datetime | None = None, **more: int | bool
) -> None:
    """What the engine stores of a session's health."""
    health = {"state": state, "until": until and until.isoformat(), **more}
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE session SET health = ?, state = ?, resting_until = ?, consecutive_failures = ? WHERE id = ?",
            json.dumps(health),
            state,
            until and sql_time(until),
            more.get("consecutive_failures", 0),
            row,
        )


def bindings(sessions: tuple[SessionView, ...]) -> dict[str, int | None]:
    return {session.label: session.proxy for session in sessions}


async def test_a_session_is_added_with_its_account_its_agent_and_its_proxy(
    sessions: Sessions, admin: Actor, three_proxies: None, clock: QuickClock
) -> None:
    added = await sessions.add(admin, " main  one ", f"Cookie: {cookies(1001)}", user_agent=UA, proxy="10.0.0.2:80")
    assert (added.id, added.label, added.account_id, added.user_agent) == (1, "main one", "1001", UA)
    assert (added.proxy, added.state, added.ready_at, added.created_at) == (2, "valid", None, clock.now())
    assert await sessions.list(admin) == (added,)


async def test_without_an_agent_a_session_takes_the_platforms_default(sessions: Sessions, admin: Actor) -> None:
    assert (await sessions.add(admin, "one", cookies(1001))).user_agent != ""


async def test_an_unbound_session_rests(sessions: Sessions, admin: Actor) -> None:
    added = await sessions.add(admin, "one", cookies(1001))
    assert (added.proxy, added.state, added.ready_at) == (None, "resting", None)


async def test_cookies_are_sealed_in_the_database_and_shown_nowhere(
    sessions: Sessions, admin: Actor, database: Database, vault: Vault, ledger: Ledger
) -> None:
    added = await sessions.add(admin, "one", cookies(1001, "topsecret"))
    report = await sessions.import_lines(admin, f"{cookies(1002, 'topsecret')}\nsessionid=topsecret\n")
    everything = [
        repr(added),
        repr(report),
        repr(await sessions.list(admin)),
        repr([tuple(row) for row in await ledger.rows("session")]),
        repr(await ledger.audited()),
        repr(await load_sessions(database, vault)),
    ]
    assert not [text for text in everything if "topsecret" in text]
    loaded = (await load_sessions(database, vault))[0]
    assert loaded.cookies["sessionid"] == Secret("1001%3Atopsecret%3A7%3Asig")
    assert loaded.cookies["ds_user_id"] == Secret("1001")


async def test_a_session_without_the_cookie_that_the_platform_needs_is_refused(
    sessions: Sessions, admin: Actor, ledger: Ledger
) -> None:
    with pytest.raises(InvalidInput, match="sessionid"):
        await sessions.add(admin, "one", "ds_user_id=1001; csrftoken=x")
    assert await ledger.count("session") == await ledger.count("audit_entry") == await ledger.revision() == 0


async def test_two_sessions_of_one_account_are_refused(sessions: Sessions, admin: Actor) -> None:
    await sessions.add(admin, "one", cookies(1001))
    with pytest.raises(Conflict, match='The account 1001 is already logged in as the session "one"'):
        await sessions.add(admin, "two", cookies(1001, "other"))
    assert len(await sessions.list(admin)) == 1


async def test_a_label_is_given_once(sessions: Sessions, admin: Actor) -> None:
    await sessions.add(admin, "one", cookies(1001))
    with pytest.raises(Conflict, match='already a session "one"; choose another label'):
        await sessions.add(admin, "one", cookies(1002))


@pytest.mark.parametrize("label", ["", "  ", "x" * 81, "a\x00b", "17"])
async def test_an_unusable_label_is_refused(sessions: Sessions, admin: Actor, ledger: Ledger, label: str) -> None:
    with pytest.raises(InvalidInput, match=r"^label: "):
        await sessions.add(admin, label, cookies(1001))
    assert await ledger.count("session") == 0


@pytest.mark.parametrize("agent", ["x" * 401, "Mozilla\r\nX-Header: 1", "Mözilla"])
async def test_an_agent_that_no_browser_has_is_refused(sessions: Sessions, admin: Actor, agent: str) -> None:
    with pytest.raises(InvalidInput, match=r"^user agent: "):
        await sessions.add(admin, "one", cookies(1001), user_agent=agent)


async def test_an_unknown_proxy_is_refused_and_nothing_written(
    sessions: Sessions, admin: Actor, ledger: Ledger
) -> None:
    with pytest.raises(NotFound, match="There is no such proxy"):
        await sessions.add(admin, "one", cookies(1001), proxy="9")
    assert await ledger.count("session") == 0


async def test_a_list_is_added_with_labels_of_its_own(sessions: Sessions, admin: Actor) -> None:
    await sessions.add(admin, "session-2", cookies(1000))
    report = await sessions.import_lines(admin, f"# ours\n{cookies(1001)}\n\nCookie: {cookies(1002)}\r\n")
    assert (report.created, report.known, report.invalid, report.bound, report.unbound) == (2, 0, 0, 0, 2)
    assert report.lines == (
        SessionLine(2, "created", "session-1"),
        SessionLine(4, "created", "session-3"),
    )


async def test_a_list_is_bound_in_order_to_the_proxies_that_have_no_session(
    sessions: Sessions, proxies: Proxies, admin: Actor, three_proxies: None
) -> None:
    await proxies.import_lines(admin, "10.0.0.4:80")
    await proxies.disable(admin, "3")
    await sessions.add(admin, "first", cookies(1000), proxy="1")
    text = "\n".join(map(cookies, (1001, 1002, 1003)))
    report = await sessions.import_lines(admin, text, bind_in_order=True)
    assert (report.created, report.bound, report.unbound) == (3, 2, 1)
    assert [line.proxy for line in report.lines] == [2, 4, None]
    assert bindings(await sessions.list(admin)) == {
        "first": 1,
        "session-1": 2,
        "session-2": 4,
        "session-3": None,
    }


async def test_the_same_list_again_is_known_and_binds_what_was_left_unbound(
    sessions: Sessions, proxies: Proxies, admin: Actor, three_proxies: None
) -> None:
    text = "\n".join(map(cookies, (1001, 1002, 1003, 1004)))
    await sessions.import_lines(admin, text, bind_in_order=True)
    await proxies.import_lines(admin, "10.0.0.4:80")
    report = await sessions.import_lines(admin, text, bind_in_order=True)
    assert (report.created, report.known, report.bound, report.unbound) == (0, 4, 1, 0)
    assert list(bindings(await sessions.list(admin)).values()) == [1, 2, 3, 4]


async def test_slices_of_a_list_bind_and_label_as_one(
    sessions: Sessions, admin: Actor, three_proxies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_import, "_SLICE", 1)
    text = "\n".join(map(cookies, (1001, 1002, 1003)))
    report = await sessions.import_lines(admin, text, bind_in_order=True)
    assert [(line.label, line.proxy) for line in report.lines] == [("session-1", 1), ("session-2", 2), ("session-3", 3)]


async def test_other_cookies_of_a_known_account_renew_it_and_make_it_valid(
    sessions: Sessions, admin: Actor, three_proxies: None, database: Database, vault: Vault
) -> None:
    await sessions.add(admin, "one", cookies(1001), user_agent=UA, proxy="2")
    await set_health(database, 1, "expired", accused=True, unproven=3, requests=4)
    report = await sessions.import_lines(admin, cookies(1001, "fresh"), bind_in_order=True)
    assert (report.created, report.updated, report.known, report.bound) == (0, 1, 0, 0)
    (loaded,) = await load_sessions(database, vault)
    assert loaded.cookies["sessionid"] == Secret("1001%3Afresh%3A7%3Asig")
    assert (loaded.state, loaded.proxy_id, loaded.user_agent, loaded.label) == ("valid", 2, UA, "one")
    assert loaded.health == {"requests": 4}


async def test_cookies_that_the_platform_added_meanwhile_make_no_difference(
    sessions: Sessions, admin: Actor, database: Database, vault: Vault
) -> None:
    await sessions.add(admin, "one", f"{cookies(1001)}; rur=x")
    assert (await sessions.import_lines(admin, cookies(1001))).known == 1
    assert (await load_sessions(database, vault))[0].cookies["rur"] == Secret("x")


async def test_an_unusable_line_stops_no_other_and_is_told_without_its_text(sessions: Sessions, admin: Actor) -> None:
    report = await sessions.import_lines(admin, f"csrftoken=lonely\n{cookies(1001)}")
    assert (report.created, report.invalid) == (1, 1)
    bad = report.lines[0]
    assert (bad.line, bad.result, bad.label) == (1, "invalid", None)
    assert bad.why is not None
    assert "sessionid" in bad.why
    assert "lonely" not in bad.why


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"^sessions: there is no line to read; give one cookie header a line$"),
        ("# none\n", r"^sessions: there is no line to read"),
        ("csrftoken=x", r"^sessions: the only line cannot be used; line 1: cookies: .*sessionid"),
        ("csrftoken=x\ncsrftoken=y", r"^sessions: none of the 2 lines can be used; line 1: "),
    ],
)
async def test_a_text_without_a_session_is_one_sentence_and_writes_nothing(
    sessions: Sessions, admin: Actor, ledger: Ledger, text: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await sessions.import_lines(admin, text)
    assert await ledger.count("session") == await ledger.count("audit_entry") == await ledger.revision() == 0


async def test_a_first_binding_needs_no_reason_and_a_move_does(
    sessions: Sessions, admin: Actor, three_proxies: None, ledger: Ledger
) -> None:
    await sessions.add(admin, "one", cookies(1001))
    assert (await sessions.bind(admin, "one", "1")).proxy == 1
    with pytest.raises(InvalidInput, match='reason: the session "one" is bound to proxy 1; say why it should move'):
        await sessions.bind(admin, "one", "2")
    assert bindings(await sessions.list(admin)) == {"one": 1}
    assert (await sessions.bind(admin, "1", "2", reason=" exit  is dead ")).proxy == 2
    assert [line[3] for line in await ledger.audited() if line[1] == "session.bind"] == [
        "from none to proxy 1",
        "from proxy 1 to proxy 2: exit is dead",
    ]


async def test_binding_to_the_same_proxy_is_no_move(sessions: Sessions, admin: Actor, three_proxies: None) -> None:
    await sessions.add(admin, "one", cookies(1001), proxy="1")
    assert (await sessions.bind(admin, "one", "1")).proxy == 1


async def test_a_session_is_unbound_with_a_reason(sessions: Sessions, admin: Actor, three_proxies: None) -> None:
    await sessions.add(admin, "one", cookies(1001), proxy="1")
    with pytest.raises(InvalidInput, match="say why"):
        await sessions.bind(admin, "one", None)
    assert (await sessions.bind(admin, "one", None, reason="spare")).proxy is None


@pytest.mark.parametrize("state", ["expired", "checkpoint", "suspected"])
async def test_switching_a_frozen_session_on_makes_it_valid(
    sessions: Sessions,
    admin: Actor,
    three_proxies: None,
    database: Database,
    vault: Vault,
    clock: QuickClock,
    state: str,
) -> None:
    await sessions.add(admin, "one", cookies(1001), proxy="1")
    until = clock.now() + timedelta(hours=1)
    await set_health(database, 1, state, until, accused=True, requests=9, consecutive_failures=2)
    assert (await sessions.list(admin))[0].state == state
    back = await sessions.enable(admin, "one")
    assert (back.state, back.ready_at, back.consecutive_failures) == ("valid", None, 0)
    (loaded,) = await load_sessions(database, vault)
    assert loaded.health == {"requests": 9}


async def test_switching_a_resting_session_on_does_not_end_its_rest(
    sessions: Sessions, admin: Actor, three_proxies: None, database: Database, clock: QuickClock
) -> None:
    await sessions.add(admin, "one", cookies(1001), proxy="1")
    until = clock.now() + timedelta(minutes=15)
    await set_health(database, 1, "resting", until)
    resting = await sessions.enable(admin, "one")
    assert (resting.state, resting.ready_at) == ("resting", until)
    clock.pass_by(15 * 60)
    assert [(s.state, s.ready_at) for s in await sessions.list(admin)] == [("valid", None)]


async def test_a_session_is_switched_off_and_keeps_everything(
    sessions: Sessions, admin: Actor, three_proxies: None
) -> None:
    added = await sessions.add(admin, "one", cookies(1001), proxy="1")
    off = await sessions.disable(admin, "one")
    assert (off.state, off.proxy) == ("disabled", 1)
    assert await sessions.enable(admin, "1") == added


async def test_a_removed_session_is_gone_with_its_cookies(sessions: Sessions, admin: Actor, ledger: Ledger) -> None:
    await sessions.add(admin, "one", cookies(1001))
    assert (await sessions.remove(admin, "one")).label == "one"
    assert await ledger.count("session") == 0


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [("7", 'There is no session "7"'), ("mian", r'There is no session "mian"; did you mean "main"\?')],
)
async def test_an_unknown_session_is_not_found(sessions: Sessions, admin: Actor, reference: str, sentence: str) -> None:
    await sessions.add(admin, "main", cookies(1001))
    with pytest.raises(NotFound, match=sentence):
        await sessions.remove(admin, reference)


async def test_the_engine_hears_of_every_change(
    sessions: Sessions, admin: Actor, three_proxies: None, ledger: Ledger, news: Mailbox
) -> None:
    before = await ledger.revision()
    await sessions.add(admin, "one", cookies(1001))
    for verb in (
        sessions.bind(admin, "one", "1"),
        sessions.disable(admin, "one"),
        sessions.enable(admin, "one"),
        sessions.import_lines(admin, cookies(1001, "new")),
        sessions.remove(admin, "one"),
    ):
        while news.take():
            pass
        await verb
        assert news.take() == WorkArrived()
    assert await ledger.revision() == before + 6
    assert [line[1] for line in await ledger.audited()][1:] == [
        "session.add",
        "session.bind",
        "session.disable",
        "session.enable",
        "session.import",
        "session.remove",
    ]


async def test_everybody_sees_sessions_and_only_an_admin_changes_them(
    sessions: Sessions, viewer: Actor, operator: Actor, admin: Actor, ledger: Ledger
) -> None:
    await sessions.add(admin, "one", cookies(1001))
    before = await ledger.audited()
    assert len(await sessions.list(viewer)) == 1
    for verb in (
        sessions.add(operator, "two", cookies(1002)),
        sessions.import_lines(operator, cookies(1002)),
        sessions.bind(operator, "one", None),
        sessions.enable(operator, "one"),
        sessions.disable(operator, "one"),
        sessions.remove(operator, "one"),
    ):
        with pytest.raises(NotAllowed, match="takes the role admin"):
            await verb
    assert await ledger.audited() == before


@pytest.mark.parametrize("reference", ["99999999999999999999", "9" * 5_000, "0"])
async def test_a_number_that_no_session_could_have_is_told_as_an_unknown_one(
    sessions: Sessions, admin: Actor, reference: str
) -> None:
    with pytest.raises(NotFound, match="There is no session"):
        await sessions.enable(admin, reference)


async def test_two_sessions_of_one_account_in_a_list_are_told(sessions: Sessions, admin: Actor) -> None:
    report = await sessions.import_lines(admin, f"{cookies(1)}\n{cookies(2)}\n{cookies(1, 'other')}\n{cookies(2)}")
    assert [(line.line, line.result) for line in report.lines] == [
        (1, "created"),
        (2, "created"),
        (3, "invalid"),
        (4, "known"),
    ]
    assert report.lines[2].why is not None
    assert (
        "they are of the account of line 1, and two sessions of one account disturb each other" in report.lines[2].why
    )


async def furnish(sessions: Sessions, proxies: Proxies, admin: Actor, count: int, addresses: int) -> None:
    """So many unbound sessions, and so many proxies."""
    await sessions.import_lines(admin, "\n".join(cookies(n + 1) for n in range(count)))
    if addresses:
        await proxies.import_lines(admin, "\n".join(f"10.0.0.{n + 1}:80" for n in range(addresses)))


async def bound(sessions: Sessions, admin: Actor) -> list[int | None]:
    return [view.proxy for view in await sessions.list(admin)]


async def test_a_list_of_sessions_is_attached_to_a_list_of_proxies_in_order(
    sessions: Sessions, proxies: Proxies, admin: Actor
) -> None:
    await furnish(sessions, proxies, admin, 3, 4)
    views = await sessions.bind_in_order(admin, ["session-3", "1"], ["10.0.0.4:80", "2"])
    assert [(view.id, view.proxy) for view in views] == [(3, 4), (1, 2)]
    assert await bound(sessions, admin) == [2, None, 4]


async def test_without_names_the_unbound_go_to_the_free_ones(
    sessions: Sessions, proxies: Proxies, admin: Actor
) -> None:
    await furnish(sessions, proxies, admin, 4, 4)
    await sessions.bind(admin, "2", "1")
    await proxies.disable(admin, "3")
    await sessions.disable(admin, "4")
    await sessions.bind_in_order(admin)
    assert await bound(sessions, admin) == [2, 1, 4, None]
    with pytest.raises(InvalidInput, match="no session is without a proxy"):
        await sessions.bind_in_order(admin)


@pytest.mark.parametrize(
    ("names", "targets", "sentence"),
    [
        (["1", "2"], ["1"], "there are 2 sessions and 1 proxies to bind them to; give as many of one as of the other"),
        (["1"], ["1", "2"], "there are 1 sessions and 2 proxies"),
        (["1", "2", "3"], [], "there are 3 sessions and 2 proxies"),
        (["1", "1"], ["1", "2"], "1 is named twice; name each once"),
        (["1", "2"], ["2", "2"], "2 is named twice; name each once"),
    ],
)
async def test_lists_that_do_not_fit_bind_nobody(
    sessions: Sessions, proxies: Proxies, admin: Actor, names: list[str], targets: list[str], sentence: str
) -> None:
    await furnish(sessions, proxies, admin, 3, 2)
    with pytest.raises(InvalidInput, match=sentence):
        await sessions.bind_in_order(admin, names, targets)
    assert await bound(sessions, admin) == [None, None, None]


async def test_one_that_may_not_move_without_a_reason_keeps_all_where_they_are(
    sessions: Sessions, proxies: Proxies, admin: Actor
) -> None:
    await furnish(sessions, proxies, admin, 2, 3)
    await sessions.bind(admin, "2", "1")
    with pytest.raises(InvalidInput, match="say why it should move"):
        await sessions.bind_in_order(admin, ["1", "2"], ["2", "3"])
    assert await bound(sessions, admin) == [None, 1]
    await sessions.bind_in_order(admin, ["1", "2"], ["2", "3"], reason="proxy 1 was given up")
    assert await bound(sessions, admin) == [2, 3]


async def test_many_sessions_are_switched_and_removed_at_once(
    sessions: Sessions, proxies: Proxies, admin: Actor
) -> None:
    await furnish(sessions, proxies, admin, 3, 0)
    assert [view.state for view in await sessions.disable_all(admin, ["1", "session-3"])] == ["disabled", "disabled"]
    with pytest.raises(NotFound):
        await sessions.enable_all(admin, ["1", "nobody"])
    assert (await sessions.list(admin))[0].state == "disabled"
    await sessions.enable_all(admin, ["1", "3"])
    assert [view.label for view in await sessions.remove_all(admin, ["1", "2"])] == ["session-1", "session-2"]
    assert [view.label for view in await sessions.list(admin)] == ["session-3"]


async def test_an_export_holds_every_session_and_no_cookie(sessions: Sessions, viewer: Actor, admin: Actor) -> None:
    await sessions.import_lines(admin, cookies(1, "pl4nted"))
    for form in Form:
        exported = "".join([line async for line in await sessions.export(viewer, form)])
        assert "session-1" in exported
        assert "pl4nted" not in exported
        assert "csrf1" not in exported


async def test_new_cookies_of_the_same_account_make_a_session_valid_again(
    sessions: Sessions, admin: Actor, database: Database, vault: Vault, ledger: Ledger, three_proxies: None
) -> None:
    await sessions.add(admin, "ann", cookies(1), user_agent=UA, proxy="2")
    await set_health(database, 1, "checkpoint", consecutive_failures=4)
    before = await ledger.revision()
    view = await sessions.renew(admin, "ann", cookies(1, "pl4nted"))
    assert (view.state, view.proxy, view.user_agent, view.consecutive_failures) == ("valid", 2, UA, 0)
    (loaded,) = await load_sessions(database, vault)
    assert loaded.cookies["sessionid"] == Secret("1%3Apl4nted%3A7%3Asig")
    assert await ledger.revision() > before
    assert (await ledger.audited())[-1][1:] == ("session.renew", "1 ann", "was checkpoint")
    assert "pl4nted" not in repr(await ledger.audited()) + repr(view)
    assert (await sessions.renew(admin, "1", cookies(1), user_agent="Other/1.0")).user_agent == "Other/1.0"


async def test_cookies_of_another_account_renew_nothing(
    sessions: Sessions, admin: Actor, database: Database, vault: Vault
) -> None:
    await sessions.add(admin, "ann", cookies(1))
    with pytest.raises(InvalidInput, match='they are of the account 2, and "ann" is logged in as 1') as refused:
        await sessions.renew(admin, "ann", cookies(2, "pl4nted"))
    assert "pl4nted" not in str(refused.value)
    with pytest.raises(NotFound):
        await sessions.renew(admin, "bea", cookies(1))
    (loaded,) = await load_sessions(database, vault)
    assert loaded.cookies["ds_user_id"] == Secret("1")


async def test_a_session_that_is_switched_off_stays_off_when_it_is_renewed(sessions: Sessions, admin: Actor) -> None:
    await sessions.add(admin, "ann", cookies(1))
    await sessions.disable(admin, "ann")
    assert (await sessions.renew(admin, "ann", cookies(1, "new"))).state == "disabled"


def exported(account: int, ends_at: datetime, token: str = "abc") -> str:
    """The cookies of *account* in one line, as an extension of a browser exports them."""
    values = {"sessionid": f"{account}%3A{token}%3A7%3Asig", "ds_user_id": str(account)}
    return json.dumps(
        [{"name": name, "value": value, "expirationDate": ends_at.timestamp()} for name, value in values.items()]
    )


async def test_a_session_shows_when_its_cookies_end_where_they_told(
    sessions: Sessions, admin: Actor, clock: QuickClock
) -> None:
    ends_at = clock.now() + timedelta(days=30)
    added = await sessions.add(admin, "ann", exported(1, ends_at))
    assert (added.expires_at, added.warning) == (ends_at, None)
    await sessions.import_lines(admin, f"{exported(2, ends_at)}\n{cookies(3)}")
    assert [view.expires_at for view in await sessions.list(admin)] == [ends_at, ends_at, None]


async def test_the_same_cookies_imported_again_bring_their_end_where_it_was_not_known(
    sessions: Sessions, admin: Actor, clock: QuickClock
) -> None:
    ends_at = clock.now() + timedelta(days=30)
    await sessions.add(admin, "ann", cookies(1))
    results = []
    for text in (exported(1, ends_at), cookies(1)):
        (line,) = (await sessions.import_lines(admin, text)).lines
        (view,) = await sessions.list(admin)
        results.append((line.result, view.expires_at))
    assert results == [("known", ends_at)] * 2


async def test_a_session_that_ends_within_seven_days_says_so_until_it_is_renewed(
    sessions: Sessions, admin: Actor, clock: QuickClock
) -> None:
    added = await sessions.add(admin, "ann", exported(1, clock.now() + timedelta(days=5, hours=1)))
    assert added.warning == "Its cookies end in 5 days; bring those of a new login before."
    later = clock.now() + timedelta(days=90)
    assert (await sessions.renew(admin, "ann", exported(1, later, "def"))).warning is None
    (line,) = (await sessions.import_lines(admin, exported(1, later - timedelta(days=1), "ghi"))).lines
    (view,) = await sessions.list(admin)
    assert (line.result, view.expires_at) == ("updated", later - timedelta(days=1))
    # Of other cookies nothing is known.
    assert (await sessions.renew(admin, "ann", cookies(1, "jkl"))).expires_at is None


async def test_a_session_that_waits_for_a_person_or_is_off_does_not_speak_of_its_end(
    sessions: Sessions, admin: Actor, clock: QuickClock, database: Database
) -> None:
    await sessions.add(admin, "ann", exported(1, clock.now() + timedelta(days=2)))
    await sessions.add(admin, "bea", exported(2, clock.now() + timedelta(days=2)))
    await set_health(database, 1, "expired")
    await sessions.disable(admin, "bea")
    assert [view.warning for view in await sessions.list(admin)] == [None, None]


async def test_a_session_gets_another_name(sessions: Sessions, admin: Actor, ledger: Ledger) -> None:
    await sessions.import_lines(admin, f"{cookies(1)}\n{cookies(2)}")
    assert (await sessions.set_label(admin, "session-1", " ann ")).label == "ann"
    assert (await sessions.set_label(admin, "ann", "ann")).label == "ann"
    with pytest.raises(Conflict, match='already a session "ann"'):
        await sessions.set_label(admin, "2", "ann")
    with pytest.raises(InvalidInput):
        await sessions.set_label(admin, "2", "17")
    assert (await ledger.audited())[-2][1:] == ("session.label", "1 ann", "was session-1")


async def test_only_an_admin_renews_and_names_sessions(sessions: Sessions, admin: Actor, operator: Actor) -> None:
    await sessions.add(admin, "ann", cookies(1))
    for verb in (sessions.renew(operator, "ann", cookies(1)), sessions.set_label(operator, "ann", "bea")):
        with pytest.raises(NotAllowed):
            await verb
