"""The process of which commands are begun as copies: everything they import is imported once, here.

Run as ``python -m tests.acceptance.warm_server SOCKET``, where SOCKET is the number of a file descriptor.  A request
holds the words, the folder and the environment of one command, and carries its three standard files.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from typing import Any, NoReturn

import main
from tests.acceptance.warm_start import LENGTH


def serve(channel: socket.socket) -> None:
    """Begin commands, and tell of their ends, until whoever asks has gone; returns in each command's own process."""
    ends, told_of_an_end = socket.socketpair()
    for each in (ends, told_of_an_end):
        each.setblocking(False)
    signal.set_wakeup_fd(told_of_an_end.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # What is here already is not looked through, and so not copied, in each process anew.
    gc.collect()
    gc.freeze()
    while True:
        ready, _, _ = select.select([channel, ends], [], [])
        if ends in ready:
            with contextlib.suppress(BlockingIOError):
                ends.recv(4096)
            _tell_of_ends(channel)
        if channel in ready:
            request, files = _asked(channel)
            pid = os.fork()
            if pid == 0:
                for each in (channel, ends, told_of_an_end):
                    each.close()
                _become(request, files)
                return
            for file in files:
                os.close(file)
            if request["group"]:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.setpgid(pid, pid)
            _tell(channel, {"began": pid})


def _asked(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    head, files, _, _ = socket.recv_fds(channel, LENGTH.size, 3)
    if not head:
        _leave()
    (length,) = LENGTH.unpack(head)
    body = b""
    while len(body) < length:
        part = channel.recv(length - len(body))
        if not part:
            _leave()
        body += part
    request: dict[str, Any] = json.loads(body)
    return request, files


def _leave() -> NoReturn:
    os._exit(0)


def _tell_of_ends(channel: socket.socket) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _tell(channel, {"ended": ended[0], "code": os.waitstatus_to_exitcode(ended[1])})


def _tell(channel: socket.socket, what: dict[str, int]) -> None:
    channel.sendall(json.dumps(what).encode() + b"\n")


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Make this process what the shell would have made of the command."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if request["group"]:
        os.setpgid(0, 0)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()  # noqa: TID251  # a command's environment is what the test gives it
    os.environ.update(request["environment"])  # noqa: TID251
    time.tzset()
    os.chdir(request["folder"])
    sys.argv = request["words"]


if __name__ == "__main__":
    # A copy has only the thread that made it; another one's locks would be held for ever.
    assert threading.active_count() == 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(socket.socket(fileno=int(sys.argv[1])))
    main.main()
