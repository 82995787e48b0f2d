"""The tab Niche Feed."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages.niche_feed.tab import NicheFeedTab

TAB = TabKind(label="Niche Feed", icon="view_list", make=NicheFeedTab)
