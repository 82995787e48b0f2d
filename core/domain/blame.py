"""Who is to blame in the end: first blames, settled by the exchanges that follow.  Pure: moments are arguments.

The tables look at one exchange and often cannot tell proxy from session (``ROUTE``).  What follows can:

- the proxy's next exchange went well: the failure was not the proxy's;
- the proxy fails on while others do well, or failed in more than a quarter of its last 20: the proxy's;
- the same new failure on three sessions over two proxies within a minute, of questions that have nobody in
  common, and that kind of question went well nowhere meanwhile: the platform's;
- a question that fails on three routes which carry others: the profile's.

Costs O(1) an exchange and keeps a bounded number of failures.  Moves no score and knows no route: it says on
whom a failure is settled, once, and whoever asks acts on it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.failure import Failure, Named
from core.domain.spells import KindOfQuestion, Spell
from core.domain.troubled import Troubled
from core.domain.verdict import Blame, Reason

JUDGED = 20
MOST_OF_JUDGED = JUDGED // 4
IN_A_ROW = 3
STUMBLES = 3  # failure table row 27: a 500 is used as a block, too
MOST_PENDING = 32
# What the last exchanges over a proxy were; a session's id, always above, stands for "the platform throttled it".
_FINE = 0
_FAILED = -1


@dataclass(frozen=True, slots=True)
class Settled:
    """An earlier failure is now somebody else's: once for each, and once more if it turns out the platform's.

    Args:
        was: Whose it was taken for.
    """

    failure: Failure
    blame: Blame
    was: Blame


NOTHING_SETTLED: Sequence[Settled] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is made of a failure.

    Args:
        blame: Whose it is as far as is known now; ``ROUTE``: what follows will tell.
        settled: Earlier failures that it settles.
        everywhere: The platform refuses everybody who asks this kind of question.
    """

    blame: Blame
    settled: Sequence[Settled] = NOTHING_SETTLED
    everywhere: bool = False


class _Proxy:
    """What its last exchanges were, and the failures over it that are not settled."""

    __slots__ = ("bad", "pending", "recent")

    def __init__(self) -> None:
        self.recent: deque[int] = deque(maxlen=JUDGED)
        self.pending: list[Failure] = []
        self.bad = False  # its last failure was its own, and nothing went well since


class _Streak:
    """A session fails in the same way since it last did well."""

    __slots__ = ("count", "reason", "since", "vouched")

    def __init__(self, reason: Reason, since: float, *, vouched: bool) -> None:
        self.reason = reason
        self.since = since
        self.count = 1
        self.vouched = vouched  # the exchange before it went well


