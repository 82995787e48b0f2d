"""What every request passes: faults, the token, the limits, the checks against Discord's description, the answer."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from tests.discord_server.faults import Fault, Faults
from tests.discord_server.files import Attachment
from tests.discord_server.journal import Requests, Seen
from tests.discord_server.openapi import Operation, operations
from tests.discord_server.rates import VIA, Rates
from tests.discord_server.refusals import Refusal, no_such_route, refused, unauthorized
from tests.discord_server.rest.call import Answer, Call, Handler
from tests.discord_server.rest.delivery import deliver
from tests.discord_server.wire import API_VERSION, MEBIBYTE
from tests.discord_server.world import World

BASE = f"/api/v{API_VERSION}"
# More than any bot may send, so that the server and not its library says no.
LARGEST_REQUEST = 256 * MEBIBYTE
WebHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Where the HTTP API is entered.

    Args:
        mistakes: Gets what this server did wrong itself.
        bad_bodies: Gets what the bot sent against Discord's description.
    """

    def __init__(self, world: World, rates: Rates, faults: Faults, requests: Requests) -> None:
        self._world = world
        self._rates = rates
        self._faults = faults
        self._requests = requests
        self.mistakes: list[str] = []
        self.bad_bodies: list[str] = []

    def application(self, handlers: Mapping[str, Handler], beside: Mapping[str, WebHandler]) -> web.Application:
        """A web application that answers the operations in *handlers*, the paths in *beside*, and 404 to all else."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        for path, entrance in beside.items():
            app.router.add_get(path, entrance)
        # Paths without a parameter go first: "@me" is no id.
        for operation in sorted(operations().values(), key=lambda each: each.path.count("{")):
            if operation.name in handlers:
                app.router.add_route(
                    operation.method, BASE + operation.path, self._route(operation, handlers[operation.name])
                )
        app.router.add_route("*", "/{rest:.*}", self._route(None, None))
        return app

    def _route(self, operation: Operation | None, handler: Handler | None) -> WebHandler:
        async def answer(request: web.Request) -> web.StreamResponse:
            seen = Seen(
                at=self._world.hub.clock.now(),
                method=request.method,
                path=request.path.removeprefix(BASE),
                operation="" if operation is None else operation.name,
                params=dict(request.match_info),
                query=dict(request.query),
                headers=dict(request.headers),
            )
            self._requests.note(seen)
            return await self._answer(request, seen, operation, handler)

        return answer

    async def _answer(
        self, request: web.Request, seen: Seen, operation: Operation | None, handler: Handler | None
    ) -> web.StreamResponse:
        fault = self._faults.for_rest(seen.method, seen.path)
        if fault is not None and fault.hold == "before":
            await fault.held()
        headers: dict[str, str] = {"Via": VIA} if fault is None or fault.via else {}
        status, answer = 0, None
        try:
            seen.body, seen.files = await _read(request)
            if fault is not None and (fault.refusal is not None or fault.text is not None):
                raise fault.refusal or Refusal(200, 0, "")
            if fault is None or fault.drop != "before":
                headers |= self._rates.spend(seen.operation, seen.params)
                status, answer = await self._do(seen, operation, handler)
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
            headers |= refusal.headers
            self._note_bad_body(seen, refusal, fault)
        except ConnectionResetError:
            # The client hung up, which is its right.
            raise
        except Exception as error:
            self.mistakes.append(f"{seen.method} {seen.path}: {error!r}")
            raise
        if operation is not None:
            self._check_answer(operation, status, answer, fault)
        return await deliver(request, seen, status, answer, headers, fault, self._world.hub)

    async def _do(self, seen: Seen, operation: Operation | None, handler: Handler | None) -> tuple[int, Answer]:
        if operation is None or handler is None:
            self.mistakes.append(f"{seen.method} {seen.path} is not known to this server")
            raise no_such_route()
        if operation.by_token and seen.headers.get("Authorization") != f"Bot {self._world.token}":
            raise unauthorized()
        operation.check_query(seen.query)
        operation.check_body(seen.body)
        answer = await handler(Call(self._world, self._rates, seen.params, seen.query, seen.body, seen.files))
        if answer is None:
            return 204, None
        return (201 if "thread" in operation.name else 200), answer

    # -- watching --------------------------------------------------------------------

    def _note_bad_body(self, seen: Seen, refusal: Refusal, fault: Fault | None) -> None:
        if refusal.code == 50035 and fault is None:
            self.bad_bodies.append(f"{seen.method} {seen.path}: {json.dumps(refusal.body.get('errors'))}")

    def _check_answer(self, operation: Operation, status: int, answer: Answer, fault: Fault | None) -> None:
        if status == 0 or (fault is not None and (fault.refusal is not None or fault.text is not None)):
            return
        wrong = operation.faults_of_answer(status, answer)
        self.mistakes += [f"the answer {status} to {operation.name}: {what}" for what in wrong]


async def _read(request: web.Request) -> tuple[Any, dict[int, Attachment]]:
    """The JSON of a request, and the files that came along."""
    if not request.can_read_body:
        return None, {}
    if request.content_type != "multipart/form-data":
        return _parsed(await request.read()), {}
    body: Any = {}
    files: dict[int, Attachment] = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        assert isinstance(part, BodyPartReader), "parts have no parts"
        name = part.name or ""
        data = bytes(await part.read())
        if name == "payload_json":
            body = _parsed(data)
        elif name.startswith("files["):
            files[int(name[6:-1])] = Attachment(part.filename or "unknown", data, part.headers.get("Content-Type"))
    return body, files


def _parsed(data: bytes) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError:
        raise refused(50109) from None
