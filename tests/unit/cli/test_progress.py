"""The display of batches: what it computes, and when it speaks."""

from __future__ import annotations

import io
import logging
from datetime import timedelta

from rich.console import Console

from cli.progress import BatchProgress, ImportDisplay, Pace, pace_words, progress_line
from cli.screen import Screen
from core.clock import FakeClock
from core.domain.verdict import Outcome, Reason
from core.services.views import ImportProgress
from tests.unit.cli.views import NOW, batch, check


def test_the_rate_is_that_of_the_last_ten_seconds() -> None:
    pace = Pace()
    for second in range(31):
        pace.add(float(second), 10 * second if second <= 20 else 200 + 2 * (second - 20))
    assert pace.rate == 2.0
    assert pace.left(100) == 50.0


def test_without_two_looks_there_is_no_rate_and_without_a_rate_no_end() -> None:
    pace = Pace()
    assert (pace.rate, pace.left(10), pace_words(pace, batch())) == (None, None, "")
    pace.add(0.0, 5)
    pace.add(3.0, 5)
    assert (pace.rate, pace.left(10), pace_words(pace, batch())) == (0.0, None, "0.0/s")


def test_all_of_it_stands_on_one_line() -> None:
    pace = Pace()
    pace.add(0.0, 0)
    pace.add(10.0, 41)
    waits = batch(waiting_reason="every session rests", waiting_until=NOW + timedelta(seconds=30))
    assert progress_line(waits, pace, {Reason.TIMEOUT: 4}, NOW) == (
        "food 27 Nov 12:00: 41 of 100 (41 %), 4.1/s, 14 s left, 20 live, 15 none visible to us, 1 private, 1 gone, "
        "4 unknown (4 timeout), waits: every session rests (until 12:00:30 UTC, in 30 s)"
    )


async def test_without_a_terminal_a_line_comes_every_five_seconds() -> None:
    clock, err = FakeClock(NOW), io.StringIO()
    with BatchProgress(Screen(io.StringIO(), err), clock) as display:
        for _ in range(50):
            await clock.advance(0.25)
            display.take(batch(), ())
            display.draw()
    assert len(err.getvalue().splitlines()) == 2


def test_a_new_reason_to_wait_is_told_at_once() -> None:
    clock, err = FakeClock(NOW), io.StringIO()
    with BatchProgress(Screen(io.StringIO(), err), clock) as display:
        for reason in (None, "every session rests", "every session rests", None, "the limit is used up"):
            display.take(batch(waiting_reason=reason), ())
            display.draw()
    assert [line.rpartition("waits: ")[2] for line in err.getvalue().splitlines()] == [
        "every session rests",
        "the limit is used up",
    ]


def test_reasons_are_counted_from_the_checks_that_are_unknown() -> None:
    with BatchProgress(Screen(io.StringIO(), io.StringIO()), FakeClock()) as display:
        unknown = [check(outcome=Outcome.UNKNOWN, reason=Reason.TIMEOUT)] * 2
        display.take(batch(), [check(), *unknown, check(outcome=Outcome.UNKNOWN, reason=Reason.NO_CANARY)])
        assert list(display.reasons(batch().id).items()) == [(Reason.TIMEOUT, 2), (Reason.NO_CANARY, 1)]


def test_on_a_terminal_results_and_log_come_above_the_display() -> None:
    terminal = io.StringIO()
    screen = _on_a_terminal(terminal)
    handler = logging.StreamHandler(screen.remarks.file)
    logging.getLogger().addHandler(handler)
    try:
        with BatchProgress(screen, FakeClock()) as display:
            display.take(batch(), ())
            display.draw()
            screen.show_lines([("ann live", ""), ("bea none", "")])
            logging.getLogger(__name__).warning("a session rests")
            assert handler.stream is not screen.remarks.file
        assert handler.stream is screen.remarks.file
    finally:
        logging.getLogger().removeHandler(handler)
    shown = terminal.getvalue()
    assert "41/100" in shown
    assert shown.index("ann live") < shown.index("bea none") < shown.index("a session rests")
    # The display goes when it ends; the results stay.
    assert shown.rstrip().endswith("\x1b[2K")


def test_an_import_is_silent_while_it_is_quick() -> None:
    clock, err = FakeClock(), io.StringIO()
    display = ImportDisplay(Screen(io.StringIO(), err), clock)
    display(ImportProgress(1_000, 900, 0))
    assert err.getvalue() == ""


async def test_a_long_import_tells_how_far_it_is() -> None:
    clock, err = FakeClock(), io.StringIO()
    display = ImportDisplay(Screen(io.StringIO(), err), clock)
    await clock.advance(5)
    display(ImportProgress(2_000_000, 1_900_000, 0))
    await clock.advance(5)
    display(ImportProgress(2_000_000, 1_900_000, 40_000))
    assert err.getvalue().splitlines() == [
        "2,000,000 lines are read.",
        "40,000 of at most 1,900,000 names are stored.",
    ]


def _on_a_terminal(stream: io.StringIO) -> Screen:
    stream.isatty = lambda: True  # type: ignore[method-assign]
    screen = Screen(stream, stream)
    for console in (screen.remarks, screen._results):
        assert isinstance(console, Console)
        console.width, console.height = 100, 30
    return screen
