"""The rows.  Only services, upkeep, app and the recorder see one of them.

Times are aware UTC.  The named queries of this package use the table and column names given here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import uuid4

from tortoise import fields
from tortoise.indexes import Index, PartialIndex
from tortoise.models import Model

from core.domain.verdict import Outcome, Reason


class ProfileStatus(StrEnum):
    """Whether a niche's batch includes the profile."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


class BatchStatus(StrEnum):
    """Where a batch is; ``requested_at`` tells one in line from one that waits for a person.

    A hidden one is being written or erased: nobody sees it, nothing lists, starts or promotes it.
    """

    HIDDEN = "hidden"
    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class CheckState(StrEnum):
    """A check is done with exactly one verdict, or pending."""

    PENDING = "pending"
    DONE = "done"


class Deployment(Model):
    """One row: which platform this database is about, and proof of the key it was written with."""

    id = fields.IntField(primary_key=True, generated=False)
    platform = fields.CharField(max_length=30)
    key_proof = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "deployment"


class Niche(Model):
    """A named, ordered group of profiles.  ``name_key`` is the case-folded name."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    name_key = fields.CharField(max_length=160, unique=True)
    position = fields.IntField()
    daily_story_target: int | None = fields.IntField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "niche"


class Profile(Model):
    """A public account and what its finished checks add up to (without those that were *fresh*).

    ``import_id`` is the import that created it, so that the import can be undone.  A new story of a *watched* one is
    an alert.
    """

    username = fields.CharField(max_length=30, primary_key=True)
    niche: fields.ForeignKeyRelation[Niche] = fields.ForeignKeyField(
        "core.Niche", related_name="profiles", on_delete=fields.RESTRICT, db_index=False
    )
    niche_id: int
    status = fields.CharEnumField(ProfileStatus, max_length=10, default=ProfileStatus.ACTIVE)
    platform_id = fields.CharField(max_length=30, null=True)
    is_private = fields.BooleanField(null=True)
    checks_total = fields.IntField(default=0)
    conclusive_total = fields.IntField(default=0)
    stories_total = fields.IntField(default=0)
    detection_ppm = fields.IntField(default=0)
    last_checked_at = fields.DatetimeField(null=True)
    last_outcome = fields.CharEnumField(Outcome, max_length=10, null=True)
    last_reason = fields.CharEnumField(Reason, max_length=20, null=True)
    last_conclusive_at = fields.DatetimeField(null=True)
    last_story_at = fields.DatetimeField(null=True)
    story_since = fields.DatetimeField(null=True)
    story_until = fields.DatetimeField(null=True)
    looked_at = fields.DatetimeField(null=True)
    unknown_streak = fields.IntField(default=0)
    import_id: int | None = fields.IntField(null=True)
    watched = fields.BooleanField(default=False, db_default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "profile"
        indexes = (
            # All that the feed asks about, so that its questions are answered from here and never from the rows.  In
            # the order of names, as batches go: the recorder rewrites neighbours.  An index in the order of anything
            # else but the last check is torn at 300 places by each commit.
            Index(
                name="idx_profile_feed",
                fields=(
                    "niche_id",
                    "username",
                    "status",
                    "last_outcome",
                    "checks_total",
                    "conclusive_total",
                    "detection_ppm",
                    "story_until",
                    "last_checked_at",
                    "last_story_at",
                    "story_since",
                    "last_reason",
                ),
            ),
            Index(name="idx_profile_checked", fields=("last_checked_at", "username", "niche_id")),
            PartialIndex(fields=("username",), name="idx_profile_watched", condition={"watched": 1}),
        )


class Batch(Model):
    """One submission of profiles to be checked.  Counters change in the commit that finishes checks.

    A position is what a batch has from its start to its end or stop, so among the queued it means "in line".
    ``commits`` counts the commits that changed the counters.  ``hidden_at`` is when a hidden batch was last worked on.
    ``schedule_id`` is the schedule that made it, which may have been removed since.  ``results`` is *kept*, *going*
    while its checks are being forgotten because they are old, and then *forgotten*.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    name = fields.CharField(max_length=120)
    niche: fields.ForeignKeyNullableRelation[Niche] = fields.ForeignKeyField(
        "core.Niche", related_name="batches", on_delete=fields.SET_NULL, null=True
    )
    niche_id: int | None
    status = fields.CharEnumField(BatchStatus, max_length=12, default=BatchStatus.QUEUED)
    requested_at = fields.DatetimeField(null=True)
    position = fields.IntField(null=True)
    total = fields.IntField(default=0)
    finished = fields.IntField(default=0)
    live = fields.IntField(default=0)
    none = fields.IntField(default=0)
    private = fields.IntField(default=0)
    gone = fields.IntField(default=0)
    unknown = fields.IntField(default=0)
    skipped = fields.IntField(default=0)
    commits = fields.IntField(db_default=0)
    requests = fields.IntField(default=0)
    second_finds = fields.IntField(default=0)
    active_seconds = fields.FloatField(default=0.0)
    waiting_reason = fields.CharField(max_length=200, null=True)
    waiting_until = fields.DatetimeField(null=True)
    created_by = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    schedule_id: int | None = fields.IntField(null=True)
    results = fields.CharField(max_length=10, db_default="kept")

    class Meta:
        table = "batch"
        indexes = (
            ("status", "position"),
            ("status", "created_at", "id"),
            ("created_at", "id"),
            Index(name="idx_batch_schedule", fields=("schedule_id", "created_at")),
            Index(name="idx_batch_finished", fields=("finished_at",)),
            Index(name="idx_batch_results", fields=("results", "finished_at")),
        )


