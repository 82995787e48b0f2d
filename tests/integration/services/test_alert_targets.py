"""Where alerts go, and by which rules: sentences for whoever mistypes, and no address that is shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import AlertsDue, Mailbox
from core.secrets import Secret, Vault
from core.services.alerts import Alerts
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock

CHANNEL = Secret("112233445566778899")
HOOK = Secret("json://127.0.0.1:9/s3cr3t-path")


async def test_a_channel_is_added_with_all_that_people_decide(alerts: Alerts, admin: Actor, viewer: Actor) -> None:
    values = {"kinds": "story, breaker", "quiet": "22:00-7:00", "mention": "<@&112233445566778800>"}
    view = await alerts.add_target(admin, "  Food   desk ", "discord", CHANNEL, values)
    assert (view.label, view.channel_id, view.mention) == ("Food desk", 112233445566778899, 112233445566778800)
    assert (view.kinds, view.quiet, view.enabled, view.waiting) == (("story", "breaker"), "22:00-07:00", True, 0)
    assert await alerts.targets(viewer) == (view,)
    assert await alerts.target(viewer, "food DESK") == await alerts.target(viewer, view.id) == view


async def test_an_apprise_address_is_sealed_and_shown_nowhere(
    alerts: Alerts, admin: Actor, database: Database, ledger: Ledger, vault: Vault
) -> None:
    view = await alerts.add_target(admin, "hook", "apprise", HOOK)
    assert view.address == "json://••••"
    (row,) = await ledger.rows("alert_target")
    assert "s3cr3t" not in str(list(row))
    assert vault.open(row["address"]) == HOOK
    assert "s3cr3t" not in str(await ledger.audited())
    assert "s3cr3t" not in repr(view)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("jsn://host/t0ken", 'Apprise knows no service "jsn"; did you mean "json"?'),
        ("slack://t0ken", "it is incomplete or misspelled for Slack; it looks like slack://{token_a}/"),
        ("https://example.org/t0ken", "Apprise does not know this site; a webhook of your own is written jsons://"),
        ("t0ken", "it begins with the service and ://, such as mailto:// or slack://"),
        ("", "it begins with the service and ://"),
    ],
)
async def test_an_address_that_cannot_be_read_is_a_sentence_without_its_secrets(
    alerts: Alerts, admin: Actor, ledger: Ledger, url: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await alerts.add_target(admin, "hook", "apprise", Secret(url))
    assert caught.value.field == "address"
    assert sentence in caught.value.why
    assert "t0ken" not in str(caught.value)
    assert await ledger.count("alert_target") == 0


@pytest.mark.parametrize(
    ("label", "via", "address", "values", "sentence"),
    [
        ("", "discord", "112233445566778899", {}, "label: give a name"),
        ("77", "discord", "112233445566778899", {}, "label: a number"),
        ("a", "telegram", "112233445566778899", {}, "takes discord or apprise"),
        ("a", "discord", "#news", {}, "address: a channel's id has 15 to 20 digits"),
        ("a", "discord", "112233445566778899", {"kinds": "storys"}, 'did you mean "story"?'),
        ("a", "discord", "112233445566778899", {"quiet": "25:00-07:00"}, "quiet: .* write 22:00-07:00, or none"),
        ("a", "discord", "112233445566778899", {"quiet": "07:00-07:00"}, "they end when they begin"),
        ("a", "discord", "112233445566778899", {"mention": "@ann"}, "mention: a role's id"),
        ("a", "discord", "112233445566778899", {"colour": "red"}, "no such field"),
        ("a", "apprise", "json://127.0.0.1/", {"mention": "112233445566778899"}, "only a Discord channel has roles"),
    ],
)
async def test_a_field_that_cannot_be_used_is_named(
    alerts: Alerts, admin: Actor, label: str, via: str, address: str, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await alerts.add_target(admin, label, via, Secret(address), values)


async def test_a_target_is_changed_and_removed_and_leaves_lines_in_the_audit_log(
    alerts: Alerts, admin: Actor, ledger: Ledger
) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL, {"mention": "112233445566778800"})
    changed = await alerts.change_target(admin, "desk", {"label": "news", "mention": "none", "kinds": "all"}, CHANNEL)
    assert (changed.label, changed.mention, changed.kinds) == ("news", None, None)
    with pytest.raises(NotFound, match='no target "desk"; there is only "news"'):
        await alerts.target(admin, "desk")
    (removed,) = await alerts.remove_targets(admin, ["news"])
    assert removed.id == changed.id
    assert await alerts.targets(admin) == ()
    assert [line[1:] for line in await ledger.audited()] == [
        ("alert.add_target", "desk", "discord"),
        ("alert.change_target", "news", "label, mention, kinds, address"),
        ("alert.remove_target", "news", "discord"),
    ]


async def test_two_targets_cannot_have_one_label(alerts: Alerts, admin: Actor) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL)
    with pytest.raises(Conflict, match='called "desk" already'):
        await alerts.add_target(admin, "Desk", "discord", CHANNEL)


async def test_only_an_admin_changes_targets_and_rules(alerts: Alerts, operator: Actor, admin: Actor) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL)
    for asked in (
        alerts.add_target(operator, "more", "discord", CHANNEL),
        alerts.change_target(operator, "desk", {"enabled": "off"}),
        alerts.remove_targets(operator, ["desk"]),
        alerts.test_target(operator, "desk"),
        alerts.unmute(operator),
        alerts.set_rules(operator, {"batches": "all"}),
    ):
        with pytest.raises(NotAllowed, match="takes the role admin"):
            await asked


async def test_rules_are_set_by_name_and_taken_back(alerts: Alerts, admin: Actor, viewer: Actor) -> None:
    view = await alerts.set_rules(admin, {"proxies-low": "30 %", "kinds": "story", "quiet": "1:00-2:00"})
    assert (view.proxies_low, view.kinds, view.quiet, view.batches) == (30, ("story",), "01:00-02:00", "scheduled")
    assert {field.name: field.value for field in view.fields}["kinds"] == "story"
    view = await alerts.set_rules(admin, {"proxies_low": "default", "kinds": "all", "quiet": "none"})
    assert (view.proxies_low, view.quiet) == (50, None)
    assert await alerts.rules(viewer) == view


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("proxies_low", "101", "takes a whole number from 0 to 100"),
        ("disk_low_mb", "-1", "takes a whole number"),
        ("batches", "some", "takes scheduled, all or none"),
        ("batch", "all", 'no such rule; did you mean "batches"?'),
        ("kinds", "story, nonsense", "is no kind of alert"),
    ],
)
async def test_a_rule_that_cannot_be_read_is_named(
    alerts: Alerts, admin: Actor, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await alerts.set_rules(admin, {"sessions_low": "10", name: text})
    assert (await alerts.rules(admin)).sessions_low == 50


async def test_a_mute_is_shown_until_it_ends(alerts: Alerts, admin: Actor, clock: QuickClock) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL)
    until = clock.now() + timedelta(hours=1)
    await alerts.mute(admin, until)
    await alerts.mute(admin, until, "desk")
    assert (await alerts.rules(admin)).muted_until == (await alerts.target(admin, "desk")).muted_until == until
    clock.pass_by(3_600)
    assert (await alerts.rules(admin)).muted_until is None
    assert (await alerts.target(admin, "desk")).muted_until is None
    with pytest.raises(InvalidInput, match="past"):
        await alerts.mute(admin, clock.now())


async def test_a_test_of_a_channel_waits_for_the_bot_and_says_what_became_of_it(
    alerts: Alerts, admin: Actor, operator: Actor, news: Mailbox
) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL, {"enabled": "off"})
    testing = asyncio.create_task(alerts.test_target(admin, "desk"))  # noqa: TID251
    await news.wait()
    assert news.take() == AlertsDue()
    (message,) = await alerts.claim_discord(operator)
    assert (message.channel_id, message.message.title) == (112233445566778899, "A test of Storywatch")
    await alerts.failed(operator, message.deliveries, "the channel was deleted")
    tested = await testing
    assert (tested.ok, tested.sentence) == (False, "The test was not delivered: the channel was deleted.")
    assert (await alerts.target(admin, "desk")).last_error == "the channel was deleted"
    assert await alerts.claim_discord(operator) == ()


async def test_a_test_of_a_channel_without_a_bot_says_so(alerts: Alerts, admin: Actor, operator: Actor) -> None:
    await alerts.add_target(admin, "desk", "discord", CHANNEL)
    tested = await alerts.test_target(admin, "desk")
    assert not tested.ok
    assert "STORYWATCH_DISCORD_TOKEN" in tested.sentence
    # The bot that comes later sends no test that nobody waits for.
    assert await alerts.claim_discord(operator) == ()


async def test_a_test_by_apprise_that_fails_says_why_without_the_address(alerts: Alerts, admin: Actor) -> None:
    await alerts.add_target(admin, "hook", "apprise", HOOK)
    tested = await alerts.test_target(admin, "hook")
    assert not tested.ok
    assert "Connection error" in tested.sentence
    assert "s3cr3t" not in tested.sentence
    last = (await alerts.target(admin, "hook")).last_error
    assert last is not None
    assert "Connection error" in last
