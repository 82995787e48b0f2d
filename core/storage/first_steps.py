"""The named query behind the first steps: what is there already, counted."""

from __future__ import annotations

from core.storage.database import Database, Row

_COUNTED = """
SELECT
    (SELECT count(*) FROM proxy) AS proxies,
    (SELECT count(*) FROM proxy WHERE enabled) AS proxies_on,
    (SELECT count(*) FROM proxy WHERE enabled AND state = 'quarantined') AS proxies_quarantined,
    EXISTS (SELECT 1 FROM profile) AS has_profiles,
    EXISTS (SELECT 1 FROM batch WHERE finished > 0 AND status <> 'hidden') AS has_checks
"""


async def counted(db: Database) -> Row:
    """Proxies by use, and whether there are profiles and finished checks."""
    return (await db.fetch(_COUNTED))[0]
