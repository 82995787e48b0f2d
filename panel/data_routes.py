"""Plain routes under ``/data``, for what would be too much for a page's socket: rows, names, files.

Each tab brings its own; all of them stand behind the gate, and say no with a sentence.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from core.app import App
from panel.pages import TABS


def routes(app: App) -> list[BaseRoute]:
    """Every route under ``/data``."""
    return [route for tab in TABS.values() for route in tab.routes(app)]
