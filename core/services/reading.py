"""What a list held, and the report of what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.domain.name_runs import NameRuns
from core.domain.rejected import Rejected
from core.domain.slices import Slice
from core.errors import InvalidInput
from core.services.name_writing import Written
from core.services.views import ImportReport

# A report shows so many lines; it counts all.
MOST_SHOWN = 1_000


@dataclass(slots=True)
class ReadList:
    """A list that was read: its usernames, sorted and compact, and what else stood in it.

    Args:
        names: Every valid username, wherever it lives.
        blank: Lines that hold nothing to check.
    """

    names: NameRuns = field(default_factory=NameRuns)
    lines: int = 0
    invalid: int = 0
    blank: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unused_ids: list[Rejected] = field(default_factory=list)

    def take(self, part: Slice, on_rejected: Callable[[Rejected], None] | None = None) -> None:
        """Add a slice of the file."""
        self.names.add(part.usernames, part.platform_ids)
        self.lines += part.lines
        self.invalid += len(part.rejected)
        self.blank += part.blank + part.comments + part.header + part.continued
        self.rejected += part.rejected[: MOST_SHOWN - len(self.rejected)]
        self.unused_ids += part.unused_ids[: MOST_SHOWN - len(self.unused_ids)]
        if on_rejected is not None:
            for line in part.rejected:
                on_rejected(line)

    def must_name_somebody(self, field_name: str) -> None:
        """Raise unless there is a username.

        Raises:
            InvalidInput: There is none; the sentence shows the first line that was taken for one.
        """
        if self.names.added:
            return
        if not self.rejected:
            raise InvalidInput(field_name, "it holds no username; give one a line")
        first = self.rejected[0]
        lines = "its only line is no username" if self.invalid == 1 else f"none of its {self.invalid:,} lines is one"
        raise InvalidInput(field_name, f'it holds no username, {lines}; line {first.line}, "{first.text}": {first.why}')

    def report(self, written: Written, *, dry_run: bool = False) -> ImportReport:
        """What people are told once *written* became of the names."""
        return ImportReport(
            lines=self.lines,
            created=written.counts.created,
            known_here=written.counts.known_here,
            known_elsewhere=written.counts.known_elsewhere,
            repeated=written.repeated,
            invalid=self.invalid,
            blank=self.blank,
            moved=written.counts.moved,
            rejected=tuple(self.rejected),
            unused_ids=tuple(self.unused_ids),
            niche=written.niche,
            niche_created=written.niche_created,
            dry_run=dry_run,
            import_id=written.import_id,
        )
