"""Who is blamed, against the sandbox's own record of who was at fault; and what faults cost.

240 routes at a gap of 1 s, 20 exchanges in flight, an answer takes 0.25 s.  First nothing goes wrong; then 30 % of
the proxies are dead in nine different ways, 10 % too slow to answer in time, 5 % of the answers are a 429 and one
session in 20 is shown nobody.  A 429 asks for 5 s; our own rests are a twentieth of the usual ones.

At fault is the proxy for whatever comes over one with a fault; the session for a 429, which the sandbox throws
dice for by session; nobody for what else goes wrong.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks import ground
from benchmarks.pretend import Pretend, furnished, pretend
from benchmarks.table import Line, say
from core.app import App
from core.domain.blame import Ruling, Settler
from core.domain.failure import Failure
from core.domain.verdict import Blame, Outcome, Reason

ROUTES = 240
DEAD, SLOW, FLAGGED = ROUTES * 30 // 100, ROUTES * 10 // 100, ROUTES // 20
LIMITED = 0.05
_ANSWER_SECONDS = 0.25
_RETRY_AFTER = 5.0
_LIMITS = {
    "workers": "20",
    "route_gap_seconds": "1",
    "connect_timeout": "1",
    "total_timeout": "2",
    "fresh_minutes": "0",
    "rest_scale": "0.05",
}
_WAYS_TO_BE_DEAD = (
    "refuse",
    "hang",
    "close",
    "wrong_password",
    "error_502",
    "portal",
    "expired_403",
    "reset_mid_body",
    "garbage",
)
LEAST_RIGHT = 0.98
MOST_UNSETTLED = 0.05
MOST_UNKNOWN = 0.005
LEAST_THROUGHPUT = 0.6


@dataclass(frozen=True, slots=True)
class _Run:
    """One batch of everybody."""

    checks: int
    seconds: float
    wrong: int
    unknown: int
    failures: list[Failure]
    blind: frozenset[int]

    @property
    def rate(self) -> float:
        """Verdicts a second."""
        return self.checks / self.seconds


def measure(quick: bool) -> list[Line]:
    """The confusion table, and verdicts, unknown ones and throughput under faults."""
    return asyncio.run(_measured(5_000 if quick else 20_000))


async def _measured(profiles: int) -> list[Line]:
    with pretend(profiles=profiles, proxies=ROUTES, ids_known=True, private_share=0, gone_share=0) as platform:
        platform.goes_wrong(slow=1.0, slow_seconds=_ANSWER_SECONDS)
        async with furnished(platform, _LIMITS) as app:
            calm = await _ran(app, platform)
        say(f"  without faults: {calm.rate:,.0f} verdicts/s, {calm.wrong} wrong, {calm.unknown} unknown")
        bad_proxies = _bad_proxies()
        platform.goes_wrong(
            slow=1.0,
            slow_seconds=_ANSWER_SECONDS,
            limited=LIMITED,
            retry_after=_RETRY_AFTER,
            flagged_sessions=FLAGGED,
            proxies=[{"proxy": proxy, "fault": fault} for proxy, fault in bad_proxies.items()],
        )
        async with furnished(platform, _LIMITS) as app:
            rough = await _ran(app, platform)
        say(f"  with faults: {rough.rate:,.0f} verdicts/s, {rough.wrong} wrong, {rough.unknown} unknown")
        table = _confusion(rough, bad_proxies, _Record(platform))
        _tell_of_blind_ones(rough, platform)
    return [*_blamed(table), *_cost(calm, rough)]


def _bad_proxies() -> dict[int, str]:
    """By number: what is wrong with a proxy."""
    chosen = Random(4).sample(range(1, ROUTES + 1), DEAD + SLOW)
    dead = {proxy: _WAYS_TO_BE_DEAD[place % len(_WAYS_TO_BE_DEAD)] for place, proxy in enumerate(chosen[:DEAD])}
    return dead | dict.fromkeys(chosen[DEAD:], "drip")


# -- one run ----------------------------------------------------------------------------


@contextmanager
def _heard() -> Iterator[list[Failure]]:
    """Keep every failure that is judged; whose it is in the end stands in it."""
    failures: list[Failure] = []
    bad = Settler.bad

    def kept(self: Settler, failure: Failure) -> Ruling:
        failures.append(failure)
        return bad(self, failure)

    Settler.bad = kept  # type: ignore[method-assign]
    try:
        yield failures
    finally:
        Settler.bad = bad  # type: ignore[method-assign]


async def _ran(app: App, platform: Pretend) -> _Run:
    batch_id = await ground.created(app)
    with _heard() as failures:
        async with app.engine.attend("bench"):
            batch = await ground.checked(app, batch_id)
    truth = platform.truth()
    found = {check.username: check.outcome async for check in await app.batches.results(ground.BENCH, batch_id)}
    unknown = sum(outcome is Outcome.UNKNOWN for outcome in found.values())
    wrong = sum(str(found[name]) != right for name, right in truth.items()) - unknown
    reasons = Counter(
        [each.reason async for each in await app.batches.results(ground.BENCH, batch_id) if each.outcome == "unknown"]
    )
    say(f"  unknown: {dict(reasons)}; {batch.requests} requests")
    sessions = await app.sessions.list(ground.BENCH)
    blind = frozenset(each.id for each in sessions if each.last_error == Reason.BATCH_UNPROVEN.value)
    return _Run(batch.total, batch.seconds, wrong, unknown, failures, blind)


# -- who was at fault -------------------------------------------------------------------------


class _Record:
    """What the sandbox says of each exchange that reached it.  Sessions are numbered in the order of their lines."""

    def __init__(self, platform: Pretend) -> None:
        accounts = [_account(line) for line in platform.lines("sessions")]
        numbers = {account: number for number, account in enumerate(accounts, start=1)}
        self._entries: dict[int, list[dict[str, Any]]] = {}
        for entry in sorted(platform.journal(), key=lambda entry: entry["at"]):
            self._entries.setdefault(numbers.get(entry["session"], 0), []).append(entry)

    def fault(self, failure: Failure) -> str:
        """What was done to the last request of the session before *failure*; both clocks are the machine's."""
        entries = self._entries.get(failure.session, [])
        place = bisect_right(entries, failure.at, key=lambda entry: entry["at"])
        return str(entries[place - 1]["fault"]) if place else ""

    def blind(self) -> frozenset[int]:
        """Sessions that were shown nobody."""
        return frozenset(
            number for number, entries in self._entries.items() if any("blind" in entry["fault"] for entry in entries)
        )


