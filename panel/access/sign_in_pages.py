"""What the forms do: each reads one, calls one verb, and sets the cookie or takes it away."""

from __future__ import annotations

import math
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from core.app import App
from core.errors import NotAllowed, NotFound, TooManyTries, Unavailable, UserError
from core.secrets import Secret
from core.services.sign_ins import FIRST_NAME
from core.services.views import Admitted
from panel.access import paths
from panel.access.cookies import Cookie
from panel.access.forms import Forms
from panel.access.protection import FORMS_POLICY

SHEET = Path(__file__).parent / "sign-in.css"
_MOST_FIELDS = 10


class SignInPages:
    """Forms and what is done with them."""

    def __init__(self, app: App, forms: Forms) -> None:
        self._sign_ins = app.sign_ins
        self._cookie = Cookie(app.settings)
        self._forms = forms

    async def sheet(self, request: Request) -> Response:
        """The style sheet, whose address changes when it does."""
        return FileResponse(SHEET, headers={"cache-control": "public, max-age=31536000, immutable"})

    async def show(self, request: Request) -> Response:
        """The form; who is signed in already goes on."""
        leads_to = paths.checked_next(request.query_params.get("next", "/"))
        token = self._cookie.read(request.headers)
        try:
            if token is not None and await self._sign_ins.look(token) is not None:
                return RedirectResponse(leads_to, 303)
        except Unavailable as error:
            return self._answer(self._forms.sign_in(error=str(error), leads_to=leads_to), 503)
        return self._answer(self._forms.sign_in(leads_to=leads_to))

    async def sign_in(self, request: Request) -> Response:
        """Name and password came."""
        form = await _form(request)
        name, leads_to = form.get("name", ""), paths.checked_next(form.get("next", "/"))
        try:
            admitted = await self._sign_ins.by_password(
                name,
                Secret(form.get("password", "")),
                address=request.state.address,
                before=self._cookie.read(request.headers),
            )
        except UserError as error:
            return self.refused(error, self._forms.sign_in(error=str(error), name=name, leads_to=leads_to))
        return self.admitted(admitted, leads_to)

    async def show_welcome(self, request: Request) -> Response:
        """The form behind a one-time link; looking at it does not use the link up."""
        try:
            welcome = await self._sign_ins.look_at_link(_code(request))
        except UserError as error:
            return self.refused(error, self._forms.told("This link is over", str(error)))
        return self._answer(self._forms.welcome(path=request.url.path, name=welcome.name, given=FIRST_NAME))

    async def welcome(self, request: Request) -> Response:
        """A password was chosen by a one-time link."""
        form = await _form(request)
        name = form.get("name", "")
        try:
            welcome = await self._sign_ins.look_at_link(_code(request))
            admitted = await self._sign_ins.by_link(
                _code(request),
                name=name,
                password=Secret(form.get("password", "")),
                address=request.state.address,
                before=self._cookie.read(request.headers),
            )
        except NotFound as error:
            return self.refused(error, self._forms.told("This link is over", str(error)))
        except UserError as error:
            form_again = self._forms.welcome(path=request.url.path, name=welcome.name, given=name, error=str(error))
            return self.refused(error, form_again)
        return self.admitted(admitted, "/")

    async def sign_out(self, request: Request) -> Response:
        """The person wants to go."""
        await self._sign_ins.end(request.state.signed_in.id)
        response = RedirectResponse(paths.SIGN_IN, 303)
        self._cookie.take_away(response)
        return response

    def told(self, error: UserError, title: str = "Sign in") -> Response:
        """A page that says why somebody is not signed in."""
        return self.refused(error, self._forms.told(title, str(error)))

    def admitted(self, admitted: Admitted, leads_to: str) -> Response:
        """The way in, with the cookie for it."""
        response = RedirectResponse(leads_to, 303)
        self._cookie.put(response, admitted.token)
        return response

    def refused(self, error: UserError, page: str) -> Response:
        """*page* with the status that fits *error*."""
        response = self._answer(page, _status(error))
        if isinstance(error, TooManyTries):
            response.headers["retry-after"] = str(math.ceil(error.retry_after))
        return response

    def _answer(self, page: str, status: int = 200) -> Response:
        headers = {"content-security-policy": FORMS_POLICY, "cache-control": "no-store"}
        return HTMLResponse(page, status, headers)


def _code(request: Request) -> Secret:
    return Secret(request.path_params["code"])


def _status(error: UserError) -> int:
    match error:
        case TooManyTries():
            return 429
        case NotAllowed():
            return 401
        case NotFound():
            return 404
        case Unavailable():
            return 503
        case _:
            return 400


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; empty where it is none that our pages send.  The gate bounds its length."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}
