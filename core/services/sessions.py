"""The verbs of sessions: add, import, bind, enable, disable, remove, list."""

from __future__ import annotations

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.closest import hint, sentence
from core.domain.cookies import parse_cookies
from core.domain.limits import Limits
from core.domain.transition import Cause
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.secrets import Vault
from core.services import acts
from core.services.named import row_number
from core.services.pool_views import session_view
from core.services.proxies import find_proxy
from core.services.session_import import SessionImport, account_of, unfreeze
from core.services.views import SessionsImported, SessionView
from core.sources.base import Source
from core.storage import audit, engine_state
from core.storage import sessions as rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import load_limits, seal_cookies
from core.storage.sessions import NewSession

LONGEST_LABEL = 80
LONGEST_USER_AGENT = 400
_DEFAULTS = Limits()


class Sessions:
    """The operator's logins on the platform; cookies go in and never come out.

    Args:
        base: The limits of this deployment where nobody set anything.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        vault: Vault,
        source: Source,
        base: Limits = _DEFAULTS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._vault = vault
        self._source = source
        self._base = base

    async def list(self, actor: Actor) -> tuple[SessionView, ...]:
        """All sessions in the order in which they came."""
        actor.must_be(Role.VIEWER, "list sessions")
        limits, now = await load_limits(self._database, self._base), self._clock.now()
        return tuple(session_view(row, limits, now) for row in await rows.every(self._database))

    async def add(
        self,
        actor: Actor,
        label: str,
        cookie_text: str,
        *,
        user_agent: str | None = None,
        proxy: str | None = None,
    ) -> SessionView:
        """Add a login that a person made elsewhere.

        Args:
            label: Its name here; not digits alone, which are ids.
            user_agent: That of the browser the cookies come from; the platform's default otherwise.
            proxy: Id or HOST:PORT of the proxy it is bound to from now on; unbound it is not used.

        Raises:
            InvalidInput: The label cannot be used, or a cookie that the platform needs is absent.
            Conflict: The label is taken, or another session is logged in to the same account.
            NotFound: There is no such proxy.
        """
        actor.must_be(Role.ADMIN, "add sessions")
        name = _checked_label(label)
        login = self._source.login(parse_cookies(cookie_text), _checked_user_agent(user_agent))
        account = account_of(login)
        async with self._database.transaction() as tx:
            # In here: the key may be changed by another process, and what is stored has to be sealed with the newest.
            sealed = seal_cookies(login.cookies, self._vault)
            if await rows.by_label(tx, name) is not None:
                raise Conflict(f'There is already a session "{name}"; choose another label.')
            same = await rows.by_account(tx, account)
            if same is not None:
                raise Conflict(
                    f'The account {account} is already logged in as the session "{same["label"]}", and two sessions '
                    "of one account disturb each other; remove that one first, or import these cookies to renew it."
                )
            proxy_id = None if proxy is None else (await find_proxy(tx, proxy))["id"]
            new = NewSession(name, account, sealed, login.user_agent, proxy_id)
            session_id = await rows.create(tx, new, self._clock.now())
            bound = "unbound" if proxy_id is None else f"bound to proxy {proxy_id}"
            await self._changed(tx, actor, "session.add", session_id, name, bound)
        return await self._announced(session_id)

    async def import_lines(self, actor: Actor, text: str, *, bind_in_order: bool = False) -> SessionsImported:
        """Add sessions, one cookie header a line; blank lines and those that begin with ``#`` are skipped.

        A new account gets a session with a label of its own.  A known one is left alone when its
        cookies are the same, else they are replaced and it is valid again; proxy and user agent stay.
        An unusable line stops none of the others, and is told by number and reason, never by its text.

        Args:
            bind_in_order: Bind those of the list that have no proxy, in order, to the enabled proxies that have
                no session.

        Raises:
            InvalidInput: There is no line to read, or none can be used; nothing is written then.
        """
        actor.must_be(Role.ADMIN, "import sessions")
        work = SessionImport(self._database, self._clock, self._vault, self._source)
        report = await work.run(actor, text, bind_in_order=bind_in_order)
        self._events.publish(WorkArrived())
        return report

    async def bind(self, actor: Actor, session: str, proxy: str | None, *, reason: str = "") -> SessionView:
        """Bind a session to a proxy, or to none.

        A live login does not move, so taking it from its proxy needs a reason, which is kept.

        Args:
            session: Its id or label.
            proxy: Id or HOST:PORT; None unbinds it.

        Raises:
            NotFound: There is no such session or proxy.
            InvalidInput: It is bound to another proxy and no reason is given.
        """
        actor.must_be(Role.ADMIN, "bind sessions")
        why = " ".join(reason.split())
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            target = None if proxy is None else int((await find_proxy(tx, proxy))["id"])
            before: int | None = stored["proxy_id"]
            if before is not None and before != target and not why:
                raise InvalidInput(
                    "reason", f'the session "{stored["label"]}" is bound to proxy {before}; say why it should move'
                )
            await rows.bind(tx, stored["id"], target)
            detail = acts.moved(before, target, why)
            await self._changed(tx, actor, "session.bind", stored["id"], stored["label"], detail)
            await acts.on_session(tx, actor, Cause.BOUND, stored, self._clock.now(), detail)
        return await self._announced(stored["id"])

    async def enable(self, actor: Actor, session: str) -> SessionView:
        """Switch a session on; one that is suspected, expired or challenged is valid again.

        A rest that the platform may have asked for goes on.

        Raises:
            NotFound: There is no such session.
        """
        actor.must_be(Role.ADMIN, "enable sessions")
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            await rows.set_enabled(tx, stored["id"], enabled=True)
            await unfreeze(tx, stored)
            await self._changed(tx, actor, "session.enable", stored["id"], stored["label"], f"was {stored['state']}")
            await acts.on_session(tx, actor, Cause.ENABLED, stored, self._clock.now())
        return await self._announced(stored["id"])

    async def disable(self, actor: Actor, session: str) -> SessionView:
        """Switch a session off; it keeps its proxy and its cookies.

        Raises:
            NotFound: There is no such session.
        """
        actor.must_be(Role.ADMIN, "disable sessions")
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            await rows.set_enabled(tx, stored["id"], enabled=False)
            await self._changed(tx, actor, "session.disable", stored["id"], stored["label"])
            await acts.on_session(tx, actor, Cause.DISABLED, stored, self._clock.now())
        return await self._announced(stored["id"])

    async def remove(self, actor: Actor, session: str) -> SessionView:
        """Remove a session with its cookies; what it was is returned.

        Raises:
            NotFound: There is no such session.
        """
        actor.must_be(Role.ADMIN, "remove sessions")
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            await rows.remove(tx, stored["id"])
            await self._changed(tx, actor, "session.remove", stored["id"], stored["label"])
            await acts.on_session(tx, actor, Cause.REMOVED, stored, self._clock.now())
        self._events.publish(WorkArrived())
        return await self._view(stored)

    async def _changed(
        self, tx: Transaction, actor: Actor, verb: str, session_id: int, label: str, detail: str = ""
    ) -> None:
        await engine_state.raise_revision(tx)
        await audit.note(tx, actor, verb, f"{session_id} {label}", detail, self._clock.now())

    async def _announced(self, session_id: int) -> SessionView:
        self._events.publish(WorkArrived())
        row = await rows.by_id(self._database, session_id)
        if row is None:
            raise NotFound(f"The session {session_id} was removed meanwhile.")
        return await self._view(row)

    async def _view(self, row: Row) -> SessionView:
        return session_view(row, await load_limits(self._database, self._base), self._clock.now())


async def find_session(db: Database | Transaction, reference: str) -> Row:
    """The session of this id or label.

    Raises:
        NotFound: There is none; the sentence names the closest label.
    """
    wanted = reference.strip()
    session_id = row_number(wanted)
    row = await (rows.by_label(db, wanted) if session_id is None else rows.by_id(db, session_id))
    if row is None:
        raise NotFound(f'There is no session "{wanted[:60]}"; {sentence(hint(wanted, await rows.labels(db)))}')
    return row


def _checked_label(label: str) -> str:
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL or not name.isprintable():
        raise InvalidInput("label", f"give 1 to {LONGEST_LABEL} printable characters")
    if name.isdecimal():
        raise InvalidInput("label", f'"{name}" would be taken for an id; add a letter')
    return name


def _checked_user_agent(user_agent: str | None) -> str | None:
    text = (user_agent or "").strip()
    if len(text) > LONGEST_USER_AGENT or not (text.isascii() and text.isprintable()):
        raise InvalidInput(
            "user agent", f"give the browser's own line: at most {LONGEST_USER_AGENT} printable ASCII characters"
        )
    return text or None
