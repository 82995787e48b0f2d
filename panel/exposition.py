"""The figures as the text that Prometheus reads.  Pure: a view in, families of metrics out.

Labels take few values, all from closed sets; no name of a profile, a proxy or a person is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from core.services.views.monitoring import FiguresView, Totals

_ROUTES = ("ready", "leased", "paced", "cooling", "quarantined", "frozen", "off")
_PROXIES = ("ready", "cooling", "quarantined", "off")
_BREAKER = ("closed", "open", "look_ups_wait")
_INFINITY = "+Inf"
_MEGABYTE = 1_048_576


def exposition(view: FiguresView, *, version: str, platform: str) -> bytes:
    """The page."""
    registry = CollectorRegistry()
    registry.register(_Figures(view, version, platform))
    return generate_latest(registry)


class _Figures(Collector):
    """One view, to be read once."""

    def __init__(self, view: FiguresView, version: str, platform: str) -> None:
        self._view = view
        self._about = {"version": version, "platform": platform}

    def collect(self) -> Iterable[Metric]:
        yield _labelled("storywatch_build_info", "The version that runs and the platform it watches.", self._about)
        yield from _counted(self._view.totals)
        yield from _measured(self._view)


def _counted(totals: Totals) -> Iterator[Metric]:
    yield _counter("checks", "Finished checks.", "outcome", totals.checks)
    yield _counter("checks_unknown", "Checks that stayed unknown, by reason.", "reason", totals.unknown)
    yield _plain("exchanges", "Exchanges with the platform, or that should have been.", totals.exchanges)
    yield _plain("exchanges_failed", "Exchanges that failed through no profile's fault.", totals.failures)
    yield _plain("exchanges_limited", "Exchanges with which the platform asked for less.", totals.rate_limited)
    times = HistogramMetricFamily("storywatch_response_seconds", "How long answers took.")
    times.add_metric(
        [], [(_bound(bound), count) for bound, count in totals.answer_buckets], sum_value=totals.answer_seconds
    )
    yield times
    spent = {"busy": totals.busy_seconds, "limited": totals.limited_seconds, "paused": totals.paused_seconds}
    yield _counter(
        "worker_seconds",
        "Worker time in exchanges, without a ready route while there was work, and while the breaker was open.",
        "spent",
        spent,
    )
    yield _plain("cpu_seconds", "Processor time of the process that has the engine.", totals.cpu_seconds)


def _measured(view: FiguresView) -> Iterator[Metric]:
    yield _gauge("engine_up", "Whether somebody has the engine and lives.", int(view.alive))
    yield _gauge("workers", "Exchanges that may be in flight at once.", view.workers)
    yield _gauge("workers_busy", "Workers that carry out an exchange or wait in line for a route.", view.busy)
    yield _gauges("routes", "Sessions, by what can be done with them now.", _all(view.routes, _ROUTES))
    yield _gauges("proxies", "Proxies, by what can be done with them now.", _all(view.proxies, _PROXIES))
    yield _gauges("batches", "Batches that run, wait for a route, or are in line.", view.batches)
    yield _gauge("checks_waiting", "Unfinished checks of batches that run or are in line.", view.checks_waiting)
    yield _gauge("verdicts_not_stored", "Verdicts that are found and not stored yet.", view.not_stored)
    breaker = {state: int(state == view.breaker) for state in _BREAKER}
    yield _gauges("breaker", "Whether the breaker is closed, open, or open for look-ups alone.", breaker)
    yield _gauge("alerts_waiting", "Alerts that are still to be delivered.", view.alerts_waiting)
    yield _gauge("schedules_on", "Schedules that are switched on.", view.schedules_on)
    memory = 0 if view.memory_mb is None else view.memory_mb * _MEGABYTE
    yield _gauge("memory_bytes", "Memory of the process that has the engine; 0 where nobody has it.", memory)


def _counter(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = CounterMetricFamily(f"storywatch_{name}", meaning, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family


def _plain(name: str, meaning: str, value: float) -> Metric:
    return CounterMetricFamily(f"storywatch_{name}", meaning, value=value)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"storywatch_{name}", meaning, value=value)


def _gauges(name: str, meaning: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"storywatch_{name}", meaning, labels=["state"])
    for state, value in values.items():
        family.add_metric([state], value)
    return family


def _labelled(name: str, meaning: str, labels: Mapping[str, str]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=list(labels))
    family.add_metric(list(labels.values()), 1)
    return family


def _all(counts: Mapping[str, int], words: Iterable[str]) -> dict[str, float]:
    """*counts* with a 0 for each of *words* that is not among them."""
    return {word: counts.get(word, 0) for word in words}


def _bound(milliseconds: float) -> str:
    return _INFINITY if milliseconds == float("inf") else str(milliseconds / 1_000)
