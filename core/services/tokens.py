"""Tokens that are handed out once and known again by their hash alone."""

from __future__ import annotations

import hashlib
import secrets

from core.secrets import Secret

_BYTES = 32


def new_token() -> Secret:
    """A token that nobody can guess, fit for a cookie and for a link."""
    return Secret(secrets.token_urlsafe(_BYTES))


def fingerprint(token: Secret) -> str:
    """What is stored of a token.  It has so much chance in it that no slow hash is needed."""
    return hashlib.sha256(token.reveal().encode()).hexdigest()
