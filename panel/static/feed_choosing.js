/* How people select in the Niche Feed's table: clicks, ranges and keys, also over rows that are not loaded.
   The table's own way of selecting is off, because it drops rows that it has not loaded without a word. */
"use strict";

window.SWFeedChoosing = class {
  // As many as the server gives, and takes, by name.
  static MOST_NAMES = 100_000;

  /** @param table what feed.js shows: its rows in view, its grid, and what it asks for */
  constructor(table) {
    this.table = table;
    this.begin();
  }

  /** Another view or order: a range would begin at a row that is elsewhere now. */
  begin() {
    this.anchor = null;           // where a range begins: {id, index, value}
    this.stretched = [];          // names whose state the last range changed
    this.ranges = (this.ranges || 0) + 1;
  }

  listen(root) {
    // In the capture phase: before the table's own handlers.
    root.addEventListener("click", (event) => this.clicked(event), true);
    root.addEventListener("keydown", (event) => this.pressed(event), true);
    root.addEventListener("dblclick", (event) => this.doubleClicked(event));
  }

  // -- what is chosen ---------------------------------------------------------------------------

  /** Choose *node* alone, turn it round, or take everybody between it and where the range began. */
  choose(node, { toggle, range }) {
    if (!node || !node.data) return;
    if (range && this.anchor) { this.stretchTo(node.rowIndex); return; }
    const { selection } = this.table, { all } = selection;
    if (toggle && all && !selection.covers(node.data)) {
      this.table.fail(new Error(`All ${SW.number(all.total)} that are live are selected; nobody else can be added to them.`));
      return;
    }
    if (!toggle) selection.clear();
    const value = toggle ? !selection.has(node.data) : true;
    selection.set([node.data.id], value);
    this.begin();
    this.anchor = { id: node.data.id, index: node.rowIndex, value };
    this.table.paint();
  }

  /** Bring everybody between the anchor and *index* into the anchor's state; the last such range shrinks or grows. */
  async stretchTo(index) {
    const { anchor } = this, mine = ++this.ranges, { query, order } = this.table.view;
    const known = this.table.api.getRowNode(anchor.id);
    const from = known && known.rowIndex !== null ? known.rowIndex : anchor.index;
    const [low, high] = from < index ? [from, index] : [index, from];
    let names = this.loaded(low, high);
    if (!names) {
      try { names = await this.table.namesFrom(query, order, low, high); }
      catch (error) { this.table.fail(error); return; }
      // A click or another view came in between: that range is not meant any longer.
      if (mine !== this.ranges) return;
    }
    const { selection } = this.table;
    selection.set(this.stretched, !anchor.value);
    this.stretched = selection.set(names, anchor.value).filter((name) => name !== anchor.id);
    this.table.paint();
  }

  /** The names from position *low* to *high*, or null where the table does not have all of them. */
  loaded(low, high) {
    const names = [];
    for (let index = low; index <= high; index++) {
      const node = this.table.api.getDisplayedRowAtIndex(index);
      if (!node || !node.data) return null;
      names.push(node.data.id);
    }
    return names;
  }

  takeAll() {
    const { query, total } = this.table.view;
    if (!total) return;
    this.begin();
    this.table.selection.takeAll({ ...query }, total);
    this.table.paint();
  }

  /** Those with a story: by name, as of now; where they are too many for that, by what they have in common.
   *  @param count how many they are as far as the page knows */
  async takeLive(count) {
    const words = this.table.liveWords(), { generation } = this.table.view, most = SWFeedChoosing.MOST_NAMES;
    if (!words) return;
    if (count > most) {
      this.table.selection.takeAll(words, count, true);
    } else {
      try {
        const names = await this.table.namesFrom(words, "", 0, most - 1);
        if (generation !== this.table.view.generation) return;
        this.table.selection.takeNames(names);
      } catch (error) { this.table.fail(error); return; }
    }
    this.begin();
    this.table.paint();
  }

  /** Everybody on the page in view, or nobody of it. */
  turnPage() {
    const { selection } = this.table, nodes = this.table.inView().filter(({ data }) => !selection.all || selection.covers(data));
    selection.set(nodes.map(({ data }) => data.id), !nodes.every(({ data }) => selection.has(data)));
    this.begin();
    this.table.paint();
  }

  clear() {
    this.table.selection.clear();
    this.begin();
    this.table.paint();
  }

  // -- hands ------------------------------------------------------------------------------------

  nodeOf(element) {
    const row = element.closest(".ag-row");
    return row ? this.table.api.getDisplayedRowAtIndex(Number(row.getAttribute("row-index"))) : null;
  }

  clicked(event) {
    const { target } = event;
    if (event.button !== 0) return;
    const link = target.closest("a.cell-name");
    if (link) {
      if (SW.isPlain(event)) { event.preventDefault(); SW.say("feed-open", link.dataset.username); }
      return;
    }
    const node = this.nodeOf(target);
    if (!node) return;
    const box = Boolean(target.closest('[col-id="ag-Grid-SelectionColumn"]'));
    // A finger has no keys beside it.
    const toggle = box || event.ctrlKey || event.metaKey || event.pointerType === "touch";
    const how = { toggle, range: event.shiftKey };
    if (!target.matches("input")) { this.choose(node, how); return; }
    // What a screen reader presses.  Whatever is ticked in here the browser takes back behind this handler.
    event.preventDefault();
    event.stopPropagation();
    setTimeout(() => this.choose(node, how));
  }

  doubleClicked(event) {
    const node = event.target.closest("a, input") ? null : this.nodeOf(event.target);
    if (node && node.data && SW.isPlain(event)) SW.say("feed-open", node.data.id);
  }

  focused() {
    const cell = document.activeElement && document.activeElement.closest(".ag-cell") ? this.table.api.getFocusedCell() : null;
    return cell ? this.table.api.getDisplayedRowAtIndex(cell.rowIndex) : null;
  }

  pressed(event) {
    const taken = () => { event.preventDefault(); event.stopPropagation(); };
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") { taken(); this.takeAll(); return; }
    const node = this.focused();
    if (!node || !node.data) return;
    const { key, shiftKey } = event;
    if (key === " ") { taken(); this.choose(node, { toggle: true, range: shiftKey }); }
    else if (key === "Enter") { taken(); SW.say("feed-open", node.data.id); }
    else if (key === "Escape" && this.table.selection.count && !SWFeedChoosing.isCovered()) { taken(); this.clear(); }
    else if (shiftKey && (key === "ArrowDown" || key === "ArrowUp")) {
      if (!this.anchor) this.choose(node, { toggle: !this.table.selection.has(node.data), range: false });
      // The table moves the focus first.
      setTimeout(() => { const now = this.focused(); if (now && this.anchor) this.stretchTo(now.rowIndex); });
    }
  }

  /** Whether something lies beside or over the table that the escape key is for. */
  static isCovered() {
    const drawer = document.querySelector(".drawer");
    return Boolean(drawer && drawer.offsetParent);
  }
};
