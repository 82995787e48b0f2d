"""What went wrong, told to the person who asked: a sentence, or a reference that the log knows too."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from nicegui import app as nicegui_app
from nicegui import ui

from core.errors import UserError

_log = logging.getLogger(__name__)
_LIBRARY_LOG = logging.getLogger("nicegui")


def install() -> None:
    """Have every error of a page's handler told on that page; once per process."""
    nicegui_app.on_exception(tell)
    # The library logs every exception by itself, a refusal with its sentence too, and one of ours would be there twice.
    _LIBRARY_LOG.addFilter(_is_its_own)


def tell(error: BaseException) -> None:
    """Show *error* on the page whose handler raised it; what is no refusal is logged with a reference."""
    if isinstance(error, UserError):
        _show(str(error))
        return
    reference = secrets.token_hex(4)
    _log.error("a page's handler failed", exc_info=error, extra={"reference": reference})
    _show(f"That did not work, and it is a mistake in Storywatch. The log knows it as {reference}.")


def guarded(act: Callable[[], object], *, of: str) -> None:
    """Run *act*; a mistake in it is logged and goes no further.

    Args:
        of: Whose mistake it would be, for the log.
    """
    try:
        act()
    except Exception:  # noqa: BLE001  # beyond it is only the next page
        _log.exception("a page failed to show what changed", extra={"of": of})


def _show(text: str) -> None:
    try:
        # Errors stay until they are read.
        ui.notify(text, type="negative", timeout=0, close_button="Close", multi_line=True)
    except RuntimeError:
        # The page is gone, or it was no page's handler: the log is all there is.
        _log.warning("nobody was there to be told", extra={"reason": text})


def _is_its_own(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else record.msg
    return not isinstance(error, BaseException)
