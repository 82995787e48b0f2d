"""The tab Batches: all of them with their progress, and one of them with what it found."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages.batches.batch_news import register
from panel.pages.batches.batch_routes import routes
from panel.pages.batches.tab import BatchesTab

TAB = TabKind(
    label="Batches",
    icon="layers",
    make=BatchesTab,
    topics=register,
    routes=routes,
    scripts=("batches.js", "batch.js", "batch_channels.js"),
    sheets=("batches.css",),
)
