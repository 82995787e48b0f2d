"""What a test found, as it is stored and handed to whoever asked for it."""

from __future__ import annotations

from typing import Any

from core.domain.verdict import Blame, Reason

Result = dict[str, Any]


def result(
    *,
    ok: bool = False,
    answer_ms: float | None = None,
    reason: Reason | None = None,
    blame: Blame = Blame.NOBODY,
    sentence: str,
) -> Result:
    """A result; *reason* and *blame* are told of a failure alone.

    Args:
        answer_ms: How long the platform's answer took; None where none came.
        sentence: What was found, and what mends it.
    """
    failed = not ok and reason is not None
    return {
        "ok": ok,
        "connect_ms": None,
        "answer_ms": None if answer_ms is None else round(answer_ms, 1),
        "reason": reason.value if failed and reason is not None else None,
        "blame": blame.value if failed and blame is not Blame.NOBODY else None,
        "sentence": sentence,
    }
