"""Invented usernames, all different and all valid."""

from __future__ import annotations

import random

_FIRST = (
    "amber", "atlas", "birch", "bluebird", "cedar", "cinder", "clover", "copper", "coral", "dapper", "dune", "ember",
    "fern", "fjord", "ginger", "harbor", "hazel", "indigo", "ivory", "juniper", "kestrel", "linden", "lunar", "maple",
    "marble", "mellow", "nimbus", "north", "opal", "orchid", "pepper", "pine", "quartz", "river", "saffron", "silver",
    "tidal", "velvet", "willow", "zephyr",
)  # fmt: skip
_SECOND = (
    "atelier", "bakery", "bench", "camera", "ceramics", "climbs", "coast", "crafts", "cycles", "diary", "editions",
    "fields", "film", "garden", "goods", "hikes", "house", "journal", "kitchen", "lens", "letters", "loaves", "market",
    "miles", "notes", "outdoors", "paper", "parade", "plates", "press", "runs", "sketch", "stitch", "stories", "studio",
    "supper", "trails", "travels", "walks", "workshop",
)  # fmt: skip
_BETWEEN = ("", ".", "_")


def invented_names(rng: random.Random, count: int) -> list[str]:
    """*count* usernames.  Some differ in a dot or an underscore alone: they are different accounts."""
    names: dict[str, None] = {}
    numbered = count > len(_FIRST) * len(_SECOND)
    while len(names) < count:
        name = rng.choice(_FIRST) + rng.choice(_BETWEEN) + rng.choice(_SECOND)
        if numbered or rng.random() < 0.3:
            name += rng.choice(_BETWEEN) + str(rng.randrange(10 * count + 100))
        names[name] = None
    return list(names)
