"""Files that go to Discord: lines as they come, packed where they are too large, and in parts where that is too.

Holds no more than what is sent; knows no noun.
"""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

import discord

# What Discord takes from an application everywhere.
MOST_BYTES = 10 * 1024 * 1024
# So many messages may carry one export.
_MOST_PARTS = 5
_BLOCK = 256 * 1024
# Packed data comes out of the packer a little late, and the directory of the archive comes at its end.
_MARGIN = 384 * 1024
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def most_bytes(interaction: discord.Interaction) -> int:
    """How large a file may be that is sent as an answer."""
    guild = interaction.guild
    return min(MOST_BYTES, guild.filesize_limit) if guild else MOST_BYTES


def file_name(subject: str, day: date) -> str:
    """The name of a file about *subject*, without its ending."""
    return f"{_NOT_IN_NAMES.sub('-', subject.casefold()).strip('-')[:60] or 'storywatch'}-{day:%Y-%m-%d}"


async def files_of(lines: AsyncIterable[str], name: str, most: int) -> list[discord.File] | None:
    """*lines*, the first of which names the columns, as a CSV file; None where they are too many for Discord.

    One plain file where that has at most *most* bytes, else one archive, else several that have parts of it.

    Args:
        name: Of the file, without an ending.
    """
    plain = _Plain(most)
    parts = _Parts(name, most)
    async for block in _blocks(lines):
        plain.write(block)
        if not await asyncio.to_thread(parts.write, block):
            return None
    if (whole := plain.whole()) is not None:
        return [discord.File(whole, f"{name}.csv")]
    return await asyncio.to_thread(parts.files)


async def _blocks(lines: AsyncIterable[str]) -> AsyncIterator[bytes]:
    """Whole lines, some hundred kilobytes at a time; the first line comes alone."""
    held: list[bytes] = []
    size, is_first = 0, True
    async for line in lines:
        held.append(line.encode())
        size += len(held[-1])
        if is_first or size >= _BLOCK:
            yield b"".join(held)
            held.clear()
            size, is_first = 0, False
    if held:
        yield b"".join(held)


class _Plain:
    """The file as it is, until it is too large."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: io.BytesIO | None = io.BytesIO()

    def write(self, block: bytes) -> None:
        if self._held is None:
            return
        self._held.write(block)
        if self._held.tell() > self._most:
            self._held = None

    def whole(self) -> io.BytesIO | None:
        """The file from its beginning; None where it is too large."""
        if self._held is not None:
            self._held.seek(0)
        return self._held


@dataclass(slots=True)
class _Part:
    buffer: io.BytesIO
    archive: zipfile.ZipFile
    member: IO[bytes]

    def close(self) -> None:
        self.member.close()
        self.archive.close()


@dataclass(slots=True)
class _Parts:
    """The same in archives, each of them a file that can be read by itself."""

    name: str
    most: int
    _header: bytes = b""
    _done: list[io.BytesIO] = field(default_factory=list)
    _open: _Part | None = None

    def write(self, block: bytes) -> bool:
        """Pack a block of whole lines; False where there are too many archives already."""
        if not self._header:
            # The first line comes alone.
            self._header = block
            return True
        if self._open is None:
            if len(self._done) == _MOST_PARTS:
                return False
            self._open = self._begin()
        self._open.member.write(block)
        if self._open.buffer.tell() + _MARGIN > self.most:
            self._finish()
        return True

    def files(self) -> list[discord.File]:
        """All archives."""
        self._finish()
        of_all = len(self._done)
        names = (
            [f"{self.name}.zip"] if of_all == 1 else [f"{self.name}-{n}-of-{of_all}.zip" for n in range(1, of_all + 1)]
        )
        return [discord.File(buffer, name) for buffer, name in zip(self._done, names, strict=True)]

    def _begin(self) -> _Part:
        buffer = io.BytesIO()
        archive = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)
        number = "" if not self._done else f"-{len(self._done) + 1}"
        part = _Part(buffer, archive, archive.open(f"{self.name}{number}.csv", "w"))
        part.member.write(self._header)
        return part

    def _finish(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open.buffer.seek(0)
            self._done.append(self._open.buffer)
            self._open = None