class Check(Model):
    """One profile in one batch.  A verdict is stored only while the row is pending.

    ``settled_in`` is the number of its batch's commit that stored the verdict: later commits have higher ones.
    """

    id = fields.BigIntField(primary_key=True)
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField(
        "core.Batch", related_name="checks", on_delete=fields.CASCADE, db_index=False
    )
    batch_id: Any
    profile: fields.ForeignKeyRelation[Profile] = fields.ForeignKeyField(
        "core.Profile", related_name="checks", on_delete=fields.CASCADE, db_index=False
    )
    profile_id: str
    state = fields.CharEnumField(CheckState, max_length=8, default=CheckState.PENDING)
    outcome = fields.CharEnumField(Outcome, max_length=10, null=True)
    reason = fields.CharEnumField(Reason, max_length=20, null=True)
    attempts = fields.IntField(default=0)
    trail = fields.CharField(max_length=600, null=True)
    latency_ms = fields.IntField(null=True)
    proxy_id: int | None = fields.IntField(null=True)
    session_id: int | None = fields.IntField(null=True)
    story_since = fields.DatetimeField(null=True)
    story_until = fields.DatetimeField(null=True)
    checked_at = fields.DatetimeField(null=True)
    claimed_by = fields.CharField(max_length=40, null=True)
    claimed_until = fields.DatetimeField(null=True)
    settled_in: int | None = fields.IntField(null=True)

    class Meta:
        table = "checks"
        unique_together = (("profile_id", "batch_id"),)
        indexes = (
            ("batch_id", "settled_in"),
            PartialIndex(fields=("batch_id", "id"), name="idx_checks_pending", condition={"state": "pending"}),
            PartialIndex(
                fields=("batch_id", "reason", "profile_id"), name="idx_checks_unknown", condition={"outcome": "unknown"}
            ),
        )


class BatchEvent(Model):
    """A line of a batch's own log."""

    id = fields.BigIntField(primary_key=True)
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField(
        "core.Batch", related_name="events", on_delete=fields.CASCADE, db_index=False
    )
    at = fields.DatetimeField()
    what = fields.CharField(max_length=30)
    text = fields.CharField(max_length=300)
    username = fields.CharField(max_length=30, null=True)
    proxy_id: int | None = fields.IntField(null=True)

    class Meta:
        table = "batch_event"
        indexes = (("batch_id", "id"),)


