"""The routes that are open to everybody, and the way out."""

from __future__ import annotations

import hashlib

from starlette.routing import Route

from core.app import App
from core.settings import Platform
from panel.access import paths
from panel.access.discord_sign_in import DISCORD, DiscordSignIn
from panel.access.forms import Forms
from panel.access.sign_in_pages import SHEET, SignInPages


def routes(app: App, *, discord_url: str = DISCORD) -> list[Route]:
    """The routes of people who are not signed in, and the way out.

    Args:
        discord_url: Where Discord is.
    """
    sheet = f"{paths.SIGN_IN}/sign-in.css?{hashlib.sha256(SHEET.read_bytes()).hexdigest()[:8]}"
    settings = app.settings
    forms = Forms(
        sheet=sheet,
        sandbox=settings.platform is Platform.SANDBOX,
        discord=settings.discord_client_id is not None,
    )
    pages = SignInPages(app, forms)
    found = [
        Route(paths.SIGN_IN, pages.show, methods=["GET"]),
        Route(paths.SIGN_IN, pages.sign_in, methods=["POST"]),
        Route(f"{paths.SIGN_IN}/sign-in.css", pages.sheet, methods=["GET"]),
        Route(f"{paths.WELCOME}/{{code}}", pages.show_welcome, methods=["GET"]),
        Route(f"{paths.WELCOME}/{{code}}", pages.welcome, methods=["POST"]),
        Route(paths.SIGN_OUT, pages.sign_out, methods=["POST"]),
    ]
    if settings.discord_client_id is not None:
        discord = DiscordSignIn(app, pages, url=discord_url)
        found.append(Route(f"{paths.SIGN_IN}/discord", discord.begin, methods=["GET"]))
        found.append(Route(f"{paths.SIGN_IN}/discord/return", discord.come_back, methods=["GET"]))
    return found
