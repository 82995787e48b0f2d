"""What the verbs answer with: frozen snapshots that adapters render.  Never a row, never a secret."""

from __future__ import annotations

from core.services.views.batches import BatchEventView, BatchView, ChecksPage, CheckView, FoundCheck, ordinal
from core.services.views.engine import Activity, EngineView, KeyRotated, Overview
from core.services.views.estimates import CheckEstimate
from core.services.views.feed import FeedPage, FeedRow, HistoryCheck, NichesOverview, NicheSummary, ProfileHistory
from core.services.views.findings import Finding
from core.services.views.first_steps import FirstSteps
from core.services.views.happenings import AlertView, HourView, ResourceEventView
from core.services.views.imports import ImportPreview, ImportUndone, ImportView, KnownElsewhere, StagedImport
from core.services.views.people import (
    Admitted,
    AuditEntryView,
    AuditPage,
    OneTimeLink,
    PairingCode,
    PersonView,
    SignedIn,
    Welcome,
)
from core.services.views.pool import (
    CanariesAdded,
    CanaryView,
    LastDay,
    LimitView,
    Misses,
    MissesOfDay,
    ProxiesImported,
    ProxyLine,
    ProxyRemoved,
    ProxyView,
    SessionLine,
    SessionsImported,
    SessionView,
)
from core.services.views.profiles import (
    ImportProgress,
    ImportReport,
    NicheRemoved,
    NicheView,
    ProfilePage,
    ProfilesChanged,
    ProfileView,
    RejectedLine,
)
from core.services.views.schedules import ComingRun, ScheduleDraft, ScheduleLoad, ScheduleRunView, ScheduleView
from core.services.views.trials import ProxyTested, SessionTested

__all__ = [
    "Activity",
    "Admitted",
    "AlertView",
    "AuditEntryView",
    "AuditPage",
    "BatchEventView",
    "BatchView",
    "CanariesAdded",
    "CanaryView",
    "CheckEstimate",
    "CheckView",
    "ChecksPage",
    "ComingRun",
    "EngineView",
    "FeedPage",
    "FeedRow",
    "Finding",
    "FirstSteps",
    "FoundCheck",
    "HistoryCheck",
    "HourView",
    "ImportPreview",
    "ImportProgress",
    "ImportReport",
    "ImportUndone",
    "ImportView",
    "KeyRotated",
    "KnownElsewhere",
    "LastDay",
    "LimitView",
    "Misses",
    "MissesOfDay",
    "NicheRemoved",
    "NicheSummary",
    "NicheView",
    "NichesOverview",
    "OneTimeLink",
    "Overview",
    "PairingCode",
    "PersonView",
    "ProfileHistory",
    "ProfilePage",
    "ProfileView",
    "ProfilesChanged",
    "ProxiesImported",
    "ProxyLine",
    "ProxyRemoved",
    "ProxyTested",
    "ProxyView",
    "RejectedLine",
    "ResourceEventView",
    "ScheduleDraft",
    "ScheduleLoad",
    "ScheduleRunView",
    "ScheduleView",
    "SessionLine",
    "SessionTested",
    "SessionView",
    "SessionsImported",
    "SignedIn",
    "StagedImport",
    "Welcome",
    "ordinal",
]
