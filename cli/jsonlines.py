"""Views as the objects that ``--json`` prints.  Other programs rely on the names; more may be added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.services.views import (
    BatchEventView,
    BatchView,
    CanaryTested,
    CanaryView,
    CheckView,
    EngineView,
    ImportReport,
    KeyRotated,
    LimitView,
    NicheView,
    OneTimeLink,
    PairingCode,
    PersonView,
    ProfilesChanged,
    ProfileView,
    ProxiesImported,
    ProxyLine,
    ProxyTested,
    ProxyView,
    RejectedLine,
    ResourceEventView,
    SessionLine,
    SessionsImported,
    SessionTested,
    SessionView,
)
from core.services.views.backups import BackupMade, Restored
from core.services.views.channels import DiscordRoleView

Record = dict[str, Any]

_CHECK = ("username", "outcome", "reason", "attempts", "story_until", "checked_at", "proxy", "session")
_BATCH = (
    "id",
    "status",
    "total",
    "finished",
    "live",
    "none",
    "private",
    "gone",
    "unknown",
    "requests",
    "seconds",
    "name",
    "niche",
    "skipped",
    "place_in_line",
    "requested_at",
    "waiting_reason",
    "waiting_until",
    "created_by",
    "created_at",
    "started_at",
    "finished_at",
    "results_kept",
)
_CONTAINED = ("niches", "profiles", "batches", "checks", "proxies", "sessions")
_IMPORT = ("lines", "created", "known_here", "known_elsewhere", "repeated", "invalid", "blank", "moved")
_NICHE = ("id", "name", "position", "daily_story_target", "profiles", "live_now", "created_at")
_PROFILE = (
    "username",
    "niche",
    "status",
    "last_outcome",
    "last_reason",
    "last_checked_at",
    "last_story_at",
    "checks_total",
    "conclusive_total",
    "stories_total",
    "story_until",
    "live_now",
    "platform_id",
    "watched",
)
_PROXY = (
    "id",
    "address",
    "kind",
    "enabled",
    "state",
    "ready_at",
    "requests",
    "successes",
    "failures",
    "consecutive_failures",
    "last_error",
    "response_ms",
    "sessions",
    "p95_ms",
    "score",
    "level",
    "label",
    "per_hour",
    "per_day",
    "parallel",
)
_SESSION = (
    "id",
    "label",
    "proxy",
    "state",
    "requests",
    "successes",
    "failures",
    "last_error",
    "ready_at",
    "account_id",
    "user_agent",
    "score",
    "level",
    "canary_share",
    "expires_at",
    "warning",
    "expires_at",
    "warning",
)


def check(view: CheckView) -> Record:
    """A check of a batch."""
    return _taken(view, _CHECK)


def batch(view: BatchView) -> Record:
    """A batch; under a name of its own, because check lines come before it."""
    return {"batch": _taken(view, _BATCH)}


def batch_event(view: BatchEventView) -> Record:
    """A line of a batch's log."""
    return _taken(view, ("at", "what", "text", "username", "proxy"))


def rejected(view: RejectedLine) -> Record:
    """A line of a file that could not be used."""
    return _taken(view, ("line", "text", "why"))


def import_report(view: ImportReport) -> Record:
    """What became of the lines of a list of usernames."""
    return _taken(view, _IMPORT)


def niche(view: NicheView) -> Record:
    """A niche."""
    return _taken(view, _NICHE)


def profile(view: ProfileView) -> Record:
    """A profile."""
    return _taken(view, _PROFILE)


def profiles_changed(view: ProfilesChanged) -> Record:
    """What became of profiles that were named."""
    return _taken(view, ("changed", "unchanged", "missing"))


def proxy(view: ProxyView) -> Record:
    """A proxy, its password masked."""
    return _taken(view, _PROXY)


def proxies_imported(view: ProxiesImported) -> Record:
    """What became of the lines of a list of proxies."""
    return _taken(view, ("created", "known", "invalid", "updated", "duplicate"))


