"""``python -m benchmarks.peers.discord``: Discord with somebody at the keyboard, who does what standard input says.

Prints where it listens, then for each line ``{"do": …}`` what was measured; ends when standard input does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from core.tasks import spawn
from tests.discord_server import Attachment, DiscordServer, Person

ROLE = "desk"
_PATIENCE = 60.0


async def main() -> None:
    """Serve one client."""
    async with DiscordServer(redirect=False) as discord:
        ann = discord.member("ann", roles=[ROLE])
        ann.patience = _PATIENCE
        _tell(
            rest=discord.rest_url,
            gateway=discord.gateway.url,
            token=discord.token,
            guild=discord.guild.id,
            channel=discord.channel.id,
            role=discord.guild.role(ROLE).id,
        )
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            if asked["do"] == "acknowledge":
                _tell(ms=await acknowledged(ann, asked["times"], asked["every"]))
            elif asked["do"] == "preview":
                _tell(seconds=await previewed(ann, asked["niche"], asked["names"]))


async def acknowledged(ann: Person, times: int, every: float) -> list[float]:
    """How many milliseconds each of so many commands waited for its first answer, one begun *every* so often."""
    found: list[float] = []

    async def ask() -> None:
        began = time.perf_counter()
        await ann.start_slash("status")
        found.append((time.perf_counter() - began) * 1_000)

    tasks = []
    for _ in range(times):
        tasks.append(spawn(ask(), name="a command"))
        await asyncio.sleep(every)
    await asyncio.gather(*tasks)
    return found


async def previewed(ann: Person, niche: str, names: int) -> float:
    """Seconds from a command with a list of so many names to the card that shows what is in it."""
    text = "".join(f"somebody.{number}\n" for number in range(names)).encode()
    began = time.perf_counter()
    reply = await ann.slash("niche", "import", niche=niche, file=Attachment("names.txt", text))
    seconds = time.perf_counter() - began
    if f"{names:,}" not in reply.text:
        raise RuntimeError(f"this is no preview of {names:,} names: {reply.text[:300]}")
    return seconds


def _tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
