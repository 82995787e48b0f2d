/* The table of batches: every row it knows, what is new of them, what is selected, and how each of them looks.
   What may be done with a batch is the server's to decide; what is counted here only says which buttons make sense. */
"use strict";

SW.batches = (() => {
  const { make, number, plural } = SW;
  const NARROW = 640, CARD = 95, ROW = 34;
  const NONE = "–";

  const rows = new Map();      // id → row
  const keys = new Map();      // first digits of the id, as a number → id
  const listeners = new Set(); // told which batches changed
  let api = null;
  let chosen = "all";
  let atOnce = 0;
  let wanted = null;           // a batch to be shown as soon as it is here
  let told = "";               // what was last said of the selection
  let loading = null;

  const keyOf = (id) => parseInt(id.slice(0, 8), 16);
  const isUnderWay = (row) => row.state === "running" || row.state === "waiting";
  const isQueued = (row) => row.state === "in_line" || row.state === "ready" || row.state === "stopped";
  const FILTERS = {
    all: ["All", () => true],
    running: ["Running", isUnderWay],
    queued: ["Queued", isQueued],
    done: ["Done", (row) => row.state === "done"],
  };
  const DOTS = { running: "accent", waiting: "warn", in_line: "idle", ready: "idle", stopped: "idle", done: "good" };

  const part = (name) => document.querySelector(`[data-batches="${name}"]`);
  function say(name, text) {
    const element = part(name);
    if (element && element.textContent !== text) element.textContent = text;
  }
  function reveal(name, shown) {
    const element = part(name);
    if (element) element.classList.toggle("away", !shown);
  }

  // -- figures --------------------------------------------------------------------------------

  const conclusive = (row) => row.finished - row.unknown;
  /** Conclusive of finished, in per cent with one digit, never rounded up to all of them. */
  function success(row) {
    if (!row.finished) return null;
    const share = (100 * conclusive(row)) / row.finished;
    return row.unknown ? Math.min(share, 99.9) : share;
  }
  const percent = (share) => (share === null ? NONE : `${share.toFixed(1)} %`);
  /** A length of time as long as somebody waits for it: 36 s, 6 min 37 s, 2 h 05 min. */
  function lasting(seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60 || s >= 3600) return SW.span(s);
    return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  }
  function rateOf(row) {
    if (row.state === "running") return row.rate;
    return row.state === "done" && row.seconds > 0 && row.requests ? row.finished / row.seconds : null;
  }
  const perSecond = (rate) => (rate ? `${rate < 10 ? rate.toFixed(1) : number(Math.round(rate))}/s` : "");
  const secondsLeft = (row) => (row.state === "running" && row.rate ? (row.total - row.finished) / row.rate : null);

  /** When batches in line will begin, in seconds, if those before them go on as they do now. */
  function beginnings() {
    const all = [...rows.values()];
    const places = all.filter(isUnderWay).map((row) => ({ free: secondsLeft(row), rate: row.rate }));
    const begin = new Map();
    if (!places.length || places.some((place) => place.free === null)) return begin;
    for (const row of all.filter((each) => each.state === "in_line").sort((a, b) => a.place - b.place)) {
      const place = places.reduce((first, each) => (each.free < first.free ? each : first));
      begin.set(row.id, place.free);
      place.free += (row.total - row.finished) / place.rate;
    }
    begin.end = Math.max(...places.map((place) => place.free));
    return begin;
  }
  let begin = new Map();

  function timing(row) {
    if (row.state === "running") { const left = secondsLeft(row); return left === null ? "" : lasting(left); }
    if (row.state === "waiting") return row.waiting;
    if (row.state === "in_line") return begin.has(row.id) ? `starts in ${lasting(begin.get(row.id))}` : "";
    return row.state === "done" && row.seconds >= 1 ? `took ${lasting(row.seconds)}` : "";
  }
  const reasons = (row) => row.reasons.map(([words, count]) => `${number(count)} ${words}`).join(" · ");
  const zone = () => (SW.zone ? SW.zone.name : undefined);
  const clock = (text) => (text ? new Date(text).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone() }) : "");
  const dayOf = (text) => new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: zone() });
  const today = (text) => text && dayOf(text) === dayOf(Date.now());
  const moment = (text) => (today(text) ? clock(text) : `${dayOf(text)} ${clock(text)}`);

  /** Running first, then the line, then what waits for a person, then what is done, the newest first. */
  function order(a, b) {
    const rank = (row) => (isUnderWay(row) ? 0 : row.state === "in_line" ? 1 : row.state === "done" ? 3 : 2);
    const before = rank(a) - rank(b);
    if (before) return before;
    if (rank(a) === 0) return a.position - b.position;
    if (rank(a) === 1) return a.place - b.place;
    return a.created < b.created ? 1 : a.created > b.created ? -1 : 0;
  }

  // -- cells: text and bars, never HTML ----------------------------------------------------------

  /** A bar whose parts only change their width: conclusive, then unknown. */
  class Bar {
    constructor(row) {
      this.known = make("i");
      this.unknown = make("i", "warn");
      this.element = make("span", "meter", this.known, this.unknown);
      this.element.setAttribute("role", "progressbar");
      this.element.setAttribute("aria-valuemin", "0");
      this.show(row);
    }
    show(row) {
      const share = (count) => `${row.total ? (100 * count) / row.total : 0}%`;
      this.known.style.width = share(conclusive(row));
      this.known.className = isUnderWay(row) ? "" : "still";
      this.unknown.style.width = share(row.unknown);
      this.element.setAttribute("aria-label", `Checks of ${row.name}`);
      this.element.setAttribute("aria-valuenow", row.finished);
      this.element.setAttribute("aria-valuemax", row.total);
    }
  }
  const fraction = (row) => `${number(row.finished)} / ${number(row.total)}`;

  class Progress {
    init({ data }) {
      this.bar = new Bar(data);
      this.text = make("span", "progress-text", fraction(data));
      this.element = make("span", "progress", this.bar.element, this.text);
    }
    getGui() { return this.element; }
    refresh({ data }) {
      this.bar.show(data);
      this.text.textContent = fraction(data);
      return true;
    }
  }

  function status(row) {
    if (row.state !== "waiting") return SW.dotted(DOTS[row.state], row.shown);
    const shown = SW.dotted(DOTS.waiting, "Waiting");
    shown.title = `Waits: ${row.waiting}`;
    if (row.until) {
      const left = make("span", "faint", SW.countdown(row.until));
      left.dataset.countdown = row.until;
      shown.append(left);
    }
    return shown;
  }

  function link(row) {
    const name = make("a", "cell-name batch-link ellipsis", row.name);
    name.href = `/batches/${row.id}`;
    name.title = row.niche ? `${row.name}, of ${row.niche}` : row.name;
    name.addEventListener("click", (event) => {
      if (!SW.isPlain(event)) return;
      event.preventDefault();
      event.stopPropagation();
      open(row.id);
    });
    return name;
  }

  function unknown({ data }) {
    const count = make("span", data.unknown ? "unknown-count" : "unknown-count faint", data.finished ? number(data.unknown) : NONE);
    const why = make("span", "small-text muted ellipsis", reasons(data));
    why.title = reasons(data);
    return make("span", "cell unknown-cell", count, why);
  }

  function shortened({ value }) {
    const text = make("span", "ellipsis", value);
    text.title = value;
    return text;
  }

  /** A batch as rows of text, where there is no room for columns. */
  class Card {
    init({ data }) {
      this.bar = new Bar(data);
      this.name = make("span", "strong ellipsis grow");
      this.status = make("span", "batch-status");
      this.count = make("span", "muted nowrap small-text");
      this.facts = make("span", "batch-facts muted small-text grow");
      this.unknown = make("span", "muted small-text nowrap");
      this.element = make("div", "batch-card",
        make("div", "batch-line", this.name, this.status),
        make("div", "batch-line", this.bar.element, this.count),
        make("div", "batch-line", this.facts, this.unknown));
      this.show(data);
    }
    show(row) {
      this.bar.show(row);
      this.name.textContent = row.name;
      this.status.replaceChildren(status(row));
      this.count.textContent = fraction(row);
      const facts = [timing(row), `${number(row.live)} live`, `${percent(success(row))} success`].filter(Boolean);
      this.facts.replaceChildren(...facts.map((fact) => make("span", "ellipsis", fact)));
      this.unknown.textContent = `${number(row.unknown)} unknown`;
    }
    getGui() { return this.element; }
    refresh({ data }) { this.show(data); return true; }
  }

  // Values are text or numbers, so that the grid sees by itself which cells have changed.
  const look = (row) => [row.state, row.finished, row.unknown, row.total, row.live].join();
  const byData = (compare) => (a, b, first, second) => compare(first.data, second.data);
  const right = { type: "rightAligned", headerClass: "ag-right-aligned-header" };
  const columns = () => [
    { colId: "card", headerName: "Batches", hide: true, flex: 1, autoHeight: false, sortable: false,
      valueGetter: ({ data }) => [look(data), data.name, data.shown, data.until, timing(data)].join(), cellRenderer: Card },
    { colId: "name", headerName: "Batch", flex: 2, minWidth: 150, valueGetter: ({ data }) => data.name,
      getQuickFilterText: ({ data }) => `${data.name} ${data.niche} ${data.by}`, cellRenderer: ({ data }) => link(data) },
    { colId: "status", headerName: "Status", width: 140, valueGetter: ({ data }) => `${data.shown}|${data.state}|${data.until}`,
      comparator: byData(order), cellRenderer: ({ data }) => status(data), getQuickFilterText: () => "" },
    { colId: "progress", headerName: "Progress", width: 236, valueGetter: ({ data }) => look(data), cellRenderer: Progress,
      comparator: byData((a, b) => a.finished / (a.total || 1) - b.finished / (b.total || 1)), getQuickFilterText: () => "" },
    { colId: "rate", headerName: "Rate", headerTooltip: "Checks finished a second; of a batch that is done, while it ran", width: 78, ...right,
      valueGetter: ({ data }) => rateOf(data), valueFormatter: ({ value }) => perSecond(value), getQuickFilterText: () => "" },
    { colId: "timing", headerName: "Time left", width: 124, ...right, valueGetter: ({ data }) => timing(data), cellRenderer: shortened,
      comparator: byData((a, b) => (secondsLeft(a) ?? -1) - (secondsLeft(b) ?? -1)), getQuickFilterText: () => "" },
    { colId: "success", headerName: "Success rate", headerTooltip: "Conclusive checks of those that are finished", width: 108, ...right,
      valueGetter: ({ data }) => success(data), valueFormatter: ({ value }) => percent(value), getQuickFilterText: () => "" },
    { colId: "live", headerName: "Stories", headerTooltip: "Profiles found with a live story", width: 80, ...right,
      valueGetter: ({ data }) => (data.finished ? data.live : null), valueFormatter: ({ value }) => (value === null ? NONE : number(value)), getQuickFilterText: () => "" },
    { colId: "unknown", headerName: "Unknown, by reason", flex: 2, minWidth: 170, valueGetter: ({ data }) => `${data.finished ? data.unknown : ""}|${reasons(data)}`,
      comparator: byData((a, b) => a.unknown - b.unknown), cellRenderer: unknown, getQuickFilterText: () => "" },
    { colId: "by", headerName: "Created by", width: 138, cellClass: "muted", valueGetter: ({ data }) => data.by },
    { colId: "created", headerName: "Created", width: 104, ...right, valueGetter: ({ data }) => data.created,
      valueFormatter: ({ value }) => moment(value), getQuickFilterText: () => "" },
  ];
  const WIDE = ["name", "status", "progress", "rate", "timing", "success", "live", "unknown", "by", "created"];
  // From here on there is no room for these.
  const ROOM = { by: 1300, created: 900, rate: 1000, unknown: 1150, live: 760, timing: 820 };

  // -- the table -----------------------------------------------------------------------------------

  function ready(event) {
    api = event.api;
    new ResizeObserver(fit).observe(part("table"));
    api.addEventListener("selectionChanged", tellSelection);
    api.addEventListener("filterChanged", forgetHidden);
    api.addEventListener("rowClicked", (click) => { if (isNarrow && click.data) open(click.data.id); });
    fit();
    if (loading === null) load();
  }

  let isNarrow = null;
  function fit() {
    const width = part("table").clientWidth;
    if (!api || !width) return;
    const narrow = window.innerWidth <= NARROW;
    const hidden = WIDE.filter((name) => narrow || width < (ROOM[name] || 0));
    api.setColumnsVisible(WIDE.filter((name) => !hidden.includes(name)), true);
    api.setColumnsVisible(hidden, false);
    if (narrow === isNarrow) return;
    isNarrow = narrow;
    api.setColumnsVisible(["card"], narrow);
    api.setGridOption("rowHeight", narrow ? CARD : ROW);
    api.setGridOption("headerHeight", narrow ? 0 : ROW);
    api.setGridOption("selectionColumnDef", { pinned: narrow ? null : "left", width: 44 });
    api.setGridOption("rowSelection", { mode: "multiRow", checkboxes: !narrow, headerCheckbox: !narrow, enableClickSelection: !narrow });
    api.resetRowHeights();
  }

  const options = {
    isExternalFilterPresent: () => chosen !== "all",
    doesExternalFilterPass: ({ data }) => FILTERS[chosen][1](data),
    postSortRows: ({ api: grid, nodes }) => { if (!grid.getColumnState().some((state) => state.sort)) nodes.sort((a, b) => order(a.data, b.data)); },
  };

  /** All rows anew, as they are now. */
  function load() {
    loading = SW.ask("/data/batches").then((answer) => {
      atOnce = answer.at_once;
      rows.clear();
      keys.clear();
      answer.rows.forEach(keep);
      reveal("older", answer.older);
      if (api) {
        api.setGridOption("loading", false);
        api.setGridOption("rowData", [...rows.values()]);
      }
      refresh();
    }).catch(failed);
    return loading;
  }

  async function showOlder() {
    const oldest = [...rows.values()].reduce((a, b) => (b.created < a.created || (b.created === a.created && b.id < a.id) ? b : a));
    try {
      const answer = await SW.ask(`/data/batches?after=${oldest.id}`);
      const add = answer.rows.filter((row) => !rows.has(row.id));
      add.forEach(keep);
      api.applyTransaction({ add });
      reveal("older", answer.older);
      refresh();
    } catch (error) {
      failed(error);
      await load();
    }
  }

  function keep(row) {
    rows.set(row.id, row);
    keys.set(keyOf(row.id), row.id);
  }

  /** What the server says is new. */
  function hear(news) {
    const touched = new Set();
    const change = { add: [], update: [], remove: [] };
    const changed = new Map();
    const patch = (id, differs) => {
      touched.add(id);
      const row = rows.get(id);
      if (row) changed.set(id, { ...(changed.get(id) || row), ...differs });
      else if (differs.name !== undefined && loading !== null) { keep(differs); change.add.push(differs); }
    };
    news.changed.forEach((differs) => patch(differs.id, differs));
    for (const [key, finished, live, unknown, rate, why] of news.counters) {
      const id = keys.get(key);
      if (id) patch(id, why ? { finished, live, unknown, rate, reasons: why } : { finished, live, unknown, rate });
    }
    changed.forEach((row) => { keep(row); change.update.push(row); });
    change.remove = forget(news.deleted);
    if (api) api.applyTransaction(change);
    refresh();
    listeners.forEach((listener) => listener(touched, new Set(news.deleted)));
  }

  function forget(ids) {
    const gone = ids.filter((id) => rows.has(id)).map((id) => rows.get(id));
    gone.forEach((row) => { rows.delete(row.id); keys.delete(keyOf(row.id)); });
    return gone;
  }
  /** These do not exist any more. */
  function drop(ids) {
    const remove = forget(ids);
    if (api) api.applyTransaction({ remove });
    refresh();
    listeners.forEach((listener) => listener(new Set(), new Set(ids)));
  }

  // -- around the table -----------------------------------------------------------------------------

  function refresh() {
    begin = beginnings();
    const all = [...rows.values()];
    const count = (state) => all.filter(state).length;
    const inLine = count((row) => row.state === "in_line");
    const doneToday = count((row) => row.state === "done" && today(row.ended));
    const facts = [[count(isUnderWay), "running"], [inLine, "in line"], [doneToday, "done today"]];
    say("summary", facts.filter(([n]) => n).map(([n, what]) => `${number(n)} ${what}`).join(" · "));
    say("outlook", outlook());
    say("shown", plural(all.length, "batch", "batches"));
    segments();
    reveal("empty", loading !== null && !all.length);
    reveal("table", all.length > 0);
    if (all.length) fit();
    if (wanted && rows.has(wanted)) flash(wanted);
    tellSelection();
  }

  function outlook() {
    const end = begin.end;
    const when = end > 0 && Number.isFinite(end) ? `Everything started is done at about ${clock(Date.now() + end * 1000)}` : "";
    return [when, atOnce ? `${plural(atOnce, "batch runs", "batches run")} at once` : ""].filter(Boolean).join(" · ");
  }

  function segments() {
    const box = part("segments");
    if (!box) return;
    if (!box.children.length) {
      for (const [name, [label]] of Object.entries(FILTERS)) {
        const button = make("button", "", label, make("span"));
        button.dataset.filter = name;
        button.type = "button";
        button.addEventListener("click", () => { show(name); SW.replace(name === "all" ? "/batches" : `/batches?status=${name}`); });
        box.append(button);
      }
    }
    for (const button of box.children) {
      button.lastChild.textContent = number([...rows.values()].filter(FILTERS[button.dataset.filter][1]).length);
      button.classList.toggle("on", button.dataset.filter === chosen);
      button.setAttribute("aria-pressed", button.dataset.filter === chosen);
    }
  }

  /** Only batches of one kind. */
  function show(name) {
    chosen = FILTERS[name] ? name : "all";
    if (api) api.onFilterChanged();
    segments();
  }

  function search(text) {
    if (api) api.setGridOption("quickFilterText", text);
  }

  // What a filter hides is not acted on.
  function forgetHidden() {
    const hidden = api.getSelectedNodes().filter((node) => !node.displayed);
    if (hidden.length) api.setNodesSelected({ nodes: hidden, newValue: false });
  }

  function selection() {
    const picked = api ? api.getSelectedRows() : [];
    const count = (state) => picked.filter(state).length;
    return {
      ids: picked.map((row) => row.id),
      names: picked.slice(0, 1).map((row) => row.name),
      startable: count((row) => row.state === "ready" || row.state === "stopped"),
      stoppable: count((row) => isUnderWay(row) || row.state === "in_line"),
      in_line: count((row) => row.state === "in_line"),
      running: count(isUnderWay),
      unknown: picked.length === 1 ? picked[0].unknown : 0,
      unfinished: picked.reduce((sum, row) => sum + row.total - row.finished, 0),
    };
  }
  function tellSelection() {
    const { ids, names, ...counts } = selection();
    // Only what buttons depend on, or every check of a selected batch would be worth a message.
    const now = { count: ids.length, startable: counts.startable, stoppable: counts.stoppable, in_line: counts.in_line, can_retry: counts.unknown > 0 };
    if (JSON.stringify(now) === told) return;
    told = JSON.stringify(now);
    SW.say("batches-selected", now);
  }

  /** Select a batch, bring it into view and let it light up once; as soon as it is here. */
  function highlight(id) {
    wanted = id;
    show("all");
    if (rows.has(id)) flash(id);
    else load();
  }
  function flash(id) {
    wanted = null;
    if (!api) return;
    SW.select(api, [id]);
    const node = api.getRowNode(id);
    if (node) api.flashCells({ rowNodes: [node], flashDuration: 900, fadeDuration: 900 });
  }

  const open = (id) => SW.go(`/batches/${id}`);

  function download(address) {
    const anchor = make("a");
    anchor.href = address;
    anchor.download = "";
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
  }
  const exported = (form) => download(`/data/batches/export?form=${form}&ids=${selection().ids.join()}`);

  function failed(error) {
    SW.say("batches-failed", String(error.message || error));
  }

  // Times go on by themselves; only cells whose text has changed are written.
  setInterval(() => {
    if (api && rows.size && !document.hidden && part("table").clientWidth) api.refreshCells({ columns: ["timing"] });
  }, 1000);

  return {
    known: (id) => rows.get(id), zone, columns, options, ready, load, showOlder, hear, drop, show, search, selection, highlight, open, download, exported, failed,
    part, say, reveal, listeners, Bar, status, conclusive, success, percent, lasting, perSecond, rateOf, secondsLeft, timing, clock, moment,
  };
})();
