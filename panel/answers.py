"""Answers of the plain routes: JSON, and refusals as the sentence that a page shows."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unavailable, UserError

_STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, InvalidInput: 422, Unavailable: 503}


def who_asks(request: Request) -> Actor:
    """The person behind a request, whom the gate has let through."""
    actor = request.scope["state"]["actor"]
    assert isinstance(actor, Actor), "the gate lets nobody through without saying who it is"
    return actor


def answered(value: Any, *, status: int = 200) -> Response:
    """*value* as JSON that nobody keeps."""
    return Response(
        orjson.dumps(value, default=str, option=orjson.OPT_UTC_Z),
        status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def refused(request: Request, error: Exception) -> Response:
    """The sentence of a refusal, with the status that fits it, and the field where one is to blame."""
    assert isinstance(error, UserError), "only refusals come here"
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    told = {"error": str(error)}
    if isinstance(error, InvalidInput):
        told |= {"field": error.field, "why": error.why}
    return answered(told, status=status)
