/* One open batch: its counters, what it found page by page, why checks are unknown, and its log. */
"use strict";

SW.batch = (() => {
  const { make, number } = SW;
  const OUTCOMES = ["live", "none", "private", "gone", "unknown"];
  const AGAIN = 1000;          // milliseconds between two looks at a batch that runs

  const results = { api: null, start: null, marks: new Map(), total: null, asked: 0 };
  let id = null;
  let row = null;
  let wanted = { outcome: "", reason: "", username: "" };
  let told = "";
  let lastLook = 0, due = null;

  const part = (name) => document.querySelector(`[data-batch="${name}"]`);
  const fill = (name, ...children) => { const box = part(name); if (box) box.replaceChildren(...children.filter((child) => child != null && child !== "")); };
  const reveal = (name, shown) => { const box = part(name); if (box) box.classList.toggle("away", !shown); };

  // -- coming and going ---------------------------------------------------------------------------

  function open(batch, filter) {
    const same = batch === id;
    id = batch;
    wanted = { outcome: "", reason: "", username: "", ...filter };
    if (!same) {
      row = null;
      told = "";
      ["name", "status", "done", "bar", "chips", "facts", "pace", "reasons", "log"].forEach((name) => fill(name));
      reveal("waits", false);
      reveal("gone", false);
      reveal("there", true);
    }
    look();
    anew();
  }

  /** The batch as it is now. */
  async function look() {
    const asked = id;
    lastLook = Date.now();
    try {
      const answer = await SW.ask(`/data/batches/${encodeURIComponent(asked)}`);
      if (asked !== id) return;
      id = answer.batch.id;
      show(answer.batch, answer.log);
      SW.batchChannels.show(id, answer.channels);
    } catch (error) {
      if (asked === id) gone(error);
    }
  }

  SW.batches.listeners.add((touched, deleted) => {
    if (id === null || !part("there")) return;
    if (deleted.has(id)) { gone(); return; }
    if (!touched.has(id) || due !== null) return;
    due = setTimeout(() => { due = null; if (id !== null) look(); }, Math.max(0, lastLook + AGAIN - Date.now()));
  });

  function gone(error) {
    if (row === null && error && !/There is no batch|deleted/.test(error.message)) SW.batches.failed(error);
    stopLooking();
    reveal("gone", true);
    reveal("there", false);
    tell({ gone: true });
  }

  function leave() { id = null; stopLooking(); }

  /** A look that is due would ask for what is not there any more. */
  function stopLooking() {
    clearTimeout(due);
    due = null;
    SW.batchChannels.leave();
  }

  function tell(state) {
    if (JSON.stringify(state) === told) return;
    told = JSON.stringify(state);
    SW.say("batch-state", state);
  }

  // -- the head -------------------------------------------------------------------------------------

  function show(now, log) {
    const before = row;
    row = now;
    const known = SW.batches.known(row.id);
    if (known && known.state === "running") row.rate = known.rate;
    fill("name", row.name);
    const how = SW.batches.status(row);
    const when = row.started ? `started ${SW.batches.moment(row.started)}, created by ${row.by}` : `created ${SW.batches.moment(row.created)} by ${row.by}`;
    fill("status", how, make("span", "muted small-text ellipsis", when));
    fill("done", make("span", "batch-figure", number(row.finished)), make("span", "muted", ` of ${number(row.total)} checked`));
    fill("pace", ...pace());
    fill("bar", ...OUTCOMES.map((outcome) => { const piece = make("i", `s-${outcome}`); piece.style.width = `${row.total ? (100 * row[outcome]) / row.total : 0}%`; return piece; }));
    part("bar").setAttribute("aria-valuenow", row.finished);
    part("bar").setAttribute("aria-valuemax", row.total);
    fill("chips", ...OUTCOMES.map((outcome) => make("span", "across gap-8", SW.chip(outcome), make("span", "strong", number(row[outcome])))));
    fill("facts", facts());
    waits();
    reasons();
    if (!log.length) fill("log", make("p", "muted", "Nothing has happened to this batch yet."));
    else fill("log", ...log.map((line) => make("div", "log-line", make("span", "muted nowrap", stamp(line.at)), make("span", "", line.text))));
    segments();
    tell({ id: row.id, state: row.state, unknown: row.kept ? row.unknown : 0 });
    if (before !== null && before.finished !== row.finished) newer();
  }

  function pace() {
    const left = SW.batches.secondsLeft(row);
    const rate = SW.batches.perSecond(SW.batches.rateOf(row));
    const words = [];
    if (left !== null) words.push(`${SW.batches.lasting(left)} left`, `done at about ${SW.batches.clock(Date.now() + left * 1000)}`);
    if (row.state === "done" && row.seconds >= 1) words.push(`took ${SW.batches.lasting(row.seconds)}`);
    return [rate ? make("b", "", rate) : "", make("span", "muted", (rate && words.length ? " · " : "") + words.join(" · "))];
  }
  function facts() {
    const words = [];
    if (row.finished) words.push(`${SW.batches.percent(SW.batches.success(row))} success rate`);
    if (row.finished && row.requests) words.push(`${(row.requests / row.finished).toFixed(2)} requests a verdict`);
    if (row.skipped) words.push(`${SW.plural(row.skipped, "profile")} left out, paused or gone`);
    return words.join(" · ");
  }
  const stamp = (text) => `${SW.batches.moment(text)}:${String(new Date(text).getSeconds()).padStart(2, "0")}`;

  function waits() {
    reveal("waits", row.state === "waiting");
    if (row.state !== "waiting") return;
    const left = make("b");
    if (row.until) { left.dataset.countdown = row.until; left.textContent = SW.countdown(row.until); }
    fill("waits", make("span", "", `Waits: ${row.waiting}.${row.until ? " Goes on in " : ""}`, row.until ? left : ""));
  }

  function reasons() {
    fill("unknown", row.unknown ? number(row.unknown) : "");
    if (!row.reasons.length) { fill("reasons", make("p", "muted", row.finished ? "Every finished check is conclusive." : "Nothing is finished yet.")); return; }
    const most = row.reasons[0][1];
    fill("reasons", ...row.reasons.map(([words, count, reason]) => {
      const line = make("button", "reason-line", make("span", "ellipsis", words), SW.meter(count / most, "warn"), make("span", "num", number(count)));
      line.type = "button";
      line.title = `Show the checks that are unknown because: ${words}`;
      line.addEventListener("click", () => filter({ outcome: "unknown", reason }));
      return line;
    }));
  }

  // -- what it found ----------------------------------------------------------------------------------

  const columns = () => [
    { colId: "username", headerName: "Profile", flex: 2, minWidth: 150, cellRenderer: ({ data }) => (data ? profile(data) : skeleton()) },
    { colId: "verdict", headerName: "Verdict", flex: 3, minWidth: 150, cellRenderer: ({ data }) => (data ? verdict(data) : "") },
    { colId: "attempts", headerName: "Attempts", headerTooltip: "Requests that named the profile", width: 96, type: "rightAligned", valueGetter: ({ data }) => (data ? data.attempts : "") },
    { colId: "ms", headerName: "Answer took", width: 112, type: "rightAligned", valueGetter: ({ data }) => (data ? took(data.ms) : "") },
    { colId: "proxy", headerName: "Last proxy", width: 150, valueGetter: ({ data }) => (data ? data.proxy : "") },
    { colId: "checked", headerName: "Checked", width: 116, type: "rightAligned", valueGetter: ({ data }) => (data && data.checked ? stamp(data.checked) : "") },
  ];
  const ROOM = { attempts: 600, ms: 720, proxy: 820, checked: 520 };
  const took = (ms) => (ms == null ? "" : ms < 1000 ? `${number(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
  const skeleton = () => make("span", "skeleton row-skeleton");

  function profile({ username }) {
    const name = make("a", "cell-name batch-link", `@${username}`);
    name.href = `/feed?profile=${encodeURIComponent(username)}`;
    name.title = "Show the profile and why it got this verdict";
    name.addEventListener("click", SW.follow);
    return name;
  }
  function verdict(found) {
    const left = found.outcome === "live" ? SW.left(found.until) : "";
    const why = [found.reason === found.outcome ? "" : found.reason, left ? `for another ${left}` : ""].filter(Boolean).join(" · ");
    return make("span", "cell gap-8", SW.chip(found.outcome), make("span", "muted small-text ellipsis", why));
  }

  function ready(event) {
    results.api = event.api;
    new ResizeObserver(fit).observe(part("table"));
    results.api.addEventListener("bodyScrollEnd", newer);
    fit();
    if (id !== null) anew();
  }
  function fit() {
    const width = part("table").clientWidth;
    if (!width || !results.api) return;
    const names = Object.keys(ROOM);
    results.api.setColumnsVisible(names.filter((name) => width >= ROOM[name]), true);
    results.api.setColumnsVisible(names.filter((name) => width < ROOM[name]), false);
  }

  /** The results from their beginning, by the present conditions. */
  function anew() {
    segments();
    if (!results.api) return;
    forget();
    results.api.setGridOption("datasource", { getRows });
  }
  function forget() {
    results.asked += 1;
    results.start = null;
    results.marks.clear();
    results.total = null;
    reveal("newer", false);
  }

  async function getRows(asked) {
    const round = results.asked;
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    query.set("count", asked.endRow - asked.startRow);
    // Going on behind a row that is here costs the server nothing; jumping into the middle does.
    if (asked.startRow > 0 && !wanted.username && results.marks.has(asked.startRow)) query.set("behind", results.marks.get(asked.startRow));
    else if (asked.startRow > 0) { query.set("behind", results.start || "0.0"); query.set("skip", asked.startRow); query.set("total", results.total || 0); }
    try {
      const answer = await SW.ask(`/data/batches/${encodeURIComponent(id)}/results?${query}`);
      if (round !== results.asked) { asked.failCallback(); return; }
      if (asked.startRow === 0) { results.start = answer.behind; results.total = answer.total; }
      if (answer.rows.length) results.marks.set(asked.startRow + answer.rows.length, answer.rows[answer.rows.length - 1].mark);
      asked.successCallback(answer.rows, results.total);
      results.api.setGridOption("overlayNoRowsTemplate", `<span class="muted">${none(answer.kept)}</span>`);
      if (results.total === 0) results.api.showNoRowsOverlay(); else results.api.hideOverlay();
      newer();
    } catch (error) {
      asked.failCallback();
      if (round === results.asked) gone(error);
    }
  }

  function none(kept) {
    if (!kept) return "The results were kept for 90 days; only the counts are left";
    return row && row.finished ? "No finished check matches" : "Nothing is finished yet";
  }

  /** Checks that were stored since the table was read: shown at once at its beginning, else announced. */
  function newer() {
    if (!row || !row.kept || !results.api || results.total === null || wanted.username) { reveal("newer", false); return; }
    const now = wanted.reason ? (row.reasons.find(([, , reason]) => reason === wanted.reason) || [0, 0])[1] : wanted.outcome ? row[wanted.outcome] : row.finished;
    const more = now - results.total;
    if (more <= 0) { reveal("newer", false); return; }
    if (results.api.getVerticalPixelRange().top <= 0) {
      forget();
      results.api.refreshInfiniteCache();
      return;
    }
    fill("newer", `Show ${number(more)} newer`);
    reveal("newer", true);
  }
  function toNewest() {
    results.api.ensureIndexVisible(0);
    forget();
    results.api.refreshInfiniteCache();
  }

  function filter(changes) {
    wanted = { ...wanted, ...("outcome" in changes && !("reason" in changes) ? { reason: "" } : {}), ...changes };
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
    // Somebody who types a name may have gone elsewhere before it was looked for.
    if (location.pathname.startsWith("/batches/")) SW.replace(`/batches/${id}${query ? "?" + query : ""}`);
    anew();
  }

  function segments() {
    const box = part("segments");
    if (!box) return;
    if (!box.children.length) {
      for (const outcome of ["", ...OUTCOMES]) {
        const button = make("button", "", outcome ? SW.OUTCOMES[outcome] : "All", make("span"));
        button.type = "button";
        button.dataset.outcome = outcome;
        button.addEventListener("click", () => filter({ outcome }));
        box.append(button);
      }
    }
    for (const button of box.children) {
      const { outcome } = button.dataset;
      button.lastChild.textContent = row ? number(outcome ? row[outcome] : row.finished) : "";
      button.classList.toggle("on", outcome === wanted.outcome);
      button.setAttribute("aria-pressed", outcome === wanted.outcome);
    }
    reveal("reason", wanted.reason !== "");
    if (wanted.reason) {
      const words = row && row.reasons.find(([, , reason]) => reason === wanted.reason);
      fill("reason", words ? words[0] : wanted.reason.replaceAll("_", " "), make("span", "", "×"));
    }
  }

  // -- lists to take away ---------------------------------------------------------------------------

  /** Copy the usernames of all that the table shows, one a line, or the links to their pages. */
  async function copy(what) {
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    if (what === "links") query.set("links", "1");
    let count = 0;
    const fetched = fetch(`/data/batches/${id}/usernames?${query}`).then(async (answer) => {
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || `The server answered ${answer.status}.`);
      const lines = (await answer.text()).trimEnd();
      count = lines ? lines.split("\n").length : 0;
      return lines;
    });
    try {
      if (navigator.clipboard && window.ClipboardItem) {
        // Some browsers want to be asked before the names are here.
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": fetched.then((text) => new Blob([text], { type: "text/plain" })) })]);
      } else {
        copyByHand(await fetched);
      }
      SW.say("batch-copied", { count, what });
    } catch (error) {
      SW.batches.failed(error.name === "NotAllowedError" ? new Error("The browser does not allow this page to copy; download the results instead.") : error);
    }
  }
  // Without encryption a browser offers no clipboard to pages.
  function copyByHand(text) {
    const box = make("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }

  const exported = (form) => SW.batches.download(`/data/batches/export?form=${form}&ids=${id}`);
  const log = () => SW.batches.download(`/data/batches/${id}/log`);

  function picked() {
    const state = row ? row.state : "";
    const on = (...states) => (states.includes(state) ? 1 : 0);
    return {
      ids: [id], names: [row ? row.name : id],
      startable: on("ready", "stopped"), stoppable: on("running", "waiting", "in_line"), in_line: on("in_line"), running: on("running", "waiting"),
      unknown: row ? row.unknown : 0, unfinished: row ? row.total - row.finished : 0,
    };
  }

  return { open, leave, look, columns, ready, filter, toNewest, copy, exported, log, picked };
})();
