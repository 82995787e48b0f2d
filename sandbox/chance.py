"""Chance that a seed decides: the same question gets the same answer in every run.  Keeps no state."""

from __future__ import annotations

from hashlib import blake2b

_SPAN = 1 << 64


def pick(seed: int, *parts: object) -> int:
    """A whole number below 2**64 that *seed* and *parts* decide."""
    text = "\x1f".join(map(str, (seed, *parts)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def chance(seed: int, *parts: object) -> float:
    """A number from 0 to below 1 that *seed* and *parts* decide."""
    return pick(seed, *parts) / _SPAN
