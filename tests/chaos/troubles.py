"""What befalls the proxies of a chaos run, and whether they were used again when it was over."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from sandbox.faults import ProxyFault
from sandbox.listeners import source_address
from tests.acceptance.pretend import Entry, Pretend
from tests.chaos.programs import Program

# Everything that a pretend proxy can do to an exchange.
FAULTS = [fault for fault in ProxyFault if fault is not ProxyFault.NONE]
# Two bunches are ill at a time, a third of all at the worst.
_BUNCHES = 6
_ILL_FOR = 2


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that befalls one proxy and ends again.

    Args:
        source: The address that the proxy leaves from.
    """

    what: str
    source: str
    begin: Callable[[], None]
    end: Callable[[], None]


def of_pretend_ones(platform: Pretend) -> Iterator[Trouble]:
    """One trouble for each pretend proxy: all faults in turn."""
    for place in range(len(platform.lines("proxies"))):
        fault = FAULTS[place % len(FAULTS)]

        def switch(to: ProxyFault, number: int = place + 1) -> Callable[[], None]:
            return lambda: platform.proxy_goes_wrong(number, to)

        yield Trouble(fault, source_address(place), switch(fault), switch(ProxyFault.NONE))


def of_programs(programs: Sequence[Program]) -> Iterator[Trouble]:
    """One trouble for each program: those of one kind are killed, stopped and locked in turn."""
    for place, each in enumerate(programs):
        ways = [("killed", each.kill, each.start), ("stopped", each.stop, each.go_on)]
        if each.asks_for_a_password:
            ways.append(("locked", each.lock, each.restart))
        before = sum(other.kind == each.kind for other in programs[:place])
        what, begin, end = ways[before % len(ways)]
        yield Trouble(f"{each.kind} {what}", each.source, begin, end)


class Troubles:
    """The course of a chaos run: bunches of proxies fall ill one after the other and get well again.

    Args:
        rounds: How often everybody falls ill.
    """

    def __init__(self, platform: Pretend, programs: Sequence[Program], rounds: int) -> None:
        mixed = chain(*zip_longest(of_programs(programs), of_pretend_ones(platform)))
        everyone = [each for each in mixed if each is not None]
        self._platform = platform
        self._to_come = deque(everyone[place::_BUNCHES] for _ in range(rounds) for place in range(_BUNCHES))
        self._ill: deque[list[Trouble]] = deque()
        self.well_since: dict[str, float] = {}
        self.steps = len(self._to_come) + _ILL_FOR

    def step(self) -> None:
        """Those who were ill for long get well, and the next ones fall ill."""
        if len(self._ill) == _ILL_FOR or not self._to_come:
            self._get_well(self._ill.popleft() if self._ill else [])
        if self._to_come:
            bunch = self._to_come.popleft()
            for trouble in bunch:
                trouble.begin()
                self.well_since.pop(trouble.source, None)
            self._ill.append(bunch)

    def _get_well(self, bunch: Sequence[Trouble]) -> None:
        for trouble in bunch:
            trouble.end()
            # The platform's journal has the machine's clock, too.
            self.well_since[trouble.source] = time.monotonic()

    def not_used_again(self, journal: Sequence[Entry]) -> set[str]:
        """The proxies that have carried no answer to an end since they are well again."""
        used = {
            entry["source"]
            for entry in journal
            if entry["status"] == 200 and entry["at"] > self.well_since.get(entry["source"], entry["at"])
        }
        return self.well_since.keys() - used
