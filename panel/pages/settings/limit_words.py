"""What people call the operating limits, in which order they stand, and what each of them means.  Pure."""

from __future__ import annotations

from dataclasses import dataclass

LimitNumber = float | int | None


@dataclass(frozen=True, slots=True)
class LimitWords:
    """One limit.

    Args:
        suffix: The unit beside the number.
    """

    name: str
    title: str
    suffix: str
    meaning: str


@dataclass(frozen=True, slots=True)
class LimitGroup:
    """Limits of one kind."""

    title: str
    about: str
    limits: tuple[LimitWords, ...]


GROUPS: tuple[LimitGroup, ...] = (
    LimitGroup(
        "Per session",
        "the login of a route",
        (
            LimitWords(
                "per_route_hour",
                "Requests an hour",
                "",
                "In any hour. More is faster; logins that ask more get flagged sooner.",
            ),
            LimitWords("per_route_day", "Requests a day", "", "In any 24 hours."),
            LimitWords(
                "route_gap_seconds",
                "Pause between requests",
                "s",
                "A session waits at least this long after an answer.",
            ),
            LimitWords(
                "route_gap_jitter",
                "Spread of the pause",
                "× the pause",
                "Chance adds up to so much, so that requests do not tick like a clock.",
            ),
            LimitWords(
                "lookups_hour",
                "Look-ups an hour",
                "",
                "A look-up learns the id of a new profile; platforms guard them most.",
            ),
            LimitWords("lookups_day", "Look-ups a day", "", "In any 24 hours."),
            LimitWords("new_session_days", "New for", "days", "So long a session uses only a share of its limits."),
            LimitWords(
                "new_session_share", "Share while new", "of the limits", "What a new session may use of its limits."
            ),
        ),
    ),
    LimitGroup(
        "Per proxy",
        "all sessions over it together; a proxy can have limits of its own",
        (
            LimitWords("per_proxy_hour", "Requests an hour", "", "In any hour."),
            LimitWords("per_proxy_day", "Requests a day", "", "In any 24 hours."),
            LimitWords("per_proxy_parallel", "Requests at once", "", "More wait for one to end."),
        ),
    ),
    LimitGroup(
        "Everything together",
        "",
        (
            LimitWords("global_per_minute", "Requests a minute", "", "One more gate, for all routes."),
            LimitWords("workers", "Workers", "", "Requests in flight at once; none is one a route, at most 50."),
            LimitWords("concurrent_batches", "Batches at once", "", "The others wait in line, in their order."),
        ),
    ),
    LimitGroup(
        "Checks",
        "",
        (
            LimitWords(
                "attempts",
                "Failures a question may cost",
                "",
                "Each over another route. After the last one the verdict is unknown, with the reason.",
            ),
            LimitWords("connect_timeout", "Connect within", "s", "The longest wait for a connection."),
            LimitWords("total_timeout", "Answer within", "s", "Connecting, asking and reading together."),
            LimitWords(
                "group_size",
                "Asked about together",
                "profiles",
                "More cost fewer requests; above some size platforms leave people out.",
            ),
            LimitWords(
                "confirm_size",
                "Asked about again together",
                "profiles",
                "Who was missing from the first answer is asked about again in a group of this size.",
            ),
            LimitWords(
                "fresh_minutes",
                "Skip if checked within",
                "min",
                "Conclusive verdicts younger than this are taken over. 0 checks always.",
            ),
        ),
    ),
    LimitGroup(
        "Rests and health",
        "",
        (
            LimitWords(
                "proxy_failures",
                "Quarantine after",
                "failures",
                "In a row, of the proxy's own. 5 minutes first, then longer, then one probe.",
            ),
            LimitWords(
                "proxy_check_minutes",
                "Try idle proxies every",
                "min",
                "By connecting alone; nothing is sent to the platform. 0 is never.",
            ),
            LimitWords(
                "rest_scale",
                "Length of rests",
                "× the usual",
                "Stretches every rest, hold and quarantine of ours; never what the platform asks for.",
            ),
            LimitWords("degraded_below", "Degraded below", "%", "Of the last 50 exchanges that were judged."),
            LimitWords("failing_below", "Failing below", "%", "Of the last 50 exchanges that were judged."),
        ),
    ),
    LimitGroup(
        "Alerts",
        "about proxies that fail",
        (
            LimitWords(
                "alert_in_a_row",
                "Failures in a row",
                "",
                "So many raise an alert, once until the proxy does well again. 0 is never.",
            ),
            LimitWords(
                "alert_share", "Share of the last 50", "%", "More failures than this raise an alert. 0 is never."
            ),
        ),
    ),
)
TITLES = {words.name: words.title for group in GROUPS for words in group.limits}


def as_text(value: LimitNumber) -> str:
    """A value as it is typed."""
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def in_words(value: LimitNumber, suffix: str) -> str:
    """A value with its unit."""
    if value is None:
        return "none"
    number = f"{value:,g}" if isinstance(value, float) else f"{value:,}"
    return f"{number} {suffix}".rstrip()


def allowed_in_words(an_hour: int | None, a_day: int | None, decides: str | None) -> str:
    """What the limits allow, and which of them decides, in whole sentences."""
    if an_hour == 0:
        return "No route is in service: add a proxy and a session that is bound to it."
    told = []
    if decides is not None:
        told.append(f"What decides is {_decider(decides)}.")
    if an_hour is None:
        told.append("Nothing limits an hour.")
    if a_day is None:
        told.append("Nothing limits a day.")
    elif an_hour is None:
        told.append(f"In a day they may send {a_day:,}.")
    elif a_day < 24 * an_hour:
        told.append(
            f"The limits of a day end it after {a_day:,} requests: at full rate that is {a_day / an_hour:.3g} h."
        )
    else:
        told.append(f"That is {a_day:,} in a day.")
    return " ".join(told)


def _decider(name: str) -> str:
    group = next(group for group in GROUPS for words in group.limits if words.name == name)
    return f'"{TITLES[name]}" {group.title.lower()}' if group.title.startswith("Per") else f'"{TITLES[name]}"'
