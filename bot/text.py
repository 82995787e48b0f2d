"""Foreign text made safe for Discord: it pings nobody, links nowhere, breaks out of no block.  Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from discord.utils import escape_markdown

_MENTION_SIGNS = str.maketrans({"<": "‹", ">": "›", "@": "@\u2060"})
# Any address becomes a link, also where Markdown is escaped.
_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=//)|\b(www|discord)\.(?=\w)")
_BLANKS = re.compile(r"\s+")


def plain(text: str, limit: int = 200) -> str:
    """*text* in one line that shows as it is: no Markdown, mention, link or hidden sign takes effect.

    Args:
        limit: The most characters of the result; a longer one ends with an ellipsis.
    """
    visible = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_shown(sign))
    broken = _ADDRESS.sub(lambda found: f"{found[0][:-1]}\u2060{found[0][-1]}", _BLANKS.sub(" ", visible).strip())
    return _cut(broken.translate(_MENTION_SIGNS), limit)


def code(text: str, limit: int = 100) -> str:
    """*text* in one line as inline code."""
    shown = "".join(sign for sign in text if _is_shown(sign) or sign == " ")
    shown = _BLANKS.sub(" ", shown).replace("`", "ˋ").strip() or " "
    return f"`{shown if len(shown) <= limit else shown[: limit - 1] + '…'}`"


def profile_link(username: str, address: str) -> str:
    """A profile's name that leads to it; the address is ours and the name canonical."""
    return f"[{escape_markdown(username)}]({address})"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number of things: *1 profile*, *1,200 profiles*."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def within(lines: Sequence[str], limit: int, *, rest: str = "and {count} more") -> str:
    """Lines one under the other, as many as fit into *limit* characters; how many are left out comes last.

    Args:
        rest: The last line where some are left out.
    """
    whole = "\n".join(lines)
    if len(whole) <= limit:
        return whole
    room = limit - len(rest.format(count=f"{len(lines):,}")) - 1
    kept, used = 0, 0
    while kept < len(lines) and used + len(lines[kept]) + 1 <= room:
        used += len(lines[kept]) + 1
        kept += 1
    return "\n".join([*lines[:kept], rest.format(count=f"{len(lines) - kept:,}")])


def _cut(text: str, limit: int) -> str:
    """Escaped, and cut so that no escape is cut in two."""
    escaped = escape_markdown(text, ignore_links=False)
    if len(escaped) <= limit:
        return escaped
    kept = text
    while len(escaped) > limit - 1:
        kept = kept[: max(0, len(kept) - max(1, (len(escaped) - limit) // 2 + 1))]
        escaped = escape_markdown(kept, ignore_links=False)
    return escaped + "…"


def _is_shown(sign: str) -> bool:
    """Not a control, a format (bidi, zero width) or a private sign."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