class Settler:
    """Hears of every exchange that has ended, in order."""

    def __init__(self) -> None:
        self._proxies: dict[int, _Proxy] = {}
        # None: the session's last exchange went well.
        self._streaks: dict[int, _Streak | None] = {}
        self._kinds = (KindOfQuestion(), KindOfQuestion())
        self._troubled = Troubled()

    def __repr__(self) -> str:
        pending = sum(len(proxy.pending) for proxy in self._proxies.values())
        return f"<Settler {pending} failures not settled, {len(self._troubled)} profiles in trouble>"

    def forget_proxy(self, proxy_id: int) -> None:
        """The proxy is there no more; what is not settled over it stays so."""
        self._proxies.pop(proxy_id, None)

    def forget_session(self, session_id: int) -> None:
        """The session is there no more."""
        self._streaks.pop(session_id, None)

    def vouches(self, proxy_id: int) -> bool:
        """Whether the last exchange over the proxy went well, or failed through no fault of the way."""
        proxy = self._proxies.get(proxy_id)
        return proxy is not None and bool(proxy.recent) and proxy.recent[-1] != _FAILED

    # -- what went well ---------------------------------------------------------------

    def good(
        self, began: float, at: float, session: int, proxy_id: int, look_up: bool, about: Iterable[Named] = ()
    ) -> Sequence[Settled]:
        """An exchange went well; the earlier failures that it settles."""
        proxy = self._proxies.get(proxy_id)
        if proxy is None:
            proxy = self._proxies[proxy_id] = _Proxy()
        proxy.recent.append(_FINE)
        proxy.bad = False
        self._streaks[session] = None
        self._kinds[look_up].succeeded(proxy_id, at)
        if self._troubled:
            self._troubled.did_well(about)
        return self._passed(proxy, began, throttles=True) if proxy.pending else NOTHING_SETTLED

    def _passed(self, proxy: _Proxy, began: float, *, throttles: bool) -> Sequence[Settled]:
        """The proxy carries, so what broke before was nobody's, and who was throttled was it by itself."""
        settled = [
            _settle(each, Blame.SESSION if each.throttled else Blame.NOBODY)
            for each in proxy.pending
            # What was under way when the failure came says nothing of the time after it.
            if each.at <= began and (throttles or not each.throttled)
        ]
        return _without(proxy, settled)

    # -- what went wrong ----------------------------------------------------------------

    def bad(self, failure: Failure) -> Ruling:
        """What is made of an exchange that went wrong."""
        ruling = self._hear(failure)
        failure.charged = ruling.blame
        return ruling

    def _hear(self, failure: Failure) -> Ruling:
        if failure.blame in (Blame.NOBODY, Blame.PROFILE):
            return Ruling(failure.blame)
        streak, is_new = self._streak(failure)
        if failure.may_be_the_profiles:
            if self._troubled.is_poisonous(failure.about):
                return Ruling(Blame.PROFILE)
            if streak.vouched and is_new:
                self._troubled.failed(failure.session, failure.about)
        if failure.may_be_the_platforms:
            spell = self._kinds[failure.look_up].failed(failure, is_new=is_new)
            if spell is not None:
                return Ruling(Blame.PLATFORM, self._platforms(failure, spell), everywhere=True)
        return self._rule(failure, streak)

    def _streak(self, failure: Failure) -> tuple[_Streak, bool]:
        """How the session fails, this time included, and whether that is new of it."""
        streak = self._streaks.get(failure.session)
        if streak is not None and streak.reason is failure.reason:
            streak.count += 1
            return streak, False
        vouched = streak is None and failure.session in self._streaks
        streak = self._streaks[failure.session] = _Streak(failure.reason, failure.at, vouched=vouched)
        return streak, True

    def _platforms(self, present: Failure, spell: Spell) -> Sequence[Settled]:
        settled = []
        for failure in spell.take():
            if failure is not present:
                settled.append(_settle(failure, Blame.PLATFORM))
                proxy = self._proxies.get(failure.proxy)
                if proxy is not None and failure in proxy.pending:
                    proxy.pending.remove(failure)
        return settled

    def _rule(self, failure: Failure, streak: _Streak) -> Ruling:
        proxy = self._proxies.get(failure.proxy)
        if proxy is None:
            proxy = self._proxies[failure.proxy] = _Proxy()
        if failure.blame is Blame.PROXY:
            proxy.recent.append(_FAILED)
            proxy.bad = True
            return Ruling(Blame.PROXY)
        if failure.broke:
            return self._broke(proxy, failure)
        # The proxy brought the platform's own answer.
        passed = self._passed(proxy, failure.began, throttles=False) if proxy.pending else NOTHING_SETTLED
        if failure.blame is Blame.ROUTE:
            ruling = self._throttled(proxy, failure)
            return Ruling(ruling.blame, [*passed, *ruling.settled])
        proxy.recent.append(_FINE)
        blocked = failure.reason is Reason.SERVER_ERROR and self._is_blocked(failure, streak)
        return Ruling(Blame.SESSION if blocked else failure.blame, passed)

    def _is_blocked(self, failure: Failure, streak: _Streak) -> bool:
        """The platform breaks down for this session again and again, and for others it does not."""
        return streak.count >= STUMBLES and self._kinds[failure.look_up].succeeded_at > streak.since

    # -- proxy or not -------------------------------------------------------------------

    def _throttled(self, proxy: _Proxy, failure: Failure) -> Ruling:
        """Too much was asked by the session, or from the proxy's address."""
        proxy.recent.append(failure.session)
        throttled = [who for who in proxy.recent if who > _FINE]
        if len(throttled) > MOST_OF_JUDGED and len(set(throttled)) > 1:
            return Ruling(Blame.PROXY, self._proxys(proxy, throttles=True))
        return self._wait(proxy, failure)

    def _broke(self, proxy: _Proxy, failure: Failure) -> Ruling:
        """No answer, or none that the platform gives; the session has no part in that."""
        proxy.recent.append(_FAILED)
        if not (proxy.bad or failure.probe or self._fails_alone(proxy, failure)):
            return self._wait(proxy, failure)
        proxy.bad = True
        return Ruling(Blame.PROXY, self._proxys(proxy, throttles=False))

    def _fails_alone(self, proxy: _Proxy, failure: Failure) -> bool:
        if proxy.recent.count(_FAILED) > MOST_OF_JUDGED:
            return True
        before = [each.at for each in proxy.pending if not each.throttled]
        return len(before) + 1 >= IN_A_ROW and self._kinds[failure.look_up].succeeded_beside(failure.proxy) > before[0]

    def _proxys(self, proxy: _Proxy, *, throttles: bool) -> Sequence[Settled]:
        return _without(proxy, [_settle(each, Blame.PROXY) for each in proxy.pending if each.throttled is throttles])

    def _wait(self, proxy: _Proxy, failure: Failure) -> Ruling:
        if len(proxy.pending) >= MOST_PENDING:
            del proxy.pending[0]
        proxy.pending.append(failure)
        return Ruling(Blame.ROUTE)


def _without(proxy: _Proxy, settled: list[Settled]) -> list[Settled]:
    """*settled*, which *proxy* has to wait for no more."""
    done = {each.failure for each in settled}
    proxy.pending = [each for each in proxy.pending if each not in done]
    return settled


def _settle(failure: Failure, blame: Blame) -> Settled:
    was, failure.charged = failure.charged, blame
    return Settled(failure, blame, was)
