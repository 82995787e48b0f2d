"""Ports that stay free while nobody listens: whoever is killed gets the same one back.

A port from the range that the machine gives to outgoing connections may be taken by one of them meanwhile.
"""

from __future__ import annotations

import socket
from random import SystemRandom

_BELOW_OUTGOING = range(20_000, 32_000)
_TRIES = 200


def free_ports(count: int) -> range:
    """So many ports in a row on 127.0.0.1 on which nobody listens."""
    for _ in range(_TRIES):
        first = SystemRandom().choice(_BELOW_OUTGOING[: -count or None])
        ports = range(first, first + count)
        if all(map(_is_free, ports)):
            return ports
    raise AssertionError(f"this machine has no {count} free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
