"""How often something may be asked for, and what the server says about it.

Windows run by the loop's time as well as by the test's clock: clients really sleep until a window ends, and a test
that moves its clock by an hour ends every window.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from dataclasses import dataclass, field

from core.clock import FakeClock
from tests.discord_server.refusals import Refusal

VIA = "1.1 google"


@dataclass(frozen=True)
class Rule:
    """At most *limit* requests in *per* seconds."""

    limit: int
    per: float


# Discord does not publish these and says them in its headers; they are what clients report.
USUAL = Rule(50, 1.0)
REPORTED = {
    "create_message": Rule(5, 5.0),
    "update_message": Rule(5, 5.0),
    "delete_message": Rule(5, 1.0),
    "execute_webhook": Rule(5, 2.0),
    "update_original_webhook_message": Rule(5, 2.0),
    "update_webhook_message": Rule(5, 2.0),
}
# One count for all that is done by the same token.
SHARED = {"update_original_webhook_message": "execute_webhook", "update_webhook_message": "execute_webhook"}
# The first answer to an interaction counts nowhere.
FREE = {"create_interaction_response"}
# What is done by an interaction's token does not count against the application's sum.
BY_INTERACTION_TOKEN = ("interaction", "webhook")
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass
class _Window:
    ends: float
    used: int = 0


@dataclass
class Rates:
    """All limits of one server.

    Args:
        everything: The sum over all requests by the bot's token.
        old_edits: Edits of messages older than an hour, for each channel.
        enforced: False counts nothing and sends no headers.
    """

    clock: FakeClock
    everything: Rule = Rule(50, 1.0)
    old_edits: Rule = Rule(3, 20.0)
    enforced: bool = True
    _rules: dict[str, Rule] = field(default_factory=lambda: dict(REPORTED))
    _windows: dict[tuple[str, ...], _Window] = field(default_factory=dict)
    _old: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def set(self, operation: str, limit: int, per: float) -> None:
        """Allow *operation* at most *limit* times in *per* seconds."""
        self._rules[operation] = Rule(limit, per)

    def spend(self, operation: str, params: dict[str, str]) -> dict[str, str]:
        """Count one request; the headers that go with its answer.

        Raises:
            Refusal: 429, with what a client needs to try again in time.
        """
        if not self.enforced or operation in FREE:
            return {}
        if not any(part in operation for part in BY_INTERACTION_TOKEN):
            self._spend_of_everything()
        name = SHARED.get(operation, operation)
        rule = self._rules.get(name, USUAL)
        window = self._window((name, *(params[major] for major in MAJOR if major in params)), rule)
        window.used += 1
        headers = self._headers(name, rule, window)
        if window.used > rule.limit:
            raise self.too_many(window.ends - self._now(), headers=headers)
        return headers

    def spend_old_edit(self, channel_id: int) -> None:
        """Count an edit of a message that is more than an hour old.

        Raises:
            Refusal: 429/30046.
        """
        if not self.enforced:
            return
        done, now = self._old[channel_id], self._now()
        while done and done[0] <= now - self.old_edits.per:
            done.popleft()
        if len(done) >= self.old_edits.limit:
            message = "Maximum number of edits to messages older than 1 hour reached. Try again later."
            raise self.too_many(done[0] + self.old_edits.per - now, code=30046, message=message)
        done.append(now)

    @staticmethod
    def too_many(
        retry_after: float,
        *,
        code: int = 0,
        message: str = "You are being rate limited.",
        everywhere: bool = False,
        scope: str = "user",
        headers: dict[str, str] | None = None,
    ) -> Refusal:
        """The refusal that says: not before *retry_after* seconds have passed."""
        retry_after = round(max(retry_after, 0.0), 3)
        said = {"Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": "global" if everywhere else scope}
        said |= headers or {}
        if everywhere:
            said["X-RateLimit-Global"] = "true"
        refusal = Refusal(429, code, message, headers=said)
        refusal.body |= {"retry_after": retry_after, "global": everywhere}
        return refusal

    # -- windows ---------------------------------------------------------------------

    def _now(self) -> float:
        return self.clock.monotonic() + asyncio.get_running_loop().time()

    def _spend_of_everything(self) -> None:
        window = self._window(("everything",), self.everything)
        window.used += 1
        if window.used > self.everything.limit:
            raise self.too_many(window.ends - self._now(), everywhere=True)

    def _window(self, key: tuple[str, ...], rule: Rule) -> _Window:
        now = self._now()
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = _Window(now + rule.per)
        return window

    def _headers(self, name: str, rule: Rule, window: _Window) -> dict[str, str]:
        left = max(window.ends - self._now(), 0.0)
        reset = self.clock.now().timestamp() + left
        return {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Remaining": str(max(rule.limit - window.used, 0)),
            "X-RateLimit-Reset": f"{reset:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(name.encode()).hexdigest(),
        }
