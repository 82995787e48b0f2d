"""The form of a schedule, which says what it would come to while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.services.views import ScheduleDraft
from core.services.views.channels import DiscordServerView
from panel.pages.settings.schedule_words import ONLY_CHOICES
from panel.widgets.discord_choice import channel_fields, mention_field, values_of
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.telling import tell

_PREVIEW = "/data/settings/schedules/preview"
_RULE = (
    Field("every", "Every", help="90m, 4h or 1d. Runs of several schedules are spread a little.", placeholder="4h"),
    Field(
        "cron",
        "Or at fixed times",
        help="A cron rule: minute, hour, day of the month, month, day of the week.",
        placeholder="30 9 * * mon-fri",
    ),
    Field("timezone", "Time zone", kind="zone", about="time zone"),
    Field(
        "active",
        "Only between",
        about="active hours",
        help="Other runs wait for these hours. Empty: always.",
        placeholder="08:00-22:00",
    ),
    Field("jitter", "Put off by chance", help="By so much at most. Empty: not at all.", placeholder="10m"),
)
_WHOM = (
    Field("only", "Whom it checks", kind="choice", choices=ONLY_CHOICES),
    Field(
        "fresh",
        "Take over verdicts of the last",
        about="fresh",
        help="Empty: as the limit fresh_minutes says; 0 checks everybody.",
        placeholder="60m",
    ),
    Field(
        "stop_at_target",
        "Stop at the daily target",
        kind="check",
        help="A niche whose target of stories is met is left out for the day.",
    ),
)
_ONLY_CHANGES = Field("only_changes", "Tell only of changes", kind="check")
_ANYWAY = Field("anyway", "Save it all the same", kind="check")


def add(niches: Sequence[str], servers: Sequence[DiscordServerView], timezone: str) -> None:
    """A new schedule."""
    form = FormDialog(
        "Add a schedule",
        _fields(niches, servers, None),
        path="/data/settings/schedules/add",
        button="Add schedule",
        preview=_PREVIEW,
        on_done=lambda answer: tell(f"{answer['name']} is added."),
    )
    form.open({"timezone": timezone, "only": "all", "niches": list(niches) if len(niches) == 1 else []})


def edit(
    schedule: str, name: str, draft: ScheduleDraft, niches: Sequence[str], servers: Sequence[DiscordServerView]
) -> None:
    """Another name, rule, niches or channel."""
    filled: dict[str, Any] = {
        "schedule": schedule,
        "name": name,
        "niches": list(draft.niches),
        "every": draft.every,
        "cron": draft.cron,
        "timezone": draft.timezone or "",
        "active": draft.active,
        "jitter": draft.jitter,
        "only": draft.only,
        "fresh": draft.fresh,
        "stop_at_target": draft.stop_at_target,
        "only_changes": draft.only_changes,
        **values_of(servers, draft.channel_id, draft.mention),
    }
    FormDialog(
        f"Edit {name}",
        [Field("schedule", "", kind="hidden"), *_fields(niches, servers, draft.mention)],
        path="/data/settings/schedules/change",
        button="Save",
        preview=_PREVIEW,
        on_done=lambda answer: tell(f"{answer['name']} is saved."),
    ).open(filled)


def _fields(niches: Sequence[str], servers: Sequence[DiscordServerView], mention: int | None) -> list[Field]:
    return [
        Field("niches", "Niches", kind="ticks", about="niche", choices=[(name, name) for name in niches]),
        *_RULE,
        *_WHOM,
        *channel_fields(servers, may_be_none=True),
        mention_field(servers, mention),
        _ONLY_CHANGES,
        Field("name", "Name", help="Empty: made of the niches and the rule.", placeholder="Mornings"),
        _ANYWAY,
    ]
