"""What the verbs answer with: frozen snapshots that adapters render.  Never a row, never a secret."""

from __future__ import annotations

from core.services.views.batches import BatchEventView, BatchView, CheckView, ordinal
from core.services.views.engine import EngineView
from core.services.views.pool import (
    CanariesAdded,
    CanaryView,
    LimitView,
    ProxiesImported,
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
from core.services.views.trials import ProxyTested, SessionTested

__all__ = [
    "BatchEventView",
    "BatchView",
    "CanariesAdded",
    "CanaryView",
    "CheckView",
    "EngineView",
    "ImportProgress",
    "ImportReport",
    "LimitView",
    "NicheRemoved",
    "NicheView",
    "ProfilePage",
    "ProfileView",
    "ProfilesChanged",
    "ProxiesImported",
    "ProxyRemoved",
    "ProxyTested",
    "ProxyView",
    "RejectedLine",
    "SessionLine",
    "SessionTested",
    "SessionView",
    "SessionsImported",
    "ordinal",
]
