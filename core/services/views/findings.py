"""The view of what a look at the installation found."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, FAILED = "ok", "warning", "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found.

    Args:
        status: ``ok``, ``warning`` or ``failed``.
        fix: What mends it; empty where nothing is to do.
    """

    check: str
    status: str
    detail: str
    fix: str = ""
