"""Which session belongs to which proxy: finding both, pairing them, and moving one with its reason.

Everything happens in the transaction of whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from core.domain.actor import Actor
from core.domain.closest import hint, sentence
from core.domain.transition import Cause
from core.errors import InvalidInput, NotFound
from core.services import acts
from core.services.named import row_number
from core.services.proxy_finding import find_proxy
from core.storage import allowances, audit
from core.storage import proxies as proxy_rows
from core.storage import sessions as rows
from core.storage.database import Database, Row, Transaction


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


async def move(tx: Transaction, actor: Actor, session: Row, target: int | None, *, reason: str, at: datetime) -> None:
    """Bind *session* to the proxy *target*, or to none.

    Raises:
        InvalidInput: It is bound to another proxy and no reason is given.
    """
    why, before = " ".join(reason.split()), session["proxy_id"]
    if before is not None and before != target and not why:
        raise InvalidInput(
            "reason", f'the session "{session["label"]}" is bound to proxy {before}; say why it should move'
        )
    await allowances.leave_proxy(tx, session["id"], at)
    await rows.bind(tx, session["id"], target)
    detail = acts.moved(before, target, why)
    await audit.note(tx, actor, "session.bind", f"{session['id']} {session['label']}", detail, at)
    await acts.on_session(tx, actor, Cause.BOUND, session, at, detail)


async def paired(tx: Transaction, sessions: Sequence[str], proxies: Sequence[str]) -> list[tuple[Row, int]]:
    """Sessions with the ids of the proxies that they are to be bound to, in order.

    Raises:
        NotFound: There is no such session or proxy.
        InvalidInput: There are more of one than of the other, one is named twice, or there is nothing to bind.
    """
    found = [await find_session(tx, each) for each in sessions] if sessions else await _unbound(tx)
    if proxies:
        targets = [int((await find_proxy(tx, each))["id"]) for each in proxies]
    else:
        targets = await proxy_rows.without_session(tx, len(found))
    _must_be_each_once([row["id"] for row in found], "session")
    _must_be_each_once(targets, "proxy")
    if not found:
        raise InvalidInput("session", "no session is without a proxy; name those that should move, and say why")
    # Of those that nobody named, what is left over stays as it is.
    too_few = len(targets) < len(found) if sessions else not targets
    too_many = bool(proxies) and len(targets) > len(found)
    if too_few or too_many:
        raise InvalidInput("proxy", f"{_counted(found, targets)}; give as many of one as of the other")
    return list(zip(found, targets, strict=False))


async def _unbound(tx: Transaction) -> list[Row]:
    return [row for row in await rows.every(tx) if row["enabled"] and row["proxy_id"] is None]


def _must_be_each_once(ids: Sequence[int], field: str) -> None:
    twice = next((each for each, times in Counter(ids).items() if times > 1), None)
    if twice is not None:
        raise InvalidInput(field, f"{twice} is named twice; name each once")


def _counted(sessions: Sequence[Row], targets: Sequence[int]) -> str:
    return f"there are {len(sessions)} sessions and {len(targets)} proxies to bind them to"
