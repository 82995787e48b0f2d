"""Exit codes, and which error ends with which.  Prints nothing."""

from __future__ import annotations

from enum import IntEnum

from core.errors import ConfigError, Unavailable, UserError


class ExitCode(IntEnum):
    """How a command ended; other programs rely on the numbers."""

    DONE = 0
    BAD_INPUT = 2
    REFUSED = 3
    WAITED_ENOUGH = 4
    INTERNAL = 70
    CONFIGURATION = 78
    INTERRUPTED = 130


class OutputClosed(Exception):
    """Whoever read standard output has gone: ``| head`` has seen enough."""


def sole(error: BaseException) -> BaseException:
    """The one error inside groups of one; *error* itself otherwise."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def code_of(error: BaseException) -> ExitCode:
    """The code for an error that ended a command."""
    if isinstance(error, ConfigError):
        return ExitCode.CONFIGURATION
    if isinstance(error, Unavailable):
        return ExitCode.REFUSED
    if isinstance(error, UserError):
        return ExitCode.BAD_INPUT
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if isinstance(error, OutputClosed):
        return ExitCode.DONE
    return ExitCode.INTERNAL


def is_told_as_it_is(error: BaseException) -> bool:
    """Whether the error's text is a sentence for the person who asked."""
    return isinstance(error, ConfigError | UserError)
