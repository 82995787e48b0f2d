"""The sections of the settings, in the order in which they are listed."""

from __future__ import annotations

from core.domain.actor import Role
from panel.pages.settings.alerts import AlertsSection
from panel.pages.settings.appearance import AppearanceSection
from panel.pages.settings.audit_log import AuditSection
from panel.pages.settings.canaries import CanariesSection
from panel.pages.settings.limits import LimitsSection
from panel.pages.settings.people import PeopleSection
from panel.pages.settings.proxies import ProxiesSection
from panel.pages.settings.schedules import SchedulesSection
from panel.pages.settings.section import SectionKind
from panel.pages.settings.sessions import SessionsSection

_NETWORK, _BY_ITSELF, _PANEL = "Network", "By itself", "Panel"

SECTIONS: tuple[SectionKind, ...] = (
    SectionKind("proxies", "Proxies", _NETWORK, ProxiesSection, counted="proxies"),
    SectionKind("sessions", "Sessions", _NETWORK, SessionsSection, counted="sessions"),
    SectionKind("canaries", "Canaries", _NETWORK, CanariesSection, counted="canaries"),
    SectionKind("limits", "Limits", _NETWORK, LimitsSection),
    SectionKind("schedules", "Schedules", _BY_ITSELF, SchedulesSection),
    SectionKind("alerts", "Alerts", _BY_ITSELF, AlertsSection),
    SectionKind("people", "People", _PANEL, PeopleSection, role=Role.ADMIN),
    SectionKind("appearance", "Appearance", _PANEL, AppearanceSection),
    SectionKind("audit", "Audit log", _PANEL, AuditSection, role=Role.ADMIN),
)