class Import(Model):
    """One import of a list: where it came from and what became of its lines."""

    id = fields.IntField(primary_key=True)
    niche: fields.ForeignKeyNullableRelation[Niche] = fields.ForeignKeyField(
        "core.Niche", related_name="imports", on_delete=fields.SET_NULL, null=True
    )
    file_name = fields.CharField(max_length=255)
    lines = fields.IntField()
    created = fields.IntField()
    known_here = fields.IntField()
    known_elsewhere = fields.IntField()
    repeated = fields.IntField()
    invalid = fields.IntField()
    created_by = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()
    undone_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import"


class Proxy(Model):
    """An exit address with its health.  ``password`` is sealed; ``own_…`` are limits of its own, None those of all."""

    id = fields.IntField(primary_key=True)
    scheme = fields.CharField(max_length=10)
    host = fields.CharField(max_length=255)
    port = fields.IntField()
    user = fields.CharField(max_length=255, default="")
    password = fields.TextField(null=True)
    label = fields.CharField(max_length=80, default="")
    enabled = fields.BooleanField(default=True)
    state = fields.CharField(max_length=15, default="ready")
    health: Any = fields.JSONField(default=dict)
    cooldown_until = fields.DatetimeField(null=True)
    requests = fields.IntField(default=0)
    successes = fields.IntField(default=0)
    failures = fields.IntField(default=0)
    consecutive_failures = fields.IntField(default=0)
    response_ms = fields.FloatField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    last_success_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=200, null=True)
    own_hour: int | None = fields.IntField(null=True)
    own_day: int | None = fields.IntField(null=True)
    own_parallel: int | None = fields.IntField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "proxy"
        unique_together = (("scheme", "host", "port", "user"),)


class Session(Model):
    """The operator's login, bound to one proxy.  ``cookies`` is a sealed JSON object."""

    id = fields.IntField(primary_key=True)
    label = fields.CharField(max_length=80, unique=True)
    account_id = fields.CharField(max_length=30, unique=True)
    cookies = fields.TextField()
    user_agent = fields.CharField(max_length=400)
    proxy: fields.ForeignKeyNullableRelation[Proxy] = fields.ForeignKeyField(
        "core.Proxy", related_name="sessions", on_delete=fields.SET_NULL, null=True
    )
    proxy_id: int | None
    enabled = fields.BooleanField(default=True)
    state = fields.CharField(max_length=15, default="valid")
    health: Any = fields.JSONField(default=dict)
    resting_until = fields.DatetimeField(null=True)
    requests = fields.IntField(default=0)
    successes = fields.IntField(default=0)
    failures = fields.IntField(default=0)
    consecutive_failures = fields.IntField(default=0)
    last_used_at = fields.DatetimeField(null=True)
    last_success_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=200, null=True)
    canaries_asked = fields.IntField(db_default=0)
    canaries_seen = fields.IntField(db_default=0)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)  # of the cookie without which there is no login, where it is known

    class Meta:
        table = "session"


class Allowance(Model):
    """Exchanges that a session may make before it has to ask again; what is unspent at a start counts as sent."""

    session: fields.OneToOneRelation[Session] = fields.OneToOneField(
        "core.Session", related_name="allowance", on_delete=fields.CASCADE, primary_key=True
    )
    session_id: int
    unspent = fields.IntField()
    granted_at = fields.DatetimeField()

    class Meta:
        table = "allowance"


class Sends(Model):
    """How many exchanges a session made over a proxy in one minute; *look_ups* are part of *sent*."""

    id = fields.BigIntField(primary_key=True)
    session_id = fields.IntField()
    proxy_id = fields.IntField()
    minute = fields.DatetimeField()
    sent = fields.IntField(db_default=0)
    look_ups = fields.IntField(db_default=0)

    class Meta:
        table = "sends"
        unique_together = (("minute", "session_id", "proxy_id"),)


