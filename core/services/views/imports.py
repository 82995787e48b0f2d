"""Views of files that wait for their import, and of imports that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.rejected import Rejected


@dataclass(frozen=True, slots=True)
class KnownElsewhere:
    """A profile that a file names and that is in another niche."""

    username: str
    niche: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What would become of the lines of a file, as of the moment at which it was looked at.

    Every line is counted once: ``lines = would_create + known_here + known_elsewhere + repeated + invalid + blank``.

    Args:
        niche: Where they would go; None: nowhere yet, so that every known profile is known elsewhere.
        rejected: The first 100 invalid lines; ``invalid`` counts all.
        elsewhere: The first 100 profiles of other niches, by name.
        elsewhere_by_niche: Niches with how many of their profiles the file names, most of them first.
    """

    lines: int
    would_create: int
    known_here: int
    known_elsewhere: int
    repeated: int
    invalid: int
    blank: int
    niche: str | None
    rejected: tuple[Rejected, ...]
    elsewhere: tuple[KnownElsewhere, ...]
    elsewhere_by_niche: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StagedImport:
    """A file that waits for its import.

    Args:
        size: Bytes.
        by: Who brought it.
        expires_at: When it is forgotten.
    """

    id: str
    file_name: str
    size: int
    by: str
    expires_at: datetime
    preview: ImportPreview


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import that was made.

    Args:
        niche: Where its profiles went; None where that niche was deleted.
        created: Profiles that it made; they may have been moved or removed since.
        undone_at: When it was undone; None: it was not.
    """

    id: int
    niche: str | None
    file_name: str
    lines: int
    created: int
    known_here: int
    known_elsewhere: int
    repeated: int
    invalid: int
    created_by: str
    created_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """What became of the profiles that an import had made.

    Args:
        kept: Those that were checked, are in a batch, were paused or were moved to another niche since.
    """

    id: int
    file_name: str
    removed: int
    kept: int
