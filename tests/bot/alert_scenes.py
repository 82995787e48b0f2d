"""Alerts as people meet them, for the pictures of the documentation: a finished batch, a pause, a storm."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.domain.alarms import AlertKind
from core.domain.batch_digest import BatchDigest
from core.services.views import AlertMessage

_NOW = datetime(2026, 11, 24, 11, 6, tzinfo=UTC)

_FOUND = BatchDigest(
    name="Street food",
    total=2_480,
    live=944,
    none=1_301,
    private=161,
    gone=33,
    unknown=41,
    requests=546,
    seconds=800,
    compared_with="2026-11-24T06:30:00+00:00",
    live_before=902,
    new=118,
    ended=76,
    newly_gone=3,
    names=("noma.tacos", "harborgrill.nyc", "juniper_bakes", "theyuzumarket", "oven_lisbon", "pine.ramen.tokyo"),
    reasons=(("rate limited", 25), ("timeout", 11), ("unproven answer", 5)),
)
FINISHED = AlertMessage(
    kind=AlertKind.BATCH_FINISHED.value,
    title=_FOUND.title(),
    lines=tuple(_FOUND.sentences(ZoneInfo("UTC"))),
    more=0,
    fields=tuple(_FOUND.fields()),
    footer=_FOUND.footer(),
    batch=None,
    names=_FOUND.names,
    more_names=_FOUND.new - len(_FOUND.names),
    file=None,
    created_at=_NOW,
)
PAUSE = AlertMessage(
    kind=AlertKind.BREAKER.value,
    title="The platform refuses us",
    lines=("The platform refuses everybody (answers that cannot be read); everything pauses until a probe passes.",),
    more=0,
    fields=(),
    footer="",
    batch=None,
    names=(),
    more_names=0,
    file=None,
    created_at=_NOW,
    pauses=True,
)
STORM = AlertMessage(
    kind="digest",
    title="21 alerts",
    lines=(
        'The session "mara-2" is challenged (checkpoint) and waits for a person.',
        *(f"The proxy {n} (203.0.113.{n}:8080) failed 10 times in a row, the last time with timeout." for n in (3, 4)),
        "and 15 more",
        "3 watched profiles have a new story:",
    ),
    more=0,
    fields=(),
    footer="",
    batch=None,
    names=("noma.tacos", "oven_lisbon", "umber.cart"),
    more_names=0,
    file=None,
    created_at=_NOW,
)
