"""The page for Prometheus: who may read it, what is on it, and that the reference and the dashboard say the same."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.minute_count import MinuteCount
from core.settings import Platform, Settings
from core.storage import engine_state, minute_stats
from panel.access import SessionGate
from panel.metrics import routes
from tests.minute_rows import count_verdicts
from tests.project.checkout import table_under, text_of

TOKEN = "a-token-of-32-signs-for-a-machine"
REFERENCE = "docs/reference/metrics.md"
HERE = "127.0.0.1"
ELSEWHERE = "203.0.113.7"


@asynccontextmanager
async def panel(folder: Path, **settings: Any) -> AsyncIterator[tuple[App, httpx.AsyncClient]]:
    """The panel's route behind the gate, and a program on this machine that asks it."""
    given = Settings(_env_file=None, data_dir=folder, platform=Platform.INSTAGRAM, **settings)
    async with open_app(given, FakeClock()) as app, asking(app) as program:
        yield app, program


@asynccontextmanager
async def asking(app: App, address: str = HERE, name: str = "127.0.0.1:8080") -> AsyncIterator[httpx.AsyncClient]:
    """A program at *address* that knows the panel by this name."""
    gate = SessionGate(Starlette(routes=routes(app)), app)
    transport = httpx.ASGITransport(gate, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{name}") as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def filled(app: App) -> None:
    """Something of everything, so that each metric has a sample."""
    now = app.clock.now()
    counts = {"ready": 3, "leased": 1, "cooling": 2}
    snapshot = {"counts": counts, "busy": 2, "workers": 4, "not_stored": 7}
    async with app.engine._ground.database.transaction() as tx:
        await engine_state.take(tx, holder="run:1", pid=1, at=now, sandbox_url=None, snapshot=snapshot)
        await count_verdicts(tx, now, "live", 2)
        await count_verdicts(tx, now, "unknown", 1, "timeout")
        times = (1, 2, 0, 0, 0, 0, 0, 1)
        spent = MinuteCount(now, 5, 1, 1, times, 12_400, busy_ms=3_000, limited_ms=1_500, memory_mb=100, cpu_ms=250)
        await minute_stats.add(tx, [spent])


async def page_of(app: App) -> dict[str, Metric]:
    """The families on the page, by name."""
    await filled(app)
    async with asking(app) as program:
        answer = await program.get("/metrics")
    assert answer.status_code == 200, answer.text
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def exposed(family: Metric) -> str:
    """The name that people write in a query."""
    return f"{family.name}_total" if family.type == "counter" else family.name


# -- who may read it --------------------------------------------------------------------


async def test_a_program_on_this_machine_reads_the_figures_without_a_token(tmp_path: Path) -> None:
    async with panel(tmp_path) as (_, program):
        answer = await program.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


async def test_nobody_else_does_without_a_token(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _), asking(app, ELSEWHERE) as stranger:
        answer = await stranger.get("/metrics")
    assert (answer.status_code, "storywatch_checks" in answer.text) == (403, False)
    assert answer.text == "Figures are for this machine alone; STORYWATCH_METRICS_TOKEN opens them.\n"


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host"])
async def test_what_a_reverse_proxy_passes_on_is_not_from_this_machine(tmp_path: Path, header: str) -> None:
    async with panel(tmp_path) as (_, program):
        assert (await program.get("/metrics", headers={header: "127.0.0.1"})).status_code == 403


async def test_a_foreign_name_that_leads_here_is_not_this_machine(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _), asking(app, name="evil.example") as browser:
        assert (await browser.get("/metrics")).status_code == 403


async def test_the_token_opens_the_figures_from_anywhere(tmp_path: Path) -> None:
    async with (
        panel(tmp_path, metrics_token=TOKEN) as (app, _),
        asking(app, ELSEWHERE, "stories.example") as prometheus,
    ):
        assert (await prometheus.get("/metrics", headers=bearer(TOKEN))).status_code == 200
        assert (await prometheus.get("/metrics", headers={"authorization": f"bearer {TOKEN}"})).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, bearer(TOKEN[:-1]), bearer(""), bearer("ä"), {"authorization": f"Basic {TOKEN}"}]
)
async def test_a_wrong_token_or_none_is_refused_with_the_way_to_do_it(tmp_path: Path, headers: dict[str, str]) -> None:
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    async with panel(tmp_path, metrics_token=TOKEN) as (app, _), asking(app, ELSEWHERE) as stranger:
        answer = await stranger.get("/metrics", headers=raw)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="metrics"'


