"""What became of a list, in words."""

from __future__ import annotations

from nicegui import ui

from core.services.views import BudgetView, ImportReport, ImportUndone, StagedImport
from panel.pages.niche_feed.import_preview import errors_link
from panel.widgets.heading import Heading
from panel.widgets.numbers import count_of


def result(report: ImportReport, staged: StagedImport, *, seconds: float, profiles: int | None) -> None:
    """What was done, and what was left as it was.

    Args:
        seconds: How long the writing took.
        profiles: How many the niche has now; None where it was removed meanwhile.
    """
    said = f"From {staged.file_name} in {seconds:.1f} s."
    if report.niche_created:
        said += " The niche is new."
    elif profiles is not None:
        said += f" The niche now has {count_of(profiles, 'profile')}."
    _done("check", added(report), said)
    rows = (
        (report.known_here, "already here", "unchanged"),
        (report.known_elsewhere - report.moved, "in another niche", "left where they are"),
        (report.moved if report.created else 0, "were in another niche", "moved here"),
        (report.repeated, "repeated in the file", "counted once"),
        (report.invalid, "invalid", ""),
    )
    if any(number for number, _, _ in rows):
        with ui.element("dl").classes("import-rows"):
            for number, what, became in rows:
                if number:
                    _row(number, what, became, staged.id)


def what_a_check_costs(budget: BudgetView) -> None:
    """What the first check of the new profiles takes."""
    new = "the new profile" if budget.profiles == 1 else f"the {budget.profiles:,} new profiles"
    with ui.element("div").classes("note"):
        later = "Each username is looked up once; later checks take far fewer requests."
        warning = f" {budget.warning}" if budget.warning else ""
        ui.label(f"Checking {new}: {budget.cost}. {later}{warning}")


def undone(seen: ImportUndone) -> None:
    """What became of the profiles of an import that was undone."""
    _done("undo", f"{count_of(seen.removed, 'profile')} removed", f"From {seen.file_name}. {_kept(seen)}")


def undone_shortly(seen: ImportUndone) -> str:
    """The same as a notice."""
    return f"{count_of(seen.removed, 'profile')} removed. {_kept(seen)}"


def added(report: ImportReport) -> str:
    """The one sentence of an import, without a full stop: "1,862 profiles added to Street food"."""
    if report.moved and not report.created:
        return f"{count_of(report.moved, 'profile')} moved to {report.niche}"
    return f"{count_of(report.created, 'profile')} added to {report.niche}"


def _kept(seen: ImportUndone) -> str:
    if not seen.kept:
        return "Nothing of the import is left."
    stay = "stays" if seen.kept == 1 else "stay"
    return f"{count_of(seen.kept, 'profile')} {stay}: checked, batched, paused or moved since."


def _done(icon: str, heading: str, detail: str) -> None:
    with ui.element("div").classes("import-done").props('role="status"'):
        with ui.element("span").classes("import-mark").props('aria-hidden="true"'):
            ui.icon(icon)
        with ui.element("div").classes("grow"):
            Heading(heading, level=2)
            ui.label(detail).classes("muted")


def _row(number: int, what: str, became: str, staged_id: str) -> None:
    with ui.element("div").classes("import-row"):
        with ui.element("dt"):
            ui.label(f"{number:,}").classes("num")
            ui.label(what)
        with ui.element("dd").classes("muted"):
            if became:
                ui.label(became)
            else:
                errors_link("Download error list", staged_id)
