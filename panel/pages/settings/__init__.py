"""The tab Settings."""

from __future__ import annotations

from panel.context import TabKind
from panel.pages.settings.tab import SettingsTab

TAB = TabKind(label="Settings", icon="tune", make=SettingsTab)
