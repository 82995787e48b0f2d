"""Proxy programs that others wrote, each leaving from a loopback address of its own, to be killed and stopped.

Owns their lives; where a program is missing, :mod:`tests.outside_proxies` says what becomes of the test.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.acceptance.terminal import eventually
from tests.outside_proxies import program

USER = "reader"
PASSWORD = "s3cret-of-the-outside-proxy"
ANOTHER_PASSWORD = "changed-overnight"


class Program:
    """One proxy program on one port, over all its lives.

    Args:
        kind: ``squid``, ``tinyproxy``, ``dante`` or ``microsocks``.
        folder: Where its files go.
        port: On 127.0.0.1.
        source: The address that it leaves from, as the platform's journal names it.
    """

    def __init__(self, kind: str, folder: Path, port: int, source: str) -> None:
        self.name, self._command = PROGRAMS[kind]
        self._path = program(self.name)
        self._folder = folder
        self.kind, self.port, self.source = kind, port, source
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        # Started by root, squid works as somebody else.
        folder.chmod(0o777)

    @property
    def asks_for_a_password(self) -> bool:
        """Whether it lets in only who knows one."""
        return self.kind in {"tinyproxy", "microsocks"}

    @property
    def line(self) -> str:
        """Its address as people import it."""
        sign_in = f"{USER}:{PASSWORD}@" if self.asks_for_a_password else ""
        scheme = "socks5h" if self.kind in {"dante", "microsocks"} else "http"
        return f"{scheme}://{sign_in}127.0.0.1:{self.port}"

    # -- what becomes of it ------------------------------------------------------------

    def start(self, password: str = PASSWORD) -> None:
        """Let it live, and wait until it takes connections."""
        # A group of its own: dante's children live on where their parent alone is killed.
        command = [self._path, *self._command(self._folder, self.port, self.source, password)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, process_group=0)
        eventually(lambda: not self._runs or self._takes_connections(), f"{self!r} takes connections")
        assert self._runs, f"{self!r} ended at its start"

    def kill(self) -> None:
        """``kill -9``: its connections break, and nobody listens any more."""
        self._tell(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """It takes connections, since the machine does that, and says nothing."""
        self._tell(signal.SIGSTOP)

    def go_on(self) -> None:
        """End :meth:`stop`."""
        self._tell(signal.SIGCONT)

    def lock(self) -> None:
        """Start again with a password that nobody was told."""
        self.kill()
        self.start(ANOTHER_PASSWORD)

    def restart(self) -> None:
        """Start again as it was."""
        self.kill()
        self.start()

    @property
    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _tell(self, what: signal.Signals) -> None:
        if self._process is not None and self._runs:
            os.killpg(self._process.pid, what)

    def _takes_connections(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __repr__(self) -> str:
        return f"<{self.kind} on {self.port} from {self.source}>"


# -- how each of them is told --------------------------------------------------------------------


def _squid(folder: Path, port: int, source: str, _: str) -> list[str]:
    config = _written(
        folder / "squid.conf",
        f"http_port 127.0.0.1:{port}",
        "visible_hostname outside",
        f"tcp_outgoing_address {source}",
        "http_access allow all",
        "cache deny all",
        "pid_filename none",
        "access_log none",
        f"cache_log {folder}/squid.log",
        f"coredump_dir {folder}",
        "pinger_enable off",
        "read_timeout 5 seconds",
        "shutdown_lifetime 0 seconds",
    )
    return ["-N", "-n", f"chaos{port}", "-f", config]


def _tinyproxy(folder: Path, port: int, source: str, password: str) -> list[str]:
    config = _written(
        folder / "tinyproxy.conf",
        f"Port {port}",
        "Listen 127.0.0.1",
        f"Bind {source}",
        "Timeout 60",
        "MaxClients 50",
        "LogLevel Error",
        f'LogFile "{folder}/tinyproxy.log"',
        "Allow 127.0.0.1",
        f"BasicAuth {USER} {password}",
    )
    return ["-d", "-c", config]


def _dante(folder: Path, port: int, source: str, _: str) -> list[str]:
    config = _written(
        folder / "danted.conf",
        f"logoutput: {folder}/danted.log",
        f"internal: 127.0.0.1 port = {port}",
        f"external: {source}",
        "clientmethod: none",
        "socksmethod: none",
        "client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
        "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
    )
    return ["-f", config]


def _microsocks(_: Path, port: int, source: str, password: str) -> list[str]:
    return ["-i", "127.0.0.1", "-p", str(port), "-b", source, "-u", USER, "-P", password]


def _written(config: Path, *lines: str) -> str:
    config.write_text("\n".join(lines) + "\n")
    return str(config)


PROGRAMS: dict[str, tuple[str, Callable[[Path, int, str, str], list[str]]]] = {
    "squid": ("squid", _squid),
    "tinyproxy": ("tinyproxy", _tinyproxy),
    "dante": ("danted", _dante),
    "microsocks": ("microsocks", _microsocks),
}
