"""The sections of the settings, in the order in which they are listed."""

from __future__ import annotations

from panel.pages.settings.proxies import ProxiesSection
from panel.pages.settings.section import SectionKind
from panel.pages.settings.sessions import SessionsSection

_NETWORK, _PANEL = "Network", "Panel"

SECTIONS: tuple[SectionKind, ...] = (
    SectionKind("proxies", "Proxies", _NETWORK, ProxiesSection, counted="proxies"),
    SectionKind("sessions", "Sessions", _NETWORK, SessionsSection, counted="sessions"),
)
