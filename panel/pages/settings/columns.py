"""Columns of the tables of the settings, as AG Grid takes them; how they look is drawn in the browser."""

from __future__ import annotations

from typing import Any

Column = dict[str, Any]


def column(field: str, label: str, width: int, *, cell: str = "", right: bool = False, **more: Any) -> Column:
    """One column.

    Args:
        cell: The browser's function that draws it; the bare text without one.
        right: It holds numbers.
    """
    made: Column = {"field": field, "headerName": label, "width": width, "cellDataType": False, **more}
    if cell:
        made[":cellRenderer"] = f"SW.cells.{cell}"
    if right:
        made |= {"type": "rightAligned", "cellClass": "num"}
    return made


# Trouble first, as long as nobody sorts otherwise.
RANK: Column = {"field": "rank", "hide": True, "sort": "asc", "sortIndex": 0}
