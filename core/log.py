"""Logging for people or for machines: a constant phrase, and what varies in fields.

Owns the two formats, where they go, and the ids that every line carries of what it is about.  Names no logger's level
but the root's.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

import orjson

# What every record has; whatever else it has was given as a field.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

# The ids of a block, or what tells them, and those of the blocks around it: they are put together when a line is
# logged, which is rare.
Ids = Mapping[str, object]
_Chain = tuple[Ids | Callable[[], Ids], "_Chain | None"]
_about: ContextVar[_Chain | None] = ContextVar("what lines of the log are about", default=None)

# Their phrases are constant; whoever else logs may put anything into the text.
_OURS = ("core", "bot", "panel", "cli", "main", "sandbox")

Before = Token[_Chain | None]
Redact = Callable[[str], str]


def about(**ids: object) -> About:
    """Let every line that is logged in the block carry *ids*: of the batch, proxy, session, schedule, alert.

    Blocks within add theirs, and what a line itself names goes before; None is nothing.  Tasks that are started in the
    block carry them too, unless they begin with an empty context as those of :func:`core.tasks.spawn` do.
    """
    return About(ids)


def about_now(ids: Callable[[], Ids]) -> About:
    """The same for a task that goes from one thing to the next: *ids* tells what it is about as a line is logged."""
    return About(ids)


class About:
    """The block of :func:`about`."""

    __slots__ = ("_before", "_ids")

    def __init__(self, ids: Ids | Callable[[], Ids]) -> None:
        self._ids = ids

    def __enter__(self) -> None:
        self._before = begin(self._ids)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self._before)


def begin(ids: Ids | Callable[[], Ids]) -> Before:
    """Begin what :func:`about` and :func:`about_now` are the blocks of, where one comes with every exchange."""
    return _about.set((ids, _about.get()))


def end(before: Before) -> None:
    """End it; *before* is what its beginning gave."""
    try:  # noqa: SIM105  # a block of suppress takes as long as everything else here
        _about.reset(before)
    except ValueError:
        # Whoever leaves from another task, as an iterator does that nobody ends, has nothing to take back there.
        pass


def set_up(
    form: Literal["console", "json"],
    *,
    level: int = logging.INFO,
    stream: TextIO | None = None,
    redact: Redact = str,
) -> None:
    """Send every record of this process to *stream* (standard error), replacing what was set up before.

    Args:
        redact: Masks what could be a secret in texts that others wrote: what an error says, what a library logs.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(redact) if form == "json" else Console(redact))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They tell of every connection; what matters of it arrives as a reason.
    for name in ("aiohttp", "asyncio", "tortoise", "aiosqlite", "filelock"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """The ids of what the line is about, and the fields that were given with the phrase."""
    ids: dict[str, object] = {}
    chain = _about.get()
    while chain is not None:
        of_block, chain = chain
        ids = {**(of_block() if callable(of_block) else of_block), **ids}
    ids = {name: value for name, value in ids.items() if value is not None}
    return ids | {name: value for name, value in vars(record).items() if name not in _OWN}


class _Redacting(logging.Formatter):
    """A format that masks what could be a secret in texts which are not ours."""

    def __init__(self, redact: Redact = str) -> None:
        super().__init__()
        self._redact = redact

    def phrase_of(self, record: logging.LogRecord) -> str:
        """What the line says."""
        text = record.getMessage()
        return text if record.name.partition(".")[0] in _OURS else self._redact(text)

    def trace_of(self, record: logging.LogRecord) -> str | None:
        """Where the error of *record* happened; None where it has none."""
        if not record.exc_info or record.exc_info[1] is None:
            return None
        error = record.exc_info[1]
        text = "".join(traceback.format_exception(error)).rstrip("\n")
        # What the frames show is our code.  What the errors say may hold what somebody gave us.
        for said in sorted({line for each in _chain(error) for line in str(each).splitlines()}, key=len, reverse=True):
            if said.strip():
                text = text.replace(said, self._redact(said))
        return text


class Console(_Redacting):
    """``14:03:01 warning batch waits  batch=0194…``"""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = "".join(f"  {name}={_shown(value)}" for name, value in fields_of(record).items())
        trace = self.trace_of(record)
        line = f"{time} {record.levelname.lower()} {self.phrase_of(record)}{fields}"
        return line if trace is None else f"{line}\n{trace}"


class JsonLines(_Redacting):
    """One object a line: ``at``, ``level``, ``logger``, ``message``, ``trace`` of an error, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.phrase_of(record),
        }
        line |= {name: value for name, value in fields_of(record).items() if name not in line}
        trace = self.trace_of(record)
        if trace is not None:
            line["trace"] = trace
        try:
            return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        except TypeError:  # text that is no UTF-8, or a number that is too large
            return json.dumps(line, default=str, ensure_ascii=False).encode("utf-8", "replace").decode()


def _shown(value: object) -> str:
    """*value* as one word: a line stays a line, and where a field ends can be seen."""
    text = str(value)
    plain = text.isprintable() and text and not any(sign in text for sign in ' "')
    return text if plain else json.dumps(text, ensure_ascii=False)


def _chain(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[BaseException]:
    """The error, those that led to it, and those that are in it."""
    if id(error) in seen:
        return
    yield error
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for each in (error.__cause__, error.__context__, *inner):
        if each is not None:
            yield from _chain(each, seen | {id(error)})
