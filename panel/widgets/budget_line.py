"""What something costs, and whether the routes may do that much, in a line of a page."""

from __future__ import annotations

from nicegui import ui

from core.services.views import BudgetView


def show_budget(label: ui.label, budget: BudgetView) -> None:
    """Say in *label* what it costs; where that is too much, or nearly, why, in the colour of a warning.

    The line says the whole of it to whoever points at it, too, for it may be cut short.
    """
    label.text = f"{budget.cost}. {budget.warning}" if budget.warning else budget.cost
    label.classes(add="budget-warning" if budget.warning else "", remove="" if budget.warning else "budget-warning")
    label.props["title"] = label.text


def no_budget(label: ui.label) -> None:
    """Say nothing any more."""
    label.text = ""
    label.props["title"] = ""
    label.classes(remove="budget-warning")