async def test_a_wrong_token_is_refused_on_this_machine_too(tmp_path: Path) -> None:
    async with panel(tmp_path, metrics_token=TOKEN) as (_, program):
        assert (await program.get("/metrics", headers=bearer("wrong"))).status_code == 401
        assert (await program.get("/metrics")).status_code == 200


# -- what is on it ------------------------------------------------------------------------


async def test_the_page_shows_what_was_counted(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _):
        page = await page_of(app)
    values = {
        (sample.name, *sample.labels.values()): sample.value for family in page.values() for sample in family.samples
    }
    assert values["storywatch_checks_total", "live"] == 2
    assert values["storywatch_checks_total", "gone"] == 0
    assert values["storywatch_checks_unknown_total", "timeout"] == 1
    assert values["storywatch_response_seconds_bucket", "0.25"] == 3
    assert values["storywatch_response_seconds_bucket", "+Inf"] == 4
    assert values["storywatch_response_seconds_sum",] == 12.4
    assert values["storywatch_worker_seconds_total", "limited"] == 1.5
    assert values["storywatch_routes", "cooling"] == 2
    assert values["storywatch_routes", "frozen"] == 0
    assert values["storywatch_verdicts_not_stored",] == 7
    assert values["storywatch_memory_bytes",] == 100 * 1_048_576
    assert values["storywatch_breaker", "closed"] == 1


async def test_without_an_engine_its_figures_are_0_and_totals_stay(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _):
        await page_of(app)
        assert isinstance(app.clock, FakeClock)
        await app.clock.advance(timedelta(minutes=5).total_seconds())
        async with asking(app) as program:
            page = (await program.get("/metrics")).text
    lines = page.splitlines()
    assert "storywatch_engine_up 0.0" in lines
    assert "storywatch_workers 0.0" in lines
    assert 'storywatch_checks_total{outcome="live"} 2.0' in lines


async def test_no_name_of_anybody_is_on_the_page(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _):
        page = await page_of(app)
    labels = {name for family in page.values() for sample in family.samples for name in sample.labels}
    assert labels == {"outcome", "reason", "state", "spent", "le", "version", "platform"}


async def test_the_page_keeps_to_the_rules_of_names_and_units(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _):
        page = await page_of(app)
        async with asking(app) as program:
            text = (await program.get("/metrics")).text
    for family in page.values():
        name = exposed(family)
        assert re.fullmatch(r"storywatch_[a-z]+(_[a-z]+)*", name), name
        assert family.documentation.endswith("."), name
        assert family.type in {"counter", "gauge", "histogram"}, name
        assert name.endswith("_total") == (family.type == "counter"), name
        assert not re.search(r"_(ms|milliseconds|minutes|hours|mb|kb|percent|counter|gauge|count|sum|bucket)\b", name)
        assert family.samples, name
        assert f"# HELP {name} {family.documentation}" in text
        assert f"# TYPE {name} {family.type}" in text
    seen = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) ", text, re.MULTILINE)
    assert len(seen) == len(set(seen)), "each sample once"


# -- what is written about it --------------------------------------------------------------


async def test_the_page_and_its_reference_name_the_same_metrics(tmp_path: Path) -> None:
    async with panel(tmp_path) as (app, _):
        page = await page_of(app)
    shown = {
        exposed(family): (
            family.type,
            {name for sample in family.samples for name in sample.labels},
            family.documentation,
        )
        for family in page.values()
    }
    written = {
        row[0].strip("`"): (row[1], set(re.findall(r"`(\w+)`", row[2])), row[3])
        for row in table_under(REFERENCE, "Metric")
    }
    assert shown == written


def test_the_dashboard_asks_for_known_metrics_and_for_all_of_them() -> None:
    known = {row[0].strip("`") for row in table_under(REFERENCE, "Metric")}
    dashboard = orjson.loads(text_of("docs/grafana.json"))
    asked = {
        re.sub(r"_(bucket|sum|count)$", "", name)
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\bstorywatch_\w+", target["expr"])
    }
    assert asked <= known
    assert known - asked == {"storywatch_build_info"}


def test_the_dashboard_can_be_pointed_at_any_prometheus() -> None:
    dashboard = orjson.loads(text_of("docs/grafana.json"))
    (source,) = dashboard["templating"]["list"]
    assert (source["name"], source["type"], source["query"]) == ("datasource", "datasource", "prometheus")
    assert {panel["datasource"]["uid"] for panel in dashboard["panels"]} == {"${datasource}"}
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
