"""Starts the peers, asks them what they counted, and ends them."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import Usage
from benchmarks.peers.proxy import PASSWORD, user

_ENDS_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A program of ours that listens."""

    port: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform counted.

    Args:
        moments: By session: when each request came and when its answer left.
    """

    requests: int
    profiles: int
    moments: dict[str, list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Peers:
    """A platform with proxies before it."""

    platform: Peer
    proxies: tuple[Peer, ...]

    @property
    def url(self) -> str:
        """The platform's base address."""
        return f"http://127.0.0.1:{self.platform.port}"

    def routes(self, count: int) -> list[str]:
        """Proxies as URLs, each with a sign-in of its own."""
        ports = [proxy.port for proxy in self.proxies]
        return [f"http://{user(n)}:{PASSWORD}@127.0.0.1:{ports[n % len(ports)]}" for n in range(count)]

    def begin(self, *, live: int = 100, times: bool = False) -> None:
        """Let the platform count from zero, with *live* of a hundred profiles live."""
        self._ask(f"/set?live={live}&times={int(times)}")

    def told(self) -> Told:
        """What the platform counted since."""
        told = self._ask("/told")
        return Told(told["requests"], told["profiles"], told["moments"])

    def cpu(self) -> float:
        """Seconds of a core that all of them used until now."""
        return sum(peer.usage.cpu() for peer in (self.platform, *self.proxies))

    def _ask(self, path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.platform.port, timeout=10)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


@contextmanager
def peers(proxies: int = 1) -> Iterator[Peers]:
    """A platform and so many proxies while the block runs."""
    with ExitStack() as stack:
        platform = stack.enter_context(_started("platform"))
        yield Peers(platform, tuple(stack.enter_context(_started("proxy")) for _ in range(proxies)))


@contextmanager
def _started(program: str) -> Iterator[Peer]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.peers.{program}"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        told = json.loads(process.stdout.readline())
        yield Peer(told["port"], Usage(process.pid))
    finally:
        # They end when their standard input does, also when this process is killed.
        process.stdin.close()
        try:
            process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
