"""Our whole pipeline against bare aiohttp: the same requests, over the same proxies, to the same server.

Bare – ours – ours in groups of 10 – bare and so on, in one process and one run, 50 exchanges at once; a round's
ratio is ours to the mean of the two bare runs beside it.  Bare is one aiohttp session without judging, pool or
database.  Ours is everything from the start of a batch to its end: claims, leases, the source, verdicts, statistics
and counters in SQLite.

Both ask the same: one profile a request and the canary (or witness) that proves the answer, so each answer
holds two reels of some 1.5 KB.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from aiohttp import ClientSession

from benchmarks import bare, ground
from benchmarks.peers.platform import name, platform_id
from benchmarks.peers.processes import Peers, peers
from benchmarks.table import Line, Spread, percentile, say
from benchmarks.watch import Seen, watched
from core.app import App
from core.domain.cookies import parse_cookies
from core.sources.base import Kind, Question, Subject
from core.sources.instagram import Instagram

ROUTES = 100
AT_ONCE = 50
LEAST_RATIO = 0.75
MOST_CPU = 0.15
LEAST_BY_TEN = 3.0
MOST_HELD_MS = 50.0
MOST_DURABLE_MS = 250.0
_ONE = {"group_size": "1", "confirm_size": "1"}
_TEN = {"group_size": "10", "confirm_size": "5"}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of either.

    Args:
        asked: Requests that the platform counted.
        cpu: Seconds of a core that this process used.
        peers_cpu: The same of the platform and the proxies.
    """

    checks: int
    asked: int
    seconds: float
    cpu: float
    peers_cpu: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.asked / self.seconds

    @property
    def verdicts(self) -> float:
        """Checks a second."""
        return self.checks / self.seconds

    @property
    def cpu_per_thousand(self) -> float:
        """Seconds of a core for 1,000 checks."""
        return self.cpu * 1_000 / self.checks


@dataclass(frozen=True, slots=True)
class _Rounds:
    """All runs."""

    bare: list[Run]
    ours: list[Run]
    by_ten: list[Run]
    seen: Seen

    @property
    def ratios(self) -> Spread:
        """Ours to the mean of the two bare runs beside it, by round."""
        around = zip(self.ours, self.bare, self.bare[1:], strict=False)
        return Spread([one.rate * 2 / (before.rate + after.rate) for one, before, after in around])

    @property
    def gains(self) -> Spread:
        """Verdicts in groups of 10 to those one by one, by round."""
        return Spread([ten.verdicts / one.verdicts for ten, one in zip(self.by_ten, self.ours, strict=True)])


def measure(quick: bool) -> list[Line]:
    """Requests and verdicts a second, CPU, the write lock, and how soon a verdict stands."""
    rounds = asyncio.run(_measured(profiles=2_000 if quick else 20_000, rounds=2 if quick else 7))
    return [*_rates(rounds), *_recording(rounds.seen)]


async def _measured(*, profiles: int, rounds: int) -> _Rounds:
    with peers() as others:
        async with ground.opened(others, routes=ROUTES, profiles=profiles, limits=_ONE) as app:
            urls, headers = _requests(others, profiles)
            found = _Rounds([], [], [], Seen())
            async with app.engine.attend("bench"), bare.session() as session:
                # The first run of each opens connections; ours learns the canaries' ids too.
                await _ours(app, others, profiles)
                await _bare(session, others, urls, headers)
                found.bare.append(await _bare(session, others, urls, headers))
                for number in range(rounds):
                    found.ours.append(await _ours(app, others, profiles))
                    await app.limits.set(ground.BENCH, _TEN)
                    found.by_ten.append(await _ours(app, others, profiles))
                    await app.limits.set(ground.BENCH, _ONE)
                    found.bare.append(await _bare(session, others, urls, headers))
                    rates = (found.bare[-1].rate, found.ours[-1].rate, found.by_ten[-1].verdicts)
                    say(
                        "  round {}: bare {:,.0f}, ours {:,.0f} requests/s; {:,.0f} verdicts/s".format(
                            number + 1, *rates
                        )
                    )
                with watched() as seen:
                    for _ in range(3):
                        await _ours(app, others, profiles)
    return _Rounds(found.bare, found.ours, found.by_ten, seen)


