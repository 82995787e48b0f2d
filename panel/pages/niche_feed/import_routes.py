"""The plain routes of imports: a list comes in, the lines that cannot be read go out."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.app import App
from panel.answers import answered, who_asks

_LONGEST_NAME = 255


def routes(app: App) -> list[BaseRoute]:
    """Both routes."""

    async def stage(request: Request) -> Response:
        """Keep and count the list that the body is."""
        query = request.query_params
        name = query.get("file", "")[-_LONGEST_NAME:] or "list"
        try:
            staged = await app.imports.stage(
                who_asks(request), request.stream(), file_name=name, niche=query.get("niche") or None
            )
        except ClientDisconnect:
            # Whoever sent it has gone, so that nobody reads this.
            return Response(status_code=400)
        return answered({"id": staged.id})

    async def errors(request: Request) -> Response:
        """The lines that cannot be read, as a file."""
        lines = await app.imports.errors(who_asks(request), request.path_params["staged"])
        return StreamingResponse(
            lines,
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="lines-not-imported.csv"'},
        )

    return [
        Route("/data/imports", stage, methods=["POST"]),
        Route("/data/imports/{staged}/errors.csv", errors),
    ]
