"""Forms about proxies: add one, import a list, name and limit, move the sessions of some to others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.settings.words import limit_as_text, several
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.telling import tell

_LISTS = ".txt,.csv,.list,text/plain"
_LIMITS = (
    Field("per_hour", "Requests in an hour", help="Empty: as all proxies. A number, or none for no limit."),
    Field("per_day", "Requests in a day"),
    Field("parallel", "Requests at once"),
)
_LABEL = Field("label", "Name", help="How the tables call it. May be empty.", placeholder="de-12")


def add(page: PageContext) -> None:
    """Add one proxy."""
    FormDialog(
        "Add a proxy",
        [
            Field(
                "address",
                "Address",
                about="proxy",
                help="host:port, host:port:user:password, user:password@host:port or scheme://user:password@host:port; "
                "http, https, socks4, socks5 or socks5h.",
                placeholder="socks5://user:password@203.0.113.7:1080",
            ),
            _LABEL,
        ],
        path="/data/settings/proxies/add",
        button="Add proxy",
        on_done=lambda answer: tell(f"{answer['name']} is added. Bind a session to it, so that it is used."),
    ).open()


def import_list(page: PageContext) -> None:
    """Import a list, and say of every line what became of it."""
    FormDialog(
        "Import proxies",
        [
            Field(
                "text",
                "One proxy a line",
                kind="area",
                about="proxies",
                help="host:port, host:port:user:password, user:password@host:port or scheme://user:password@host:port. "
                "Lines that begin with # are skipped. A known proxy takes the password that its line brings.",
                placeholder="203.0.113.7:8080:user:password",
            ),
            Field("text", "Or a file", kind="file", about="file", accepts=_LISTS),
        ],
        path="/data/settings/lists/proxies",
        button="Import proxies",
        report="proxies",
        narrow=False,
    ).open()


def edit(page: PageContext, row: Row) -> None:
    """Name one proxy and limit it."""
    form = FormDialog(
        "Name and limits",
        [Field("proxy", "", kind="hidden"), _LABEL, *_LIMITS],
        path="/data/settings/proxies/edit",
        button="Save",
        intro="Limits of its own hold in place of those of all proxies, at once.",
        on_done=lambda answer: tell(f"{answer['name']} is saved."),
    )
    limits = {name: limit_as_text(row[name]) for name in ("per_hour", "per_day", "parallel")}
    form.open({"proxy": row["id"], "label": row["label"], **limits})


def limits(page: PageContext, rows: Sequence[Row]) -> None:
    """Limit some proxies."""
    what = several(len(rows), "proxy", "proxies")
    form = FormDialog(
        f"Limits of {what}",
        [Field("proxies", "", kind="hidden"), *_LIMITS],
        path="/data/settings/proxies/limits",
        button=f"Limit {what}",
        intro="These hold in place of those of all proxies, at once. Empty leaves them to the general limits.",
        on_done=lambda answer: tell(f"{several(answer['changed'], 'proxy', 'proxies')} limited."),
    )
    # What they have in common is there already.
    shared = {
        name: limit_as_text(rows[0][name]) if len({row[name] for row in rows}) == 1 else ""
        for name in ("per_hour", "per_day", "parallel")
    }
    form.open({"proxies": " ".join(row["id"] for row in rows), **shared})


def move_sessions(page: PageContext, labels: Sequence[str]) -> None:
    """Bind the sessions of some proxies to others, in order."""
    what = several(len(labels), "session", "sessions")
    form = FormDialog(
        f"Move {what}",
        [
            Field("sessions", "", kind="hidden"),
            Field(
                "proxies",
                "To these proxies",
                kind="area",
                about="proxy",
                help=f"Ids or host:port, apart by blanks, as many as there are sessions ({len(labels):,}). "
                "Empty: the proxies that have no session, in order.",
            ),
            Field("reason", "Reason", help="It is kept in their logs.", placeholder="their proxies were given up"),
        ],
        path="/data/settings/sessions/bind",
        button=f"Move {what}",
        intro="A live login does not move by accident: the platform sees it come from another address.",
        on_done=_moved,
    )
    form.open({"sessions": "\n".join(labels)})


def _moved(answer: Any) -> None:
    tell(f"{several(answer['bound'], 'session', 'sessions')} bound.")