class ResourceEvent(Model):
    """A change of state of a proxy, a session, a canary or the breaker: when, from what, to what, why, until when."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    kind = fields.CharField(max_length=10)
    subject_id: int | None = fields.IntField(null=True)
    subject = fields.CharField(max_length=120)
    before = fields.CharField(max_length=15)
    after = fields.CharField(max_length=15)
    reason = fields.CharField(max_length=200, default="")
    until = fields.DatetimeField(null=True)

    class Meta:
        table = "resource_event"
        indexes = (("kind", "subject_id", "id"), ("at",))


class Alert(Model):
    """Something people asked to be told; one without *delivered_at* is still to be delivered.

    ``detail`` is what a digest says beside the text.
    ``handed_on`` is 1 once its deliveries are written; it is delivered when the first of them is.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=30)
    subject = fields.CharField(max_length=120)
    text = fields.CharField(max_length=500)
    target = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    delivered_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(db_default=0)
    batch_id = fields.CharField(max_length=36, null=True)
    detail: Any = fields.JSONField(null=True)
    handed_on = fields.IntField(db_default=0)

    class Meta:
        table = "alert"
        indexes = (
            ("created_at",),
            PartialIndex(fields=("id",), name="idx_alert_new", condition={"handed_on": 0}),
        )


class Told(Model):
    """What is told once: an alert with a key that is here already is none."""

    key = fields.CharField(max_length=160, primary_key=True)
    at = fields.DatetimeField()

    class Meta:
        table = "told"
        indexes = (("at",),)


