"""Listening sockets on loopback, and the addresses from which pretend proxies leave."""

from __future__ import annotations

import errno
import socket

LOOPBACK = "127.0.0.1"
_BACKLOG = 1024
_HOSTS_PER_BLOCK = 254


class PortInUse(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use; stop what uses it, or choose another port.")
        self.port = port


def listen(port: int) -> socket.socket:
    """A listening socket on 127.0.0.1; 0 chooses a free port.

    Raises:
        PortInUse: Somebody else has the port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        listener.bind((LOOPBACK, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(port) from None
        raise
    return listener


def source_address(number: int) -> str:
    """The loopback address of proxy *number* (from 0): 127.0.0.2, 127.0.0.3, … 127.0.1.1, …"""
    block, host = divmod(number + 1, _HOSTS_PER_BLOCK)
    return f"127.0.{block}.{host + 1}"


def can_leave_from(address: str) -> bool:
    """Whether this machine lets a socket have *address*; macOS knows 127.0.0.1 alone."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
