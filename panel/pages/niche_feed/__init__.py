"""The tab Niche Feed."""

from __future__ import annotations

from panel.context import TabKind
from panel.live_updates import LiveUpdates
from panel.pages.niche_feed import drawer_routes, feed_routes, feed_topics, first_run, import_routes
from panel.pages.niche_feed.kept_selections import KeptSelections
from panel.pages.niche_feed.tab import NicheFeedTab


def _topics(live: LiveUpdates) -> None:
    feed_topics.register(live)
    first_run.topics(live)


def _tab() -> TabKind:
    # Left by plain requests, taken by the pages' handlers: both are of this tab.
    kept = KeptSelections()
    return TabKind(
        label="Niche Feed",
        icon="view_list",
        make=lambda page: NicheFeedTab(page, kept),
        topics=_topics,
        routes=lambda app: [*feed_routes.routes(app, kept), *drawer_routes.routes(app), *import_routes.routes(app)],
        scripts=(
            "feed_selection.js",
            "feed_choosing.js",
            "feed_heads.js",
            "feed_news.js",
            "feed_cells.js",
            "feed.js",
            "drawer.js",
            "import.js",
        ),
        sheets=("feed.css", "drawer.css", "first_run.css", "import.css"),
    )


TAB = _tab()
