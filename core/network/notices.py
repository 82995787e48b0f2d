"""Messages by e-mail, chat or webhook through Apprise, whose code blocks: each runs in a thread of its own.

Owns the way from an address to a sent message, or to the reason why it was not sent.  An address is a secret as a
whole: what Apprise says of it is masked before anybody reads it, and its own log goes nowhere.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote

from core.domain.closest import hint
from core.errors import InvalidInput
from core.secrets import MASK, Secret

T = TypeVar("T")

# Longer than any of its services takes for its connections and answers.
LONGEST_SEND = 60.0
_LONGEST_REASON = 240
_SCHEME = re.compile(r"([a-z0-9][a-z0-9+.-]{0,40})://", re.IGNORECASE)
# What separates the parts of an address.
_SEPARATORS = re.compile(r"[/:@?&=,;#\s]+")
# Shorter parts are words such as a method, and masking them would leave nothing to read.
_SHORTEST_SECRET = 4
_SHOWN_TEMPLATES = 2
# They write addresses into their logs; what is worth knowing comes with the result.
_LOGS = ("apprise", "urllib3", "requests")
# What Apprise calls a webhook over each.
_WEB = {"http": "json", "https": "jsons"}


class NoticeFailed(Exception):
    """A message was not sent; the text says why, without a secret."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message.

    Args:
        file: Name and content of what goes with it, where the service takes files.
    """

    title: str
    body: str
    file: tuple[str, bytes] | None = None


def masked(url: Secret) -> str:
    """An address as it may be shown: its scheme alone."""
    found = _SCHEME.match(url.reveal())
    return f"{found[1].lower()}://{MASK}" if found else MASK


async def service_of(url: Secret) -> str:
    """What the service of an address is called.

    Raises:
        InvalidInput: It cannot be read; the sentence names what looks like it, and none of its secrets.
    """
    try:
        return await _in_a_thread(lambda: _service_of(url), name="read an address")
    except NoticeFailed as error:
        raise InvalidInput("address", f"it cannot be read: {error}") from None


async def send(url: Secret, notice: Notice) -> None:
    """Send *notice*.

    Raises:
        NoticeFailed: It was not sent, or nobody knows, because no answer came within a minute.
    """
    try:
        async with asyncio.timeout(LONGEST_SEND):
            await _in_a_thread(lambda: _send(url, notice), name="send a notice")
    except TimeoutError:
        raise NoticeFailed(f"no answer came within {LONGEST_SEND:.0f} s") from None


async def _in_a_thread(work: Callable[[], T], *, name: str) -> T:
    """What *work* gives, in a thread that nobody waits for when the process ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # None only where T is

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except (NoticeFailed, InvalidInput) as caught:
            error = caught
        except Exception as caught:  # noqa: BLE001  # of a hundred services, each with mistakes of its own
            error = NoticeFailed(f"Apprise failed with {type(caught).__name__}")
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await done


def _service_of(url: Secret) -> str:
    apprise = _apprise()
    text = url.reveal().strip()
    found = _SCHEME.match(text)
    if found is None:
        raise InvalidInput("address", "it begins with the service and ://, such as mailto:// or slack://")
    read = apprise.Apprise.instantiate(text, asset=_asset(apprise), suppress_exceptions=True)
    if read is None:
        raise InvalidInput("address", _what_is_wrong(apprise, found[1].lower()))
    return str(read.service_name)


def _what_is_wrong(apprise: Any, scheme: str) -> str:
    schemes = apprise.manager_plugins.NotificationManager()
    known = sorted(schemes.schemas())
    if scheme in _WEB:
        return f"Apprise does not know this site; a webhook of your own is written {_WEB[scheme]}:// and so on"
    if scheme not in known:
        return f'Apprise knows no service "{scheme}"; {hint(scheme, known)}'
    plugin = schemes[scheme]
    shapes = [str(each).replace("{schema}", scheme) for each in plugin.templates[:_SHOWN_TEMPLATES]]
    return f"it is incomplete or misspelled for {plugin.service_name}; it looks like {' or '.join(shapes)}"


def _send(url: Secret, notice: Notice) -> None:
    apprise = _apprise()
    sender = apprise.Apprise(asset=_asset(apprise))
    if not sender.add(url.reveal().strip()):
        raise NoticeFailed("the address cannot be read any more; give it anew")
    file = None
    if notice.file is not None:
        name, content = notice.file
        file = apprise.AppriseAttachment()
        file.add(apprise.attachment.memory.AttachMemory(content=content, name=name, mimetype="text/csv"))
    result = sender.notify(body=notice.body, title=notice.title, attach=file)
    if not result:
        raise NoticeFailed(_reason(result, url))


def _reason(result: Any, url: Secret) -> str:
    said = [
        str(entry.message)
        for service in result.results
        for entry in service.logs()
        if entry.level in {"WARNING", "ERROR", "CRITICAL"}
    ]
    if not said:
        return "Apprise could not send it and does not say why"
    return _without_secrets(" ".join(said[0].split()), url)[:_LONGEST_REASON]


def _without_secrets(text: str, url: Secret) -> str:
    """*text* without any part of the address but its scheme."""
    whole = url.reveal().strip()
    rest = whole.partition("://")[2]
    parts = {part for each in (rest, unquote(rest)) for part in _SEPARATORS.split(each)}
    for part in sorted({whole, rest, *parts}, key=len, reverse=True):
        if len(part) >= _SHORTEST_SECRET:
            text = text.replace(part, MASK)
    return text


def _asset(apprise: Any) -> Any:
    return apprise.AppriseAsset(
        app_id="Storywatch",
        app_desc="Storywatch",
        app_url="",
        storage_mode=apprise.PersistentStoreMode.MEMORY,
        result_log_disk_size=0,
        secure_logging=True,
    )


def _apprise() -> Any:
    """Apprise, whose import takes most of a second, and whose log may hold addresses."""
    import apprise  # noqa: PLC0415
    import apprise.attachment.memory  # noqa: PLC0415

    for name in _LOGS:
        logging.getLogger(name).propagate = False
    return apprise
