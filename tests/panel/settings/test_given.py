"""What forms send, and what is no form."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.types import Message

from core.errors import InvalidInput
from panel.pages.settings.given import Given, given


def request(*parts: bytes) -> Request:
    """A request with this body, in parts."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return messages.pop(0)

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


async def test_texts_words_lines_and_ticks_are_taken_by_name() -> None:
    values = await given(request(b'{"a": " x ", "w": "1, 2 ', b'3", "l": "p\\n\\n q ", "t": true, "n": 5}'))
    assert values.text("a") == " x "
    assert values.words("w") == ["1", "2", "3"]
    assert values.lines("l") == ["p", "q"]
    assert (values.ticked("t"), values.ticked("a"), values.ticked("none")) == (True, False, False)
    assert (values.text("n"), values.text("none")) == ("", "")
    assert values.texts(["a", "none"]) == {"a": " x "}


async def test_of_several_ticks_those_that_were_set_are_taken() -> None:
    values = await given(request(b'{"kinds": ["story", "breaker", 5], "none": [], "text": "story"}'))
    assert values.chosen("kinds") == ["story", "breaker"]
    assert values.chosen("none") == values.chosen("text") == values.chosen("absent") == []


@pytest.mark.parametrize("body", [b"", b"[1]", b'"x"', b"{", b"\xff"])
async def test_what_is_no_form_is_refused_without_repeating_it(body: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        await given(request(body))
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


async def test_a_list_that_is_too_long_is_refused_before_all_of_it_is_there() -> None:
    many = [b"x" * 1_000_000] * 30
    with pytest.raises(InvalidInput, match="larger than 20 MB"):
        await given(request(*many))


def test_values_are_not_shown() -> None:
    assert repr(Given({"cookies": "sessionid=secret"})) == "<Given cookies>"
