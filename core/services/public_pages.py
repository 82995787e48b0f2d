"""Where a profile's public page is, for people to open in their own browser."""

from __future__ import annotations

from core.sources.base import Source


class PublicPages:
    """Addresses of profiles on the platform of this deployment.

    Args:
        source: None in the sandbox: its people do not exist, and on a real platform their names are other people's.
    """

    def __init__(self, source: Source | None) -> None:
        self._source = source

    def of(self, username: str) -> str | None:
        """The address of a profile's page; None in the sandbox, and where it would not be https.

        Args:
            username: Canonical.
        """
        address = None if self._source is None else self._source.page_of(username)
        return address if address is not None and address.startswith("https://") else None
