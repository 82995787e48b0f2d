"""Targets, rules and recent alerts, as pages watch them."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from core.services.views.alerts import AlertRulesView, AlertTargetView, AlertView
from core.services.views.channels import DiscordServerView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.settings.alert_words import deliveries_in_words, kind_in_words, kinds_in_words, target_state
from panel.pages.settings.words import moment
from panel.widgets.discord_choice import name_of_channel

TARGETS, RULES, RECENT = "alert-targets", "alert-rules", "alerts"
# The row about all rules together.
ALL_RULES = ""
_RECENT = 200
_EVERY = 1.0
# They are many, and are read with all of their deliveries.
_RECENT_EVERY = 2.0


def topics(live: LiveUpdates) -> None:
    """Make all three something that can be watched."""
    live.topic(TARGETS, _read_targets, every=_EVERY)
    live.topic(RULES, _read_rules, every=_EVERY)
    live.topic(RECENT, _read_recent, every=_RECENT_EVERY)


async def _read_targets(app: App, actor: Actor) -> Rows:
    servers = app.discord_servers.list(actor)
    return {str(view.id): target_row(view, servers) for view in await app.alerts.targets(actor)}


async def _read_rules(app: App, actor: Actor) -> Rows:
    return rule_rows(await app.alerts.rules(actor))


async def _read_recent(app: App, actor: Actor) -> Rows:
    return {str(view.id): alert_row(view) for view in await app.alerts.list(actor, count=_RECENT)}


def target_row(view: AlertTargetView, servers: tuple[DiscordServerView, ...] = ()) -> Row:
    """A target as a row."""
    word, dot, rank = target_state(view)
    is_channel = view.via == "discord"
    told = view.last_error or (f"The channel of the schedule {view.schedule}." if view.schedule else "")
    return {
        "id": str(view.id),
        "label": view.label,
        "via": view.via,
        "way": "Discord" if is_channel else "Apprise",
        "address": view.address if view.channel_id is None else name_of_channel(servers, view.channel_id),
        "channel": None if view.channel_id is None else str(view.channel_id),
        "mention": None if view.mention is None else str(view.mention),
        "kinds": None if view.kinds is None else list(view.kinds),
        "gets": kinds_in_words(view.kinds),
        "quiet": view.quiet or "",
        "word": word,
        "dot": dot,
        "rank": rank,
        "comes": "again in",
        "until": moment(view.muted_until) if view.enabled else None,
        "enabled": view.enabled,
        "waiting": view.waiting,
        "delivered": moment(view.last_delivered_at),
        "told": told[:1].upper() + told[1:],
        "schedule": view.schedule,
    }


def rule_rows(view: AlertRulesView) -> dict[str, Row]:
    """Each rule, and what is so for all."""
    rows: dict[str, Row] = {
        each.name: {"id": each.name, "value": each.value, "default": each.default, "takes": each.takes}
        for each in view.fields
    }
    rows[ALL_RULES] = {
        "id": ALL_RULES,
        "kinds": list(view.kinds),
        "quiet": view.quiet or "",
        "muted_until": moment(view.muted_until),
    }
    return rows


def alert_row(view: AlertView) -> Row:
    """An alert with what became of it."""
    word, dot, where = deliveries_in_words(view.deliveries)
    return {
        "id": str(view.id),
        "at": moment(view.created_at),
        "kind": kind_in_words(view.kind),
        "text": view.text,
        "word": word,
        "dot": dot,
        "until": None,
        "where": where,
        "batch": view.batch,
    }
