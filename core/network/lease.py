"""The right to use one route for one exchange, and what became of it.

Owns nothing of the pool: it carries one request and collects what is to be said about the route.
The pool acts on that when the lease ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from core.domain.failure import Named
from core.domain.health import Report
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import NO_CONSEQUENCE, Act, Blame, Consequence, Reason
from core.log import Ids
from core.network.errors import TransportError
from core.network.readiness import Loan
from core.network.routes import RouteKey
from core.sources.base import Login, Reading, Response, WireRequest


class Client(Protocol):
    """One HTTP exchange over one proxy."""

    async def fetch(
        self, address: ProxyAddress, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        """The answer to *request*.

        Raises:
            TransportError: There was none.
        """


class Sight(Enum):
    """What an answer proved about a session's eyes."""

    SAW = auto()
    SAW_NOBODY = auto()
    IS_BLIND = auto()


class Lease:
    """One route, reserved for one exchange; it ends with the block that it was borrowed in.

    What is reported moves the route's health when the block ends, the last word counting.  A block
    that is cancelled moves nothing: stopping a batch must not make good proxies look bad.
    """

    __slots__ = (
        "_client",
        "_limits",
        "about",
        "elapsed_ms",
        "lent_login",
        "loan",
        "renewed",
        "report_made",
        "sent",
        "sight",
    )

    def __init__(self, loan: Loan, client: Client, limits: Limits) -> None:
        self.loan = loan
        # It stays the same until the lease ends, whatever a person brings meanwhile.
        self.lent_login = loan.route.login
        self.sent = False
        self.report_made: Report | None = None
        self.sight: Sight | None = None
        self.renewed: Login | None = None
        self.elapsed_ms: float | None = None
        self.about: Sequence[Named] = ()  # whom the question is about; whoever asks says so
        self._client = client
        self._limits = limits

    def __repr__(self) -> str:
        return f"<Lease session {self.session_id} over proxy {self.proxy_id}{', sent' if self.sent else ''}>"

    def ids(self) -> Ids:
        """What lines of the log that are about it carry."""
        return {"proxy": self.proxy_id, "session": self.session_id}

    @property
    def route(self) -> RouteKey:
        """The session and the proxy."""
        return RouteKey(self.proxy_id, self.session_id)

    @property
    def proxy_id(self) -> int:
        """The proxy's id."""
        return self.loan.proxy.id

    @property
    def session_id(self) -> int:
        """The session's id."""
        return self.loan.route.session_id

    @property
    def address(self) -> ProxyAddress:
        """Where the proxy is; it stays the same until the lease ends."""
        return self.loan.address

    @property
    def login(self) -> Login:
        """What the session carries onto the wire."""
        return self.lent_login if self.renewed is None else self.renewed

    async def fetch(self, request: WireRequest) -> Response:
        """Send *request* over the route and return its answer.  Once a lease.

        A failure is reported by itself, with the blame it carries.

        Raises:
            TransportError: No answer came.
            RuntimeError: The lease has carried its exchange.
        """
        if self.sent:
            raise RuntimeError("a lease carries one exchange; borrow another one")
        self.sent = True
        limits = self._limits
        try:
            response = await self._client.fetch(
                self.address, request, connect_timeout=limits.connect_timeout, total_timeout=limits.total_timeout
            )
        except TransportError as error:
            self.report(_lost(error))
            raise
        self.elapsed_ms = response.elapsed * 1000.0
        return response

    def report(self, told: Reading | Report) -> None:
        """Say how the exchange went: who is to blame, and what follows.

        A reading is good when it speaks about its subjects, or when what went wrong is the profile's.
        """
        self.report_made = told if isinstance(told, Report) else _report_of(told)
        self.sent = True

    def report_proven(self) -> None:
        """The answer proved that the session sees."""
        self.sight, self.sent = Sight.SAW, True

    def report_unproven(self) -> None:
        """The session saw nobody, canaries included; the third time in a row it is suspected and held."""
        self.sight, self.sent = Sight.SAW_NOBODY, True

    def report_blind(self) -> None:
        """The session did not find names that others find; it is suspected and held at once."""
        self.sight, self.sent = Sight.IS_BLIND, True

    def renew(self, login: Login) -> None:
        """Let the session carry *login* from its next exchange on, as the platform renewed it."""
        self.renewed = login

    def hold_tongue(self) -> None:
        """Take back everything said about the route's health: the exchange did not end of its own."""
        self.report_made = self.sight = None


# What most exchanges come to.
_WELL = Report(ok=True)


def _report_of(reading: Reading) -> Report:
    if reading.reason is Reason.OK and reading.blame is Blame.NOBODY and reading.consequence is NO_CONSEQUENCE:
        return _WELL
    return Report(
        ok=reading.reason is Reason.OK or reading.blame is Blame.PROFILE,
        reason=reading.reason,
        blame=reading.blame,
        consequence=reading.consequence,
    )


def _lost(error: TransportError) -> Report:
    act = Act.PROXY_FAILED if error.blame is Blame.PROXY else Act.NOTHING
    return Report(ok=False, reason=error.reason, blame=error.blame, consequence=Consequence(act))
