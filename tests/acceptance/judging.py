"""What every story asks of its results: verdicts against the truth, lines against counters, rows against both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.acceptance.pretend import Entry

Check = dict[str, Any]
OUTCOMES = ("live", "none", "private", "gone", "unknown")
# Reasons of conclusive verdicts, and the lack of one.
_EXPLAIN_NOTHING = (None, "ok", "fresh", "private", "not_found")


def wrong(checks: Iterable[Check], truth: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Conclusive verdicts that are not the truth: who, what was said, what is true."""
    return [
        (check["username"], check["outcome"], truth[check["username"]])
        for check in checks
        if check["outcome"] not in ("unknown", truth[check["username"]])
    ]


def unknown(checks: Iterable[Check]) -> list[Check]:
    """The checks that could not tell."""
    return [check for check in checks if check["outcome"] == "unknown"]


def unexplained(checks: Iterable[Check]) -> list[Check]:
    """Unknown verdicts that do not say why we could not tell."""
    return [check for check in unknown(checks) if check["reason"] in _EXPLAIN_NOTHING]


def counted(checks: Sequence[Check]) -> dict[str, int]:
    """What the batch's counters have to say of these lines."""
    outcomes = Counter(check["outcome"] for check in checks)
    return {"total": len(checks), "finished": len(checks)} | {name: outcomes[name] for name in OUTCOMES}


def counters(batch: Mapping[str, Any]) -> dict[str, int]:
    """The batch's own counters."""
    return {name: batch[name] for name in ("total", "finished", *OUTCOMES)}


def moved(journal: Iterable[Entry]) -> dict[str, set[tuple[str, str]]]:
    """The sessions that were seen from two addresses, or with two user agents, and what was seen."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for entry in journal:
        seen.setdefault(entry["session"], set()).add((entry["source"], entry["user_agent"]))
    return {session: ways for session, ways in seen.items() if len(ways) > 1}
