"""Operating limits: shown with their defaults, set all or none, kept as what differs."""

from __future__ import annotations

import pytest

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.budget import Budget
from core.domain.limits import FIELDS, Limits
from core.errors import InvalidInput, NotAllowed
from core.events import Events, Mailbox, WorkArrived
from core.services.limits import OperatingLimits
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.services.views import LimitView
from core.storage.database import Database
from core.storage.limits import changed
from core.storage.pool_rows import load_limits
from tests.integration.services.conftest import Ledger, QuickClock, cookies


def named(views: tuple[LimitView, ...], name: str) -> LimitView:
    return next(view for view in views if view.name == name)


async def test_untouched_limits_show_their_defaults(limits: OperatingLimits, viewer: Actor) -> None:
    views = await limits.show(viewer)
    assert [view.name for view in views] == [field.name for field in FIELDS]
    hour = named(views, "per_route_hour")
    assert (hour.value, hour.default, hour.unit, hour.changed) == (30, 30, "exchanges", False)


async def test_a_limit_is_set_by_name_and_comes_back_from_the_database(
    limits: OperatingLimits, admin: Actor, database: Database
) -> None:
    views = await limits.set(admin, {"per_route_hour": "60", "Route-Gap-Seconds": "2.5", "lookups_day": "none"})
    assert views == await limits.show(admin)
    assert (named(views, "per_route_hour").value, named(views, "per_route_hour").changed) == (60, True)
    assert named(views, "lookups_day").value is None
    loaded = await load_limits(database, Limits())
    assert (loaded.per_route_hour, loaded.route_gap_seconds, loaded.lookups_day) == (60, 2.5, None)


async def test_only_what_differs_from_the_defaults_is_stored(
    limits: OperatingLimits, admin: Actor, database: Database
) -> None:
    await limits.set(admin, {"attempts": "5", "workers": "8"})
    await limits.set(admin, {"attempts": "3"})
    assert await changed(database) == {"workers": 8}


async def test_a_limit_goes_back_to_its_default_by_that_word(limits: OperatingLimits, admin: Actor) -> None:
    await limits.set(admin, {"attempts": "5", "workers": "8"})
    views = await limits.set(admin, {"attempts": " Default ", "group_size": "4"})
    assert (named(views, "attempts").value, named(views, "workers").value, named(views, "group_size").value) == (
        3,
        8,
        4,
    )


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"attempts": "5", "group_sise": "3"},
        {"attempts": "5", "group_size": "many"},
        {"attempts": "5", "connect_timeout": "99"},
        {"nothing": "default"},
    ],
)
async def test_one_bad_value_sets_none(
    limits: OperatingLimits, admin: Actor, ledger: Ledger, values: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput):
        await limits.set(admin, values)
    assert not any(view.changed for view in await limits.show(admin))
    assert await ledger.count("audit_entry") == await ledger.revision() == 0


async def test_a_change_raises_the_revision_wakes_the_engine_and_is_audited(
    limits: OperatingLimits, admin: Actor, ledger: Ledger, news: Mailbox
) -> None:
    await limits.set(admin, {"attempts": "5"})
    assert (await ledger.revision(), news.take()) == (1, WorkArrived())
    assert await ledger.audited() == [("cli:ann", "limits.set", "attempts", "attempts 3 to 5")]


async def test_the_sandbox_has_defaults_of_its_own(
    database: Database, clock: Clock, events: Events, viewer: Actor
) -> None:
    sandbox = OperatingLimits(database, clock, events, Limits.sandbox())
    rest = named(await sandbox.show(viewer), "rest_scale")
    assert (rest.value, rest.default) == (0.002, 0.002)


async def test_only_an_admin_sets_limits(limits: OperatingLimits, operator: Actor, ledger: Ledger) -> None:
    with pytest.raises(NotAllowed, match="takes the role admin"):
        await limits.set(operator, {"attempts": "5"})
    assert await ledger.count("limits") == 0


async def test_what_the_limits_allow_follows_the_routes_in_service(
    limits: OperatingLimits, proxies: Proxies, sessions: Sessions, admin: Actor, viewer: Actor, clock: QuickClock
) -> None:
    assert await limits.budget(viewer) == Budget(0, 0, None)
    await proxies.import_lines(admin, "10.0.0.1:8080\n10.0.0.2:8080\n10.0.0.3:8080")
    await sessions.import_lines(admin, "\n".join(cookies(each) for each in (11, 12, 13, 14)), bind_in_order=True)
    assert await limits.budget(viewer) == Budget(27, 297, "per_route_hour"), "three are bound, and new"
    clock.pass_by(4 * 86400)
    assert await limits.budget(viewer) == Budget(90, 900, "per_route_hour")
    await proxies.set_limits(admin, ["1"], {"per_hour": "10"})
    await proxies.disable(admin, "2")
    assert await limits.budget(viewer) == Budget(40, 540, "per_proxy_hour")
    await limits.set(admin, {"per_route_hour": "none"})
    assert await limits.budget(viewer) == Budget(130, 540, "per_proxy_hour")
