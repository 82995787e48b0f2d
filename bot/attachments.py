"""Files that come from Discord: name and size checked before anything is fetched, bytes streamed with a cap.

An address is followed only to where Discord keeps files, never to a place that somebody else chose.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

import aiohttp
import discord
from discord.http import Route

from core.errors import InvalidInput, Unavailable

ENDINGS = (".txt", ".csv", ".list")
MOST_BYTES = 25_000_000

_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_PIECE = 65_536
# A file comes within a minute, and something of it every 15 seconds.
_PATIENCE = aiohttp.ClientTimeout(total=60, sock_connect=5, sock_read=15)
_OK, _GONE = 200, frozenset({403, 404, 410})


def checked(attachment: discord.Attachment) -> discord.Attachment:
    """*attachment*, which could be a list by its name and its size.

    Raises:
        InvalidInput: It could not.
    """
    if PurePath(attachment.filename).suffix.lower() not in ENDINGS:
        raise InvalidInput("file", f"{_named(attachment)} is no list by its name; attach a .txt, .csv or .list file")
    if not attachment.size:
        raise InvalidInput("file", f"{_named(attachment)} is empty; give one username a line")
    if attachment.size > MOST_BYTES:
        raise InvalidInput(
            "file",
            f"{_named(attachment)} has more than {MOST_BYTES // 1_000_000} MB; split it, or import it in the panel",
        )
    return attachment


def list_among(attachments: Sequence[discord.Attachment]) -> discord.Attachment:
    """The first of a message's files that could be a list.

    Raises:
        InvalidInput: None could; the sentence is about the first file, if there is any.
    """
    if not attachments:
        raise InvalidInput("message", "it has no file; choose one with a .txt, .csv or .list file")
    by_name = [each for each in attachments if PurePath(each.filename).suffix.lower() in ENDINGS]
    return checked((by_name or list(attachments))[0])


async def pieces(attachment: discord.Attachment) -> AsyncIterator[bytes]:
    """The bytes of a checked attachment, as they come.

    Raises:
        InvalidInput: Discord does not keep it any more, it lies elsewhere, or it is larger than was said.
        Unavailable: It did not come, or not all of it.
    """
    _check_place(attachment)
    received = 0
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.get(attachment.url, allow_redirects=False, headers={"Accept-Encoding": "identity"}) as response,
        ):
            _check_answer(attachment, response.status)
            async for piece in response.content.iter_chunked(_PIECE):
                received += len(piece)
                if received > MOST_BYTES:
                    raise InvalidInput("file", f"{_named(attachment)} is larger than Discord said; split it")
                yield piece
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unavailable(f"{_named(attachment)} did not come from Discord as a whole; try again.") from error
    if received < attachment.size:
        raise Unavailable(f"{_named(attachment)} did not come from Discord as a whole; try again.")


def _check_answer(attachment: discord.Attachment, status: int) -> None:
    if status in _GONE:
        raise InvalidInput("file", f"Discord does not keep {_named(attachment)} any more; attach it again")
    if status != _OK:
        raise Unavailable(f"Discord does not hand out {_named(attachment)} right now; try again in a moment.")


def _check_place(attachment: discord.Attachment) -> None:
    place, api = urlsplit(attachment.url), urlsplit(Route.BASE)
    is_discords = place.scheme == "https" and place.hostname in _HOSTS
    # Where all of Discord is elsewhere, as in tests, its files are there, too.
    is_beside_the_api = place.scheme == api.scheme and place.hostname == api.hostname
    if not (is_discords or is_beside_the_api):
        raise InvalidInput("file", f"{_named(attachment)} does not lie where Discord keeps files; attach it again")


def _named(attachment: discord.Attachment) -> str:
    return f'"{attachment.filename[:80]}"'
