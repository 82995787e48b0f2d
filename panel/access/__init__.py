"""Who may use the panel: the gate before everything, the forms before the gate, and what pages ask about people."""

from __future__ import annotations

from panel.access.entrances import routes
from panel.access.open_pages import keep_watch
from panel.access.permissions import current_actor, requires, signed_in
from panel.access.session_gate import SessionGate

__all__ = ["SessionGate", "current_actor", "keep_watch", "requires", "routes", "signed_in"]
