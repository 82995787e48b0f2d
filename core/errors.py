"""The errors that people read.  Text is one plain sentence: what is wrong, and what would be right."""

from __future__ import annotations


class UserError(Exception):
    """A sentence for the person who asked; every door shows it as it is."""


class NotFound(UserError):
    """What was named does not exist."""


class Conflict(UserError):
    """The request is sound, but the present state does not allow it."""


class NotAllowed(UserError):
    """The actor's role does not cover the verb."""


class SignedOut(NotAllowed):
    """The sign-in that the request came with has ended."""


class TooManyTries(NotAllowed):
    """Too many sign-ins failed; the sentence says when to try again.

    Args:
        retry_after: Seconds until the next try is looked at.
    """

    def __init__(self, sentence: str, retry_after: float) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class InvalidInput(UserError):
    """A field holds something unusable.

    Args:
        field: The field as the person knows it: an option, a column, a setting.
        why: What is wrong with it and what would be right, as half a sentence.
    """

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class Unavailable(UserError):
    """Something needed is away or taken: the database, a port, the engine, every route."""


class ConfigError(Exception):
    """The deployment's settings cannot work; raised at start only, one line naming the variable."""