class AlertTarget(Model):
    """Where alerts are delivered: a Discord channel, or what Apprise knows.

    ``address`` is sealed: the channel's id, or Apprise's URL.  ``kinds`` are the kinds of alerts that it gets, None
    all.  Quiet hours are minutes since midnight in the deployment's time zone; from 1,320 until 420 is the night.
    """

    id = fields.IntField(primary_key=True)
    label = fields.CharField(max_length=80, unique=True)
    via = fields.CharField(max_length=10)
    address = fields.TextField()
    mention = fields.CharField(max_length=25, null=True)
    kinds: Any = fields.JSONField(null=True)
    quiet_from: int | None = fields.IntField(null=True)
    quiet_until: int | None = fields.IntField(null=True)
    muted_until = fields.DatetimeField(null=True)
    enabled = fields.BooleanField(default=True)
    last_delivered_at = fields.DatetimeField(null=True)
    last_error = fields.CharField(max_length=300, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "alert_target"


class AlertDelivery(Model):
    """One alert on its way to one target: waiting, delivered, or given up.

    Those of one target that are due together are delivered as one digest, with one ``nonce``, which the next try after
    a crash keeps, so that a receiver that knows it takes the message once.
    """

    id = fields.BigIntField(primary_key=True)
    alert: fields.ForeignKeyRelation[Alert] = fields.ForeignKeyField(
        "core.Alert", related_name="deliveries", on_delete=fields.CASCADE, db_index=False
    )
    target: fields.ForeignKeyRelation[AlertTarget] = fields.ForeignKeyField(
        "core.AlertTarget", related_name="deliveries", on_delete=fields.CASCADE, db_index=False
    )
    state = fields.CharField(max_length=10, default="waiting")
    nonce = fields.CharField(max_length=25, null=True)
    attempts = fields.IntField(db_default=0)
    due_at = fields.DatetimeField()
    claimed_until = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "alert_delivery"
        unique_together = (("alert_id", "target_id"),)
        indexes = (
            ("target_id", "id"),
            PartialIndex(fields=("due_at",), name="idx_delivery_due", condition={"state": "waiting"}),
        )


class AlertRules(Model):
    """One row: the rules of alerts that differ from the defaults."""

    id = fields.IntField(primary_key=True, generated=False)
    changed: Any = fields.JSONField(default=dict)

    class Meta:
        table = "alert_rules"


class Schedule(Model):
    """When niches get a batch by themselves.  ``name_key`` is the case-folded name.

    Either ``every_seconds`` or ``cron`` is set.  ``next_at`` is the coming run as it will happen, its part of the
    spread and the jitter included; ``next_due_at`` the moment that the rule names.  ``fired_for`` is the local wall
    time of the last due run, so that an hour that a clock change repeats runs once.  Active hours are minutes since
    midnight in its time zone.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    name_key = fields.CharField(max_length=160, unique=True)
    niche_ids: Any = fields.JSONField(default=list)
    every_seconds: int | None = fields.IntField(null=True)
    cron = fields.CharField(max_length=120, null=True)
    timezone = fields.CharField(max_length=64)
    jitter_seconds = fields.IntField(db_default=0)
    active_from: int | None = fields.IntField(null=True)
    active_until: int | None = fields.IntField(null=True)
    fresh_minutes: int | None = fields.IntField(null=True)
    only = fields.CharField(max_length=15, default="all")
    stop_at_target = fields.BooleanField(db_default=False)
    only_changes = fields.BooleanField(db_default=False)
    guild_id = fields.CharField(max_length=25, null=True)
    channel_id = fields.CharField(max_length=25, null=True)
    mention = fields.CharField(max_length=25, null=True)
    enabled = fields.BooleanField(default=True)
    starts_at = fields.DatetimeField()
    next_at = fields.DatetimeField(null=True)
    next_due_at = fields.DatetimeField(null=True)
    fired_for = fields.CharField(max_length=25, null=True)
    last_at = fields.DatetimeField(null=True)
    last_word = fields.CharField(max_length=300, null=True)
    created_by = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()

    class Meta:
        table = "schedule"
        indexes = (("enabled", "next_at"),)


class ScheduleRun(Model):
    """One run of a schedule: when it was due, why it happened, what became of it.

    An open one is under way; one that a crash cut off is taken up again at the next start.
    """

    id = fields.BigIntField(primary_key=True)
    schedule: fields.ForeignKeyRelation[Schedule] = fields.ForeignKeyField(
        "core.Schedule", related_name="runs", on_delete=fields.CASCADE, db_index=False
    )
    due_at = fields.DatetimeField()
    why = fields.CharField(max_length=12)
    at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    batch_id = fields.CharField(max_length=36, null=True)
    outcome = fields.CharField(max_length=12, default="open")
    word = fields.CharField(max_length=300, default="")

    class Meta:
        table = "schedule_run"
        unique_together = (("schedule_id", "due_at", "why"),)
        indexes = (
            ("at",),
            PartialIndex(fields=("id",), name="idx_run_open", condition={"outcome": "open"}),
        )


class HourlyStat(Model):
    """Exchanges of one hour over one proxy that ended for one reason, with their response times in fixed buckets.

    ``upto_…`` counts those that took at most so many milliseconds and more than the bucket before; ``beyond``
    the longer ones.  Exchanges without an answer are in no bucket.  ``last_at`` is kept of failures alone.
    """

    id = fields.BigIntField(primary_key=True)
    hour = fields.DatetimeField()
    proxy_id = fields.IntField()
    reason = fields.CharField(max_length=20)
    blame = fields.CharField(max_length=10)
    count = fields.IntField(db_default=0)
    upto_100 = fields.IntField(db_default=0)
    upto_250 = fields.IntField(db_default=0)
    upto_500 = fields.IntField(db_default=0)
    upto_1000 = fields.IntField(db_default=0)
    upto_2500 = fields.IntField(db_default=0)
    upto_5000 = fields.IntField(db_default=0)
    upto_10000 = fields.IntField(db_default=0)
    beyond = fields.IntField(db_default=0)
    last_at = fields.DatetimeField(null=True)

    class Meta:
        table = "hourly_stat"
        unique_together = (("hour", "proxy_id", "reason", "blame"),)


class MinuteStat(Model):
    """All that was done within one minute: checks by outcome, exchanges and their response times, time and memory.

    Worker time is in milliseconds: *busy* in exchanges, *limited* waiting for a route to be ready while there was work.
    Buckets are those of the hourly figures; ``answer_ms`` is what the answers in them took together.
    """

    minute = fields.DatetimeField(primary_key=True)
    live = fields.IntField(db_default=0)
    none = fields.IntField(db_default=0)
    private = fields.IntField(db_default=0)
    gone = fields.IntField(db_default=0)
    unknown = fields.IntField(db_default=0)
    exchanges = fields.IntField(db_default=0)
    failures = fields.IntField(db_default=0)
    rate_limited = fields.IntField(db_default=0)
    busy_ms = fields.BigIntField(db_default=0)
    limited_ms = fields.BigIntField(db_default=0)
    paused_ms = fields.BigIntField(db_default=0)
    workers = fields.IntField(db_default=0)
    cpu_ms = fields.IntField(db_default=0)
    memory_mb = fields.IntField(db_default=0)
    answer_ms = fields.BigIntField(db_default=0)
    upto_100 = fields.IntField(db_default=0)
    upto_250 = fields.IntField(db_default=0)
    upto_500 = fields.IntField(db_default=0)
    upto_1000 = fields.IntField(db_default=0)
    upto_2500 = fields.IntField(db_default=0)
    upto_5000 = fields.IntField(db_default=0)
    upto_10000 = fields.IntField(db_default=0)
    beyond = fields.IntField(db_default=0)

    class Meta:
        table = "minute_stat"


class UnknownStat(Model):
    """Checks of one hour that stayed unknown for one reason."""

    id = fields.BigIntField(primary_key=True)
    hour = fields.DatetimeField()
    reason = fields.CharField(max_length=20)
    count = fields.IntField(db_default=0)

    class Meta:
        table = "unknown_stat"
        unique_together = (("hour", "reason"),)


class StoryHour(Model):
    """How many stories of a niche's profiles began within one hour, as far as checks found them."""

    id = fields.BigIntField(primary_key=True)
    niche_id = fields.IntField()
    hour = fields.DatetimeField()
    count = fields.IntField(db_default=0)

    class Meta:
        table = "story_hour"
        unique_together = (("niche_id", "hour"),)


class EngineCall(Model):
    """Something that only the engine may do, asked for by another process: a test of a proxy or a session."""

    id = fields.BigIntField(primary_key=True)
    verb = fields.CharField(max_length=40)
    arguments: Any = fields.JSONField(default=dict)
    actor = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)
    result: Any = fields.JSONField(null=True)

    class Meta:
        table = "engine_call"
        indexes = (("done_at", "id"),)


