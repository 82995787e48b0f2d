"""Why a check ended as it did: the steps of its trail and its verdict, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.trail import ABSENT, FOUND, FOUND_PRIVATE, LIVE, Trace
from core.domain.verdict import Outcome, Reason
from core.services.views.happenings import failure_in_words

# Answers to look-ups: what they said, and what follows from it.
_LOOK_UPS: Mapping[str, tuple[str, str]] = {
    FOUND: ("The profile is there and public.", ""),
    FOUND_PRIVATE: ("The profile is private.", ""),
    Reason.NOT_FOUND: (
        "The platform knows no such name.",
        "That counts once this session has found somebody else by name.",
    ),
    Reason.USER_NULL: (
        "The answer was about nobody.",
        "That counts once this session has found somebody else by name.",
    ),
    Reason.GATED: ("The profile hides itself from this session, by age or by country.", ""),
}

# What an outcome rests on; an UNKNOWN is explained by its reason.
_CONCLUSIONS: Mapping[Outcome, str] = {
    Outcome.LIVE: "A story that is in an answer needs no second one.",
    Outcome.PRIVATE: "Whether a private profile has a story is for its followers to see.",
    Outcome.GONE: "Two sessions did not find it, and each of them found somebody else by name afterwards.",
}
_TWICE_OVER_TWO = "Missing from two proven answers over two sessions. One alone would have stayed unknown."
_TWICE_OVER_ONE = "Missing from two proven answers, both over the same session. One alone would have stayed unknown."
_TWICE = "Missing from two proven answers. One alone would have stayed unknown."

_UNTOLD: Mapping[str, str] = {
    Reason.ABSENT_ONCE: "It was missing from one proven answer, and no second answer came.",
    Reason.BATCH_UNPROVEN: "The answers showed nobody, not even the canaries, so they prove nothing.",
    Reason.NO_CANARY: "The answers showed nobody, and there was no canary to prove them.",
    Reason.SECOND_SESSION: "Gone takes two sessions that agree, and there was no second one to ask.",
    Reason.GATED: "The profile hides itself from the session that asked, by age or by country.",
    Reason.INTERNAL: "That was a mistake in Storywatch itself, not the profile's.",
}

_PROVES_NOTHING: Mapping[str, str] = {
    Reason.BATCH_UNPROVEN: "That proves nothing: the canaries were missing, too.",
    Reason.NO_CANARY: "That proves nothing: there was no canary among those asked.",
}
_REFUSALS: Mapping[str, str] = {
    Reason.PRIVATE: "the platform says that this session may not see it",
}


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One answer about the profile, in words.

    Args:
        asked: How it was asked: "Asked together with 20 others."
        said: What the answer said of it: "Not in the answer."
        meant: What that is worth; empty where it goes without saying.
        proven: The step counts towards a verdict.
        session: Label of the session that carried it; None where it is not known, like *proxy*.
    """

    asked: str
    said: str
    meant: str
    proven: bool
    session: str | None
    proxy: str | None


def why_steps(
    traces: tuple[Trace, ...], sessions: Mapping[int, str], proxies: Mapping[int, str]
) -> tuple[WhyStep, ...]:
    """The steps of a trail in words.

    Args:
        sessions: Labels by id; one that was removed since goes by its number.
    """
    steps: list[WhyStep] = []
    before: dict[bool, set[int | None]] = {True: set(), False: set()}
    for trace in traces:
        is_look_up = trace.said in _LOOK_UPS
        asked, said, meant = _words(trace, before[is_look_up])
        route = (_label(trace.session, sessions, "session"), _label(trace.proxy, proxies, "proxy"))
        steps.append(WhyStep(asked, said, meant, is_look_up or trace.said in {LIVE, ABSENT}, *route))
        before[is_look_up].add(trace.session)
    return tuple(steps)


def why_verdict(outcome: Outcome, reason: Reason, traces: tuple[Trace, ...]) -> str:
    """What the verdict rests on, as a sentence."""
    if outcome is Outcome.NONE:
        return _none(traces)
    told = _CONCLUSIONS.get(outcome) or _UNTOLD.get(reason)
    if told is not None:
        return told
    why = _refusal(reason)
    return f"Nobody could tell: {why}." if why else "Nobody could tell."


def _none(traces: tuple[Trace, ...]) -> str:
    absent = [trace.session for trace in traces if trace.said == ABSENT]
    if len(absent) < 2:  # a trail that was cut off
        return _TWICE
    return _TWICE_OVER_ONE if len(set(absent)) == 1 else _TWICE_OVER_TWO


def _words(trace: Trace, before: set[int | None]) -> tuple[str, str, str]:
    """How it was asked, what came and what that is worth; *before* are the sessions that were asked the same before."""
    again = " again" if before else ""
    over = f", over {'the same' if trace.session in before else 'another'} session" if before else ""
    if trace.said in _LOOK_UPS:
        said, meant = _LOOK_UPS[trace.said]
        return f"Looked up{again}{over}.", said, meant
    said, meant = _answer(trace)
    return f"Asked{again}{_company(trace)}{over}.", said, meant


def _answer(trace: Trace) -> tuple[str, str]:
    """What an answer about stories said of the profile, and what that is worth."""
    if trace.said == LIVE:
        return "Live in the answer.", ""
    if trace.said == ABSENT:
        return "Not in the answer.", _proof(trace)
    if trace.said in _PROVES_NOTHING:
        return "The answer showed nobody.", _PROVES_NOTHING[trace.said]
    why = _refusal(trace.said) or f"the reason is {trace.said}"
    return "No answer that counts.", f"{why[0].upper()}{why[1:]}."


def _refusal(reason: str) -> str | None:
    return failure_in_words(reason) or _REFUSALS.get(reason)


def _company(trace: Trace) -> str:
    if trace.asked is None:
        return ""
    others = trace.asked - 1
    if others == 0:
        return " alone"
    return " together with one other" if others == 1 else f" together with {others:,} others"


def _proof(trace: Trace) -> str:
    if trace.live is None:
        return "The answer was proven: somebody in it was live."
    return (
        "The answer was proven: "
        + ("one" if trace.live == 1 else f"{trace.live:,}")
        + " of those asked came back live."
    )


def _label(number: int | None, labels: Mapping[int, str], kind: str) -> str | None:
    return None if number is None else labels.get(number) or f"{kind} {number}"
