"""Proxy programs that others wrote, started as plain processes on loopback.

Owns finding, starting and ending them.  Where one is missing, its tests are skipped with the reason printed;
with the environment variable ``CI`` set, they fail.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from core.domain.proxy_address import ProxyAddress
from core.secrets import Secret

# Debian installs daemons where a person's PATH does not look.
_SEARCHED = os.pathsep.join([os.defpath, "/usr/local/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"])
_SECONDS_TO_START = 20.0

USER = "reader"
PASSWORD = Secret("s3cret-of-the-outside-proxy")


def program(name: str) -> str:
    """The path of the program *name*; ends the test where it is missing."""
    found = shutil.which(name) or shutil.which(name, path=_SEARCHED)
    return found or _missing(name)


def _missing(name: str) -> NoReturn:
    reason = (
        f"the proxy program {name} is not installed; on Debian: apt-get install squid tinyproxy dante-server microsocks"
    )
    if os.environ.get("CI"):  # noqa: TID251  # whether it may be missing is the one thing that CI decides here
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def squid(folder: Path) -> AsyncIterator[ProxyAddress]:
    """squid, without a password; it waits a second for an answer."""
    path, port = program("squid"), _free_port()
    folder.chmod(0o777)  # noqa: ASYNC240  # once; started by root, squid works as somebody else
    config = _written(
        folder / "squid.conf",
        f"http_port 127.0.0.1:{port}",
        "visible_hostname outside",
        "http_access allow all",
        "cache deny all",
        "pid_filename none",
        "access_log none",
        f"cache_log {folder}/squid.log",
        f"coredump_dir {folder}",
        "pinger_enable off",
        "read_timeout 1 second",
        "shutdown_lifetime 0 seconds",
    )
    async with _running([path, "-N", "-f", config], port):
        yield ProxyAddress("http", "127.0.0.1", port)


@asynccontextmanager
async def tinyproxy(folder: Path) -> AsyncIterator[ProxyAddress]:
    """tinyproxy, which asks for :data:`USER` and :data:`PASSWORD`."""
    path, port = program("tinyproxy"), _free_port()
    config = _written(
        folder / "tinyproxy.conf",
        f"Port {port}",
        "Listen 127.0.0.1",
        "Timeout 60",
        "MaxClients 50",
        "LogLevel Error",
        "Allow 127.0.0.1",
        f"BasicAuth {USER} {PASSWORD.reveal()}",
    )
    async with _running([path, "-d", "-c", config], port):
        yield ProxyAddress("http", "127.0.0.1", port, USER, PASSWORD)


@asynccontextmanager
async def dante(folder: Path) -> AsyncIterator[ProxyAddress]:
    """dante, without a password."""
    path, port = program("danted"), _free_port()
    config = _written(
        folder / "danted.conf",
        f"logoutput: {folder}/danted.log",
        f"internal: 127.0.0.1 port = {port}",
        "external: 127.0.0.1",
        "clientmethod: none",
        "socksmethod: none",
        "client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
        "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
    )
    async with _running([path, "-f", config], port):
        yield ProxyAddress("socks5h", "127.0.0.1", port)


@asynccontextmanager
async def microsocks(user: str = USER, password: Secret = PASSWORD) -> AsyncIterator[ProxyAddress]:
    """microsocks, which asks for *user* and *password*."""
    path, port = program("microsocks"), _free_port()
    command = [path, "-i", "127.0.0.1", "-p", str(port), "-u", user, "-P", password.reveal()]
    async with _running(command, port):
        yield ProxyAddress("socks5h", "127.0.0.1", port, user, password)


def _written(config: Path, *lines: str) -> str:
    config.write_text("\n".join(lines) + "\n")
    return str(config)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _running(command: list[str], port: int) -> AsyncIterator[None]:
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(_SECONDS_TO_START):
            await _accepting(process, port)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _accepting(process: asyncio.subprocess.Process, port: int) -> None:
    """Wait until *process* takes connections; a program of others has no event to wait for."""
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
            continue
        writer.close()
        await writer.wait_closed()
        return
    pytest.fail(f"the proxy ended at its start with status {process.returncode}")
