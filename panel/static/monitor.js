/* The tab Monitor: asks for figures while somebody looks at it, and shows them. */
"use strict";

SW.monitor = (() => {
  const { make, number, plural } = SW;
  const { part, fill } = SW.monitorTables;
  // Milliseconds between two looks, the longer the less changes by then.
  const EVERY = { now: 1_000, charts: 5_000, failures: 10_000, patterns: 5_000, proxies: 10_000, calendar: 60_000 };
  const SPANS = {
    hour: { words: "last hour", before: "the hour before", bar: 5, bars: "in 5 min" },
    day: { words: "last 24 h", before: "the day before", bar: 6, bars: "in an hour" },
    month: { words: "last 30 days", before: "the 30 days before", bar: 4, bars: "in a day" },
  };
  const OUTCOMES = [["live", "Live"], ["none", "No story"], ["private", "Private"], ["gone", "Gone"], ["unknown", "Unknown"]];

  let view = { span: "hour", pattern: null, reason: "", niche: "" };
  let grid = null;
  let changedAt = 0;
  const asked = {}, asking = {}, charts = {};

  // -- moments and figures in words --------------------------------------------------------------

  const formats = new Map();
  function format(options) {
    const key = JSON.stringify([options, SW.zone.name]);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: SW.zone.name }));
    return formats.get(key);
  }
  const clock = (moment) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
  const day = (moment) => format({ day: "numeric", month: "short" }).format(moment);
  const parts = (moment) => ({ hour: Number(format({ hour: "2-digit", hourCycle: "h23" }).format(new Date(moment))) });
  const label = (moment, whole = false) => (view.span === "month" ? (whole ? `${day(moment)}, ${clock(moment)}` : day(moment)) : whole && view.span === "day" ? `${day(moment)}, ${clock(moment)}` : clock(moment));

  const rate = (value) => (value >= 100 ? number(Math.round(value)) : value >= 10 || value < 0.05 ? String(Math.round(value)) : value.toFixed(1));
  const percent = (share, digits = 1) => `${(100 * share).toFixed(share === 1 ? 0 : digits)}%`;
  const milliseconds = (value) => (value < 999.5 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);
  const memory = (value) => (value < 1000 ? `${Math.round(value)} MB` : `${(value / 1000).toFixed(1)} GB`);

  // -- coming and going ------------------------------------------------------------------------------

  /** Show what the address says. */
  function show(wanted) {
    const before = view;
    view = { span: "hour", pattern: null, reason: "", niche: "", ...wanted };
    part("page").dataset.span = view.span;
    if (view.span !== before.span) { asked.now = asked.charts = asked.proxies = 0; }
    if (view.reason !== before.reason) asked.failures = 0;
    if (view.niche !== before.niche) asked.calendar = 0;
    SW.monitorPatterns.open(view.pattern);
    look();
  }
  const close = () => go({ pattern: null });
  const go = (changes) => SW.say("monitor-go", { ...view, ...changes });

  /** Ask for what is due, if anybody sees it. */
  function look() {
    const page = part("page");
    if (!page || document.hidden || page.offsetParent === null) return;
    for (const [what, ask] of Object.entries(QUESTIONS)) {
      // What was asked after the last change of anything would be answered alike.
      const last = asked[what] || 0;
      if (asking[what] || (last && (last > changedAt || Date.now() - last < EVERY[what] - 100))) continue;
      asked[what] = Date.now();
      asking[what] = true;
      ask().then(() => worked(what), (error) => failed(what, error)).finally(() => {
        asking[what] = false;
        if (!asked[what]) look();       // another span was chosen meanwhile
      });
    }
  }
  /** Something was stored, or time has passed that may have changed what is shown. */
  function changed() { changedAt = Date.now(); look(); }
  setInterval(look, EVERY.now);
  document.addEventListener("visibilitychange", look);

  const QUESTIONS = {
    now: async () => { const { span } = view, told = await SW.ask(`/data/monitor?span=${span}`); if (span === view.span) now(told); },
    charts: async () => { const { span } = view, told = await SW.ask(`/data/monitor/charts?span=${span}`); if (span === view.span) draw(told); },
    failures: async () => {
      const { reason } = view, told = await SW.ask(`/data/monitor/failures?reason=${encodeURIComponent(reason)}`);
      if (reason === view.reason) SW.monitorTables.heat(told, (chosen) => go({ reason: chosen }));
    },
    patterns: async () => SW.monitorPatterns.show((await SW.ask("/data/monitor/patterns")).rows, (key) => go({ pattern: key })),
    proxies: async () => {
      const { span } = view, told = await SW.ask(`/data/monitor/proxies?span=${span}`);
      if (span === view.span && grid) grid.setGridOption("rowData", told.rows);
    },
    calendar: async () => {
      const { niche } = view, told = await SW.ask(`/data/monitor/calendar?niche=${encodeURIComponent(niche)}`);
      if (niche === view.niche) SW.monitorTables.calendar(told, (chosen) => go({ niche: chosen }));
    },
  };

  const failing = new Set();
  function failed(what, error) {
    failing.add(what);
    part("failed").classList.remove("away");
    fill("failed", make("span", "", `Not everything could be read. ${error.message} It is tried again by itself.`));
  }
  function worked(what) {
    if (failing.delete(what) && !failing.size) part("failed").classList.add("away");
  }

  // -- what is so now -----------------------------------------------------------------------------------

  function now(told) {
    const words = SPANS[told.span];
    part("page").classList.toggle("is-empty", told.empty);
    const updated = part("updated");
    updated.dataset.ago = told.at;
    updated.textContent = SW.ago(told.at);
    const t = told.tiles;
    tile("rate", rate(t.checks_per_second), t.before_pause != null ? `${rate(t.before_pause)} before the pause` : `${number(t.finished)} in the ${words.words}`);
    tile("success", t.success_rate == null ? "–" : percent(t.success_rate), t.success_before == null ? words.words : `${percent(t.success_before)} ${words.before}`);
    tile("active", number(t.active_batches), `${number(t.in_line)} in line, ${plural(t.checks_waiting, "check")}`);
    tile("workers", [number(t.busy), small(`of ${number(t.workers)}`)], told.pause && !told.pause.look_ups_alone ? "waiting for the probe" : `${plural(t.checks_waiting, "check")} left`);
    const rests = [[t.cooling, "cooling"], [t.quarantined, "quarantined"], [t.frozen, "frozen"]].filter(([count]) => count);
    tile("routes", [number(t.ready), small(`of ${number(t.routes)}`)], rests.length ? rests.map(([count, word]) => `${number(count)} ${word}`).join(", ") : "none rests");
    tile("response", t.p50_ms == null ? "–" : milliseconds(t.p50_ms), t.p95_ms == null ? "no answer yet" : `p95 ${milliseconds(t.p95_ms)}, p99 ${milliseconds(t.p99_ms)}`);
    tile("limited", SW.span(t.limited_seconds), `of ${SW.span(t.worker_seconds)} of worker time`);
    tile("machine", t.cpu_share == null ? "–" : [percent(t.cpu_share, 0), small("CPU")], t.memory_mb == null ? "not measured" : `${memory(t.memory_mb)} memory`);
    pause(told.pause);
  }
  const small = (text) => make("small", "", ` ${text}`);
  function tile(name, value, detail) {
    fill(`tile-${name}`, ...(Array.isArray(value) ? value : [value]));
    fill(`detail-${name}`, detail);
    part(`detail-${name}`).title = detail;
  }

  function pause(told) {
    const isDue = Boolean(told) && new Date(told.until) <= Date.now();
    const box = part("pause-words"), key = JSON.stringify([told, isDue]);
    part("pause").classList.toggle("away", !told);
    if (box.dataset.told === key) return;
    box.dataset.told = key;
    if (!told) { fill("pause-words"); return; }
    const left = make("span", "num", SW.countdown(told.until));
    left.dataset.countdown = told.until;
    part("pause").dataset.sample = told.sample || "";
    part("pause-sample").classList.toggle("away", !told.sample);
    const since = told.since ? ["It began ", SW.monitorTables.ago(told.since), "; the "] : ["The "];
    fill("pause-words", make("div", "strong", `${told.headline} `, ...since, ...(isDue ? ["next probe is due."] : ["next probe comes in ", left, "."])), make("div", "muted small-text", told.explained));
  }
  const sample = () => go({ pattern: part("pause").dataset.sample });

  // -- charts ---------------------------------------------------------------------------------------------

  function draw(told) {
    const words = SPANS[told.span], times = told.times.map((each) => each * 1000), pauses = told.paused;
    const one = (name, kind, values, say, more = {}) => ({ name, kind, values, say, ...more });
    chart("rate", { called: "Checks per second", times, label, pauses, axis: (value) => String(Number(value.toFixed(2))), series: [one("Checks per second", "accent", told.rate, rate, { fill: true, least: 1 })] });
    const grouped = groups(times, words.bar);
    chart("outcomes", { called: `Outcomes of checks ${words.bars}`, times: grouped.map(([index]) => times[index]), label, bars: true, axis: number, series: OUTCOMES.map(([outcome, name]) => one(name, outcome, grouped.map((indexes) => indexes.reduce((sum, index) => sum + told[outcome][index], 0)), number)) });
    fill("outcomes-unit", words.bars);
    chart("response", { called: "Response time", times, label, pauses, log: true, axis: number, series: [one("p50", "accent", told.p50, milliseconds), one("p95", "unknown", told.p95, milliseconds)] });
    chart("limited", { called: "Worker time lost to rate limits", times, label, pauses, axis: (value) => percent(value, 0), series: [one("Lost to rate limits", "unknown", told.limited, (value) => percent(value, 0), { fill: true, least: 0.1 })] });
    chart("machine", { called: "CPU and memory", times, label, pauses, axis: (value) => percent(value, 0), axisRight: memory, series: [one("CPU", "accent", told.cpu, (value) => percent(value, 0), { least: 0.1 }), one("Memory", "private", told.memory, memory, { right: true, least: 100 })] });
    SW.monitorTables.unknown(told.reasons);
  }
  /** Indexes of points that one bar stands for, whole from the newest backwards. */
  function groups(times, size) {
    const made = [];
    for (let end = times.length; end > 0; end -= size) made.unshift(Array.from({ length: Math.min(size, end) }, (_, each) => Math.max(0, end - size) + each));
    return made;
  }
  function chart(name, data) {
    const box = part(`chart-${name}`);
    if (!box) return;
    charts[name] = charts[name] || new SWChart(box);
    charts[name].show(data);
  }

  // -- the table of proxies, and what is copied ------------------------------------------------------------

  function ready({ api }) {
    grid = api;
    asked.proxies = 0;
    look();
  }

  /** Copy the diagnostics; where a browser does not let pages copy, they are a file. */
  async function copy() {
    try {
      const fetched = fetch("/data/monitor/diagnostics").then(async (answer) => {
        if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || `The server answered ${answer.status}.`);
        return answer.text();
      });
      const how = await put(fetched);
      SW.say("monitor-copied", { how });
    } catch (error) {
      SW.say("monitor-copied", { how: "failed", why: error.message });
    }
  }
  async function put(fetched) {
    if (navigator.clipboard && window.ClipboardItem) {
      try {
        // Some browsers want to be asked before the text is here.
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": fetched.then((text) => new Blob([text], { type: "text/plain" })) })]);
        return "copied";
      } catch (error) { if (error.name !== "NotAllowedError") throw error; }
    }
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([await fetched], { type: "text/plain" }));
    link.download = "storywatch-diagnostics.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return "saved";
  }

  return { show, go, changed, parts, sample, close, ready, copy, milliseconds, percent };
})();

Object.assign(SW.cells, {
  monitorMs: ({ value }) => (value == null ? SW.make("span", "faint", "–") : SW.monitor.milliseconds(value)),
  monitorShare: ({ value }) => (value == null ? SW.make("span", "faint", "–") : SW.monitor.percent(value)),
  monitorCount: ({ value }) => SW.number(value),
});
