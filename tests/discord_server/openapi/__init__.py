"""Discord's published description of its HTTP API, and bodies checked against it.

The description lies beside this file, packed, with its licence; it comes from the repository discord-api-spec,
commit 74fda0f, version 10.  What it does not say (sums of lengths, permissions, events) is checked elsewhere.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.discord_server.refusals import Complaints
from tests.discord_server.wire import Json

_FILE = Path(__file__).parent / "openapi.json.gz"
# The description as it stands, for what the server gives; and as Discord applies it to what it takes.
_GIVEN = "given"
_TAKEN = "taken"
_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for.

    Args:
        name: The description's ``operationId``.
        path: With its parameters in braces.
        by_token: Whether a bot's token has to come along.
    """

    name: str
    method: str
    path: str
    by_token: bool
    _place: str
    _parameters: tuple[Json, ...]
    _takes_body: bool
    _answers: tuple[str, ...]

    def check_query(self, query: dict[str, str]) -> None:
        """Refuse query values that do not fit; names that the description does not know are Discord's to ignore."""
        complaints = Complaints()
        for at, parameter in enumerate(self._parameters):
            if parameter["in"] != "query" or parameter["name"] not in query:
                continue
            where = f"{self._place}/parameters/{at}/schema"
            for error in _validator(where, _TAKEN).iter_errors(_read(query[parameter["name"]], parameter["schema"])):
                complaints.add((parameter["name"],), "BASE_TYPE_INVALID", _sentence(error))
        complaints.check()

    def check_body(self, body: Any) -> None:
        """Refuse a body that does not fit."""
        if not self._takes_body:
            return
        complaints = Complaints()
        schema = f"{self._place}/requestBody/content/application~1json/schema"
        for error in _validator(schema, _TAKEN).iter_errors(body):
            reason = _innermost(error)
            complaints.add(tuple(reason.absolute_path), "BASE_TYPE_INVALID", _sentence(reason))
        complaints.check()

    def faults_of_answer(self, status: int, body: Any) -> list[str]:
        """What is wrong with an answer of ours."""
        if str(status) in self._answers:
            place = f"{self._place}/responses/{status}/content/application~1json/schema"
        elif 400 <= status < 500:
            # Discord's codes of fields are words, while its description says numbers; the rest of a refusal fits.
            body = {key: value for key, value in body.items() if key != "errors"}
            kind = "ClientRatelimitedResponse" if status == 429 else "ClientErrorResponse"
            place = f"/components/responses/{kind}/content/application~1json/schema"
        else:
            return [] if body is None else [f"status {status} is not described"]
        return [
            f"{'.'.join(map(str, reason.absolute_path))}: {_sentence(reason)}"
            for reason in map(_innermost, _validator(place, _GIVEN).iter_errors(body))
        ]


@cache
def operations() -> dict[str, Operation]:
    """All of them by name."""
    return {operation.name: operation for operation in _read_operations()}


@cache
def _document() -> Json:
    document: Json = json.loads(gzip.decompress(_FILE.read_bytes()))
    return document


def _read_operations() -> Iterator[Operation]:
    for path, described in _document()["paths"].items():
        for method in _METHODS:
            if method not in described:
                continue
            one = described[method]
            place = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
            yield Operation(
                name=one["operationId"],
                method=method.upper(),
                path=path,
                by_token={} not in one["security"] and "interactions" not in path,
                _place=place,
                _parameters=tuple(one.get("parameters", ())),
                _takes_body="application/json" in one.get("requestBody", {}).get("content", {}),
                _answers=tuple(status for status, answer in one["responses"].items() if "content" in answer),
            )


@cache
def _registry() -> Registry[Any]:
    """Both readings of the description by name: the one of what is taken lets ids be numbers, which clients send."""
    given = _document()
    schemas = given["components"]["schemas"]
    relaxed = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
    taken = given | {"components": given["components"] | {"schemas": schemas | {"SnowflakeType": relaxed}}}
    readings = [(name, DRAFT202012.create_resource(each)) for name, each in ((_GIVEN, given), (_TAKEN, taken))]
    return Registry().with_resources(readings)


@cache
def _validator(pointer: str, reading: str) -> Draft202012Validator:
    """Checks against the schema at *pointer* in the whole description."""
    # In a reference the braces of a path's parameters have to be escaped like in any address.
    reference = pointer.replace("{", "%7B").replace("}", "%7D")
    return Draft202012Validator({"$ref": f"{reading}#{reference}"}, registry=_registry())


def _innermost(error: ValidationError) -> ValidationError:
    """The reason why the alternative that was meant does not fit: the one of the right ``type``."""
    while error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for each in error.context:
            branches.setdefault(each.relative_schema_path[0], []).append(each)
        meant = min(branches.values(), key=lambda branch: (any(map(_is_of_another_type, branch)), len(branch)))
        error = meant[0]
    return error


def _is_of_another_type(error: ValidationError) -> bool:
    return (not error.relative_path and error.validator == "type") or list(error.relative_path)[-1:] == ["type"]


def _sentence(error: ValidationError) -> str:
    """What is wrong, without the whole of a long value."""
    return error.message if len(error.message) <= 300 else f"…{error.message[-200:]}"


def _read(text: str, schema: Json) -> Any:
    """A query value as the JSON that the schema means."""
    if schema.get("type") == "boolean":
        return {"1": True, "0": False, "true": True, "false": False}.get(text.lower(), text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return text
