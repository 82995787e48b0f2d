"""What a person gives one proxy or some: an address of its own, a name, limits of their own."""

from __future__ import annotations

import logging

import pytest

from core.domain.actor import Actor
from core.domain.proxy_limits import ProxyLimits
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Mailbox, WorkArrived
from core.secrets import Secret, Vault
from core.services.proxies import Proxies
from core.services.views import ProxyView
from core.storage import engine_state
from core.storage.database import Database
from core.storage.pool_rows import load_proxies
from tests.integration.services.conftest import Ledger

PASSWORD = "hunter2secret"


def own(view: ProxyView) -> tuple[int | None, int | None, int | None]:
    return view.per_hour, view.per_day, view.parallel


async def test_one_proxy_is_added_with_its_name(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault, ledger: Ledger, news: Mailbox
) -> None:
    added = await proxies.add(admin, f" socks5://ann:{PASSWORD}@10.0.0.1:1080 ", label="  de  12 ")
    assert (added.id, added.label, added.address) == (1, "de 12", "socks5://a•••@10.0.0.1:1080")
    (loaded,) = await load_proxies(database, vault)
    assert loaded.address.password == Secret(PASSWORD)
    assert await ledger.revision() == 1
    assert isinstance(news.take(), WorkArrived)
    assert (await ledger.audited())[0][1:] == ("proxy.add", "1 socks5://a•••@10.0.0.1:1080", "de 12")


@pytest.mark.parametrize("text", ["", f"ann:{PASSWORD}@10.0.0.1", f"http://ann:{PASSWORD}@i.instagram.com:443"])
async def test_what_is_no_proxy_is_refused_without_its_password(
    proxies: Proxies, admin: Actor, ledger: Ledger, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(InvalidInput) as refused:
        await proxies.add(admin, text)
    assert refused.value.field == "proxy"
    assert PASSWORD not in str(refused.value) + caplog.text
    assert await ledger.count("proxy") == 0


async def test_a_proxy_is_not_added_twice(proxies: Proxies, admin: Actor, ledger: Ledger) -> None:
    await proxies.add(admin, "ann:pw@10.0.0.1:8080", label="first")
    with pytest.raises(Conflict, match="This is the proxy 1, which is there already"):
        await proxies.add(admin, f"ann:{PASSWORD}@10.0.0.1:8080", label="second")
    assert [view.label for view in await proxies.list(admin)] == ["first"]
    assert len(await ledger.audited()) == 1


async def test_a_proxy_is_named_and_loses_its_name(proxies: Proxies, admin: Actor, ledger: Ledger) -> None:
    await proxies.add(admin, "10.0.0.1:8080")
    assert (await proxies.set_label(admin, "10.0.0.1:8080", "de-12")).label == "de-12"
    assert (await proxies.set_label(admin, "1", "")).label == ""
    with pytest.raises(InvalidInput, match="label: give at most 80 printable characters"):
        await proxies.set_label(admin, "1", "x" * 81)
    assert [line[1] for line in await ledger.audited()] == ["proxy.add", "proxy.label", "proxy.label"]


async def test_limits_of_their_own_are_stored_shown_and_audited(
    proxies: Proxies, admin: Actor, database: Database, vault: Vault, ledger: Ledger
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080\n10.0.0.2:8080\n10.0.0.3:8080")
    before = await engine_state.pool_revision(database)
    changed = await proxies.set_limits(admin, ["1", "2"], {"per_hour": "60", "per_day": "none"})
    assert [own(view) for view in changed] == [(60, 0, None), (60, 0, None)]
    assert await engine_state.pool_revision(database) > before
    loaded = [row.limits for row in await load_proxies(database, vault)]
    assert loaded == [ProxyLimits(60, 0), ProxyLimits(60, 0), ProxyLimits()]
    (last,) = await proxies.set_limits(admin, ["1"], {"per_hour": "default", "parallel": "2"})
    assert own(last) == (None, 0, 2)
    details = [line[3] for line in await ledger.audited() if line[1] == "proxy.limits"]
    said = "per_hour default to 60, per_day default to none"
    assert details == [said, said, "per_hour 60 to default, parallel default to 2"]


async def test_limits_that_change_nothing_leave_no_trace(proxies: Proxies, admin: Actor, ledger: Ledger) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    await proxies.set_limits(admin, ["1"], {"per_hour": "60"})
    before = (await ledger.revision(), len(await ledger.audited()))
    await proxies.set_limits(admin, ["1"], {"per_hour": "60", "per_day": "default"})
    assert (await ledger.revision(), len(await ledger.audited())) == before


async def test_a_bad_limit_or_an_unknown_proxy_changes_no_proxy(proxies: Proxies, admin: Actor) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    with pytest.raises(InvalidInput, match="per_day: -1 is out of bounds"):
        await proxies.set_limits(admin, ["1"], {"per_hour": "5", "per_day": "-1"})
    with pytest.raises(NotFound):
        await proxies.set_limits(admin, ["1", "7"], {"per_hour": "5"})
    with pytest.raises(InvalidInput, match="name at least one of per_hour, per_day, parallel"):
        await proxies.set_limits(admin, ["1"], {})
    with pytest.raises(InvalidInput, match="proxy: name at least one"):
        await proxies.set_limits(admin, [], {"per_hour": "5"})
    assert own((await proxies.list(admin))[0]) == (None, None, None)


async def test_only_an_admin_adds_names_and_limits_proxies(proxies: Proxies, admin: Actor, operator: Actor) -> None:
    await proxies.import_lines(admin, "10.0.0.1:8080")
    for verb in (
        proxies.add(operator, "10.0.0.2:8080"),
        proxies.set_label(operator, "1", "x"),
        proxies.set_limits(operator, ["1"], {"per_hour": "5"}),
    ):
        with pytest.raises(NotAllowed):
            await verb
