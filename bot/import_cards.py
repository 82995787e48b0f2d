"""Cards of lists that are looked at before they are imported, and of what became of them.  Pure."""

from __future__ import annotations

import discord

from bot.cards import ACCENT, GOOD, WARNING
from bot.text import code, plain, within
from core.domain.rejected import Rejected
from core.services.views import BudgetView, ImportPreview, ImportReport, StagedImport

_NICHES_SHOWN, _LINES_SHOWN = 8, 3
_ROOM = 3_500


def counts_line(counts: ImportReport | ImportPreview) -> str:
    """What becomes of the lines: **1,862** new · 148 already here · 12 invalid."""
    created = counts.created if isinstance(counts, ImportReport) else counts.would_create
    said = [f"**{created:,}** new"]
    for number, what in (
        (counts.known_here, "already here"),
        (counts.known_elsewhere, "in another niche"),
        (counts.repeated, "repeated"),
        (counts.invalid, "invalid"),
    ):
        if number:
            said.append(f"{number:,} {what}")
    return " · ".join(said)


def preview_card(staged: StagedImport, *, niche_exists: bool, budget: BudgetView | None = None) -> discord.Embed:
    """What would become of a file, before anything is saved.

    Args:
        budget: What checking everybody in it would cost.
    """
    preview = staged.preview
    where = "Which niche should it go to?" if preview.niche is None else f"Import into {plain(preview.niche, 200)}?"
    lines = [counts_line(preview) if preview.niche is not None else _without_niche(preview)]
    lines += _problems(preview.rejected, preview.invalid, "in the file")
    if preview.elsewhere_by_niche:
        shown = [f"{count:,} in {plain(name, 90)}" for name, count in preview.elsewhere_by_niche[:_NICHES_SHOWN]]
        others = sum(count for _, count in preview.elsewhere_by_niche[_NICHES_SHOWN:])
        more = f", {others:,} in others" if others else ""
        stay = "they stay there" if preview.niche is not None else "wherever the rest goes, they stay there"
        lines.append(f"Known elsewhere: {', '.join(shown)}{more}; {stay}.")
    if preview.niche is not None and not niche_exists:
        lines.append("There is no niche of this name yet; importing creates it.")
    if budget is not None and budget.profiles:
        lines.append(f"Checking all of them: {budget.cost}.")
        lines += [budget.warning] if budget.warning else []
    card = discord.Embed(title=where[:256], description=within(lines, _ROOM), colour=ACCENT)
    card.set_footer(text=f"{plain(staged.file_name, 120)} · {preview.lines:,} lines · nothing is saved yet")
    return card


def imported_card(report: ImportReport, *, has_error_file: bool, then: str = "") -> discord.Embed:
    """What became of a file.

    Args:
        then: What was done with it besides.
    """
    lines = [counts_line(report)]
    if report.niche_created:
        lines.append("The niche is new.")
    where = "in the attached file" if has_error_file else "in the file"
    lines += _problems(report.rejected, report.invalid, where)
    if then:
        lines.append(then)
    colour = WARNING if report.invalid else GOOD
    return discord.Embed(
        title=f"Imported into {plain(report.niche, 200)}"[:256], description=within(lines, _ROOM), colour=colour
    )


def _without_niche(preview: ImportPreview) -> str:
    said = [f"**{preview.would_create:,}** new", f"{preview.known_elsewhere:,} known"]
    said += [f"{n:,} {what}" for n, what in ((preview.repeated, "repeated"), (preview.invalid, "invalid")) if n]
    return " · ".join(said)


def _problems(rejected: tuple[Rejected, ...], invalid: int, where: str) -> list[str]:
    """The first invalid lines, and how many more there are."""
    lines = [f"Line {line.line:,} {code(line.text, 60)} {plain(line.why, 160)}" for line in rejected[:_LINES_SHOWN]]
    if lines and invalid > len(lines):
        lines[-1] += f", and {invalid - len(lines):,} more {where}"
    return lines
