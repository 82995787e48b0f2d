"""Lines of the log as people and machines read them."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import orjson
import pytest

from core import log
from core.secrets import MASK, Secret
from core.sources.sample import redacted
from core.tasks import spawn

_log = logging.getLogger("tests.log")
Lines = Callable[[], list[str]]
Records = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was before afterwards."""
    logger = logging.getLogger()
    before, level = logger.handlers[:], logger.level
    names = ("aiohttp", "asyncio", "tortoise", "aiosqlite", "filelock")
    levels = {name: logging.getLogger(name).level for name in names}
    yield logger
    logger.handlers[:] = before
    logger.setLevel(level)
    for name, each in levels.items():
        logging.getLogger(name).setLevel(each)


def logged(form: Literal["console", "json"]) -> Lines:
    stream = io.StringIO()
    log.set_up(form, stream=stream, redact=redacted)
    return lambda: stream.getvalue().splitlines()


@pytest.fixture
def console(root: logging.Logger) -> Lines:
    return logged("console")


@pytest.fixture
def records(root: logging.Logger) -> Records:
    lines = logged("json")
    return lambda: [orjson.loads(line) for line in lines()]


def test_a_line_for_machines_has_its_phrase_and_its_fields(records: Records) -> None:
    until = datetime(2026, 11, 27, 14, 3, tzinfo=UTC)
    _log.warning("batch waits", extra={"batch": "b1", "until": until, "counts": {3: 1}})
    (line,) = records()
    assert datetime.fromisoformat(line.pop("at")).tzinfo is not None
    assert line == {
        "level": "warning",
        "logger": "tests.log",
        "message": "batch waits",
        "batch": "b1",
        "until": "2026-11-27T14:03:00+00:00",
        "counts": {"3": 1},
    }


def test_no_field_takes_the_place_of_what_every_line_has(records: Records) -> None:
    _log.warning("a phrase", extra={"at": "never", "level": "low", "logger": "x"})
    (line,) = records()
    assert (line["level"], line["logger"]) == ("warning", "tests.log")


def test_text_that_is_no_utf_8_loses_no_line(records: Records) -> None:
    _log.warning("a phrase", extra={"text": "\udcff", "number": 2**70})
    (line,) = records()
    assert (line["message"], line["number"]) == ("a phrase", 2**70)


def test_a_line_for_people_stays_one_line(console: Lines) -> None:
    _log.warning("a phrase", extra={"batch": "b1", "reason": 'two\nlines "here"', "nothing": ""})
    (line,) = console()
    assert line.partition(" ")[2] == 'warning a phrase  batch=b1  reason="two\\nlines \\"here\\""  nothing=""'


def test_lines_carry_the_ids_of_the_blocks_around_them(records: Records) -> None:
    with log.about(batch="b1"):
        with log.about(proxy=3, session=4):
            _log.warning("inside")
            _log.warning("named", extra={"session": 5})
        _log.warning("between")
    _log.warning("outside")
    ids = [{name: line.get(name) for name in ("batch", "proxy", "session")} for line in records()]
    assert ids == [
        {"batch": "b1", "proxy": 3, "session": 4},
        {"batch": "b1", "proxy": 3, "session": 5},
        {"batch": "b1", "proxy": None, "session": None},
        {"batch": None, "proxy": None, "session": None},
    ]


def test_an_error_in_a_block_ends_it(records: Records) -> None:
    with pytest.raises(ValueError, match="broken"), log.about(batch="b1"):
        raise ValueError("broken")
    _log.warning("outside")
    assert "batch" not in records()[0]


async def test_tasks_side_by_side_carry_their_own_ids(records: Records) -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def work(batch: str, mine: asyncio.Event, other: asyncio.Event) -> None:
        with log.about(batch=batch):
            mine.set()
            await other.wait()
            _log.warning("met", extra={"task": batch})

    await asyncio.gather(spawn(work("a", first, second), name="a"), spawn(work("b", second, first), name="b"))
    assert sorted((line["batch"], line["task"]) for line in records()) == [("a", "a"), ("b", "b")]


def test_a_secret_is_masked_by_its_type(console: Lines) -> None:
    _log.warning("a phrase", extra={"password": Secret("pl4nted")})
    assert MASK in console()[0]
    assert "pl4nted" not in console()[0]


def test_what_a_library_says_is_masked_where_it_could_be_a_secret(console: Lines) -> None:
    logging.getLogger("somebody.else").warning("Sent to %s", "json://x?token=pl4nted&mid=pl4nted")
    assert "somebody" not in console()[0]
    assert "Sent to json://x" in console()[0]
    assert "pl4nted" not in console()[0]


def struck(cookie: str, password: str) -> ExceptionGroup[Exception]:
    """An error that holds two secrets, one of them in what led to it."""
    try:
        try:
            raise ValueError(cookie)
        except ValueError as error:
            raise ExceptionGroup("both", [RuntimeError(password), KeyError("plain words")]) from error
    except ExceptionGroup as error:
        return error


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_trace_shows_where_and_not_what_was_secret(root: logging.Logger, form: Literal["console", "json"]) -> None:
    lines = logged(form)
    secret = "pl4nted"
    _log.error("a bug struck", exc_info=struck(f"cookie: sessionid=1%3A{secret}%3A7%3Asig", f"password={secret}"))
    text = "\n".join(lines())
    assert "in struck" in text
    assert "plain words" in text
    assert secret not in text
