"""The sandbox as one thing: a pretend platform, its pretend proxies, the truth and the journal.

Builds and ends the parts; what they do is theirs.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from sandbox.certificates import make_authority
from sandbox.chance import pick
from sandbox.control import PREFIX, Control
from sandbox.exits import Exit
from sandbox.faults import Faults, ProxyFault, ProxyTrouble
from sandbox.journal import Journal
from sandbox.listeners import LOOPBACK, can_leave_from, listen, source_address
from sandbox.people import State
from sandbox.platform import Platform
from sandbox.proxies import Proxy
from sandbox.scenario import Scenario
from sandbox.server import Server, wall


class Sandbox:
    """A world that runs while the block does: ``async with Sandbox(scenario) as box``.

    Args:
        folder: Where the authority's certificate goes when the platform speaks TLS; a temporary one without.
    """

    def __init__(self, scenario: Scenario | None = None, *, folder: Path | None = None) -> None:
        self.scenario = scenario or Scenario()
        self.journal = Journal()
        self.proxies: list[Proxy] = []
        self.ca_file: Path | None = None
        self.platform_url = ""
        self.truth_url = ""
        self._folder = folder
        self._ports: tuple[int, ...] = ()

    # -- what it holds ---------------------------------------------------------------

    @property
    def proxy_lines(self) -> list[str]:
        """``scheme://user:password@host:port``, in order."""
        return [proxy.line for proxy in self.proxies]

    @property
    def session_lines(self) -> list[str]:
        """Cookie headers; the first ones belong to the proxies in their order, then the second ones, and so on."""
        return [login.cookie_line for login in self.platform.logins]

    @property
    def accounts(self) -> list[str]:
        """The accounts of :attr:`session_lines`, as journal and faults name them."""
        return [login.account for login in self.platform.logins]

    @property
    def canaries(self) -> list[str]:
        """Usernames that always have a live story; not among :attr:`usernames`."""
        return [person.username for person in self.platform.people.canaries]

    @property
    def usernames(self) -> list[str]:
        """The profiles' names."""
        return [person.username for person in self.platform.people.people]

    @property
    def ids(self) -> dict[str, str]:
        """The platform's id of every username, canaries included."""
        people = self.platform.people
        return {person.username: person.id for person in (*people.people, *people.canaries)}

    @property
    def niches(self) -> dict[str, list[str]]:
        """The usernames dealt out to the niches in turn."""
        names, niches = self.usernames, self.scenario.niches
        return {niche: names[place :: len(niches)] for place, niche in enumerate(niches)}

    @property
    def limits(self) -> dict[str, str]:
        """Operating limits that match what this platform allows, as names and texts."""
        return self.scenario.limits()

    @property
    def faults(self) -> Faults:
        """What goes wrong now."""
        return self.platform.faults

    # -- what can be asked and changed ---------------------------------------------------

    def truth(self, usernames: Iterable[str] | None = None) -> dict[str, str]:
        """What is right to say now of everybody (of *usernames*): live, none, private or gone."""
        return self.platform.people.truth(wall(), usernames)

    def reset_journal(self) -> None:
        """Forget what the platform was asked."""
        self.journal.reset()

    def set_faults(self, faults: Faults) -> None:
        """Let *faults* take the place of all earlier ones, of the proxies too; people turn back.

        Raises:
            ValueError: A proxy or a row's variant does not exist.
        """
        troubles = {trouble.proxy - 1: trouble.fault for trouble in faults.proxies}
        for place in self._dead(faults):
            troubles.setdefault(place, ProxyFault.REFUSE)
        if troubles and max(troubles) >= len(self.proxies):
            raise ValueError(f"proxy: there is no number {max(troubles) + 1}; there are {len(self.proxies)}")
        self.platform.set_faults(faults, wall())
        for place, proxy in enumerate(self.proxies):
            proxy.fault = troubles.get(place, ProxyFault.NONE)

    def set_proxy_fault(self, trouble: ProxyTrouble) -> None:
        """Give one proxy a fault, or take it away.

        Raises:
            ValueError: There is no such proxy.
        """
        if trouble.proxy > len(self.proxies):
            raise ValueError(f"proxy: there is no number {trouble.proxy}; there are {len(self.proxies)}")
        self.proxies[trouble.proxy - 1].fault = trouble.fault

    def turn(self, username: str, state: str) -> str:
        """Make somebody ``public``, ``private``, ``gone`` or ``renamed``; returns the name from now on.

        Raises:
            ValueError: There is no such person or state.
        """
        people = self.platform.people
        if username not in self.ids:
            raise ValueError(f"username: nobody is called {username[:40]}")
        if state == "renamed":
            return people.rename(username)
        if state not in set(State):
            raise ValueError(f"state: it takes one of {', '.join([*State, 'renamed'])}")
        people.turn(username, State(state))
        return username

    def _dead(self, faults: Faults) -> list[int]:
        places = range(len(self.proxies))
        return sorted(places, key=lambda place: pick(self.scenario.seed, "dead", place))[: faults.dead_proxies]

    # -- its life --------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            # The faults of the start wait until the proxies stand.
            self.platform = Platform(self.scenario, wall())
            self._server = Server(self.platform, self.journal, Control(self))
            stack.push_async_callback(self._server.close)
            await self._server.open()
            tls = self._authority(stack)
            await self._open_platform(tls)
            await self._open_proxies(tls, stack)
            self.set_faults(self.scenario.faults)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _authority(self, stack: AsyncExitStack) -> ssl.SSLContext | None:
        if not self.scenario.https:
            return None
        folder = self._folder or Path(stack.enter_context(TemporaryDirectory(prefix="storywatch-sandbox-")))
        self.ca_file, context = make_authority(folder)
        return context

    async def _open_platform(self, tls: ssl.SSLContext | None) -> None:
        """The platform's port; with TLS, control and plain HTTP are on the port after the proxies'."""
        port = self.scenario.port
        first = listen(port)
        self._ports = (first.getsockname()[1],)
        await self._server.serve(first, tls)
        plain = self._ports[0]
        if tls is not None:
            second = listen(port and port + self.scenario.proxies + 1)
            plain = second.getsockname()[1]
            self._ports += (plain,)
            await self._server.serve(second)
        self.platform_url = f"{'http' if tls is None else 'https'}://{LOOPBACK}:{self._ports[0]}"
        self.truth_url = f"http://{LOOPBACK}:{plain}{PREFIX}truth"

    async def _open_proxies(self, tls: ssl.SSLContext | None, stack: AsyncExitStack) -> None:
        count = self.scenario.proxies
        bound = self.scenario.own_addresses
        if bound is None:
            bound = count == 0 or can_leave_from(source_address(count - 1))
        for place in range(count):
            way_out = Exit(source_address(place), bound)
            if not bound:
                way_out.ports = await self._own_doors(way_out.source, tls)
            proxy = self._proxy(place, way_out)
            stack.push_async_callback(proxy.close)
            proxy.start()
            self.proxies.append(proxy)

    async def _own_doors(self, source: str, tls: ssl.SSLContext | None) -> dict[int, int]:
        """Ports of the platform that one proxy alone uses, by the port they stand for."""
        doors = {}
        for place, port in enumerate(self._ports):
            door = listen(0)
            doors[port] = door.getsockname()[1]
            await self._server.serve(door, tls if place == 0 else None, source)
        return doors

    def _proxy(self, place: int, way_out: Exit) -> Proxy:
        scenario = self.scenario
        scheme = "socks5" if _falls_on(place, scenario.socks_share) else "http"
        signed_in = _falls_on(place, scenario.password_share)
        token = pick(scenario.seed, "proxy password", place)
        credentials = (f"reader{place + 1}", f"pretend{token:016x}") if signed_in else None
        return Proxy(scheme, way_out, credentials, scenario.port and scenario.port + place + 1)

    def __repr__(self) -> str:
        return f"<Sandbox {self.platform_url or 'closed'}, {len(self.proxies)} proxies, {self.journal!r}>"


def _falls_on(place: int, share: float) -> bool:
    """Whether *place* (from 0) is hit when *share* of all places is hit, evenly spread."""
    return int((place + 1) * share + 1e-9) > int(place * share + 1e-9)
