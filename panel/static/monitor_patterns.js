/* Error patterns of the tab Monitor, and the drawer of one of them. */
"use strict";

SW.monitorPatterns = (() => {
  const { make, number } = SW;
  const { part, fill, said, head, ago } = SW.monitorTables;
  const TRACE = "trace-";            // keys of errors that have a sample begin so
  let rows = null;
  let opened = null;
  let before = null;                 // where the keyboard was
  let samples = {};

  function show(found, open) {
    rows = found;
    table(open);
    if (opened) drawer();
  }

  function table(open) {
    if (!rows.length) { fill("patterns", said("Nothing went wrong in the last 24 hours.")); return; }
    const focused = document.activeElement?.dataset?.pattern;
    const lines = rows.map((row) => {
      const name = make("button", "pattern-name", row.title);
      name.type = "button";
      name.dataset.pattern = row.key;
      name.addEventListener("click", (event) => { event.stopPropagation(); open(row.key); });
      const line = make("tr", "", make("td", "", name, make("div", "muted small-text pattern-done", ...done(row))), make("td", "num", number(row.times)), make("td", "num muted", ago(row.last)));
      line.addEventListener("click", () => open(row.key));
      return line;
    });
    const heads = [["Pattern, and what was done", ""], ["Times", "num"], ["Last seen", "num"]].map(([text, kind]) => Object.assign(head("th", "col", text), { className: kind }));
    fill("patterns", make("table", "table patterns", make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...lines)));
    if (focused) document.querySelector(`[data-pattern="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** What was done about it, and what comes next and when. */
  function done(row) {
    if (!row.until || new Date(row.until) <= Date.now()) return [row.done || "Nothing was done about it yet."];
    const left = make("b", "num", SW.countdown(row.until));
    left.dataset.countdown = row.until;
    const next = row.until_what ? row.until_what[0].toUpperCase() + row.until_what.slice(1) : "Until then";
    return [`${row.done} ${next} in `.trimStart(), left, "."];
  }

  // -- the drawer -------------------------------------------------------------------------------

  /** Show the pattern with this key, or none. */
  function open(key) {
    const box = part("drawer-box"), wasOpen = opened !== null;
    opened = key;
    box.classList.toggle("away", !key);
    if (key) {
      drawer();
      if (!wasOpen) { before = document.activeElement; box.focus({ preventScroll: true }); }
    } else if (wasOpen && before?.isConnected) {
      before.focus({ preventScroll: true });
    }
  }

  function drawer() {
    const found = samples[opened], row = (rows || []).find(({ key }) => key === opened) || (found && found.key ? found : null);
    if (opened.startsWith(TRACE) && !found) ask(opened);
    if (!row) {
      const is = found ? found.error : rows && !opened.startsWith(TRACE) ? "This was not seen in the last 24 hours." : null;
      fill("drawer-title", is ? "Not seen lately" : "");
      fill("drawer", make("div", "drawer-section muted", is || make("div", "skeleton")));
      return;
    }
    const fact = (name, ...value) => make("div", "monitor-fact", make("span", "muted", name), make("span", "", ...value));
    fill("drawer-title", row.title);
    const seen = make("div", "drawer-section down gap-4", fact("Times", number(row.times)),
      row.first ? fact("First seen", ago(row.first)) : null, fact("Last seen", ago(row.last)), row.whom ? fact("Where", row.whom) : null);
    const did = make("div", "drawer-section down gap-4", make("h3", "", "What was done"), make("p", "", ...done(row)));
    fill("drawer", seen, did, sample(found));
  }
  function sample(found) {
    if (!found) return null;
    const section = make("div", "drawer-section down gap-8", make("h3", "", "Sample"));
    if (found.error || !found.sample) { section.append(make("p", "muted", found.error || "None was kept.")); return section; }
    const shown = make("pre", "mono pattern-sample", found.sample);
    shown.tabIndex = 0;
    shown.setAttribute("aria-label", "Sample");
    section.append(make("p", "muted small-text", "The first one, without anybody's values."), shown);
    return section;
  }
  async function ask(key) {
    try { samples = { [key]: await SW.ask(`/data/monitor/sample?fingerprint=${encodeURIComponent(key.slice(TRACE.length))}`) }; }
    catch (error) { samples = { [key]: { error: error.message } }; }
    if (opened === key) drawer();
  }

  return { show, open };
})();
