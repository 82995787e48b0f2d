"""The tab Monitor: how all of it does, what goes wrong again and again, and when stories begin."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages.monitor.monitor_routes import routes
from panel.pages.monitor.news import register
from panel.pages.monitor.tab import MonitorTab

TAB = TabKind(
    label="Monitor",
    icon="query_stats",
    make=MonitorTab,
    topics=register,
    routes=routes,
    scripts=("monitor_charts.js", "monitor_tables.js", "monitor_patterns.js", "monitor.js"),
    sheets=("monitor.css",),
)
