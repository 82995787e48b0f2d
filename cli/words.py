"""Times, spans, counts and checks in people's words.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.domain.verdict import Outcome, Reason
from core.services.views import BatchView, CheckView, Misses, ProxyView

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400

OUTCOME_STYLES = {
    Outcome.LIVE: "green",
    Outcome.NONE: "",
    Outcome.PRIVATE: "dim",
    Outcome.GONE: "dim",
    Outcome.UNKNOWN: "yellow",
}


def span(seconds: float) -> str:
    """A length of time in its largest unit or two: *40 s*, *5 min*, *3 h 20 min*, *2 d*."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    if whole < 90 * _MINUTE:
        return f"{round(whole / _MINUTE)} min"
    if whole < _DAY:
        hours, minutes = divmod(round(whole / _MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{whole // _DAY} d"


def ago(then: datetime | None, now: datetime) -> str:
    """When something was: *just now*, *5 min ago*, *never*."""
    if then is None:
        return "never"
    seconds = (now - then).total_seconds()
    return "just now" if seconds < 5 else f"{span(seconds)} ago"


def until(end: datetime | None, now: datetime) -> str:
    """How long something lasts: *for 3 h*; empty when its end is not known or past."""
    if end is None or end <= now:
        return ""
    return f"for {span((end - now).total_seconds())}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number of things: *1 profile*, *1,200 profiles*."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(numbers: Mapping[str, int]) -> str:
    """Counts by name, those that are not 0: *3 rate_limited, 1 timeout*."""
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items() if number)


def outcomes(view: BatchView, unknown_reasons: Mapping[Reason, int]) -> str:
    """What a batch found so far, unknown ones by reason."""
    found = listed({"live": view.live, "none visible to us": view.none, "private": view.private, "gone": view.gone})
    if not view.unknown:
        return found or "nothing yet"
    reasons = listed({reason.value: number for reason, number in unknown_reasons.items()})
    unknown = f"{view.unknown:,} unknown" + (f" ({reasons})" if reasons else "")
    return f"{found}, {unknown}" if found else unknown


def misses(found: Misses) -> str:
    """How often one asking alone would have missed a story; empty where no story was found."""
    if found.share is None:
        return ""
    return (
        f"One asking alone would have missed {100 * found.share:.1f} % of the stories of the last 30 days "
        f"({found.found_late:,} of {found.stories:,} were found only on the second asking)."
    )


def proxies_stand(views: Sequence[ProxyView]) -> str:
    """How many proxies are in which state, and where to read more; empty where all are ready."""
    states = Counter(view.state if view.enabled else "off" for view in views)
    if set(states) <= {"ready"}:
        return ""
    back = " Cooling and quarantined ones come back by themselves." if states.keys() - {"ready", "off"} else ""
    return f"{count(len(views), 'proxy', 'proxies')}: {listed(states)}.{back} What happened: storywatch proxy log"


def health(level: str, score: float | None) -> str:
    """How well a proxy or session does: *98 % healthy*; empty while it is not judged."""
    return "" if score is None else f"{score:.0f} % {level}"


def why_it_waits(view: BatchView, now: datetime) -> str:
    """Why a batch does not move, and until when; empty when it moves."""
    if view.waiting_reason is None:
        return ""
    if view.waiting_until is None or view.waiting_until <= now:
        return f"waits: {view.waiting_reason}"
    left = span((view.waiting_until - now).total_seconds())
    return f"waits: {view.waiting_reason} (until {view.waiting_until:%H:%M:%S} UTC, in {left})"


def check_line(check: CheckView, now: datetime) -> str:
    """One check as a line of aligned columns."""
    outcome = "" if check.outcome is None else check.outcome.value
    return f"{check.username:<30}  {outcome:<7}  {_explained(check, now)}".rstrip()


def styled_check(check: CheckView, now: datetime) -> tuple[str, str]:
    """One check as a line, and the style that its outcome has."""
    return check_line(check, now), "" if check.outcome is None else OUTCOME_STYLES[check.outcome]


def _explained(check: CheckView, now: datetime) -> str:
    said: list[str] = []
    if check.outcome is Outcome.LIVE:
        said.append(until(check.story_until, now))
    elif check.outcome is Outcome.NONE:
        said.append("none visible to us")
    elif check.outcome is Outcome.UNKNOWN and check.reason is not None:
        said.append(check.reason.value)
    if check.reason is Reason.FRESH:
        said.append(f"as of {ago(check.checked_at, now)}")
    return ", ".join(part for part in said if part)


def batch_ended(view: BatchView, unknown_reasons: Mapping[Reason, int]) -> str:
    """How a batch stands, in one sentence."""
    how = (
        f"{count(view.finished, 'check')} of {view.total:,}"
        if view.finished < view.total
        else count(view.total, "check")
    )
    cost = f"{count(view.requests, 'request')} in {span(view.seconds)}"
    return f"{view.name}: {view.shown_status}. {how}, {cost}: {outcomes(view, unknown_reasons)}."


def go_on(view: BatchView) -> str:
    """The command that continues, or follows, a batch."""
    return f"storywatch batch start {view.id[:8]} --wait"
