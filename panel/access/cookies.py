"""The cookies of signing in: their names, and how they are set and taken away."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response

from core.secrets import Secret
from core.settings import Settings

_LIFE = 7 * 86_400


class Cookie:
    """A cookie that only the browser and we see.

    Where people come over https its name binds it to this host, and browsers take it over nothing else.

    Args:
        life: Seconds.
    """

    def __init__(self, settings: Settings, name: str = "storywatch", life: int = _LIFE) -> None:
        self._secure = settings.panel_url.startswith("https://")
        self._life = life
        self.name = f"__Host-{name}" if self._secure else name

    def read(self, headers: Headers) -> Secret | None:
        """What the browser sent; None where it sent none.  The first counts where there are several."""
        for header in headers.getlist("cookie"):
            for part in header.split(";"):
                name, _, value = part.strip().partition("=")
                if name == self.name and value:
                    return Secret(value.strip('"'))
        return None

    def put(self, response: Response, value: Secret) -> None:
        """Have the browser keep *value*.  Lax, because people come back from Discord and by links."""
        response.set_cookie(
            self.name,
            value.reveal(),
            max_age=self._life,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def take_away(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self.name, path="/", secure=self._secure, httponly=True, samesite="lax")
