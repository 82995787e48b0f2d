"""Plain routes of batches: the table's rows, one batch, its results, usernames, exports and log.

What the browser asks is read here and handed to one verb each; nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor
from core.domain.check_filter import CheckFilter
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput
from core.services.exports import Form
from core.services.views import BatchView
from panel.answers import answered, who_asks
from panel.live_updates import Row
from panel.pages.batches.batch_news import NEWEST
from panel.pages.batches.batch_rows import batch_row, check_rows, log_row, log_text
from panel.pages.batches.channels import channel_routes, channels_of

_AT_ONCE = "concurrent_batches"
_SHOWN_LOG = 100
_WHOLE_LOG = 1_000
# Lines go out in pieces of about so many characters: one write a line would be slower than reading them.
_PIECE = 32_000
_MEDIA = {Form.CSV: "text/csv; charset=utf-8", Form.JSONL: "application/x-ndjson"}
_PLAIN = "text/plain; charset=utf-8"
_E = TypeVar("_E", bound=StrEnum)


def routes(app: App) -> list[BaseRoute]:
    """Every route of the tab; a person's role is the verb's to look at."""
    batches = _BatchRoutes(app)
    return [
        Route("/data/batches", batches.table),
        Route("/data/batches/export", batches.export),
        Route("/data/batches/{batch}", batches.one),
        Route("/data/batches/{batch}/results", batches.results),
        Route("/data/batches/{batch}/usernames", batches.usernames),
        Route("/data/batches/{batch}/log", batches.log),
        *channel_routes(app),
    ]


class _BatchRoutes:
    def __init__(self, app: App) -> None:
        self._app = app

    async def table(self, request: Request) -> Response:
        """Everything that runs or is in line and the newest besides; behind the batch ``after``, older ones."""
        actor, after = who_asks(request), request.query_params.get("after")
        if after is not None:
            batches = await self._app.batches.list(actor, count=NEWEST, after=after)
            return answered({"rows": await self._rows(actor, batches), "older": len(batches) == NEWEST})
        batches = await self._app.batches.current(actor, newest=NEWEST)
        limits = {limit.name: limit.value for limit in await self._app.limits.show(actor)}
        return answered(
            {
                "rows": await self._rows(actor, batches),
                "older": len(batches) >= NEWEST,
                "at_once": limits[_AT_ONCE],
            }
        )

    async def one(self, request: Request) -> Response:
        """One batch with its counters, the newest lines of its log, and where in Discord it is shown."""
        actor = who_asks(request)
        batch = await self._app.batches.show(actor, request.path_params["batch"])
        (row,) = await self._rows(actor, (batch,))
        log = await self._app.batches.log(actor, batch.id, count=_SHOWN_LOG)
        channels = await channels_of(self._app, actor, batch.id)
        return answered({"batch": row, "log": [log_row(line) for line in log], "channels": channels})

    async def results(self, request: Request) -> Response:
        """``count`` finished checks behind the mark ``behind``, ``skip`` of them left out, of ``total``."""
        asked = request.query_params
        page = await self._app.results.page(
            who_asks(request),
            request.path_params["batch"],
            _filter(asked),
            behind=asked.get("behind"),
            skip=_number(asked, "skip", 0),
            count=_number(asked, "count", 100),
            total=_number(asked, "total", 0) if "total" in asked else None,
        )
        return answered(
            {"rows": check_rows(page), "total": page.total, "behind": page.behind, "kept": page.kept},
        )

    async def usernames(self, request: Request) -> Response:
        """The usernames that the table of results shows, one a line; with ``links`` the addresses of their pages."""
        asked = request.query_params
        found = await self._app.results.usernames(who_asks(request), request.path_params["batch"], _filter(asked))
        address = self._app.public_pages.of if asked.get("links") else str
        return _lines((f"{address(name) or name}\n" async for name in found), _PLAIN)

    async def export(self, request: Request) -> Response:
        """The finished checks of the batches ``ids`` as a file."""
        actor, asked = who_asks(request), request.query_params
        ids = [each for each in asked.get("ids", "").split(",") if each]
        form = _member(Form, asked.get("form"), "form") or Form.CSV
        lines = await self._app.results.export(actor, ids, form)
        name = f"{len(ids)} batches" if len(ids) > 1 else (await self._app.batches.show(actor, ids[0])).name
        return _lines(lines, _MEDIA[form], file_name=f"{name}.{form.value}")

    async def log(self, request: Request) -> Response:
        """The batch's own log as a text file, the newest line first."""
        actor = who_asks(request)
        batch = await self._app.batches.show(actor, request.path_params["batch"])
        lines = await self._app.batches.log(actor, batch.id, count=_WHOLE_LOG)
        text = "".join(f"{line.at:%Y-%m-%d %H:%M:%S} UTC  {log_text(line)}\n" for line in lines)
        return Response(text, media_type=_PLAIN, headers=_as_file(f"{batch.name} log.txt"))

    async def _rows(self, actor: Actor, batches: tuple[BatchView, ...]) -> list[Row]:
        reasons = await self._app.results.unknown_reasons(actor, [batch.id for batch in batches if batch.unknown])
        return [batch_row(batch, reasons.get(batch.id, {})) for batch in batches]


def _lines(lines: AsyncIterator[str], media_type: str, *, file_name: str = "") -> Response:
    headers = _as_file(file_name) if file_name else {"Cache-Control": "no-store"}
    return StreamingResponse(_pieces(lines), media_type=media_type, headers=headers)


async def _pieces(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    piece: list[str] = []
    length = 0
    async for line in lines:
        piece.append(line)
        length += len(line)
        if length >= _PIECE:
            yield "".join(piece)
            piece, length = [], 0
    yield "".join(piece)


def _as_file(name: str) -> dict[str, str]:
    """Headers that make an answer a download; of the name only what every system can take."""
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", name).strip(" .") or "batch"
    return {"Content-Disposition": f'attachment; filename="{plain}"', "Cache-Control": "no-store"}


def _filter(asked: Mapping[str, str]) -> CheckFilter:
    return CheckFilter(
        outcome=_member(Outcome, asked.get("outcome"), "outcome"),
        reason=_member(Reason, asked.get("reason"), "reason"),
        username=asked.get("username", ""),
    )


def _member(kind: type[_E], word: str | None, field: str) -> _E | None:
    if not word:
        return None
    try:
        return kind(word)
    except ValueError:
        raise InvalidInput(field, f"choose one of {', '.join(kind)}") from None


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    text = asked.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise InvalidInput(name, "give a whole number from 0")
    return int(text)
