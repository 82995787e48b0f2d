"""Who is behind an open page: as it was opened, and at the moment of a click."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

from nicegui import Client
from nicegui.context import context

from core.domain.actor import Actor, Role
from core.errors import SignedOut
from core.services.sign_ins import SignIns
from core.services.views import SignedIn

P = ParamSpec("P")
T = TypeVar("T")


def signed_in(client: Client | None = None) -> SignedIn:
    """Who opened the page, as they were then: for what is shown and hidden.

    Args:
        client: The open page; None is the one whose handler or builder runs.

    Raises:
        SignedOut: Nobody who is signed in did.
    """
    found = getattr((client or context.client).request.state, "signed_in", None)
    if not isinstance(found, SignedIn):
        raise SignedOut("You are signed out; sign in again.")
    return found


async def current_actor(client: Client | None = None) -> Actor:
    """Who asks by the open page, looked up now: another process may have changed or ended much since it was opened.

    Raises:
        SignedOut: The sign-in has ended.
    """
    page = client or context.client
    sign_ins: SignIns = page.request.state.sign_ins
    found = await sign_ins.again(signed_in(page).id)
    if found is None:
        raise SignedOut("You are signed out; sign in again.")
    return found.actor


def requires(
    role: Role, verb: str = "do this"
) -> Callable[[Callable[Concatenate[Actor, P], Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """A handler for people whose role reaches *role* at the moment of the click; it is given the actor first.

    Args:
        verb: What the handler does, for the sentence that refuses it.
    """

    def decorated(handler: Callable[Concatenate[Actor, P], Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @functools.wraps(handler)
        async def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = await current_actor()
            actor.must_be(role, verb)
            return await handler(actor, *args, **kwargs)

        # The library asks a handler's signature whether it wants to be given the event.
        signature = inspect.signature(handler)
        without_actor = list(signature.parameters.values())[1:]
        checked.__signature__ = signature.replace(parameters=without_actor)  # type: ignore[attr-defined]
        return checked

    return decorated
