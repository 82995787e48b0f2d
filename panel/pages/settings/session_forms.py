"""Forms about sessions: add, import a list, bring new cookies, name, bind.  What is pasted never comes out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.services.views import ProxyView
from panel import access
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.settings.proxy_rows import name_of
from panel.pages.settings.words import several
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.telling import tell

_FILES = ".txt,.json,.cookies,text/plain,application/json"
_COOKIES = (
    Field(
        "cookies",
        "Cookies",
        kind="area",
        help="The Cookie header of a browser that is logged in, its JSON export, or its cookie file (Netscape). "
        "They are encrypted and never shown again.",
        placeholder="sessionid=…; ds_user_id=…; csrftoken=…",
    ),
    Field("cookies", "Or a cookie file", kind="file", about="file", accepts=_FILES),
)
_USER_AGENT = Field(
    "user_agent",
    "User agent",
    about="user agent",
    help="That of the browser the cookies come from: a login that suddenly comes from another one is suspicious.",
    placeholder="Mozilla/5.0 …",
)


async def add(page: PageContext) -> None:
    """Add one session."""
    views = await page.app.proxies.list(await access.current_actor())
    # A proxy without a session is what a new session most likely is for.
    views = tuple(sorted(views, key=lambda view: (bool(view.sessions), not view.enabled)))
    proxies = [("", "None yet: it is not used until it is bound")]
    proxies += [(str(view.id), _proxy_said(view)) for view in views]
    FormDialog(
        "Add a session",
        [
            Field("label", "Name", placeholder="amber-9"),
            *_COOKIES,
            _USER_AGENT,
            Field(
                "proxy",
                "Proxy",
                kind="choice",
                choices=proxies,
                help="It keeps this proxy: a live login does not move.",
            ),
        ],
        path="/data/settings/sessions/add",
        button="Add session",
        narrow=False,
        on_done=lambda answer: tell(
            f"{answer['label']} is added" + ("." if answer["bound"] else "; bind it to use it.")
        ),
    ).open({"proxy": str(views[0].id) if views and not views[0].sessions else ""})


def import_list(page: PageContext) -> None:
    """Import a list, and say of every line what became of it."""
    FormDialog(
        "Import sessions",
        [
            Field(
                "text",
                "One Cookie header a line",
                kind="area",
                about="sessions",
                help="Lines that begin with # are skipped. A known account with other cookies is renewed and keeps its "
                "proxy and its user agent. Cookies are encrypted and never shown again.",
                placeholder="sessionid=…; ds_user_id=…; csrftoken=…",
            ),
            Field("text", "Or a file", kind="file", about="file", accepts=_FILES),
            Field("bind", "Bind them, in order, to the proxies that have no session", kind="check"),
        ],
        path="/data/settings/lists/sessions",
        button="Import sessions",
        report="sessions",
        narrow=False,
    ).open({"bind": True})


def renew(page: PageContext, row: Row) -> None:
    """Bring the cookies of a new login."""
    FormDialog(
        f"New cookies for {row['label']}",
        [Field("session", "", kind="hidden"), *_COOKIES, _USER_AGENT],
        path="/data/settings/sessions/renew",
        button="Bring new cookies",
        intro=f"Log in with the browser to the account {row['account']}, best over the same proxy. "
        "Without another user agent it keeps the one it has.",
        narrow=False,
        on_done=lambda answer: tell(f"{answer['label']} has new cookies and is {answer['state']}."),
    ).open({"session": row["id"]})


def rename(page: PageContext, row: Row) -> None:
    """Give a session another name."""
    FormDialog(
        "Rename the session",
        [Field("session", "", kind="hidden"), Field("label", "Name")],
        path="/data/settings/sessions/label",
        button="Rename",
        on_done=lambda answer: tell(f"It is called {answer['label']} now."),
    ).open({"session": row["id"], "label": row["label"]})


def bind(page: PageContext, rows: Sequence[Row]) -> None:
    """Bind sessions to proxies, in order."""
    what = several(len(rows), "session", "sessions")
    bound = [row for row in rows if row["proxy_id"] is not None]
    fields = [
        Field("sessions", "", kind="hidden"),
        Field(
            "proxies",
            "To this proxy" if len(rows) == 1 else "To these proxies",
            about="proxy",
            help="Ids or host:port, apart by blanks, as many as there are sessions. "
            "Empty: the proxies that have no session, in order.",
        ),
    ]
    if bound:
        fields.append(Field("reason", "Reason", help="It is kept in the logs.", placeholder="its proxy was given up"))
    FormDialog(
        f"Bind {what}",
        fields,
        path="/data/settings/sessions/bind",
        button=f"Bind {what}",
        intro=_warning(bound),
        on_done=_bound,
    ).open({"sessions": "\n".join(row["id"] for row in rows)})


def _warning(bound: Sequence[Row]) -> str:
    if not bound:
        return ""
    named = ", ".join(f"{row['label']} ({row['proxy']})" for row in bound[:3])
    more = f" and {len(bound) - 3:,} more" if len(bound) > 3 else ""
    one = len(bound) == 1
    return (
        f"{named}{more} {'is' if one else 'are'} bound already. A live login does not move by accident: "
        f"the platform sees {'it' if one else 'them'} come from another address."
    )


def _bound(answer: Any) -> None:
    tell(f"{several(answer['bound'], 'session', 'sessions')} bound.")


def _proxy_said(view: ProxyView) -> str:
    used = f" – has {', '.join(view.sessions)}" if view.sessions else ""
    return f"{name_of(view)}  {view.address}{used}{'' if view.enabled else ' – off'}"
