/* The heads of the Niche Feed's columns: which order a press means.
   Not left to the table, which throws its rows away and draws empty ones before it asks for the others. */
"use strict";

window.SWFeedHeads = class {
  // Only the order itself has a column by its name alone.
  static BY_NAME = "username";

  /** @param table what feed.js shows: its grid, its order's word, and the verb for another order */
  constructor(table) {
    this.table = table;
  }

  listen(root) {
    // In the capture phase: before the table's own handlers.
    root.addEventListener("click", (event) => this.pressed(event, ".ag-header-cell-label"), true);
    root.addEventListener("keydown", (event) => { if (event.key === "Enter") this.pressed(event, ".ag-header-cell"); }, true);
  }

  pressed(event, part) {
    const head = event.target.closest(part), cell = head && head.closest(".ag-header-cell");
    const column = cell && this.table.api.getColumn(cell.getAttribute("col-id"));
    if (!column || !column.getColDef().sortable) return;
    event.preventDefault();
    event.stopPropagation();
    this.table.sort(this.next(column));
  }

  /** The word of the order that follows in *column*, whose sign may not be drawn yet. */
  next(column) {
    const { BY_NAME } = SWFeedHeads, { order } = this.table, ways = column.getColDef().sortingOrder, name = column.getColId();
    const now = (order.replace("-", "") || BY_NAME) === name ? (order.startsWith("-") ? "desc" : "asc") : null;
    const word = (ways[(ways.indexOf(now) + 1) % ways.length] === "desc" ? "-" : "") + name;
    return word === BY_NAME ? "" : word;
  }
};
