/* The table of the Niche Feed: which rows it shows, and how they come.
   Rows come by plain requests; the page is told numbers alone, and what is selected goes to the server only when a
   verb is to do something with it.  Which rows are selected is feed_selection.js's, how, feed_choosing.js's, what
   a press on a column's head means, feed_heads.js's, and what changes while somebody looks, feed_news.js's. */
"use strict";

window.SWFeed = (() => {
  const TELL_AFTER = 40;          // ms; changes that come together are told together
  const COUNT_AFTER = 400;        // ms; the live ones are counted when a view has been there for so long
  const SEARCH_AFTER = 60;        // ms; a pause between two letters
  const KEEP_EVERY = 600;         // ms; nobody means the same act twice so close to each other
  const TIMES_EVERY = 20_000;     // ms; "4 min ago" is written anew
  const TURN_AFTER = 300;         // ms; a page whose rows have not come by then is shown without them
  const ASKING_AFTER = 250;       // ms; to pale rows that go in a moment costs as much as to draw them
  const TIMES = ["story_since", "story_until", "last_checked_at", "last_story_at"];
  const BY_NAME = "username";

  let api = null;                 // AG Grid's, once it is there
  let root = null;
  let query = {};                 // words as in the address, without the order
  let order = "";                 // the order's word: "last_checked_at", "-last_checked_at"; "" is by username
  let total = null;               // how many match; null while nobody knows
  let live = null;                // how many of them are live
  let failure = "";
  let generation = 0;             // answers to an earlier question are not shown
  let coming = 0;                 // how many pages of rows are on their way
  let prefetched = null;          // the first rows, which are asked for before the ones in view go
  let shown = false;              // whether anything was asked for yet
  let wish = null;                // what was asked for before the table was there
  let columns = {};               // those that the person chose to show or to hide, by name
  let kept = { by: null, at: 0 }, countedAt = 0, counting = null, typing = null, asking = null;
  let turning = null;             // the page that is shown when its rows come: {page, late}
  const selection = new SWFeedSelection();

  // -- asking --------------------------------------------------------------------------

  const address = (path, words, more = {}) => `${path}?${new URLSearchParams({ ...words, ...more })}`;
  async function rowsFrom(start, end) {
    coming++;
    try {
      return await SW.ask(
        address("/data/profiles", query, { ...(order && { sort: order }), offset: start, count: end - start }));
    } finally { coming--; }
  }
  const namesFrom = async (words, sort, start, end) =>
    (await SW.ask(address("/data/profiles/between", words, { ...(sort && { sort }), start, end }))).names;
  const fail = (error) => SW.say("feed-failed", sentence(error));
  const sentence = (error) => String(error.message || error);

  const isThere = (index) => { const node = api.getDisplayedRowAtIndex(index); return Boolean(node && node.data); };

  function source() {
    const mine = generation;
    return {
      async getRows(asked) {
        const first = prefetched && asked.startRow === 0 && prefetched.order === order ? prefetched.answer : null;
        prefetched = null;
        try {
          const answer = first || (await rowsFrom(asked.startRow, asked.endRow));
          if (mine !== generation) { asked.failCallback(); return; }
          failure = "";
          setTotal(answer.total);
          asked.successCallback(answer.rows, answer.total);
          if (turning) arrive();
        } catch (error) {
          asked.failCallback();
          // Rows that are there stay; whoever looks what changed of them asks for them again.
          if (mine === generation && !isThere(asked.startRow)) { failure = sentence(error); tellSoon(); }
        }
      },
    };
  }

  /** Show what *words* match in *wanted* order; *keep* leaves the selection, where it is one of names. */
  async function show(words, wanted, keep, anew = false) {
    const same = shown && JSON.stringify(words) === JSON.stringify(query);
    // The server says so once more what was pressed here.
    if (same && wanted === order && !anew) return;
    const mine = ++generation;
    shown = true;
    query = words; order = wanted; live = null; prefetched = null; failure = "";
    choosing.begin();
    stay();
    if (!keep || (selection.all && !same)) selection.clear();
    if (!api) { wish = { query: words, order: wanted }; return; }
    tellSoon();
    clearTimeout(asking);
    asking = setTimeout(() => root.classList.add("asking"), ASKING_AFTER);
    try {
      const answer = await rowsFrom(0, api.getGridOption("cacheBlockSize"));
      if (mine !== generation) return;
      prefetched = { order, answer };
    } catch (error) {
      if (mine !== generation) return;
      failure = sentence(error);
      total = null;
    }
    clearTimeout(asking);
    root.classList.remove("asking");
    if (failure) { tellSoon(); return; }
    layOut();
    api.setGridOption("datasource", source());
    api.paginationGoToFirstPage();
    countLive();
  }

  /** Put the order's sign on its column's head, and show the columns that there is room for: in one step, because
   *  each takes the table long, and while it has no rows, because it would ask for them anew. */
  function layOut() {
    const colId = order.replace("-", "") || BY_NAME, sort = order.startsWith("-") ? "desc" : "asc";
    const hidden = hiddenColumns();
    const state = api.getColumnState().filter((column) => {
      const sorted = column.colId === colId ? sort : null, hide = hidden.has(column.colId);
      const same = (column.sort || null) === sorted && Boolean(column.hide) === hide;
      Object.assign(column, { sort: sorted, hide });
      return !same;
    }).map(({ colId: each, sort: sorted, hide }) => ({ colId: each, sort: sorted, hide }));
    if (!state.length) return;
    api.setGridOption("datasource", undefined);
    api.applyColumnState({ state });
  }

  /** The head of a column was pressed: its rows are on their way while the server hears of it. */
  function sort(wanted) {
    show(query, wanted, true);
    SW.say("feed-sorted", order);
  }

  /** A link to another view was pressed: its rows are on their way while the server hears of it. */
  function follow(event, words, heard) {
    if (!SW.isPlain(event)) return;
    event.preventDefault();
    show(words, order, words.niche === query.niche);
    heard();
  }

  /** Somebody types a name: what is written when they stop for a moment is another view. */
  function search(text) {
    clearTimeout(typing);
    typing = setTimeout(() => {
      const { q: before = "", ...words } = query, q = text.trim();
      if (q !== before) show(q ? { ...words, q } : words, order, true);
    }, SEARCH_AFTER);
  }

  function setTotal(value) {
    total = value;
    countedAt = Date.now();
    if (selection.all && !selection.all.live) selection.all.total = value;
    tellSoon();
  }

  /** The words for those of the matching who are live; null where there can be none. */
  function liveWords() {
    const stories = (query.story || "").split(",").filter(Boolean);
    return stories.length && !stories.includes("live") ? null : { ...query, story: "live" };
  }

  /** How many of the matching are live, for the offer to select them; the page knows that of whole niches by itself. */
  function countLive() {
    const words = liveWords(), mine = generation;
    clearTimeout(counting);
    if (!words || query.story === "live") { live = words ? total : 0; tellSoon(); return; }
    if (Object.keys(query).every((word) => word === "niche")) return;
    // Not while somebody is still typing or turning pages: rows come first.
    counting = setTimeout(async () => {
      try {
        const { count } = await SW.ask(address("/data/profiles/count", words));
        if (mine === generation) { live = count; tellSoon(); }
      } catch { /* An offer less. */ }
    }, COUNT_AFTER);
  }

  // -- telling the page -------------------------------------------------------------------

  let telling = null, told = "";
  function tellSoon() { telling = telling || setTimeout(tellNow, TELL_AFTER); }
  function tellNow() {
    telling = null;
    if (!api) return;
    const { size, page, first } = place();
    const state = {
      total, live, failure, size, page, selected: selection.count, all: Boolean(selection.all),
      first: total ? first + 1 : 0,
      last: Math.min(total || 0, first + size),
      pages: total === null ? 0 : Math.max(1, Math.ceil(total / size)),
    };
    const text = JSON.stringify(state);
    if (text !== told) { told = text; SW.say("feed-state", state); }
  }

  // -- what is in view ----------------------------------------------------------------------

  function place() {
    const size = api.paginationGetPageSize(), page = api.paginationGetCurrentPage();
    return { size, page, first: page * size };
  }
  function inView() {
    const { size, first } = place(), nodes = [];
    for (let index = first; index < first + size; index++) {
      const node = api.getDisplayedRowAtIndex(index);
      if (node && node.data) nodes.push(node);
    }
    return nodes;
  }

  /** Make the table show what is selected; by itself it knows only rows that are loaded. */
  function paint() {
    if (!api) return;
    const nodes = inView();
    for (const newValue of [true, false]) {
      const wrong = nodes.filter((node) => selection.has(node.data) === newValue && Boolean(node.isSelected()) !== newValue);
      if (wrong.length) api.setNodesSelected({ nodes: wrong, newValue, source: "api" });
    }
    const box = root.querySelector(".page-box"), chosen = nodes.filter((node) => selection.has(node.data)).length;
    const state = !chosen ? "false" : chosen === nodes.length ? "true" : "mixed";
    if (box && box.getAttribute("aria-checked") !== state) box.setAttribute("aria-checked", state);
    tellSoon();
  }

  // -- pages, columns, files --------------------------------------------------------------------

  const TURNS = { first: () => 0, previous: (page) => page - 1, next: (page) => page + 1, last: (page, pages) => pages - 1 };

  /** Go to another page when its rows have come, or have not for long: so the table is drawn once and not twice. */
  function turn(where) {
    const { size, page } = place(), from = turning ? turning.page : page;
    const wanted = Math.max(0, TURNS[where](from, Math.ceil((total || 0) / size)));
    stay();
    turning = { page: wanted, late: setTimeout(() => arrive(true), TURN_AFTER) };
    arrive();
  }
  function arrive(late = false) {
    const { page } = turning, first = api.getDisplayedRowAtIndex(page * place().size);
    // To ask for a row has the table load it; there is none on a page behind the last one.
    if (first && !first.data && !late) return;
    stay();
    api.paginationGoToPage(page);
    api.ensureIndexVisible(place().first, "top");
  }
  /** Whatever page was to be shown: it is not any longer. */
  function stay() {
    if (turning) clearTimeout(turning.late);
    turning = null;
  }
  function setPageSize(size) { api.setGridOption("paginationPageSize", size); paint(); }
  function setColumns(chosen) { columns = chosen; fitColumns(); }
  const hiddenColumns = () => new Set(SWFeedCells.fitting(root.clientWidth, columns, Boolean(query.niche)).hidden);
  function fitColumns() {
    if (!api || !root.clientWidth) return;
    const hidden = hiddenColumns();
    const state = api.getColumnState().filter(({ colId, hide }) => Boolean(hide) !== hidden.has(colId));
    if (state.length) api.applyColumnState({ state: state.map(({ colId, hide }) => ({ colId, hide: !hide })) });
  }

  /** Leave the selection with the server; the id under which a verb finds it, or nothing, and the page is told why. */
  async function keep(button) {
    // The second half of a double click.
    if (button === kept.by && Date.now() - kept.at < KEEP_EVERY) return null;
    kept = { by: button, at: Date.now() };
    try { return (await SW.send("/data/profiles/selection", selection.value)).id; }
    catch (error) { fail(error); return null; }
  }

  /** Let the browser save what *path* answers with. */
  function download(path) {
    const link = SW.make("a");
    link.href = path;
    link.download = "";
    document.body.append(link);
    link.click();
    link.remove();
  }

  // -- birth ------------------------------------------------------------------------------------

  const news = new SWFeedNews({
    selection, inView, place, paint, setTotal, countLive,
    get api() { return api; },
    get isInView() { return Boolean(root && root.offsetParent); },
    get view() { return { query, total, generation, countedAt, coming: coming > 0 }; },
  });
  const choosing = new SWFeedChoosing({
    selection, inView, paint, fail, namesFrom, liveWords,
    get api() { return api; },
    get view() { return { query, order, total, live, generation }; },
  });

  const heads = new SWFeedHeads({ sort, get api() { return api; }, get order() { return order; } });

  /** Called by the table when it is ready. */
  function attach(ready) {
    const { element, ...given } = ready.context;
    api = ready.api;
    root = document.getElementById(element);
    columns = given.columns;
    choosing.listen(root);
    heads.listen(root);
    api.addEventListener("modelUpdated", paint);
    api.addEventListener("paginationChanged", paint);
    api.addEventListener("gridSizeChanged", fitColumns);
    document.addEventListener("visibilitychange", () => news.look());
    setInterval(() => { if (root.offsetParent && !document.hidden) api.refreshCells({ columns: TIMES, force: true }); }, TIMES_EVERY);
    const { query: words, order: wanted } = wish || given;
    show(words, wanted, false, true);
  }

  return {
    attach, show, follow, search, turn, setPageSize, setColumns, keep, download, selection,
    retry: () => show(query, order, true, true),
    refresh: () => news.look(),
    selectAll: () => choosing.takeAll(),
    selectLive: (count) => choosing.takeLive(count),
    selectPage: () => choosing.turnPage(),
    clear: () => choosing.clear(),
  };
})();
