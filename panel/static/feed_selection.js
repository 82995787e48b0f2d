/* Which profiles are selected: by name, or everybody who matches but a few.  Knows no table and asks nobody. */
"use strict";

window.SWFeedSelection = class {
  constructor() { this.clear(); }

  clear() {
    this.names = new Set();
    this.all = null;              // {query, live, total}: everybody who matches, however many
    this.except = new Set();
  }

  /** Everybody who matches *query*; with *live* those among them who have a story. */
  takeAll(query, total, live = false) {
    this.clear();
    this.all = { query, total, live };
  }

  takeNames(names) {
    this.clear();
    this.names = new Set(names);
  }

  get count() { return this.all ? Math.max(0, this.all.total - this.except.size) : this.names.size; }

  /** Whether a row could be among "everybody who matches". */
  covers(row) { return Boolean(this.all) && (!this.all.live || row.story === "live"); }

  has(row) { return this.all ? this.covers(row) && !this.except.has(row.id) : this.names.has(row.id); }

  /** Select *names* or leave them out; those whose state changed. */
  set(names, value) {
    const [set, add] = this.all ? [this.except, !value] : [this.names, value];
    const changed = names.filter((name) => set.has(name) !== add);
    for (const name of changed) { if (add) set.add(name); else set.delete(name); }
    return changed;
  }

  /** These profiles are not there any longer. */
  forget(names) {
    for (const name of names) { this.names.delete(name); this.except.delete(name); }
  }

  /** What the server's verbs are told. */
  get value() {
    if (!this.all) return { names: [...this.names] };
    return { query: this.all.query, except: [...this.except] };
  }
};
