"""The accounts that may ask: their cookies, and how much each has asked.  Stores no real secret."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from sandbox.chance import pick

_FIRST_ACCOUNT = 7_000_000_001


@dataclass(slots=True, eq=False)
class Login:
    """One pretend session.

    Args:
        account: Its ``ds_user_id``, and its name in journals and faults.
        proxy: The number of the proxy (from 0) that it belongs to.
        asked: Requests since the faults were set.
        in_flight: Requests without an answer yet.
        answered_at: When the last answer was about to be written, monotonic; None before the first.
    """

    account: str
    cookie_line: str
    session_id: str
    proxy: int
    asked: int = 0
    in_flight: int = 0
    answered_at: float | None = None


def make_logins(seed: int, proxies: int, per_proxy: int) -> list[Login]:
    """One session for each proxy in their order, then the second ones in the same order, and so on."""
    return [_login(seed, number, number % proxies) for number in range(proxies * per_proxy)]


def _login(seed: int, number: int, proxy: int) -> Login:
    account = str(_FIRST_ACCOUNT + number)
    token = f"{pick(seed, 'token', account):016x}"
    session_id = f"{account}:pretend{token[:10]}:{number % 28}:AYpretend{token[10:]}"
    cookies = {
        "sessionid": session_id.replace(":", "%3A"),
        "ds_user_id": account,
        "csrftoken": fresh_token(seed, account, 0),
        "mid": f"pretend{token[:12]}",
        "ig_did": f"{token[:8].upper()}-0000-4000-8000-000000000000",
    }
    return Login(account, "; ".join(f"{name}={value}" for name, value in cookies.items()), session_id, proxy)


def fresh_token(seed: int, account: str, number: int) -> str:
    """The csrftoken of an account after *number* requests."""
    return f"csrf{pick(seed, 'csrf', account, number):016x}"


@lru_cache(maxsize=4096)
def cookie_names_and_session(header: str) -> tuple[tuple[str, ...], str]:
    """The names in a ``Cookie`` header, and the session id; empty without one."""
    pairs = [part.strip().partition("=") for part in header.split(";") if "=" in part]
    session = next((value for name, _, value in pairs if name == "sessionid"), "")
    return tuple(name for name, _, _ in pairs), unquote(session).strip('"')
