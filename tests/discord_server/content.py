"""What Discord refuses about messages that its description does not say: lengths, sums, addresses, repeated ids."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from tests.discord_server.components import walk
from tests.discord_server.refusals import Complaints
from tests.discord_server.wire import SELECTS, ComponentKind, Json, MessageFlag

LONGEST_CONTENT = 2000
MOST_IN_EMBEDS = 6000
MOST_ROWS = 5
MOST_COMPONENTS = 40
LONGEST_TEXTS = 4000
_LINK_STYLE = 5
_PREMIUM_STYLE = 6
_NEW_KINDS = (
    ComponentKind.SECTION,
    ComponentKind.TEXT,
    ComponentKind.THUMBNAIL,
    ComponentKind.GALLERY,
    ComponentKind.FILE,
    ComponentKind.SEPARATOR,
    ComponentKind.CONTAINER,
)
Path = tuple[str | int, ...]


def check_content(body: Json, flags: MessageFlag, at: Path = ()) -> None:
    """Refuse what a message of these *flags* cannot hold; *at* is where the message lies in the whole body."""
    complaints = Complaints()
    new = MessageFlag.COMPONENTS_V2 in flags
    content, embeds = body.get("content") or "", body.get("embeds") or []
    if len(content) > LONGEST_CONTENT:
        message = f"Must be {LONGEST_CONTENT} or fewer in length."
        complaints.add((*at, "content"), "BASE_TYPE_MAX_LENGTH", message)
    if new:
        for name, value in (("content", content), ("embeds", embeds)):
            if value:
                message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                complaints.add((*at, name), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    _check_embeds(embeds, (*at, "embeds"), complaints)
    _check_components(body.get("components") or [], new, (*at, "components"), complaints)
    complaints.check()


# -- embeds --------------------------------------------------------------------------


def _check_embeds(embeds: list[Json], at: Path, complaints: Complaints) -> None:
    if sum(map(_embed_length, embeds)) > MOST_IN_EMBEDS:
        message = f"Embed size exceeds maximum size of {MOST_IN_EMBEDS}"
        complaints.add(at, "MAX_EMBED_SIZE_EXCEEDED", message)
    for place, embed in enumerate(embeds):
        where = (*at, place)
        if not any(value for name, value in embed.items() if name not in ("type", "color", "flags")):
            complaints.add((*where, "description"), "BASE_TYPE_REQUIRED", "This field is required")
        for number, field in enumerate(embed.get("fields") or ()):
            for name in ("name", "value"):
                if not field[name].strip():
                    complaints.add((*where, "fields", number, name), "BASE_TYPE_REQUIRED", "This field is required")
        _check_addresses(embed, where, complaints)


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field[name] for field in embed.get("fields") or () for name in ("name", "value")]
    return sum(len(text) for text in texts if text)


def _check_addresses(embed: Json, at: Path, complaints: Complaints) -> None:
    places: list[tuple[Path, str | None, bool]] = [(("url",), embed.get("url"), False)]
    for part, name, attached in _ADDRESSES:
        places.append(((part, name), (embed.get(part) or {}).get(name), attached))
    for where, address, attached in places:
        schemes = ("http", "https", "attachment") if attached else ("http", "https")
        if not address:
            continue
        if urlsplit(address).scheme not in schemes:
            message = f'Scheme "{urlsplit(address).scheme}" must be one of {schemes}.'
            complaints.add((*at, *where), "URL_TYPE_INVALID_SCHEME", message)
        elif not urlsplit(address).netloc:
            complaints.add((*at, *where), "URL_TYPE_INVALID_URL", "Not a well formed URL.")


_ADDRESSES = (
    ("author", "url", False),
    ("author", "icon_url", True),
    ("footer", "icon_url", True),
    ("image", "url", True),
    ("thumbnail", "url", True),
)


# -- components ----------------------------------------------------------------------


def _check_components(components: list[Json], new: bool, at: Path, complaints: Complaints) -> None:
    every = list(walk(components))
    if new:
        _check_new(every, at, complaints)
    else:
        if len(components) > MOST_ROWS:
            complaints.add(at, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MOST_ROWS} in length.")
        for place, component in enumerate(components):
            if component["type"] in _NEW_KINDS:
                message = f'Value of field "type" must be one of ({int(ComponentKind.ROW)},).'
                complaints.add((*at, place), "UNION_TYPE_CHOICES", message)
    _check_repeated([each["custom_id"] for each in every if each.get("custom_id")], at, complaints)
    for each in every:
        if each["type"] == ComponentKind.BUTTON:
            _check_button(each, at, complaints)
        elif each["type"] == ComponentKind.ROW:
            _check_row(each, at, complaints)
        elif each["type"] == ComponentKind.STRING_SELECT:
            _check_options(each, at, complaints)


def _check_new(every: list[Json], at: Path, complaints: Complaints) -> None:
    if len(every) > MOST_COMPONENTS:
        message = f"The total number of components cannot exceed {MOST_COMPONENTS}"
        complaints.add(at, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(len(each["content"]) for each in every if each["type"] == ComponentKind.TEXT) > LONGEST_TEXTS:
        message = f"The total length of all displayable text cannot exceed {LONGEST_TEXTS} characters"
        complaints.add(at, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _check_repeated(values: Iterable[str], at: Path, complaints: Complaints) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            message = f"Component custom id cannot be duplicated: {value}"
            complaints.add(at, "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        seen.add(value)


def _check_button(button: Json, at: Path, complaints: Complaints) -> None:
    if button["style"] == _PREMIUM_STYLE:
        return
    if not button.get("label") and not button.get("emoji"):
        complaints.add(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji")
    if button["style"] == _LINK_STYLE and (not button.get("url") or button.get("custom_id")):
        complaints.add(at, "BUTTON_COMPONENT_INVALID_URL", "A link button must have a url and no custom id")
    if button["style"] != _LINK_STYLE and (not button.get("custom_id") or button.get("url")):
        complaints.add(at, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id and no url is required")


def _check_row(row: Json, at: Path, complaints: Complaints) -> None:
    width = sum(MOST_ROWS if each["type"] in SELECTS else 1 for each in row["components"])
    if not 1 <= width <= MOST_ROWS:
        message = "The component layout is empty or wider than five"
        complaints.add(at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _check_options(select: Json, at: Path, complaints: Complaints) -> None:
    values = [option["value"] for option in select.get("options") or ()]
    if len(set(values)) < len(values):
        message = "The specified option value is already used"
        complaints.add(at, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if most > len(values) or least > most:
        message = f"Must be between {least} and {len(values)} in length."
        complaints.add(at, "BASE_TYPE_BAD_LENGTH", message)
