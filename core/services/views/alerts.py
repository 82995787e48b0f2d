"""Views of alerts: what was told, where it goes, by which rules, and what is on its way to Discord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AlertDeliveryView:
    """One alert on its way to one target.

    Args:
        target: The target's id, *label* its name.
        state: ``waiting``; ``held`` by quiet hours or a mute; ``failing``, which is tried again at *due_at*;
            ``delivered``; ``given_up``.
        error: Why the last try failed.
    """

    target: int
    label: str
    state: str
    attempts: int
    due_at: datetime
    ended_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class AlertView:
    """Something people asked to be told.

    Args:
        kind: One of ``core.domain.alarms.AlertKind``.
        delivered_at: None while it is still to be delivered.
        batch: The batch that it is about; it may have been deleted since.
    """

    id: int
    kind: str
    subject: str
    text: str
    created_at: datetime
    delivered_at: datetime | None
    batch: str | None = None
    deliveries: tuple[AlertDeliveryView, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertTargetView:
    """Where alerts go.

    Args:
        via: ``discord`` or ``apprise``.
        address: As it may be shown: a channel's id, or the service and the masked URL.
        channel_id: Of a Discord channel.
        mention: The role that each message mentions.
        kinds: The kinds of alerts that it gets; None: all.
        quiet: Its own quiet hours, as ``22:00-07:00``.
        muted_until: A moment to come; None while it is not muted.
        waiting: Deliveries that are not through.
        last_error: Why the last try failed; None where the last one went well.
        schedule: The schedule whose channel it is, and where it is changed; None for those that people added.
    """

    id: int
    label: str
    via: str
    address: str
    channel_id: int | None
    mention: int | None
    kinds: tuple[str, ...] | None
    quiet: str | None
    muted_until: datetime | None
    enabled: bool
    waiting: int
    last_delivered_at: datetime | None
    last_error: str | None
    created_at: datetime
    schedule: str | None = None


@dataclass(frozen=True, slots=True)
class TargetTested:
    """What became of a test, in a sentence."""

    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class AlertRuleView:
    """One rule as text: its value, what it is by default, what it means and takes."""

    name: str
    value: str
    default: str
    meaning: str
    takes: str


@dataclass(frozen=True, slots=True)
class AlertRulesView:
    """The rules in force.

    Args:
        kinds: Those that are told.
        proxies_low: Per cent, like *sessions_low*; 0 is never.
        quiet: As ``22:00-07:00``, in the time zone of the deployment.
        muted_until: A moment to come; None while alerts are not muted.
        batches: ``scheduled``, ``all`` or ``none``.
    """

    kinds: tuple[str, ...]
    proxies_low: int
    sessions_low: int
    disk_low_mb: int
    quiet: str | None
    muted_until: datetime | None
    batches: str
    fields: tuple[AlertRuleView, ...]


@dataclass(frozen=True, slots=True)
class AlertFile:
    """A file that goes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """What one message says, in plain text.

    Args:
        kind: Of its only alert; ``digest`` for several.
        lines: Sentences, each a paragraph of its own.
        more: Further alerts that are not in *lines*: "and 14 more".
        fields: Names and values, as beside each other as they can be shown.
        footer: A remark in small print; may be empty.
        batch: The only batch that it is about.
        names: Profiles that have a new story, the first few; *more_names* how many others.
        created_at: When the first of its alerts was written.
        pauses: Everything pauses by what it tells, and does not go on again by it.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    more: int
    fields: tuple[tuple[str, str], ...]
    footer: str
    batch: str | None
    names: tuple[str, ...]
    more_names: int
    file: AlertFile | None
    created_at: datetime
    pauses: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingAlert:
    """A message for a Discord channel, claimed for two minutes.

    Args:
        deliveries: What to say of it when it was sent, or was not.
        mention: The role to mention.
        nonce: The same at every try.
    """

    deliveries: tuple[int, ...]
    target: int
    label: str
    channel_id: int
    mention: int | None
    nonce: str
    message: AlertMessage
