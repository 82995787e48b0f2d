"""The tabs of the panel, a file or a folder each."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages import batches, monitor, niche_feed, settings
from panel.place import TabName

TABS: dict[TabName, TabKind] = {
    TabName.FEED: niche_feed.TAB,
    TabName.BATCHES: batches.TAB,
    TabName.SETTINGS: settings.TAB,
    TabName.MONITOR: monitor.TAB,
}
