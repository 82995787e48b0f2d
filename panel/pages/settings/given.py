"""What a form sent: a JSON object of texts, ticks and lists of texts, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from starlette.requests import Request

from core.errors import InvalidInput

_MOST = 20_000_000


class Given:
    """The values by name.  What is absent is empty."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __repr__(self) -> str:
        # The values may be cookies and passwords.
        return f"<Given {', '.join(self._values)}>"

    def text(self, name: str) -> str:
        """One text."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """Several texts, those that were sent."""
        return {name: self.text(name) for name in names if name in self._values}

    def words(self, name: str) -> list[str]:
        """A text apart at blanks and commas."""
        return self.text(name).replace(",", " ").split()

    def lines(self, name: str) -> list[str]:
        """A text apart at its line breaks, without empty lines."""
        return [line.strip() for line in self.text(name).split("\n") if line.strip()]

    def chosen(self, name: str) -> list[str]:
        """Those of several that were ticked."""
        value = self._values.get(name)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self._values.get(name) is True


async def given(request: Request) -> Given:
    """The values of *request*.

    Raises:
        InvalidInput: They are no JSON object, or more than 20 MB.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST:
            raise InvalidInput("list", "it is larger than 20 MB; import it in parts")
    try:
        values = orjson.loads(bytes(body))
    except orjson.JSONDecodeError:
        values = None
    # Raised out here: the decoder's error holds what was sent.
    if not isinstance(values, dict):
        raise InvalidInput("request", "it holds no values; load the page anew and try again")
    return Given(values)
