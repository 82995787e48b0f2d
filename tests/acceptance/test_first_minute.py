"""``storywatch run`` on a new machine: a pretend platform, a first batch, and work from another terminal."""

from __future__ import annotations

import json
from urllib.request import urlopen

from tests.acceptance.conftest import MakeTerminal
from tests.acceptance.judging import counted, counters, wrong
from tests.acceptance.rows import column
from tests.acceptance.terminal import Terminal

FIRST_BATCH = "A first batch checks"
SERVES = "storywatch batch list"


def test_it_starts_with_pretend_data_stays_up_and_goes_on_where_it_was(terminal: MakeTerminal) -> None:
    mine = terminal()
    run = mine.start("run").says(FIRST_BATCH).says(SERVES)
    assert "Sandbox: pretend data" in run.out
    there = stock(mine)
    assert len(there["niche"]) >= 3
    assert len(there["profile"]) >= 300
    assert min(len(there["proxy"]), len(there["session"])) >= 8
    (first,) = (record["batch"] for record in mine.run("batch", "list", "--json").records)
    assert (first["status"], first["finished"], first["unknown"]) == ("done", first["total"], 0)
    run.terminate().ended()
    assert "Traceback" not in run.err

    again = mine.start("run").says(SERVES)
    assert FIRST_BATCH not in again.out
    assert stock(mine) == there
    names = column(mine.database, "SELECT username FROM profile WHERE checks_total = 0 LIMIT 100")
    followed = mine.run("check", mine.written("names.txt", "\n".join(names)), "--niche", "mine", "--json")
    assert sorted(check["username"] for check in followed.checks) == sorted(names)
    assert counters(followed.batch) == counted(followed.checks)
    assert wrong(followed.checks, truth(mine)) == []
    assert again.runs
    again.interrupt().ended(130)
    assert "Traceback" not in again.err


def stock(mine: Terminal) -> dict[str, list[object]]:
    """Everything that is there, by its key."""
    keys = {"niche": "name", "profile": "username", "proxy": "id", "session": "id", "batch": "id"}
    return {table: column(mine.database, f"SELECT {key} FROM {table} ORDER BY {key}") for table, key in keys.items()}


def truth(mine: Terminal) -> dict[str, str]:
    """What is right to say of everybody on the platform that runs beside the engine."""
    url = mine.run("health", "--json").record["sandbox_url"]
    with urlopen(f"{url}/_sandbox/truth", timeout=30) as answer:
        told: dict[str, str] = json.loads(answer.read())
    return told
