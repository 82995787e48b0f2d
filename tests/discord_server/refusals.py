"""How Discord says no: a status, a code, a sentence, and for bad bodies what is wrong with which field."""

from __future__ import annotations

from tests.discord_server.wire import Json

# Status and sentence of each code that the server gives; the sentences are Discord's own.
SENTENCES = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    30032: (400, "Maximum number of application commands reached"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later."),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    160004: (400, "A thread has already been created for this message"),
}


class Refusal(Exception):
    """What is answered instead of what was asked for."""

    def __init__(
        self, status: int, code: int, message: str, *, errors: Json | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status}/{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
        self.body: Json = {"message": message, "code": code}
        if errors is not None:
            self.body["errors"] = errors


def refused(code: int) -> Refusal:
    """The refusal with this code."""
    status, sentence = SENTENCES[code]
    return Refusal(status, code, sentence)


def unauthorized() -> Refusal:
    """The token is wrong."""
    return Refusal(401, 0, "401: Unauthorized")


def no_such_route() -> Refusal:
    """Nothing answers here."""
    return Refusal(404, 0, "404: Not Found")


class Complaints:
    """What is wrong with a body, field by field; nothing at first."""

    def __init__(self) -> None:
        self._found: list[tuple[tuple[str | int, ...], str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Say that the field at *path* is wrong."""
        self._found.append((path, code, message))

    def check(self) -> None:
        """Raise 400/50035 with all that was said, if anything was."""
        if not self._found:
            return
        tree: Json = {}
        for path, code, message in self._found:
            place = tree
            for step in path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": code, "message": message})
        status, sentence = SENTENCES[50035]
        raise Refusal(status, 50035, sentence, errors=tree)
