"""The application over a platform in memory, opened as often as there are processes."""

from __future__ import annotations

from tests.integration.engine.conftest import app, settings, world

__all__ = ["app", "settings", "world"]
