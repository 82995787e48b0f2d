"""``python -m benchmarks.peers.platform``: a platform that answers at once, and counts.

Speaks two of the addresses that the Instagram source asks: the reels of several ids, and who has a name.
Everybody whose number modulo 100 is below the live share has a story.  ``/told`` tells what was counted,
``/set?live=40&times=1`` begins anew with other settings.
"""

from __future__ import annotations

import json
import re
import socket
import time
from email.utils import formatdate
from functools import partial
from urllib.parse import parse_qsl

from benchmarks.peers.serving import Line, Loop

FIRST_ID = 5_000_000_000

_STORIES = b"/api/v1/feed/reels_media/?reel_ids="
_LOOK_UP = b"/api/v1/users/web_profile_info/?username="
_SESSION = re.compile(rb"\bsessionid=([0-9]+)")
_NUMBER = re.compile(rb"profile\.([0-9]+)")
_DAY = 86_400
_PARTS = 2
_HERE = b"@id@"


def name(number: int) -> str:
    """The username of the *number*-th profile."""
    return f"profile.{number}"


def platform_id(number: int) -> str:
    """The id of the *number*-th profile."""
    return str(FIRST_ID + number)


def is_live(number: int, share: int) -> bool:
    """Whether the *number*-th profile has a story when *share* of a hundred have."""
    return number % 100 < share


class State:
    """How everybody is, and what was counted since the last :meth:`begin`."""

    def __init__(self) -> None:
        self._second = 0
        self._head = self._reel = b""
        self.begin(live=100, times=False)

    def begin(self, *, live: int, times: bool) -> None:
        """Count from zero.

        Args:
            live: How many of a hundred have a story.
            times: Keep when each session asked and was answered.
        """
        self.live = live
        self.times = times
        self.requests = 0
        self.profiles = 0
        self.moments: dict[str, list[tuple[float, float]]] = {}
        self._cpu = time.process_time()

    def told(self) -> bytes:
        """What was counted."""
        counted = {
            "requests": self.requests,
            "profiles": self.profiles,
            "cpu": time.process_time() - self._cpu,
            "moments": self.moments,
        }
        return json.dumps(counted).encode()

    def stories(self, ids: list[bytes]) -> bytes:
        """The answer about *ids*: some 1.5 KB for each that has a story."""
        self.profiles += len(ids)
        self._keep_time()
        reel = self._reel
        live = ids if self.live == 100 else [each for each in ids if is_live(int(each), self.live)]
        reels = b",".join([reel.replace(_HERE, each) for each in live])
        return self.answer(b'{"reels":{%b},"status":"ok"}' % reels)

    def look_up(self, number: int) -> bytes:
        """The answer to who has the name of the *number*-th."""
        self._keep_time()
        user = {"id": platform_id(number), "username": name(number), "full_name": "Profile", "is_private": False}
        return self.answer(json.dumps({"data": {"user": user}, "status": "ok"}).encode())

    def answer(self, body: bytes) -> bytes:
        """*body* as a good answer."""
        return b"%b%d\r\n\r\n%b" % (self._head, len(body), body)

    def _keep_time(self) -> None:
        """Once a second: the date of answers and the moments of stories."""
        second = int(time.clock_gettime(time.CLOCK_REALTIME))
        if second != self._second:
            self._second = second
            head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nDate: {}\r\nContent-Length: "
            self._head = head.format(formatdate(second, usegmt=True)).encode()
            self._reel = _reel(second)


def _reel(now: int) -> bytes:
    """A reel with its key, ids still to be filled in."""
    user = {"pk": "@id@", "username": "profile", "full_name": "Profile", "is_private": False, "is_verified": False}
    items = [
        {
            "pk": f"{now - part}",
            "id": f"{now - part}_@id@",
            "taken_at": now - 3_600 * part - 60,
            "expiring_at": now - 3_600 * part - 60 + _DAY,
            "media_type": 1,
            "code": f"C{now:x}",
            "original_width": 1080,
            "original_height": 1920,
            "accessibility_caption": "Photo by somebody, who shows something to everybody.",
            "image": f"https://cdn.example/v/t51.2885-15/{now - part}_n.jpg?stp=dst-jpg_e35_p1080x1920&efg="
            + "e" * 160,
            "user": {"pk": "@id@", "username": "profile"},
        }
        for part in range(_PARTS)
    ]
    reel = {
        "id": "@id@",
        "reel_type": "user_reel",
        "latest_reel_media": now - 60,
        "expiring_at": now + _DAY,
        "seen": 0,
        "media_count": _PARTS,
        "user": user,
        "items": items,
    }
    return b'"@id@":' + json.dumps(reel, separators=(",", ":")).encode()


class _Visitor(Line):
    """A connection from a proxy, or from whoever measures."""

    def __init__(self, state: State, loop: Loop, sock: socket.socket) -> None:
        super().__init__(loop, sock)
        self._state = state

    def head(self, head: bytes) -> None:
        state = self._state
        arrived = time.monotonic() if state.times else 0.0
        path = head[4 : head.find(b" ", 4)]
        if path.startswith(_STORIES):
            answer = state.stories(path[len(_STORIES) :].split(b"&reel_ids="))
        elif path.startswith(_LOOK_UP) and (found := _NUMBER.fullmatch(path[len(_LOOK_UP) :])):
            answer = state.look_up(int(found[1]))
        else:
            self._measured(path)
            return
        state.requests += 1
        if state.times and (session := _SESSION.search(head)):
            # Before it is sent: a process that is put aside just afterwards would tell a moment that is too late.
            state.moments.setdefault(session[1].decode(), []).append((arrived, time.monotonic()))
        self.sock.sendall(answer)

    def _measured(self, path: bytes) -> None:
        """Tell or set; anything else is a mistake in the benchmark, and not found."""
        verb, _, query = path.decode().partition("?")
        if verb == "/told":
            body = self._state.told()
        elif verb == "/set":
            values = dict(parse_qsl(query))
            self._state.begin(live=int(values.get("live", 100)), times=values.get("times") == "1")
            body = b"{}"
        else:
            self.sock.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        self.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ")
        self.sock.sendall(b"%d\r\n\r\n%b" % (len(body), body))


def main() -> None:
    """Serve until standard input ends."""
    loop = Loop()
    loop.run(loop.listen(partial(_Visitor, State())))


if __name__ == "__main__":
    main()