def _account(cookies: str) -> str:
    return next(pair.partition("=")[2] for pair in cookies.split("; ") if pair.startswith("ds_user_id="))


def _confusion(run: _Run, bad_proxies: Mapping[int, str], record: _Record) -> Counter[tuple[Blame, Blame]]:
    """How often (who was at fault, who is blamed) came together."""
    table: Counter[tuple[Blame, Blame]] = Counter()
    missed: Counter[str] = Counter()
    for failure in run.failures:
        if failure.proxy in bad_proxies:
            at_fault = Blame.PROXY
        else:
            at_fault = Blame.SESSION if "limited" in record.fault(failure) else Blame.NOBODY
        table[at_fault, failure.charged] += 1
        if failure.charged not in (at_fault, Blame.ROUTE):
            fault = bad_proxies.get(failure.proxy) or record.fault(failure) or "nothing"
            missed[f"{fault}: {failure.reason.value} on {failure.charged.value}"] += 1
    for what, count in missed.most_common(8):
        say(f"  wrong {count}: {what}")
    return table


def _tell_of_blind_ones(run: _Run, platform: Pretend) -> None:
    shown_nobody = _Record(platform).blind()
    say(
        f"  held because they see nobody: {len(run.blind & shown_nobody)} of {len(shown_nobody)} that are shown nobody,"
        f" {len(run.blind - shown_nobody)} of the others"
    )


# -- the table ---------------------------------------------------------------------------------


def _blamed(table: Counter[tuple[Blame, Blame]]) -> list[Line]:
    total = table.total()
    unsettled = sum(count for (_, blamed), count in table.items() if blamed is Blame.ROUTE)
    right = sum(count for (at_fault, blamed), count in table.items() if at_fault is blamed)
    share = right / max(1, total - unsettled)
    rows = [
        Line(f"at fault: {at_fault.value} ({sum(row.values()):,} failures)", "blamed: " + _told(row))
        for at_fault in (Blame.PROXY, Blame.SESSION, Blame.NOBODY)
        if (row := {blamed: count for (fault, blamed), count in table.items() if fault is at_fault})
    ]
    settled = f"{right:,} of {total - unsettled:,}"
    return [
        *rows,
        Line("settled on whom it was", settled, "", f"{share:.3f}", f"≥ {LEAST_RIGHT}", share >= LEAST_RIGHT),
        Line(
            "left at the route",
            f"{unsettled:,} of {total:,}",
            "",
            f"{unsettled / max(1, total):.3f}",
            f"≤ {MOST_UNSETTLED}",
            unsettled <= MOST_UNSETTLED * total,
        ),
    ]


def _told(row: Mapping[Blame, int]) -> str:
    return ", ".join(f"{blamed.value} {count:,}" for blamed, count in sorted(row.items(), key=lambda item: -item[1]))


def _cost(calm: _Run, rough: _Run) -> list[Line]:
    ratio = rough.rate / calm.rate
    return [
        Line(f"wrong verdicts of {rough.checks:,}", str(rough.wrong), "", "", "0", rough.wrong == 0),
        Line(
            "unknown",
            str(rough.unknown),
            f"{calm.unknown} without faults",
            f"{rough.unknown / rough.checks:.4f}",
            f"≤ {MOST_UNKNOWN}",
            rough.unknown <= MOST_UNKNOWN * rough.checks,
        ),
        Line(
            "throughput under faults",
            f"{rough.rate:,.0f} verdicts/s",
            f"{calm.rate:,.0f} verdicts/s without",
            f"{ratio:.2f}",
            f"≥ {LEAST_THROUGHPUT}",
            ratio >= LEAST_THROUGHPUT,
        ),
    ]
