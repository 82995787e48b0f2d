"""Rules of alerts are stored as far as they differ, and read whatever else is there."""

from __future__ import annotations

from datetime import UTC, datetime

from core.domain.alarms import CHOICES, MEANINGS, AlertKind
from core.domain.alert_rules import (
    FIELDS,
    AlertRules,
    Batches,
    from_stored,
    read_kinds,
    shown_kinds,
    to_store,
    with_rules,
)


def test_rules_that_nobody_changed_are_not_stored() -> None:
    assert to_store(AlertRules()) == {}
    assert from_stored({}) == AlertRules()


def test_rules_are_the_same_after_they_were_stored() -> None:
    values = {
        "kinds": "story, breaker",
        "batches": "all",
        "proxies_low": "30%",
        "disk_low_mb": "0",
        "quiet": "1:00-2:00",
    }
    rules = with_rules(AlertRules(muted_until=datetime(2026, 12, 1, tzinfo=UTC)), values)
    assert from_stored(to_store(rules)) == rules
    assert (rules.proxies_low, rules.batches) == (30, Batches.ALL)


def test_what_another_release_stored_is_left_out() -> None:
    assert from_stored({"kinds": "nonsense", "colour": "red", "batches": "all"}) == AlertRules(batches=Batches.ALL)


def test_a_rule_is_taken_back_by_its_name() -> None:
    rules = with_rules(AlertRules(), {"proxies_low": "30", "batches": "none"})
    assert with_rules(rules, {"PROXIES-LOW": "default", "batches": "default"}) == AlertRules()


def test_every_rule_reads_what_it_shows() -> None:
    for field in FIELDS:
        value = getattr(AlertRules(), field.name)
        assert field.read(field.shown(value)) == value


def test_kinds_are_all_some_or_none() -> None:
    assert read_kinds("all") == CHOICES
    assert read_kinds("none") == read_kinds("") == ()
    assert read_kinds("Disk-Low, story") == ("story", "disk_low")
    assert [shown_kinds(kinds) for kinds in (CHOICES, (), ("story",))] == ["all", "none", "story"]


def test_every_kind_but_the_test_has_a_meaning() -> None:
    assert set(MEANINGS) == set(AlertKind) - {AlertKind.TEST}
