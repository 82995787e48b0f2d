"""The start of an answer that was not understood, fit to be kept: cut, and without what could be a secret."""

from __future__ import annotations

import re

from core.sources.base import Response

LONGEST_SAMPLE = 4_096  # bytes
_READ = 16_384  # more than is kept: a secret at the cut is masked before it is cut
_MASK = "•••"

# What stands behind these names is a secret whatever it looks like, in JSON, in a query, in a cookie line.
_TELLING_NAMES = (
    r"session_?id|ds_user(?:_id)?|csrf[\w-]*|[\w-]*token|mid|ig_did|ig_nrcb|datr|rur|shbid|shbts|fr"
    r"|authorization|cookies?|[\w-]*(?:password|passwd|secret|nonce|claim|signature|api_?key)"
    r"|device_id|machine_id|challenge_context|enc_\w+|phone_number|email"
)
_NAMED = re.compile(
    rf"""(?ix) (?<![\w-]) ({_TELLING_NAMES}) (\\?["']?\s{{0,4}}[=:]\s{{0,4}})
    (?: \\?"[^"\\]{{0,4096}}\\?"? | '[^']{{0,4096}}'? | [^\s"'<>&;,{{}}()\[\]]{{1,4096}} )"""
)
_COOKIE_LINE = re.compile(r"(?im)\b((?:set-)?cookie2?\s{0,4}:)[^\r\n\"<]{0,8192}")
_RUN = re.compile(r"[A-Za-z0-9_\-%+=~]{20,}+")
_DIGITS = re.compile(r"\d{12,}+")
_LONGEST_KEY = 60
_QUERY = re.compile(r"\?[^\s\"'<>]{1,4096}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TORN_END = re.compile(r"[^\s\"'<>,;]{1,512}\Z")


def redacted_start(response: Response) -> str:
    """Status, kind and first 4 KB at most of *response*, secrets masked; where it leads if it redirects."""
    text = response.body[:_READ].decode("utf-8", "replace")
    if len(response.body) > _READ:
        text = _TORN_END.sub("", text)
    lines = [f"HTTP {response.status}"]
    for name in ("content-type", "location"):
        value = response.header(name)
        if value:
            lines.append(f"{name}: {redacted(_QUERY.sub('?' + _MASK, value[:500]))}")
    return _cut("\n".join([*lines, "", redacted(text)]).strip())


def redacted(text: str) -> str:
    """*text* with everything masked that could be a secret: by its name, or by looking like one."""
    text = _CONTROL.sub("\ufffd", text)
    text = _COOKIE_LINE.sub(rf"\1 {_MASK}", text)
    text = _NAMED.sub(rf"\1\2{_MASK}", text)
    text = _RUN.sub(_masked_run, text)
    return _DIGITS.sub(_MASK, text)


def _masked_run(found: re.Match[str]) -> str:
    """The run, masked if no word looks like it: of both cases, or with several digits.  Names of fields stay."""
    run = found.group()
    if len(run) <= _LONGEST_KEY and found.string.startswith('":', found.end()):
        return run
    mixed = run.lower() != run != run.upper()
    # One or two digits are a version in a name, as in xdt_api__v1__feed__reels_media.
    return _MASK if mixed or sum(map(str.isdigit, run)) > 2 else run


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace")[:LONGEST_SAMPLE].decode("utf-8", "ignore")
