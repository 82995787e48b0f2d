"""Views of what tests of proxies, sessions and canaries found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProxyTested:
    """What the test of a proxy found.

    Args:
        address: Masked.
        ok: It works, as far as could be tried.
        connect_ms: How long it took to reach it and be let in; None where that failed.
        answer_ms: How long the platform's answer took over it; None where none came or none was asked for.
        reason: Why it is not ok; None where it is, or where nothing was tried.
        blame: Whose fault that is, as far as is known.
        sentence: What is wrong, and what mends it.
    """

    proxy: int
    address: str
    ok: bool
    connect_ms: float | None
    answer_ms: float | None
    reason: str | None
    blame: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class SessionTested:
    """What the test of a session found.

    Args:
        ok: It saw a canary.
        state: Its state after the test; None where it is not known.
        answer_ms: How long the answer took; None where none came.
    """

    session: int
    label: str
    proxy: int | None
    ok: bool
    state: str | None
    answer_ms: float | None
    reason: str | None
    blame: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class CanaryTested:
    """What the test of a canary found.

    Args:
        ok: It was seen.
        session: Id of the session that was asked last; None where none was.
        answer_ms: How long the answer took; None where none came.
        reason: Why the answer says nothing of its story; None where it does, or where nothing was asked.
    """

    canary: str
    ok: bool
    session: int | None
    answer_ms: float | None
    reason: str | None
    blame: str | None
    sentence: str
