/* What changes of the rows in view of the Niche Feed while somebody looks at them.  Only rows that differ travel. */
"use strict";

window.SWFeedNews = class {
  static COUNT_EVERY = 5_000;     // ms between two counts of the same view
  static AGAIN_AFTER = 500;       // ms; what changed while it was asked

  /** @param table what feed.js shows: its rows in view, its grid, and how many match */
  constructor(table) {
    this.table = table;
    this.asking = false;
    this.again = false;
  }

  /** Ask what changed, if anybody sees it. */
  async look() {
    const { table } = this, { query, total, generation, countedAt } = table.view;
    // Where nobody matches, the table has given way; whether somebody does by now is still to be asked.
    if (!table.api || document.hidden || (!table.isInView && total !== 0)) return;
    if (this.asking) { this.again = true; return; }
    this.asking = true;
    const body = { marks: Object.fromEntries(table.inView().map(({ data }) => [data.id, data.mark])) };
    if (total === 0 || Date.now() - countedAt >= SWFeedNews.COUNT_EVERY) body.query = query;
    try {
      const news = await SW.send("/data/profiles/changed", body);
      if (generation === table.view.generation) this.take(news);
    } catch { /* The next change tries again; whoever acts is told. */ }
    this.asking = false;
    if (this.again) { this.again = false; setTimeout(() => this.look(), SWFeedNews.AGAIN_AFTER); }
  }

  take({ changed, gone, total }) {
    const { table } = this, { query, total: before, coming } = table.view, niche = query.niche ? Number(query.niche) : null;
    for (const row of changed) {
      const node = table.api.getRowNode(row.id);
      if (node) node.setData(row);
    }
    // A row stays where it is when its order changes, because somebody may be about to press it; not when it is gone.
    // All in view are looked at, not those that changed alone: the rows that were asked for then may not have come.
    const lost = gone.length > 0 || (niche !== null && table.inView().some(({ data }) => data.niche_id !== niche));
    table.selection.forget(gone);
    const other = total !== undefined && total !== before;
    if (total !== undefined) { table.setTotal(total); table.countLive(); }
    if (lost || (other && this.lacksRows())) {
      // To ask anew for rows that are on their way would only have them come later: they are looked at once more.
      if (coming) this.again = true;
      else table.api.refreshInfiniteCache();
    } else if (other) table.api.setRowCount(total, true);
    table.paint();
  }

  /** Whether the page in view has more or fewer rows than there are for it. */
  lacksRows() {
    const { size, first } = this.table.place(), { total } = this.table.view;
    return this.table.inView().length !== Math.max(0, Math.min(size, total - first));
  }
};
