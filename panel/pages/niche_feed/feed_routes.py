"""Plain routes of the feed: pages of rows, names of a range, what changed of the rows in view, selections, exports.

What the browser sends is read here and handed to one verb each; nothing is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.feed import Selection
from core.errors import InvalidInput
from core.services.exports import Form
from panel.answers import answered, who_asks
from panel.pages.niche_feed.feed_address import query_of
from panel.pages.niche_feed.feed_rows import as_rows, changed_rows
from panel.pages.niche_feed.kept_selections import KeptSelections

# A page in view has at most a hundred rows.
_MOST_IN_VIEW = 1_000
# A hundred thousand names of thirty characters, and their quotes.
_LONGEST_BODY = 4_000_000
_MEDIA = {Form.CSV: "text/csv; charset=utf-8", Form.JSONL: "application/x-ndjson"}


def routes(app: App, kept: KeptSelections) -> list[BaseRoute]:
    """Every route of the feed; a person's role is the verb's to look at."""
    feed = _FeedRoutes(app, kept)
    return [
        Route("/data/profiles", feed.page),
        Route("/data/profiles/count", feed.count),
        Route("/data/profiles/between", feed.between),
        Route("/data/profiles/changed", feed.changed, methods=["POST"]),
        Route("/data/profiles/selection", feed.keep, methods=["POST"]),
        Route("/data/profiles/export", feed.export),
    ]


class _FeedRoutes:
    def __init__(self, app: App, kept: KeptSelections) -> None:
        self._app = app
        self._kept = kept

    async def page(self, request: Request) -> Response:
        """``offset`` and ``count`` of what the other words of the query say, and how many match in all."""
        asked = request.query_params
        page = await self._app.profiles.feed(
            who_asks(request), query_of(asked), offset=_number(asked, "offset"), count=_number(asked, "count", 100)
        )
        return answered({"rows": as_rows(page.rows), "total": page.total})

    async def count(self, request: Request) -> Response:
        """How many match."""
        return answered({"count": await self._app.profiles.count(who_asks(request), query_of(request.query_params))})

    async def between(self, request: Request) -> Response:
        """The names at the positions from ``start`` to ``end``, both of them too."""
        asked = request.query_params
        names = await self._app.profiles.between(
            who_asks(request), query_of(asked), _number(asked, "start"), _number(asked, "end")
        )
        return answered({"names": names})

    async def changed(self, request: Request) -> Response:
        """What differs of the rows that a page has in view: those that changed, and those that are not there.

        ``marks`` holds the mark of each row by name.  With ``query`` it also counts what matches that.
        """
        actor, asked = who_asks(request), await _object(request)
        marks = _part(asked, "marks", dict)
        if len(marks) > _MOST_IN_VIEW:
            raise InvalidInput("marks", f"at most {_MOST_IN_VIEW:,} rows can be in view")
        found = await self._app.profiles.rows(actor, tuple(marks))
        there = {row.username for row in found}
        answer: dict[str, Any] = {
            "changed": changed_rows(found, marks),
            "gone": [name for name in marks if name not in there],
        }
        if "query" in asked:
            answer["total"] = await self._app.profiles.count(actor, query_of(_words(asked["query"])))
        return answered(answer)

    async def keep(self, request: Request) -> Response:
        """Keep a selection until its verb comes for it: ``names``, or a ``query`` and those who are not meant."""
        actor, asked = who_asks(request), await _object(request)
        if "query" in asked:
            besides = frozenset(map(str, _part(asked, "except", list)))
            selection = Selection(query=query_of(_words(asked["query"])), except_names=besides)
        else:
            selection = Selection(names=tuple(map(str, _part(asked, "names", list))))
        return answered({"id": self._kept.keep(actor, selection, self._app.clock.monotonic())})

    async def export(self, request: Request) -> Response:
        """A kept ``selection``, or what the words of the query match, as a file."""
        actor, asked = who_asks(request), request.query_params
        form = _form(asked.get("form", ""))
        if "selection" in asked:
            selected: Any = self._kept.take(actor, asked["selection"], self._app.clock.monotonic())
        else:
            selected = query_of(asked)
        lines = await self._app.profiles.export(actor, form, selection=selected)
        at = self._app.clock.now().astimezone(self._app.settings.zone)
        name = f"profiles-{at:%Y-%m-%d-%H%M}.{form.value}"
        return StreamingResponse(
            lines,
            media_type=_MEDIA[form],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


def _number(asked: Mapping[str, str], name: str, default: int | None = None) -> int:
    text = asked.get(name, "" if default is None else str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise InvalidInput(name, "give a whole number from 0")
    return int(text)


def _form(word: str) -> Form:
    try:
        return Form(word)
    except ValueError:
        raise InvalidInput("form", f"choose {' or '.join(Form)}") from None


async def _object(request: Request) -> dict[str, Any]:
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_BODY:
                raise InvalidInput("body", "that is more than a selection can have")
        value = orjson.loads(body)
    except ClientDisconnect:
        # Whoever asked has gone to another page; nobody reads this.
        raise InvalidInput("body", "it did not arrive") from None
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise InvalidInput("body", "send a JSON object")
    return value


def _part(value: Mapping[str, Any], name: str, kind: Callable[[], Any]) -> Any:
    part = value.get(name, kind())
    if not isinstance(part, type(kind())):
        raise InvalidInput(name, f"send {'a list' if kind is list else 'an object'}")
    return part


def _words(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise InvalidInput("query", "send an object")
    return {str(name): str(word) for name, word in value.items()}
