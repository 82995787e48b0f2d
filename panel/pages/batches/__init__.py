"""The tab Batches."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages.batches.tab import BatchesTab

TAB = TabKind(label="Batches", icon="layers", make=BatchesTab)
