"""Commands that begin where everything is imported already, which takes a tenth of what they take otherwise.

Each is a process of its own all the same, with its own files, environment and signals: a copy of one that has done
nothing but import.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LENGTH = struct.Struct("!I")  # of a request, which follows it
_CHECKOUT = Path(__file__).parents[2]
_LOOK_EVERY = 0.01


class WarmProcess:
    """One command, which answers as :class:`subprocess.Popen` does."""

    def __init__(self, server: WarmStart, pid: int) -> None:
        self._server = server
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        if self.returncode is None:
            self.returncode = self._server.code_of(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit code, when it has ended.

        Raises:
            subprocess.TimeoutExpired: It still runs.
        """
        ends_at = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() >= ends_at:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(_LOOK_EVERY)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """What a supervisor sends."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """``kill -9``."""
        self.send_signal(signal.SIGKILL)


class WarmStart:
    """The process that begins them; it ends with this one."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.acceptance.warm_server", str(theirs.fileno())],
                cwd=_CHECKOUT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._turn = threading.Lock()
        self._unread = b""
        self._began: list[int] = []
        self._ended: dict[int, int] = {}

    def start(
        self,
        words: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        files: tuple[int, int, int],
        group: bool = False,
    ) -> WarmProcess:
        """Begin a command.

        Args:
            words: The name by which it is called, and its arguments.
            files: Descriptors of its standard input, output and error.
            group: It leads a process group of its own.
        """
        asked = {"words": list(words), "folder": str(folder), "environment": dict(environment), "group": group}
        request = json.dumps(asked).encode()
        with self._turn:
            self._channel.setblocking(True)
            socket.send_fds(self._channel, [LENGTH.pack(len(request))], list(files))
            self._channel.sendall(request)
            while not self._began:
                self._read()
            return WarmProcess(self, self._began.pop())

    def code_of(self, pid: int) -> int | None:
        """The exit code of one of its commands; None while that runs."""
        with self._turn:
            self._channel.setblocking(False)
            try:
                while True:
                    self._read()
            except BlockingIOError:
                return self._ended.get(pid)

    def _read(self) -> None:
        part = self._channel.recv(65_536)
        assert part, "the process that begins commands has ended"
        *lines, self._unread = (self._unread + part).split(b"\n")
        for told in map(json.loads, lines):
            if "began" in told:
                # The number may have been another command's, long ago.
                self._ended.pop(told["began"], None)
                self._began.append(told["began"])
            else:
                self._ended[told["ended"]] = told["code"]

    def close(self) -> None:
        """End it."""
        self._channel.close()
        self._process.wait()


@functools.cache
def warm_start() -> WarmStart:
    """The one of this process."""
    made = WarmStart()
    atexit.register(made.close)
    return made