class Canary(Model):
    """A public account known to be live; ``asked`` and ``seen`` count answers that named it."""

    username = fields.CharField(max_length=30, primary_key=True)
    platform_id = fields.CharField(max_length=30, null=True)
    asked = fields.IntField(default=0)
    seen = fields.IntField(default=0)
    missed_in_a_row = fields.IntField(default=0)
    last_seen_at = fields.DatetimeField(null=True)
    missing_since = fields.DatetimeField(null=True)
    retired_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "canary"


class LimitsRow(Model):
    """One row: the operating limits that differ from the defaults."""

    id = fields.IntField(primary_key=True, generated=False)
    changed: Any = fields.JSONField(default=dict)

    class Meta:
        table = "limits"


class EngineState(Model):
    """One row: who holds the engine, how it is, and the revision that every relevant write raises."""

    id = fields.IntField(primary_key=True, generated=False)
    holder = fields.CharField(max_length=40, null=True)
    pid = fields.IntField(null=True)
    heartbeat = fields.DatetimeField(null=True)
    revision = fields.BigIntField(default=0)
    pool_revision = fields.BigIntField(db_default=0)
    snapshot: Any = fields.JSONField(default=dict)
    sandbox_url = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "engine_state"


class ErrorGroup(Model):
    """Errors and unread answers of one kind, with one redacted sample."""

    fingerprint = fields.CharField(max_length=64, primary_key=True)
    kind = fields.CharField(max_length=30)
    title = fields.CharField(max_length=200)
    count = fields.IntField(default=0)
    first_seen = fields.DatetimeField()
    last_seen = fields.DatetimeField()
    sample = fields.TextField(null=True)
    action = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "error_group"


