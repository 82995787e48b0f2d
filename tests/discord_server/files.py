"""Files that people and bots attach: their bytes, and addresses that run out."""

from __future__ import annotations

import hashlib
import hmac
import mimetypes
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from tests.discord_server.hub import Hub
from tests.discord_server.wire import Json

# An address of a file holds for a day.
ADDRESS_LIFE = timedelta(days=1)
_DROPPED = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True)
class Attachment:
    """A file on the way in, as a person picks it or a bot uploads it."""

    filename: str
    data: bytes
    content_type: str | None = None
    description: str | None = None


@dataclass(eq=False)
class StoredFile:
    """A file that the server keeps; its address is signed anew whenever somebody asks for it."""

    id: int
    filename: str
    data: bytes
    channel_id: int
    ephemeral: bool
    content_type: str | None
    description: str | None
    store: FileStore

    @property
    def path(self) -> str:
        """Where it lies, without the signature."""
        root = "ephemeral-attachments" if self.ephemeral else "attachments"
        return f"/{root}/{self.channel_id}/{self.id}/{self.filename}"

    @property
    def url(self) -> str:
        """Its address from now on for a day."""
        return self.store.signed(self.path)

    def payload(self) -> Json:
        """As a message or a command's option shows it."""
        url = self.url
        shown: Json = {"id": str(self.id), "filename": self.filename, "size": len(self.data)}
        shown |= {"url": url, "proxy_url": url}
        if self.content_type is not None:
            shown["content_type"] = self.content_type
        if self.description is not None:
            shown["description"] = self.description
        if self.ephemeral:
            shown["ephemeral"] = True
        return shown


class FileStore:
    """All files by their path.

    Args:
        base_url: Where they are served; known once the server listens.
    """

    def __init__(self, hub: Hub) -> None:
        self.base_url = ""
        self._hub = hub
        self._key = secrets.token_bytes(32)
        self._files: dict[str, StoredFile] = {}

    def keep(self, attached: Attachment, channel_id: int, *, ephemeral: bool = False) -> StoredFile:
        """Store a file that was attached in a channel."""
        # Discord puts underscores for spaces and drops what it does not like.
        filename = _DROPPED.sub("", attached.filename.replace(" ", "_")) or "unknown"
        # What clients say who know nothing better is not believed; the name says more.
        said = None if attached.content_type == "application/octet-stream" else attached.content_type
        kind = said or mimetypes.guess_type(filename)[0]
        if kind is not None and kind.startswith("text/") and "charset" not in kind:
            kind += "; charset=utf-8"
        stored = StoredFile(
            self._hub.next_id(), filename, attached.data, channel_id, ephemeral, kind, attached.description, self
        )
        self._files[stored.path] = stored
        return stored

    def forget(self, stored: StoredFile) -> None:
        """Remove a file; its address answers 404 from now on."""
        self._files.pop(stored.path, None)

    def find(self, path: str, query: dict[str, str]) -> StoredFile | None:
        """The file at *path* if the signature in *query* is ours and has not run out."""
        expires, signed, signature = (query.get(name, "") for name in ("ex", "is", "hm"))
        if not hmac.compare_digest(signature.encode(), self._signature(path, expires, signed).encode()):
            return None
        return self._files.get(path) if int(expires, 16) > self._hub.clock.now().timestamp() else None

    def signed(self, path: str) -> str:
        """An address of *path* that holds for a day."""
        now = self._hub.clock.now()
        signed, expires = (f"{int(moment.timestamp()):x}" for moment in (now, now + ADDRESS_LIFE))
        signature = self._signature(path, expires, signed)
        return f"{self.base_url}{path}?ex={expires}&is={signed}&hm={signature}&"

    def _signature(self, path: str, expires: str, signed: str) -> str:
        return hmac.new(self._key, f"{path} {expires} {signed}".encode(), hashlib.sha256).hexdigest()
