/* What every page needs: ways and history, times that tick, cells made of text.  Nothing here decides. */
"use strict";

window.SW = (() => {
  const MINUTE = 60, HOUR = 3600, DAY = 86400;

  // -- words to the server ----------------------------------------------------------------

  /** Say something to the server.  What is said before the line stands waits together; one by one the library would
   *  send it in any order, and the server would take an older word for the newer one. */
  const unsaid = [];
  function say(event, ...args) {
    unsaid.push([event, args]);
    if (unsaid.length === 1) sayAll();
  }
  function sayAll() {
    if (!window.did_handshake) { setTimeout(sayAll, 10); return; }
    for (const [event, args] of unsaid.splice(0)) emitEvent(event, ...args);
  }

  // -- ways ---------------------------------------------------------------------------

  /** Whether a click means "go there here", not "open it elsewhere". */
  const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  const here = () => location.pathname + location.search;
  const push = (address) => { if (address !== here()) history.pushState({}, "", address); };
  const replace = (address) => history.replaceState({}, "", address);
  /** Another address for what is at *before*; whoever has gone on meanwhile keeps theirs. */
  const rename = (before, address) => { if (here() === before) replace(address); };
  /** Every way there is: first a step in the history, then the server is asked, so that Back never misses a step. */
  const go = (address) => { push(address); say("place", address); };
  /** A click on a link that leads within the page. */
  const follow = (event) => { if (isPlain(event)) { event.preventDefault(); go(event.currentTarget.getAttribute("href")); } };
  const title = (tab) => { document.title = `${tab} · Storywatch`; };
  window.addEventListener("popstate", () => say("place", here()));

  /** A plain route's answer; a refusal becomes an error whose message is its sentence. */
  async function ask(path, options = {}) {
    const answer = await fetch(path, { credentials: "same-origin", ...options });
    if (answer.status === 401) { location.assign("/login?next=" + encodeURIComponent(here())); }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw Object.assign(new Error(told.error || `The server answered ${answer.status}.`), { field: told.field, why: told.why });
    }
    return answer.json();
  }
  const send = (path, value) =>
    ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });

  // -- numbers and times -----------------------------------------------------------------

  const number = (value) => (value == null ? "" : Number(value).toLocaleString("en-US"));
  const moment = (text) => (text ? new Date(text).getTime() : null);
  const plural = (n, one, many) => `${number(n)} ${n === 1 ? one : many || one + "s"}`;

  /** A length of time in its largest unit or two. */
  function span(seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) return `${s} s`;
    if (s < HOUR) return `${Math.floor(s / MINUTE)} min`;
    if (s < DAY) { const m = Math.floor((s % HOUR) / MINUTE); return `${Math.floor(s / HOUR)} h ${String(m).padStart(2, "0")} min`; }
    return plural(Math.floor(s / DAY), "day");
  }
  function ago(text, never = "never") {
    const then = moment(text);
    if (then === null) return never;
    const s = (Date.now() - then) / 1000;
    if (s < 5) return "now";
    if (s < HOUR) return s < 60 ? `${Math.floor(s)} s ago` : `${Math.floor(s / MINUTE)} min ago`;
    if (s < DAY) return `${Math.floor(s / HOUR)} h ago`;
    return s < 2 * DAY ? "yesterday" : `${Math.floor(s / DAY)} days ago`;
  }
  const left = (text) => { const end = moment(text); return end === null || end <= Date.now() ? "" : span((end - Date.now()) / 1000); };
  /** 0:42, 12:05, 1:02:03. */
  function countdown(text) {
    const end = moment(text);
    if (end === null) return "";
    const s = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    const two = (n) => String(n).padStart(2, "0");
    return s < HOUR ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / HOUR)}:${two(Math.floor((s % HOUR) / 60))}:${two(s % 60)}`;
  }

  /** A moment of the day as the person wants it: in the browser's time zone, or another one. */
  const zone = { name: undefined };
  function at(text) {
    if (!text) return "";
    const then = new Date(text), today = new Date().toDateString() === then.toDateString();
    const day = today ? {} : { year: "numeric", month: "short", day: "numeric" };
    return then.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit", second: today ? "2-digit" : undefined, timeZone: zone.name });
  }

  // Elements with data-countdown or data-ago are written anew once a second, without the server.
  function tick() {
    for (const element of document.querySelectorAll("[data-countdown]")) element.textContent = countdown(element.dataset.countdown);
    for (const element of document.querySelectorAll("[data-ago]")) element.textContent = ago(element.dataset.ago);
    for (const element of document.querySelectorAll("[data-at]")) { const text = at(element.dataset.at); if (element.textContent !== text) element.textContent = text; }
  }
  setInterval(tick, 1000);

  // -- cells: elements made of text, never of HTML -----------------------------------------

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const child of children) if (child != null && child !== "") element.append(child);
    return element;
  }
  const OUTCOMES = { live: "Live", none: "No story", private: "Private", gone: "Gone", unknown: "Unknown", ended: "Ended, unchecked" };
  const chip = (outcome) => make("span", `chip chip-${outcome}`, OUTCOMES[outcome] || outcome);
  const dotted = (dot, word) => make("span", "dotted", make("i", `dot ${dot}`), word);
  function meter(share, kind = "") {
    const bar = make("i", kind);
    bar.style.width = `${Math.max(0, Math.min(100, share * 100))}%`;
    return make("span", "meter", bar);
  }

  /** Select these rows of a grid whose rows are all here, and bring the first one into view. */
  function select(api, ids) {
    const wanted = new Set(ids.map(String));
    const nodes = [];
    api.forEachNode((node) => { if (wanted.has(String(node.data.id))) nodes.push(node); });
    api.deselectAll();
    api.setNodesSelected({ nodes, newValue: true });
    if (nodes.length) api.ensureNodeVisible(nodes[0]);
  }

  /** Which rows of a grid are shown: those of one group, or all. */
  const groups = (() => {
    const chosen = {};
    return {
      isChosen: (key) => Boolean(chosen[key]),
      passes: (key, row) => !chosen[key] || row.group === chosen[key],
      choose: (key, group, api) => { chosen[key] = group; if (api) api.onFilterChanged(); },
    };
  })();

  /** Of a grid that became narrower or wider, hide and show columns: [[less than so wide, [these go]], …]. */
  function fitColumns(api, width, steps) {
    if (!width) return;
    const hidden = new Set(), all = new Set();
    for (const [least, fields] of steps) for (const field of fields) { all.add(field); if (width < least) hidden.add(field); }
    api.setColumnsVisible([...hidden], false);
    api.setColumnsVisible([...all].filter((field) => !hidden.has(field)), true);
  }

  return { say, select, groups, fitColumns, isPlain, here, replace, rename, go, follow, title, ask, send, number, plural, span, ago, left, countdown, at, zone, tick, make, chip, dotted, meter, OUTCOMES, cells: {} };
})();
