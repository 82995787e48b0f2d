"""What is an alert, and that one spell is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.domain.alarms import AlertKind, FailingProxies, alert_for, alert_for_failing
from core.domain.health import ProxyHealth
from core.domain.limits import Limits
from core.domain.transition import Kind, Transition

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
LIMITS = Limits()


def change(kind: Kind, before: str, after: str, reason: str = "challenge", subject: str = "ann") -> Transition:
    return Transition(NOW, kind, 1, before, after, reason, None, subject)


def health(outcomes: str, *, in_a_row: int = 0, error: str | None = None) -> ProxyHealth:
    """A health with these exchanges behind it, *g* good and *b* bad, the newest last."""
    bits = int("".join("1" if each == "g" else "0" for each in outcomes) or "0", 2)
    return ProxyHealth(outcomes=bits, judged=len(outcomes), consecutive_failures=in_a_row, last_error=error)


# -- changes of state ---------------------------------------------------------------


@pytest.mark.parametrize("before", ["valid", "resting", "suspected"])
def test_a_session_that_is_frozen_is_an_alert(before: str) -> None:
    alert = alert_for(change(Kind.SESSION, before, "checkpoint"))
    assert alert is not None
    assert (alert.kind, alert.subject) == (AlertKind.SESSION_FROZEN, "ann")
    assert alert.text == 'The session "ann" is challenged (challenge) and waits for a person.'


def test_a_frozen_session_that_freezes_otherwise_is_no_second_alert() -> None:
    assert alert_for(change(Kind.SESSION, "expired", "checkpoint")) is None


@pytest.mark.parametrize("after", ["resting", "suspected", "disabled", "valid"])
def test_a_session_that_comes_back_by_itself_or_was_switched_off_is_no_alert(after: str) -> None:
    assert alert_for(change(Kind.SESSION, "valid", after)) is None


def test_a_canary_that_retires_is_an_alert_with_its_reason() -> None:
    alert = alert_for(change(Kind.CANARY, "missing", "retired", "not_seen: nobody saw it for 48 hours", "nasa"))
    assert alert is not None
    assert alert.kind is AlertKind.CANARY_RETIRED
    assert alert.text == "The canary nasa is used no more: nobody saw it for 48 hours."
    assert alert_for(change(Kind.CANARY, "proven", "missing", "not_seen")) is None


def test_a_breaker_is_told_when_it_opens_and_when_it_closes_and_not_for_every_probe() -> None:
    opened = alert_for(change(Kind.BREAKER, "closed", "open", "server_error", "platform"))
    assert opened is not None
    assert opened.text == "The platform refuses everybody (server_error); everything pauses until a probe passes."
    look_ups = alert_for(change(Kind.BREAKER, "closed", "look_ups_wait", "endpoint_gone", "platform"))
    assert look_ups is not None
    assert "look-ups pause" in look_ups.text
    for before, after in (("open", "open"), ("look_ups_wait", "open"), ("closed", "closed")):
        assert alert_for(change(Kind.BREAKER, before, after)) is None
    for before in ("open", "look_ups_wait"):
        closed = alert_for(change(Kind.BREAKER, before, "closed", "recovered", "platform"))
        assert closed is not None
        assert closed.text == "The platform answers again; everything goes on."


# -- proxies that fail ----------------------------------------------------------------


def test_a_proxy_that_fails_three_times_in_a_row_is_told_once_until_it_does_well() -> None:
    told = FailingProxies()
    bad = health("bbb", in_a_row=3)
    assert told.is_news(1, bad, LIMITS)
    assert not told.is_news(1, bad, LIMITS)
    assert told.is_news(2, bad, LIMITS)
    assert not told.is_news(1, health("bbb" + "g" * 47), LIMITS)
    assert told.is_news(1, bad, LIMITS)


def test_a_share_that_sways_about_its_limit_is_one_spell() -> None:
    told = FailingProxies()
    above, below = health("b" * 11 + "g" * 39), health("b" * 10 + "g" * 40)
    assert told.is_news(1, above, LIMITS)
    assert [told.is_news(1, each, LIMITS) for each in (below, above, below, above)] == [False] * 4


def test_a_share_is_not_judged_before_five_exchanges() -> None:
    told = FailingProxies()
    assert not told.is_news(1, health("bbgg"), LIMITS)
    assert told.is_news(1, health("bbggg"), LIMITS)


def test_a_limit_of_none_raises_no_alert() -> None:
    told = FailingProxies()
    silent = replace(LIMITS, alert_in_a_row=0, alert_share=0)
    assert not told.is_news(1, health("b" * 50, in_a_row=50), silent)


def test_a_proxy_that_was_told_before_a_restart_is_not_told_again() -> None:
    told = FailingProxies()
    told.know({"proxy 1"})
    assert not told.is_news(1, health("bbb", in_a_row=3), LIMITS)


def test_an_alert_that_was_not_stored_comes_again() -> None:
    told = FailingProxies()
    bad = health("bbb", in_a_row=3)
    assert told.is_news(1, bad, LIMITS)
    told.forget(1)
    assert told.is_news(1, bad, LIMITS)


def test_the_text_says_how_it_fails() -> None:
    in_a_row = alert_for_failing(3, "http://203.0.113.7:80", health("bbb", in_a_row=3, error="proxy_error"), LIMITS)
    assert in_a_row.subject == "proxy 3"
    assert in_a_row.text == (
        "The proxy 3 (http://203.0.113.7:80) failed 3 times in a row, the last time with proxy_error."
    )
    share = alert_for_failing(3, "http://203.0.113.7:80", health("bbbggggggg"), LIMITS)
    assert share.text == "The proxy 3 (http://203.0.113.7:80) failed in 3 of its last 10 exchanges."
