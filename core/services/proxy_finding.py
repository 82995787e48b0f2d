"""Which proxy somebody means by an id or an address."""

from __future__ import annotations

from core.errors import Conflict, NotFound
from core.services.named import row_number
from core.storage import proxies as rows
from core.storage.database import Database, Row, Transaction


async def find_proxy(db: Database | Transaction, reference: str) -> Row:
    """The proxy of this id, or at this HOST:PORT.

    Raises:
        NotFound: There is none.
        Conflict: Several are at this address; the sentence gives their ids.
    """
    wanted = reference.strip()
    proxy_id = row_number(wanted)
    if proxy_id is not None:
        found = [row] if (row := await rows.by_id(db, proxy_id)) else []
    else:
        # What a list shows may be given back as it is; scheme and sign-in are of no use to find it.
        host, _, port = wanted.rpartition("://")[2].rpartition("@")[2].rpartition(":")
        found = await rows.by_host(db, host.strip("[]").lower(), row_number(port) or 0)
    if not found:
        # Not repeated: what was meant as an address may hold a password.
        raise NotFound("There is no such proxy; give its id, or its host:port as the list of proxies shows it.")
    if len(found) > 1:
        ids = ", ".join(str(row["id"]) for row in found)
        raise Conflict(f"There are several proxies at this address; give one of the ids {ids}.")
    return found[0]
