"""Which error ends with which exit code."""

from __future__ import annotations

import pytest

from cli.exits import OutputClosed, code_of, is_told_as_it_is, sole
from core.errors import ConfigError, Conflict, InvalidInput, NotAllowed, NotFound, Unavailable


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput("niche", "a niche needs a name"), 2),
        (NotFound("There is no batch."), 2),
        (Conflict("It is done."), 2),
        (NotAllowed("Not with this role."), 2),
        (Unavailable("The database is away."), 3),
        (ConfigError("STORYWATCH_PLATFORM: no."), 78),
        (KeyboardInterrupt(), 130),
        (OutputClosed(), 0),
        (ValueError("a mistake"), 70),
    ],
)
def test_every_kind_of_error_has_its_exit_code(error: BaseException, code: int) -> None:
    assert code_of(error) == code


def test_only_errors_made_for_people_are_shown_as_they_are() -> None:
    assert is_told_as_it_is(Unavailable("away"))
    assert is_told_as_it_is(ConfigError("no"))
    assert not is_told_as_it_is(ValueError("a mistake"))


def test_groups_of_one_are_opened_and_others_stay_whole() -> None:
    inner = Unavailable("away")
    assert sole(ExceptionGroup("outer", [ExceptionGroup("inner", [inner])])) is inner
    two = ExceptionGroup("two", [ValueError(), KeyError()])
    assert sole(two) is two
