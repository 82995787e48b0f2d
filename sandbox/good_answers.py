"""The platform's answers when nothing is wrong, and the blank ones that a session gets that sees nobody."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

import orjson

from sandbox import shapes
from sandbox.chance import pick
from sandbox.faults import Endpoint
from sandbox.logins import Login, fresh_token
from sandbox.people import Person, Population, State
from sandbox.question import Question
from sandbox.rows import HEAD_TOO_LONG, LOGIN_PAGE, NO_IDS, NOT_FOUND, PAGE_NOT_FOUND, ROWS, TOO_MANY_IDS, Answer
from sandbox.rows import answers_of as answers_of_row

_LONGEST_QUESTION = 8_000
_UNASKED = 40  # one in so many grouped answers holds a reel that nobody asked for
_FRESH_COOKIE = 20  # one in so many good answers renews a cookie


class GoodAnswers:
    """What the platform says of its people."""

    def __init__(self, seed: int, people: Population) -> None:
        self._seed = seed
        self._people = people

    def blind(self, question: Question, login: Login) -> Answer:
        """What a session gets that sees nobody: it looks like a good answer."""
        match question.endpoint:
            case Endpoint.STORIES if question.alone:
                return _json({"reel": None, "broadcast": None, "status": "ok"})
            case Endpoint.STORIES:
                return _json(shapes.reels(self._seed, (), question.text))
            case Endpoint.LOOK_UP_NAME | Endpoint.LOOK_UP_ID:
                lot = pick(self._seed, "nobody", login.account, *question.subjects)
                return NOT_FOUND if lot & 1 else answers_of_row(21, question.endpoint)[0]
            case Endpoint.SEARCH:
                return _json(shapes.search(()))
            case _:
                return _json({"tray": [], "status": "ok"})

    def clean(
        self, question: Question, login: Login, at: shapes.Moment, id_cap: int, left_out: AbstractSet[str]
    ) -> Answer:
        """The truth, without the usernames *left_out*."""
        match question.endpoint:
            case Endpoint.STORIES:
                answer = _refused(question, id_cap) or self._stories(question, at, left_out)
            case Endpoint.LOOK_UP_NAME:
                person = _visible(self._people.named(question.subjects[0]), left_out)
                answer = NOT_FOUND if person is None else _json(shapes.by_name(at, person))
            case Endpoint.LOOK_UP_ID:
                person = _visible(self._people.by_id.get(question.subjects[0]), left_out)
                answer = NOT_FOUND if person is None else _json(shapes.by_id(person))
            case Endpoint.SEARCH:
                person = _visible(self._people.named(question.subjects[0]), left_out)
                answer = _json(shapes.search(() if person is None else (person,)))
            case Endpoint.TRAY:
                tray = [shapes.lite_reel(at, person) for person in self._people.canaries]
                answer = _json({"tray": tray, "status": "ok"})
            case _:
                return LOGIN_PAGE if question.text.startswith("/accounts/login/") else PAGE_NOT_FOUND
        return replace(answer, headers=self._marks(login))

    def _stories(self, question: Question, at: shapes.Moment, left_out: AbstractSet[str]) -> Answer:
        present = []
        for subject in dict.fromkeys(question.subjects):
            person = self._people.by_id.get(subject)
            if person is None or person.state is not State.PUBLIC or person.username in left_out:
                continue
            reel = shapes.reel(at, person)
            if reel is not None:
                present.append(reel)
        if question.alone:
            return _json({"reel": present[0] if present else None, "broadcast": None, "status": "ok"})
        unasked = self._unasked(question, at)
        if unasked is not None:
            present.append(unasked)
        return _json(shapes.reels(self._seed, present, question.text))

    def _unasked(self, question: Question, at: shapes.Moment) -> shapes.Json | None:
        lot = pick(self._seed, "unasked", question.text)
        if lot % _UNASKED or not self._people.people:
            return None
        person = self._people.people[lot // _UNASKED % len(self._people.people)]
        seen = person.state is State.PUBLIC and person.is_live(at.now) and person.id not in question.subjects
        return shapes.reel(at, person) if seen else None

    def _marks(self, login: Login) -> dict[str, str]:
        """What a good answer renews: the claim always, a cookie sometimes."""
        headers = {"x-ig-set-www-claim": f"hmac.{pick(self._seed, 'claim', login.account, login.asked // 10):016x}"}
        if login.asked % _FRESH_COOKIE == 0:
            token = fresh_token(self._seed, login.account, login.asked)
            headers["Set-Cookie"] = f"csrftoken={token}; Path=/; Max-Age=31449600; SameSite=Lax"
        return headers


def _refused(question: Question, id_cap: int) -> Answer | None:
    """The answer to a question that asks for too many, for none, or for what is no id."""
    if len(question.text) > _LONGEST_QUESTION:
        return HEAD_TOO_LONG
    if not question.subjects:
        return NO_IDS
    if len(question.subjects) > id_cap:
        return TOO_MANY_IDS
    valid = all(subject.isascii() and subject.isdigit() for subject in question.subjects)
    return None if valid else ROWS[25][0]


def _visible(person: Person | None, left_out: AbstractSet[str]) -> Person | None:
    return None if person is None or person.state is State.GONE or person.username in left_out else person


def _json(data: shapes.Json) -> Answer:
    return Answer(200, orjson.dumps(data))
