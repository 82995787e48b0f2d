"""Limits and gaps hold over ``kill -9`` in the middle of it, as the platform's own journal tells."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import wrong
from tests.acceptance.pretend import Pretend
from tests.acceptance.terminal import Terminal, eventually

PER_HOUR = 4


def test_no_session_asks_too_often_or_too_early_however_often_the_engine_is_killed(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    # Everybody costs two requests, far more than six sessions may send; and nothing takes as long as the gap.
    platform = pretend(
        profiles=80,
        proxies=6,
        session_per_hour=PER_HOUR,
        gap_seconds=1.0,
        gap_enforced=False,
        ids_known=True,
        private_share=0,
        gone_share=0,
        live_share=0,
        faults={"slow": 1.0, "slow_seconds": 0.1},
    )
    mine = furnished(platform, group_size=1, confirm_size=1)
    run = mine.start("check", platform.names, "--niche", "demo", "--json")
    for due in (3, 9):
        eventually(partial(_has_been_asked, platform, due), "the platform was asked")
        run.kill()
        run = mine.start("batch", "start", _batch_id(mine), "--wait", "--json")
    # That one dies while it begins.
    run.kill()
    last = mine.run("batch", "start", _batch_id(mine), "--wait", "--max-wait", 3, "--json", code=4)

    journal = platform.journal()
    asked = Counter(entry["session"] for entry in journal)
    assert len(asked) == 6
    assert max(asked.values()) <= PER_HOUR, asked
    assert 429 not in {entry["status"] for entry in journal}
    assert [entry for entry in journal if entry["early"]] == []
    assert wrong(last.checks, platform.truth()) == []


def _has_been_asked(platform: Pretend, times: int) -> bool:
    return platform.asked >= times


def _batch_id(mine: Terminal) -> str:
    with closing(sqlite3.connect(mine.database, timeout=30)) as connection:
        return str(connection.execute("SELECT id FROM batch").fetchone()[0])
