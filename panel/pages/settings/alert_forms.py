"""Forms about alerts: where they go, which ones, when it is quiet, and from which figures on.

Addresses are secrets: they go to the route that seals them, and none comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.domain.alarms import CHOICES
from core.services.views.channels import DiscordServerView
from panel.live_updates import Row
from panel.pages.settings import alert_rows
from panel.pages.settings.alert_words import KINDS, MUTES
from panel.pages.settings.words import several
from panel.widgets.discord_choice import channel_fields, mention_field, values_of
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.telling import tell

_NAMES = ("target", "targets")
_LABEL = Field("label", "Name", help="How tables and messages call it.", placeholder="Editors")
_KINDS = Field("kinds", "Tell it when", kind="ticks", choices=KINDS)
_QUIET = (
    Field("quiet_from", "Quiet from", kind="time", help="Empty: it is told at any hour."),
    Field(
        "quiet_until",
        "Quiet until",
        kind="time",
        about="quiet",
        help="What comes meanwhile is told together afterwards. A session that waits for a person, and everything "
        "pausing, is told at once.",
    ),
)
_EXAMPLES = (
    "mailto://user:password@example.org, slack://token/#channel, tgram://token/chat, json://host/path; every service "
    "that Apprise knows. It is kept encrypted and never shown again."
)


def add_channel(servers: Sequence[DiscordServerView]) -> None:
    """A channel of Discord."""
    FormDialog(
        "Add a Discord channel",
        [_LABEL, *channel_fields(servers), mention_field(servers), _KINDS, *_QUIET],
        path="/data/settings/alerts/add-channel",
        button="Add target",
        on_done=_added,
    ).open({"kinds": list(CHOICES)})


def add_address() -> None:
    """Anything else that Apprise reaches."""
    FormDialog(
        "Add an address",
        [
            _LABEL,
            Field("address", "Apprise URL", kind="password", help=_EXAMPLES, placeholder="mailto://…"),
            _KINDS,
            *_QUIET,
        ],
        path="/data/settings/alerts/add-address",
        button="Add target",
        on_done=_added,
    ).open({"kinds": list(CHOICES)})


def edit(row: Row, servers: Sequence[DiscordServerView]) -> None:
    """Another name, place, role, kinds or quiet hours."""
    if row["via"] == "discord":
        mention = None if row["mention"] is None else int(row["mention"])
        place = [*channel_fields(servers), mention_field(servers, mention)]
        filled: dict[str, Any] = dict(values_of(servers, int(row["channel"]), mention))
    else:
        help_ = f"Empty: it stays {row['address']}."
        place = [Field("address", "Another Apprise URL", kind="password", help=help_, placeholder="mailto://…")]
        filled = {}
    filled |= {"target": row["id"], "label": row["label"], "kinds": row["kinds"] or list(CHOICES)}
    FormDialog(
        f"Edit {row['label']}",
        [Field("target", "", kind="hidden"), _LABEL, *place, _KINDS, *_QUIET],
        path="/data/settings/alerts/edit",
        button="Save",
        on_done=lambda answer: tell(f"{answer['label']} is saved."),
    ).open(filled | _quiet(row["quiet"]))


def mute(rows: Sequence[Row]) -> None:
    """Tell some targets nothing for a while."""
    what = several(len(rows), *_NAMES)
    FormDialog(
        f"Mute {what}",
        [
            Field("targets", "", kind="hidden"),
            Field(
                "mute",
                "How long",
                kind="choice",
                choices=MUTES,
                help="What comes meanwhile is told together afterwards; of a mute for good nothing is kept.",
            ),
        ],
        path="/data/settings/alerts/mute",
        button="Save",
        on_done=lambda answer: tell(_muted(what, answer["mute"])),
    ).open({"targets": " ".join(row["id"] for row in rows), "mute": "hour"})


def mute_all() -> None:
    """Tell nobody anything for a while."""
    FormDialog(
        "Mute all alerts",
        [Field("mute", "How long", kind="choice", choices=MUTES[:2])],
        path="/data/settings/alerts/mute",
        button="Mute all alerts",
        intro="They are kept, and told together afterwards.",
        on_done=lambda answer: tell(_muted("All alerts", answer["mute"])),
    ).open({"mute": "hour"})


def rules(rows: Mapping[str, Row]) -> None:
    """All rules."""
    shared = rows[alert_rows.ALL_RULES]
    numbers = {name: rows[name]["value"] for name in ("proxies_low", "sessions_low", "disk_low_mb")}
    FormDialog(
        "Rules of alerts",
        [
            Field("kinds", "There is an alert when", kind="ticks", choices=KINDS),
            Field("batches", "Batches that are told when they are finished", kind="choice", choices=BATCHES),
            Field("proxies_low", "Proxies are low below (%)", help="Of those that are on. 0: never."),
            Field("sessions_low", "Sessions are low below (%)", help="Of those that are on. 0: never."),
            Field("disk_low_mb", "The disk is low below (MB)", help="0: never."),
            *_QUIET,
        ],
        path="/data/settings/alerts/rules",
        button="Save",
        intro="They hold for every target; a target can have less, and quiet hours of its own.",
        on_done=lambda _: tell("The rules are saved."),
    ).open({"kinds": shared["kinds"], "batches": rows["batches"]["value"], **numbers, **_quiet(shared["quiet"])})


BATCHES = (
    ("scheduled", "Those of schedules"),
    ("all", "All of them"),
    ("none", "None"),
)


def _quiet(span: str) -> dict[str, str]:
    start, _, end = span.partition("-")
    return {"quiet_from": start, "quiet_until": end}


def _added(answer: Any) -> None:
    tell(f"{answer['label']} is added. Send it a test.")


def _muted(what: str, how: str) -> str:
    said = {"hour": "muted for an hour", "tomorrow": "muted until tomorrow", "good": "muted for good"}
    return f"{what} {said.get(how, 'told again')}."
