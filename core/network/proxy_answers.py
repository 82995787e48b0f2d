"""What a proxy says in its own name: refusals, error pages, SOCKS replies, and whose fault each of them tells of.

Owns the line between a proxy's answer and the platform's.  Never repeats a peer's text: it may hold a password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError

# A proxy that cannot reach the platform says one of these to CONNECT; mostly the platform or the exit behind it
# failed (failure table of proxies, row "CONNECT → 403/407/502/503"; tinyproxy says 500).
_COULD_NOT_REACH = frozenset({500, 502, 503, 504})

# Servers that call themselves proxies.  Not nginx, Apache, Varnish, Envoy: platforms stand behind them, too.
_PROXY_SERVER = re.compile(r"squid|tinyproxy|privoxy|3proxy|proxy\.py|mitmproxy|ccproxy|wingate|polipo", re.IGNORECASE)
_SQUID_ERROR = re.compile(r"[A-Z0-9_]{1,40}")

# RFC 1928 replies 1 to 8, and the four-byte protocol's 91 to 93.
_SOCKS: Mapping[int, tuple[Blame, str]] = {
    1: (Blame.ROUTE, "general failure"),  # microsocks says it of a name that does not exist
    2: (Blame.PROXY, "not allowed by its rules"),
    3: (Blame.PLATFORM, "network unreachable"),
    4: (Blame.PLATFORM, "host unreachable"),
    5: (Blame.PLATFORM, "connection refused"),
    6: (Blame.PLATFORM, "no way within the hop limit"),
    7: (Blame.PROXY, "it cannot connect"),
    8: (Blame.PROXY, "it does not take this kind of address"),
    91: (Blame.ROUTE, "rejected or failed"),
    92: (Blame.PROXY, "it wants an ident answer"),
    93: (Blame.PROXY, "it knows another user"),
}


def connect_refused(status: int) -> TransportError:
    """What *status* means as the answer to CONNECT, where it is always the proxy's own."""
    blame = Blame.ROUTE if status in _COULD_NOT_REACH else Blame.PROXY
    return TransportError("proxy", Reason.PROXY_ERROR, blame, f"the proxy answered CONNECT with {status}")


def socks_refused(code: int | None) -> TransportError:
    """What the reply *code* of a SOCKS proxy means; None: it did not get as far as a reply."""
    if code is None:
        words = "the SOCKS proxy refused the sign-in, or speaks another protocol"
        return TransportError("proxy", Reason.PROXY_ERROR, Blame.PROXY, words)
    blame, words = _SOCKS.get(code, (Blame.PROXY, "unknown reply"))
    reason = Reason.NET_ERROR if blame is Blame.PLATFORM else Reason.PROXY_ERROR
    return TransportError("proxy", reason, blame, f"the SOCKS proxy replied {code}: {words}")


def own_answer(status: int, headers: Mapping[str, tuple[str, ...]]) -> TransportError | None:
    """The failure that an answer in absolute form is, if the proxy gave it in its own name; None: take it as relayed.

    A 407 without ``Proxy-Authenticate`` is relayed: every proxy passes the platform's own on unchanged.
    A page of HTML where the platform speaks JSON is for the source to judge.
    """
    if "x-squid-error" in headers:
        told = _SQUID_ERROR.match(headers["x-squid-error"][0])
        return _spoke(status, f" ({told[0]})" if told else "")
    if "proxy-authenticate" in headers:
        return _spoke(status, "")
    if status >= 400 and ("proxy-agent" in headers or _names_a_proxy(headers)):
        return _spoke(status, "")
    return None


def _names_a_proxy(headers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the server is a proxy that has not passed the answer on: it would have added Via."""
    return "via" not in headers and any(map(_PROXY_SERVER.search, headers.get("server", ())))


def _spoke(status: int, more: str) -> TransportError:
    return TransportError("proxy", Reason.PROXY_ERROR, Blame.PROXY, f"the proxy itself answered {status}{more}")
