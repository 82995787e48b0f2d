"""Logging for people or for machines: a constant phrase, and what varies in fields.

Owns the two formats and where they go.  Names no logger's level but the root's.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Literal, TextIO

import orjson

# What every record has; whatever else it has was given as a field.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up(form: Literal["console", "json"], *, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send every record of this process to *stream* (standard error), replacing what was set up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Console())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They tell of every connection; what matters of it arrives as a reason.
    for name in ("aiohttp", "asyncio", "tortoise", "aiosqlite", "filelock"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """The fields that were given with the phrase."""
    return {name: value for name, value in vars(record).items() if name not in _OWN}


class Console(logging.Formatter):
    """``14:03:01 warning batch waits  batch=0194…``"""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = "".join(f"  {name}={value}" for name, value in fields_of(record).items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{time} {record.levelname.lower()} {record.getMessage()}{fields}{trace}"


class JsonLines(logging.Formatter):
    """One object a line: ``at``, ``level``, ``logger``, ``message``, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= fields_of(record)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()