def _requests(others: Peers, profiles: int) -> tuple[list[str], dict[str, str]]:
    """What ours asks, as ours asks it."""
    source = Instagram(others.url)
    login = source.login(parse_cookies(ground.cookies(0)).values, None)
    extras = cycle([Subject(name(number), platform_id(number)) for number in ground.CANARY_NUMBERS])
    questions = [
        Question(Kind.STORIES, (Subject(name(number), platform_id(number)), next(extras))) for number in range(profiles)
    ]
    asked = [source.request(question, login) for question in questions]
    return [request.url for request in asked], dict(asked[0].headers)


async def _bare(session: ClientSession, others: Peers, urls: Sequence[str], headers: dict[str, str]) -> Run:
    others.begin()
    peers_cpu, cpu, start = others.cpu(), time.process_time(), time.perf_counter()
    await bare.fetch_all(session, urls, others.routes(ROUTES), headers, at_once=AT_ONCE)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    return Run(len(urls), others.told().requests, seconds, used, others.cpu() - peers_cpu)


async def _ours(app: App, others: Peers, profiles: int) -> Run:
    batch_id = await ground.created(app)
    others.begin()
    peers_cpu, cpu, start = others.cpu(), time.process_time(), time.perf_counter()
    batch = await ground.checked(app, batch_id)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    if (batch.live, batch.total) != (profiles, profiles):
        raise RuntimeError(f"everybody is live, and {batch.live} of {batch.total} were found so")
    return Run(profiles, others.told().requests, seconds, used, others.cpu() - peers_cpu)


def _rates(rounds: _Rounds) -> list[Line]:
    ours_cpu = Spread([run.cpu_per_thousand for run in rounds.ours])
    bare_cpu = Spread([run.cpu_per_thousand for run in rounds.bare])
    peers_cpu = Spread([run.peers_cpu * 1_000 / run.asked for run in rounds.bare])
    verdicts = Spread([run.verdicts for run in rounds.ours])
    by_ten = Spread([run.verdicts for run in rounds.by_ten])
    return [
        Line(
            "whole pipeline, one profile a request, 50 at once",
            f"{Spread([run.rate for run in rounds.ours]).shown()} requests/s",
            f"{Spread([run.rate for run in rounds.bare]).shown()} requests/s bare aiohttp",
            rounds.ratios.shown(".2f"),
            f"≥ {LEAST_RATIO}",
            rounds.ratios.median >= LEAST_RATIO,
        ),
        Line(
            "CPU for 1,000 checks",
            f"{ours_cpu.shown('.3f')} s",
            f"{bare_cpu.shown('.3f')} s bare; {peers_cpu.shown('.3f')} s server and proxy",
            f"{ours_cpu.median / bare_cpu.median:.2f}",
            f"≤ {MOST_CPU} s",
            ours_cpu.median <= MOST_CPU,
        ),
        Line(
            "groups of 10",
            f"{by_ten.shown()} verdicts/s",
            f"{verdicts.shown()} verdicts/s one by one",
            f"{rounds.gains.shown('.1f')}×",
            f"≥ {LEAST_BY_TEN:.0f}×",
            rounds.gains.median >= LEAST_BY_TEN,
        ),
    ]


def _recording(seen: Seen) -> list[Line]:
    held, durable = seen.held_ms, seen.durable_after_ms
    held_p99, durable_p99 = percentile(held, 0.99), percentile(durable, 0.99)
    return [
        Line(
            f"write lock held, p99 of {len(held)} transactions",
            f"{held_p99:.0f} ms (median {percentile(held, 0.5):.0f}, max {max(held):.0f})",
            target=f"≤ {MOST_HELD_MS:.0f} ms",
            met=held_p99 <= MOST_HELD_MS,
        ),
        Line(
            f"answer to durable, longest of {len(durable):,} verdicts",
            f"{max(durable):.0f} ms (median {percentile(durable, 0.5):.0f}, p99 {durable_p99:.0f})",
            target=f"≤ {MOST_DURABLE_MS:.0f} ms",
            met=max(durable) <= MOST_DURABLE_MS,
        ),
    ]
