"""What the section Schedules says of a schedule and of its runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.services.views import ScheduleView
from panel.pages.settings.schedule_rows import row
from panel.pages.settings.schedule_words import coming_in_words, facts, niches_in_words, run_in_words
from tests.bot.test_schedule_cards import COMING, MORNINGS, RUN

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (MORNINGS, "food"),
        (replace(MORNINGS, niches=("a", "b", "c", "d", "e")), "a, b, c and 2 more"),
        (replace(MORNINGS, niches=("a",), niches_removed=2), "a, 2 deleted"),
        (replace(MORNINGS, niches=(), niches_removed=1), "1 deleted"),
    ],
)
def test_niches_are_named_and_counted(view: ScheduleView, words: str) -> None:
    assert niches_in_words(view) == words


def test_a_drawer_says_what_is_not_as_usual() -> None:
    usual = [label for label, _ in facts(MORNINGS)]
    assert usual == ["Niches", "Runs", "Time zone", "Checks"]
    odd = replace(
        MORNINGS,
        jitter_seconds=600,
        active="08:00-22:00",
        fresh_minutes=90,
        only="with_story",
        stop_at_target=True,
        only_changes=True,
    )
    told = dict(facts(odd))
    assert told["Put off by chance"] == "up to 10 min"
    assert told["Takes over verdicts"] == "of the last 1 h 30 min"
    assert told["Checks"] == "Those with a story"
    assert dict(facts(replace(MORNINGS, fresh_minutes=0)))["Takes over verdicts"] == "none"


def test_a_run_says_what_became_of_it_and_why_it_happened() -> None:
    assert run_in_words(RUN) == "Skipped, by hand, its last batch is not done"
    assert run_in_words(replace(RUN, outcome="started", why="due", word="")) == "Started"


def test_coming_runs_are_told_by_the_clock_of_the_time_zone() -> None:
    assert coming_in_words([replace(COMING, local=NOW + timedelta(minutes=30))]) == ["Sun 29 Nov 2026, 12:30"]


def test_paused_ones_stand_behind_all_others() -> None:
    paused = row(replace(MORNINGS, enabled=False, next_at=None))
    assert (paused["word"], paused["next"]) == ("Paused", None)
    assert row(MORNINGS)["next_sort"] < paused["next_sort"]
