"""What the section Alerts says of kinds, targets, deliveries and mutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.alarms import CHOICES, AlertKind
from core.services.views.alerts import AlertDeliveryView, AlertTargetView, AlertView
from core.services.views.channels import DiscordPlaceView, DiscordServerView
from panel.pages.settings.alert_rows import alert_row, target_row
from panel.pages.settings.alert_rules import in_words
from panel.pages.settings.alert_words import KINDS, SHORT, kind_in_words, kinds_in_words, mute_until

NOW = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)
CHANNEL = 111_111_111_111_111_111
TARGET = AlertTargetView(
    id=3,
    label="Editors",
    via="discord",
    address=str(CHANNEL),
    channel_id=CHANNEL,
    mention=None,
    kinds=None,
    quiet=None,
    muted_until=None,
    enabled=True,
    waiting=0,
    last_delivered_at=None,
    last_error=None,
    created_at=NOW,
)
DELIVERY = AlertDeliveryView(3, "Editors", "delivered", 1, NOW, NOW, None)
ALERT = AlertView(7, "breaker", "platform", "The platform refuses everybody.", NOW, None)


def test_every_kind_has_a_name_and_can_be_chosen() -> None:
    assert set(SHORT) == set(AlertKind)
    assert tuple(value for value, _ in KINDS) == CHOICES
    assert kind_in_words("proxies_low") == "Proxies low"
    assert kind_in_words("of_tomorrow") == "Of tomorrow"


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (None, "All"),
        (CHOICES, "All"),
        ((), "None"),
        (("story", "breaker"), "New story, Breaker"),
        (("story", "breaker", "disk_low"), f"3 of {len(CHOICES)} kinds"),
    ],
)
def test_few_kinds_are_named_and_many_are_counted(kinds: tuple[str, ...] | None, said: str) -> None:
    assert kinds_in_words(kinds) == said


@pytest.mark.parametrize(
    ("more", "word", "dot"),
    [
        ({}, "Nothing yet", "idle"),
        ({"last_delivered_at": NOW}, "Delivers", "good"),
        ({"waiting": 2}, "Waiting", "accent"),
        ({"last_error": "the channel was deleted", "last_delivered_at": NOW}, "Failing", "bad"),
        ({"muted_until": NOW, "last_error": "x"}, "Muted", "idle"),
        ({"enabled": False, "muted_until": NOW}, "Muted for good", "idle"),
    ],
)
def test_a_target_says_how_it_does(more: dict[str, object], word: str, dot: str) -> None:
    row = target_row(replace(TARGET, **more))  # type: ignore[arg-type]
    assert (row["word"], row["dot"]) == (word, dot)


def test_trouble_comes_first_and_says_why() -> None:
    failing = target_row(replace(TARGET, last_error="the channel was deleted", schedule="Evening"))
    assert failing["rank"] < target_row(TARGET)["rank"]
    assert failing["told"] == "The channel was deleted"
    assert target_row(replace(TARGET, schedule="Evening"))["told"] == "The channel of the schedule Evening."


def test_a_channel_is_called_by_its_name_where_the_bot_sees_it() -> None:
    server = DiscordServerView(1, "Editorial", (DiscordPlaceView(CHANNEL, "alerts"),), ())
    assert target_row(TARGET, (server,))["address"] == "#alerts"
    assert target_row(TARGET)["address"] == str(CHANNEL)
    assert target_row(TARGET)["channel"] == str(CHANNEL)


def test_an_alert_says_the_worst_that_became_of_it_and_where_each_delivery_stands() -> None:
    failing = replace(DELIVERY, label="Mail", state="failing", error="nobody answers")
    row = alert_row(replace(ALERT, deliveries=(DELIVERY, failing)))
    assert (row["word"], row["dot"]) == ("Failing", "warn")
    assert row["where"] == "Mail: failing (nobody answers); Editors: delivered"
    assert alert_row(ALERT)["word"] == "To nobody"


@pytest.mark.parametrize(
    ("state", "word"), [("waiting", "Waiting"), ("held", "Held back"), ("given_up", "Given up"), ("new", "new")]
)
def test_every_state_of_a_delivery_has_its_word(state: str, word: str) -> None:
    assert alert_row(replace(ALERT, deliveries=(replace(DELIVERY, state=state),)))["word"] == word


def test_a_mute_ends_in_an_hour_or_in_the_morning_of_the_deployment() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert mute_until("hour", NOW, berlin) == NOW + timedelta(hours=1)
    # The clocks go forward in the night between.
    assert mute_until("tomorrow", NOW, berlin) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert mute_until("good", NOW, berlin) is None
    assert mute_until("off", NOW, berlin) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("kinds", "all", "All"),
        ("batches", "scheduled", "Those of schedules"),
        ("quiet", "none", "None"),
        ("quiet", "22:00-07:00", "22:00–07:00"),
        ("proxies_low", "50", "Below 50 %"),
        ("sessions_low", "0", "Never"),
        ("disk_low_mb", "1500", "Below 1,500 MB"),
    ],
)
def test_a_rule_is_said_in_words(name: str, value: str, said: str) -> None:
    assert in_words(name, value, list(CHOICES)) == said