def proxy_line(view: ProxyLine) -> Record:
    """What became of one line of a list of proxies."""
    return _taken(view, ("line", "result", "proxy", "address", "why"))


def session(view: SessionView) -> Record:
    """A session, without its cookies."""
    return _taken(view, _SESSION)


def session_line(view: SessionLine) -> Record:
    """A line of a list of sessions that could not be used; its text may be a secret and is not shown."""
    return _taken(view, ("line", "why"))


def sessions_imported(view: SessionsImported) -> Record:
    """What became of the lines of a list of sessions."""
    return _taken(view, ("created", "updated", "known", "invalid", "bound", "unbound"))


def proxy_tested(view: ProxyTested) -> Record:
    """What the test of a proxy found."""
    return _taken(view, ("proxy", "address", "ok", "connect_ms", "answer_ms", "reason", "blame", "sentence"))


def session_tested(view: SessionTested) -> Record:
    """What the test of a session found."""
    names = ("session", "label", "proxy", "ok", "state", "answer_ms", "reason", "blame", "sentence")
    return _taken(view, names)


def canary_tested(view: CanaryTested) -> Record:
    """What the test of a canary found."""
    return _taken(view, ("canary", "ok", "session", "answer_ms", "reason", "blame", "sentence"))


def canary(view: CanaryView) -> Record:
    """A canary."""
    return _taken(view, ("username", "state", "live_share", "last_seen_at", "asked", "seen", "why", "missed_share"))


def resource_event(view: ResourceEventView) -> Record:
    """A change of state of a proxy, session or canary, or of the breaker."""
    return {
        "at": view.at,
        "subject": view.subject,
        "from": view.before,
        "to": view.after,
        "reason": view.reason,
        "until": view.until,
        "kind": view.kind,
        "id": view.subject_id,
    }


def person(view: PersonView) -> Record:
    """Somebody who may use panel and bot."""
    names = ("id", "name", "role", "enabled", "has_password", "discord_id", "sign_ins", "created_at", "last_seen_at")
    return _taken(view, names)


def one_time_link(view: OneTimeLink) -> Record:
    """A link that signs somebody in, once; this is the one time that it is shown."""
    return {"name": view.person.name, "link": view.url.reveal(), "expires_at": view.expires_at}


def pairing_code(view: PairingCode) -> Record:
    """A code that pairs somebody with a user of Discord; this is the one time that it is shown."""
    return {"name": view.person.name, "code": view.code.reveal(), "expires_at": view.expires_at}


def discord_role(view: DiscordRoleView) -> Record:
    """A role of a Discord server whose members may do something here; ids are text, as Discord writes them."""
    return {
        "role_id": str(view.role_id),
        "guild_id": str(view.guild_id),
        "role": view.role.name.lower(),
        "label": view.label,
    }


def limits(views: Iterable[LimitView]) -> Record:
    """All limits, by name; null is no limit."""
    return {view.name: view.value for view in views}


def key_rotated(view: KeyRotated) -> Record:
    """What became of a change of the key."""
    return _taken(view, ("resealed", "resumed", "old_key_kept_for", "from_environment"))


def backup_made(view: BackupMade) -> Record:
    """A copy of the database; the key that opens its secrets is in another file, or in the environment."""
    key = None if view.key_file is None else str(view.key_file)
    return {"file": str(view.file), "bytes": view.size, **_taken(view.contained, _CONTAINED), "key_file": key}


def restored(view: Restored) -> Record:
    """A backup that is the database now; what was there before is kept."""
    return {
        "file": str(view.file),
        "database": str(view.database),
        "kept": None if view.kept is None else str(view.kept),
        "upgraded": list(view.upgraded),
        **_taken(view.contained, _CONTAINED),
        "limits_known": view.limits_known,
    }


def engine(view: EngineView) -> Record:
    """The engine as of its last heartbeat."""
    return _taken(view, ("holder", "pid", "heartbeat_at", "alive", "pool", "workers", "sandbox_url"))


def _taken(view: object, names: Iterable[str]) -> Record:
    return {name: getattr(view, name) for name in names}
