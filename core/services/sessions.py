"""The verbs of sessions: add, import, renew, label, bind, enable, disable, remove, list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.cookies import parse_cookies
from core.domain.limits import Limits
from core.domain.transition import Cause
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.secrets import Vault
from core.services import acts
from core.services.exports import Form, lines, of_views
from core.services.pool_views import BREATH, session_view
from core.services.proxy_finding import find_proxy
from core.services.session_acts import SessionActs, checked_label, checked_user_agent
from core.services.session_binding import find_session, move, paired
from core.services.session_import import SessionImport, account_of, unfreeze
from core.services.views import SessionsImported, SessionView
from core.sources.base import Source
from core.storage import engine_state
from core.storage import sessions as rows
from core.storage.database import Database, Row, Transaction
from core.storage.pool_rows import load_limits, seal_cookies
from core.storage.sessions import NewSession

_DEFAULTS = Limits()
_EXPORTED = (
    *("id", "label", "account_id", "proxy", "state", "ready_at", "level", "score", "requests", "successes"),
    *("failures", "consecutive_failures", "last_error", "canary_share", "user_agent", "last_used_at"),
    *("last_success_at", "created_at", "expires_at"),
)


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
        self._acts = SessionActs(database, clock, events)

    async def list(self, actor: Actor) -> tuple[SessionView, ...]:
        """All sessions in the order in which they came."""
        actor.must_be(Role.VIEWER, "list sessions")
        return await self._views(await rows.every(self._database))

    async def export(self, actor: Actor, form: Form) -> AsyncIterator[str]:
        """All sessions as lines of CSV or JSON Lines, without anything of their cookies."""
        actor.must_be(Role.VIEWER, "export sessions")
        views = await self._views(await rows.every(self._database))
        return lines(_EXPORTED, of_views(views, _EXPORTED), form)

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
        name = checked_label(label)
        pasted = parse_cookies(cookie_text)
        login = self._source.login(pasted.values, checked_user_agent(user_agent), pasted.ends)
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
            new = NewSession(name, account, sealed, login.user_agent, proxy_id, login.ends_at)
            session_id = await rows.create(tx, new, self._clock.now())
            bound = "unbound" if proxy_id is None else f"bound to proxy {proxy_id}"
            await self._acts.changed(tx, actor, "session.add", session_id, name, bound)
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

    async def renew(
        self, actor: Actor, session: str, cookie_text: str, *, user_agent: str | None = None
    ) -> SessionView:
        """Give a session the cookies of a new login of its account; it is valid again, and keeps its proxy.

        Args:
            session: Its id or label.
            user_agent: That of the browser of the new login; what the session had otherwise.

        Raises:
            NotFound: There is no such session.
            InvalidInput: The cookies are another account's, or one that the platform needs is absent.
        """
        actor.must_be(Role.ADMIN, "renew sessions")
        agent = checked_user_agent(user_agent)
        pasted = parse_cookies(cookie_text)
        login = self._source.login(pasted.values, agent, pasted.ends)
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            if account_of(login) != stored["account_id"]:
                raise InvalidInput(
                    "cookies",
                    f'they are of the account {account_of(login)}, and "{stored["label"]}" is logged in as '
                    f"{stored['account_id']}; bring those of the same account, or add a session",
                )
            sealed = seal_cookies(login.cookies, self._vault)
            await rows.renew(
                tx,
                stored["id"],
                cookies=sealed,
                user_agent=agent or stored["user_agent"],
                expires_at=login.ends_at,
            )
            await unfreeze(tx, stored)
            await self._acts.changed(
                tx, actor, "session.renew", stored["id"], stored["label"], f"was {stored['state']}"
            )
            await acts.on_session(tx, actor, Cause.RENEWED, stored, self._clock.now())
        return await self._announced(stored["id"])

    async def set_label(self, actor: Actor, session: str, label: str) -> SessionView:
        """Call a session *label*.

        Raises:
            NotFound: There is no such session.
            InvalidInput: The label cannot be used.
            Conflict: Another session is called so.
        """
        actor.must_be(Role.ADMIN, "name sessions")
        name = checked_label(label)
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            same = await rows.by_label(tx, name)
            if same is not None and same["id"] != stored["id"]:
                raise Conflict(f'There is already a session "{name}"; choose another label.')
            await rows.set_label(tx, stored["id"], name)
            await self._acts.changed(tx, actor, "session.label", stored["id"], name, f"was {stored['label']}")
        return await self._announced(stored["id"])

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
        async with self._database.transaction() as tx:
            stored = await find_session(tx, session)
            target = None if proxy is None else int((await find_proxy(tx, proxy))["id"])
            await move(tx, actor, stored, target, reason=reason, at=self._clock.now())
            await engine_state.raise_revision(tx)
        return await self._announced(stored["id"])

    async def bind_in_order(
        self, actor: Actor, sessions: Sequence[str] = (), proxies: Sequence[str] = (), *, reason: str = ""
    ) -> tuple[SessionView, ...]:
        """Bind the first session to the first proxy, the second to the second, and so on: all of them or none.

        Args:
            sessions: Ids or labels; without any, those that are switched on and unbound, in the order they came.
            proxies: Ids or HOST:PORT, as many as sessions are named; without any, those that are switched on and
                have no session.
            reason: Why those that are bound elsewhere should move.

        Raises:
            NotFound: There is no such session or proxy.
            InvalidInput: There are more of one than of the other, or one is bound elsewhere and no reason is given.
        """
        actor.must_be(Role.ADMIN, "bind sessions")
        async with self._database.transaction() as tx:
            pairs = await paired(tx, sessions, proxies)
            for stored, target in pairs:
                await move(tx, actor, stored, target, reason=reason, at=self._clock.now())
            await engine_state.raise_revision(tx)
        self._events.publish(WorkArrived())
        return await self._shown([stored["id"] for stored, _ in pairs])

    async def enable(self, actor: Actor, session: str) -> SessionView:
        """Switch a session on; as with :meth:`enable_all`."""
        return (await self.enable_all(actor, [session]))[0]

    async def enable_all(self, actor: Actor, sessions: Sequence[str]) -> tuple[SessionView, ...]:
        """Switch sessions on; one that is suspected, expired or challenged is valid again.

        A rest that the platform may have asked for goes on.

        Args:
            sessions: Ids or labels.

        Raises:
            NotFound: There is no such session; then nothing is changed.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "enable sessions")

        async def enable(tx: Transaction, stored: Row) -> None:
            await rows.set_enabled(tx, stored["id"], enabled=True)
            await unfreeze(tx, stored)
            await self._acts.changed(
                tx, actor, "session.enable", stored["id"], stored["label"], f"was {stored['state']}"
            )
            await acts.on_session(tx, actor, Cause.ENABLED, stored, self._clock.now())

        return await self._shown(await self._acts.each(sessions, enable))

    async def disable(self, actor: Actor, session: str) -> SessionView:
        """Switch a session off; as with :meth:`disable_all`."""
        return (await self.disable_all(actor, [session]))[0]

    async def disable_all(self, actor: Actor, sessions: Sequence[str]) -> tuple[SessionView, ...]:
        """Switch sessions off; they keep their proxies and their cookies.

        Raises:
            NotFound: There is no such session; then nothing is changed.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "disable sessions")

        async def disable(tx: Transaction, stored: Row) -> None:
            await rows.set_enabled(tx, stored["id"], enabled=False)
            await self._acts.changed(tx, actor, "session.disable", stored["id"], stored["label"])
            await acts.on_session(tx, actor, Cause.DISABLED, stored, self._clock.now())

        return await self._shown(await self._acts.each(sessions, disable))

    async def remove(self, actor: Actor, session: str) -> SessionView:
        """Remove a session; as with :meth:`remove_all`."""
        return (await self.remove_all(actor, [session]))[0]

    async def remove_all(self, actor: Actor, sessions: Sequence[str]) -> tuple[SessionView, ...]:
        """Remove sessions with their cookies; what they were is returned.

        Raises:
            NotFound: There is no such session; then nothing is changed.
            InvalidInput: None is named.
        """
        actor.must_be(Role.ADMIN, "remove sessions")
        removed = []

        async def remove(tx: Transaction, stored: Row) -> None:
            await rows.remove(tx, stored["id"])
            await self._acts.changed(tx, actor, "session.remove", stored["id"], stored["label"])
            await acts.on_session(tx, actor, Cause.REMOVED, stored, self._clock.now())
            removed.append(stored)

        await self._acts.each(sessions, remove)
        return await self._views(removed)

    async def _shown(self, session_ids: Sequence[int]) -> tuple[SessionView, ...]:
        """Those of the sessions that are there, in the order of *session_ids*."""
        stored = [await rows.by_id(self._database, session_id) for session_id in session_ids]
        return await self._views([row for row in stored if row is not None])

    async def _views(self, stored: Sequence[Row]) -> tuple[SessionView, ...]:
        limits, now = await load_limits(self._database, self._base), self._clock.now()
        views = []
        for place, row in enumerate(stored, start=1):
            views.append(session_view(row, limits, now))
            if place % BREATH == 0:
                await self._clock.sleep(0)
        return tuple(views)

    async def _announced(self, session_id: int) -> SessionView:
        self._events.publish(WorkArrived())
        row = await rows.by_id(self._database, session_id)
        if row is None:
            raise NotFound(f"The session {session_id} was removed meanwhile.")
        return (await self._views([row]))[0]
