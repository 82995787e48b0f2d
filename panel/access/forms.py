"""The pages for people who are not signed in: plain HTML that works without scripts.  Pure.

They are none of the library's pages: each of those keeps a client in memory, and anybody may ask for these.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from nicegui import __version__ as nicegui_version

from core.domain import password as rules
from core.domain.person_name import LONGEST

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | Storywatch</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="/_nicegui/{library}/static/fonts.css">
<link rel="stylesheet" href="{sheet}">
</head>
<body>
<main>
<p class="brand"><span class="ring" aria-hidden="true"></span>Storywatch{sandbox}</p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
_SANDBOX = ' <span class="sandbox">Sandbox: pretend data</span>'


class Forms:
    """Pages with forms.

    Args:
        sheet: Where the style sheet is.
        sandbox: Every page says that the data is pretended.
        discord: People may sign in through Discord.
    """

    def __init__(self, *, sheet: str, sandbox: bool, discord: bool) -> None:
        self._sheet = sheet
        self._sandbox = sandbox
        self._discord = discord

    def sign_in(self, *, error: str = "", name: str = "", leads_to: str = "/") -> str:
        """The form for name and password.

        Args:
            leads_to: Where the person wanted to go.
        """
        body = f"""{_told(error)}<form method="post" action="/login">
<input type="hidden" name="next" value="{escape(leads_to)}">
<label for="name">Name</label>
<input id="name" name="name" value="{escape(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" \
maxlength="{LONGEST}" required{"" if name else " autofocus"}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" \
maxlength="{rules.LONGEST}" required{" autofocus" if name else ""}>
<button type="submit">Sign in</button>
</form>
{self._other_way(leads_to)}<p class="note">First time here? Open the one-time link that the server printed when it \
started.</p>"""
        return self._page("Sign in", body)

    def welcome(self, *, path: str, name: str | None, given: str = "", error: str = "") -> str:
        """The form behind a one-time link.

        Args:
            path: Where it is sent.
            name: Whose password it is; None where the name is chosen too.
            given: The name that was chosen before something was wrong.
        """
        if name is None:
            title, told = (
                "Welcome",
                "You are the first one here, so you become the admin. Choose a name and a password.",
            )
            shown = f'value="{escape(given)}" required autofocus'
        else:
            title, told = "Choose a password", "Other browsers that are signed in with this name are signed out."
            shown = f'value="{escape(name)}" readonly'
        body = f"""<p>{told}</p>
{_told(error)}<form method="post" action="{escape(path)}">
<label for="name">Name</label>
<input id="name" name="name" {shown} autocomplete="username" autocapitalize="none" spellcheck="false" \
maxlength="{LONGEST}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="new-password" aria-describedby="rule" \
minlength="{rules.SHORTEST}" maxlength="{rules.LONGEST}" required{"" if name is None else " autofocus"}>
<p class="note" id="rule">At least {rules.SHORTEST} characters; several words are easy to keep in mind.</p>
<button type="submit">Set the password and sign in</button>
</form>"""
        return self._page(title, body)

    def told(self, title: str, sentence: str) -> str:
        """A page that says something and leads back to the form."""
        return self._page(title, f'{_told(sentence)}<p><a href="/login">Sign in</a></p>')

    def _other_way(self, leads_to: str) -> str:
        if not self._discord:
            return ""
        # A link, because the policy of these pages lets no form lead to another host.
        address = "/login/discord" if leads_to == "/" else f"/login/discord?next={quote(leads_to, safe='/')}"
        return (
            '<p class="or"><span>or</span></p>\n'
            f'<p><a class="button" href="{escape(address)}">Continue with Discord</a></p>\n'
        )

    def _page(self, title: str, body: str) -> str:
        return _PAGE.format(
            title=escape(title),
            library=nicegui_version,
            sheet=self._sheet,
            sandbox=_SANDBOX if self._sandbox else "",
            body=body,
        )


def _told(error: str) -> str:
    return f'<p class="error" role="alert">{escape(error)}</p>\n' if error else ""
