"""What messages and modals are built of: as bots send it, as Discord gives it back, and as people see it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.discord_server.wire import SELECTS, ComponentKind, Json

# Gives the address of a file by what a bot wrote: "attachment://name" or an address.
Media = Callable[[str], Json]


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, those inside others too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        for inside in ("accessory", "component"):
            if component.get(inside):
                yield from walk([component[inside]])


def numbered(components: Iterable[Json]) -> list[Json]:
    """A copy in which every component has a number of its own, and nothing is null."""
    copied = [_copied(component) for component in components]
    taken = {component["id"] for component in walk(copied) if component.get("id")}
    free = (number for number in itertools.count(1) if number not in taken)
    for component in walk(copied):
        component["id"] = component.get("id") or next(free)
    return copied


def _copied(component: Json) -> Json:
    copied = {name: value for name, value in component.items() if value is not None}
    for several in ("components", "options"):
        if several in copied:
            copied[several] = [_copied(each) for each in copied[several]]
    for inside in ("accessory", "component"):
        if inside in copied:
            copied[inside] = _copied(copied[inside])
    return copied


def shown(components: Iterable[Json], media: Media) -> list[Json]:
    """As Discord gives numbered components back: with what bots may leave out filled in."""
    return [_shown(component, media) for component in components]


def _shown(component: Json, media: Media) -> Json:
    kind = component["type"]
    full: Json = dict(_FILLED_IN.get(kind, {})) | component
    if "components" in full:
        full["components"] = shown(full["components"], media)
    if "accessory" in full:
        full["accessory"] = _shown(full["accessory"], media)
    if kind == ComponentKind.THUMBNAIL:
        full["media"] = media(full["media"]["url"])
    elif kind == ComponentKind.FILE:
        full["file"] = media(full["file"]["url"])
    elif kind == ComponentKind.GALLERY:
        described = {"description": None, "spoiler": False}
        full["items"] = [described | each | {"media": media(each["media"]["url"])} for each in full["items"]]
    return full


_ONE = {"min_values": 1, "max_values": 1}
_FILLED_IN: dict[int, Json] = {
    **{int(select): _ONE for select in SELECTS},
    ComponentKind.THUMBNAIL: {"description": None, "spoiler": False},
    ComponentKind.FILE: {"name": None, "size": None, "spoiler": False},
    ComponentKind.SEPARATOR: {"spacing": 1, "divider": True},
    ComponentKind.CONTAINER: {"accent_color": None, "spoiler": False},
}


@dataclass(frozen=True)
class Button:
    """A button as a person sees it."""

    label: str
    custom_id: str
    disabled: bool
    style: int
    url: str | None
    number: int


@dataclass(frozen=True)
class Select:
    """A menu as a person sees it; ``options`` are pairs of label and value, and empty where Discord fills them."""

    placeholder: str
    custom_id: str
    disabled: bool
    kind: ComponentKind
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    min_values: int
    max_values: int
    number: int


def buttons(components: Iterable[Json]) -> list[Button]:
    """All buttons, in order."""
    return [
        Button(
            label=each.get("label") or (each.get("emoji") or {}).get("name") or "",
            custom_id=each.get("custom_id", ""),
            disabled=bool(each.get("disabled")),
            style=each["style"],
            url=each.get("url"),
            number=each["id"],
        )
        for each in walk(components)
        if each["type"] == ComponentKind.BUTTON
    ]


def selects(components: Iterable[Json]) -> list[Select]:
    """All menus, in order."""
    return [select_of(each) for each in walk(components) if each["type"] in SELECTS]


def select_of(component: Json) -> Select:
    """The menu that *component* describes."""
    options = component.get("options") or []
    return Select(
        placeholder=component.get("placeholder", ""),
        custom_id=component["custom_id"],
        disabled=bool(component.get("disabled")),
        kind=ComponentKind(component["type"]),
        options=tuple((option["label"], option["value"]) for option in options),
        chosen=tuple(option["value"] for option in options if option.get("default")),
        min_values=component.get("min_values", 1),
        max_values=component.get("max_values", 1),
        number=component["id"],
    )


def texts(components: Iterable[Json]) -> list[str]:
    """What is to be read on components, in order."""
    read: list[str] = []
    for each in walk(components):
        read += [each[name] for name in ("content", "label", "placeholder", "description") if each.get(name)]
        read += [option["label"] for option in each.get("options") or ()]
    return read