class AuditEntry(Model):
    """Who did what."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=80)
    verb = fields.CharField(max_length=40)
    subject = fields.CharField(max_length=200, default="")
    detail = fields.CharField(max_length=400, default="")

    class Meta:
        table = "audit_entry"


class Person(Model):
    """Somebody who may sign in to the panel or speak to the bot.  ``name_key`` is the case-folded name.

    A person without a password signs in by a one-time link, or through Discord.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=60)
    name_key = fields.CharField(max_length=120, unique=True)
    role = fields.CharField(max_length=10)
    password_hash = fields.CharField(max_length=300, null=True)
    discord_id = fields.CharField(max_length=25, null=True, unique=True)
    enabled = fields.BooleanField(default=True)
    appearance: Any = fields.JSONField(default=dict)
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField(null=True)

    class Meta:
        table = "person"


class SignIn(Model):
    """A browser that is signed in.  Of its token only the SHA-256 is stored."""

    token_hash = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "core.Person", related_name="sign_ins", on_delete=fields.CASCADE
    )
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    address = fields.CharField(max_length=60, default="")

    class Meta:
        table = "sign_in"


class OneTimeCode(Model):
    """A code that works once: a link to the panel, or the pairing of a Discord user.  Only its SHA-256 is stored."""

    code_hash = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "core.Person", related_name="codes", on_delete=fields.CASCADE
    )
    purpose = fields.CharField(max_length=10)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "one_time_code"


class DiscordRole(Model):
    """A role of a Discord server whose members may do what *role* says."""

    role_id = fields.CharField(max_length=25, primary_key=True)
    guild_id = fields.CharField(max_length=25)
    role = fields.CharField(max_length=10)
    label = fields.CharField(max_length=100, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "discord_role"


class BatchMessage(Model):
    """A message in a Discord channel that lives with a batch.

    ``message_id`` is None until it is posted, ``ended_at`` None while it is edited; ``ended_because`` says why it
    is edited no more: its batch is done, it was deleted, or the bot may not write there any longer.
    ``shown`` is a digest of what the message says, so that nothing is sent twice.  ``replaced_id`` is the message
    that a fresh one took the place of, until it is taken away.
    """

    id = fields.BigIntField(primary_key=True)
    batch: fields.ForeignKeyRelation[Batch] = fields.ForeignKeyField(
        "core.Batch", related_name="messages", on_delete=fields.CASCADE, db_index=False
    )
    batch_id: Any
    guild_id = fields.CharField(max_length=25)
    channel_id = fields.CharField(max_length=25)
    message_id = fields.CharField(max_length=25, null=True)
    replaced_id = fields.CharField(max_length=25, null=True)
    nonce = fields.CharField(max_length=25)
    shown = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()
    posted_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_because = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "batch_message"
        indexes = (("batch_id",), ("ended_at", "id"))


class BatchFarewell(Model):
    """A message in a Discord channel whose batch was deleted, until the message says so."""

    id = fields.BigIntField(primary_key=True)
    guild_id = fields.CharField(max_length=25)
    channel_id = fields.CharField(max_length=25)
    message_id = fields.CharField(max_length=25)
    batch_name = fields.CharField(max_length=200)
    deleted_by = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()

    class Meta:
        table = "batch_farewell"
