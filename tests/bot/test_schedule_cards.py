"""Cards of schedules: what they say, and that the worst of them fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.schedule_cards import costs, schedule_card, schedules_card
from core.domain.budget import Carrier
from core.domain.budget_plan import Need, Spent, plan
from core.domain.limits import Limits
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN
from core.services.views import BudgetView, ComingRun, ScheduleDraft, ScheduleRunView, ScheduleView
from tests.bot.test_cards import AWFUL, LONG, within_limits

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=4)
MORNINGS = ScheduleView(
    id=1,
    name="Mornings",
    niches=("food",),
    niches_removed=0,
    rule="30 9 * * mon-fri",
    every_seconds=None,
    cron="30 9 * * mon-fri",
    timezone="Europe/Berlin",
    jitter_seconds=0,
    active="",
    fresh_minutes=None,
    only="all",
    stop_at_target=False,
    only_changes=False,
    guild_id=None,
    channel_id=None,
    mention=None,
    enabled=True,
    starts_at=NOW,
    next_at=SOON,
    next_due_at=SOON,
    last_at=None,
    last_word=None,
    batch=None,
    created_by="cli:ann",
    created_at=NOW,
    draft=ScheduleDraft(("food",)),
)
RUN = ScheduleRunView(1, 1, "Mornings", NOW, "by hand", NOW, NOW, "skipped", "its last batch is not done", None)
COMING = ComingRun(SOON, SOON, SOON)
NEED = Need(700, runs_a_day=6, interval=14_400)
BUDGET = BudgetView(
    2_800, 700, 0, 6, 14_400, 0, 0, 0, plan(Limits(), [Carrier(NO_LIMITS_OF_ITS_OWN, 12)], NEED, Spent())
)


def test_the_next_one_comes_first_and_those_that_are_paused_last() -> None:
    paused = replace(MORNINGS, name="Never", next_at=None, enabled=False)
    sooner = replace(MORNINGS, name="Sooner", next_at=NOW, last_word="nobody is left")
    lines = str(schedules_card([paused, MORNINGS, sooner]).description).splitlines()
    assert [line.split("**")[1] for line in lines] == ["Sooner", "Mornings", "Never"]
    assert lines[0].endswith(f"next <t:{int(NOW.timestamp())}:R> · last: nobody is left")
    assert "`30 9 * * mon-fri`, Europe/Berlin · food" in lines[1]
    assert lines[2].endswith("paused")


def test_one_says_when_it_runs_what_it_costs_and_what_became_of_its_runs() -> None:
    card = schedule_card(replace(MORNINGS, channel_id=77), [COMING], [RUN], BUDGET)
    fields = {str(field.name): str(field.value) for field in card.fields}
    assert fields["Channel"] == "<#77>"
    assert fields["Last runs"].endswith("skipped, by hand, its last batch is not done")
    assert fields["What it costs"] == costs(BUDGET)
    assert "12 routes give 600" in costs(BUDGET)


def test_one_that_is_paused_has_no_next_run_and_one_without_niches_says_so() -> None:
    card = schedule_card(replace(MORNINGS, niches=(), niches_removed=1, next_at=None), [])
    assert str(card.fields[0].value) == "none while it is paused"
    assert str(card.description).endswith("no niche is left")


def test_the_worst_schedules_fit() -> None:
    awful = replace(MORNINGS, name=AWFUL, niches=(AWFUL,) * 200, last_word=LONG, timezone=AWFUL)
    assert within_limits(schedules_card([awful] * 1_000))
    run = replace(RUN, word=LONG)
    assert within_limits(schedule_card(awful, [COMING] * 50, [run] * 50, BUDGET))
