/* How the tables of the settings look.  Cells are made of text nodes; nothing here decides. */
"use strict";

Object.assign(SW.cells, (() => {
  const dash = () => SW.make("span", "faint", "–");
  const LEVELS = { healthy: "ok", degraded: "warn", failing: "bad" };

  const tick = (text) => {
    const element = SW.make("b", "num", SW.countdown(text));
    element.dataset.countdown = text;
    return element;
  };

  return {
    /** What it is, and what comes next and when. */
    state: ({ data }) => {
      const comes = data.until ? SW.make("span", "cell-comes", data.comes + " ", tick(data.until)) : null;
      return SW.make("span", "cell", SW.dotted(data.dot, data.word), comes);
    },
    text: ({ value }) => SW.make("span", "ellipsis", value),
    health: ({ data }) => {
      if (data.score == null) return dash();
      return SW.make("span", "mini-meter", SW.meter(data.score / 100, LEVELS[data.level] || ""), SW.make("span", "num", `${data.score}%`));
    },
    milliseconds: ({ value }) => (value == null ? dash() : value < 1000 ? `${SW.number(value)} ms` : `${(value / 1000).toFixed(1)} s`),
    ofLimit: ({ value, data }) => {
      if (value == null) return dash();
      return SW.make("span", "", SW.number(value), data.day_limit == null ? null : SW.make("span", "faint", ` / ${SW.number(data.day_limit)}`));
    },
    percent: ({ value }) => (value == null ? dash() : `${value}%`),
    sessions: ({ value }) => (value.length ? SW.make("span", "ellipsis", value.join(", ")) : SW.make("span", "faint", "none bound")),
    count: ({ value }) => SW.number(value || 0),
    moment: ({ value }) => {
      const element = SW.make("span", "", SW.at(value));
      element.dataset.at = value;
      return element;
    },
    ago: ({ value }) => {
      const element = SW.make("span", "muted", SW.ago(value, "never"));
      if (value) { element.dataset.ago = value; element.title = SW.at(value); }
      return element;
    },
    /** When something ends, in days; a dash where nobody knows. */
    end: ({ value }) => {
      if (!value) return dash();
      const element = SW.make("span", "muted", SW.left(value) || "ended");
      element.title = SW.at(value);
      return element;
    },
    countdown: ({ value }) => (value ? tick(value) : dash()),
    /** The one thing to do about this row. */
    act: ({ data }) => {
      const button = SW.make("button", data.act === "test" ? "cell-act plain" : "cell-act", data.button);
      button.type = "button";
      button.setAttribute("aria-label", `${data.button}: ${data.label}`);
      button.addEventListener("click", (event) => { event.stopPropagation(); SW.say("session-act", { act: data.act, id: data.id }); });
      button.addEventListener("dblclick", (event) => event.stopPropagation());
      return SW.make("span", "cell", SW.make("span", "grow"), button);
    },
  };
})());

/** What became of a list, line by line: first what went wrong, then the rest. */
(() => {
  const SHOWN = 500;
  const ORDER = ["invalid", "duplicate", "updated", "created", "known"];
  const DOTS = { invalid: "bad", duplicate: "warn", updated: "accent", created: "good", known: "idle" };
  const cell = (tag, ...content) => SW.make(tag, "", ...content);

  function table(lines) {
    const rows = lines.slice(0, SHOWN).map(([line, result, what, why]) =>
      SW.make("tr", "", cell("td", SW.number(line)), cell("td", SW.dotted(DOTS[result] || "idle", result)), cell("td", what), cell("td", why)));
    const head = SW.make("tr", "", ...["Line", "Result", "What", "Why"].map((text) => cell("th", text)));
    const box = SW.make("div", "report-lines", SW.make("table", "table", SW.make("thead", "", head), SW.make("tbody", "", ...rows)));
    box.tabIndex = 0;
    return box;
  }

  function quoted(value) {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  }

  function file(lines, name) {
    const text = [["line", "result", "what", "why"], ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
    const link = SW.make("a", "text-link", "All lines as CSV");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = name;
    return link;
  }

  function show(form, answer, said, name) {
    const lines = [...answer.lines].sort((a, b) => ORDER.indexOf(a[1]) - ORDER.indexOf(b[1]) || a[0] - b[0]);
    const head = SW.make("p", "strong", said);
    head.setAttribute("role", "status");
    const rest = lines.length > SHOWN ? SW.make("p", "faint small-text", `The first ${SHOWN} of ${SW.number(lines.length)} lines are shown. `) : null;
    SW.form.replace(form, head, table(lines), SW.make("p", "small-text", rest, file(lines, name)));
  }

  const counted = (answer, parts) => parts.filter(([name]) => answer[name]).map(([name, word]) => `${SW.number(answer[name])} ${word}`).join(", ") || "Nothing new";
  SW.reports.proxies = (form, answer) => show(form, answer, counted(answer, [
    ["created", "added"], ["updated", "with a new password"], ["known", "known already"], ["duplicate", "repeated"], ["invalid", "not usable"]]) + ".", "proxies-imported.csv");
  SW.reports.sessions = (form, answer) => show(form, answer, counted(answer, [
    ["created", "added"], ["updated", "with new cookies"], ["known", "known already"], ["invalid", "not usable"], ["bound", "bound to a proxy"], ["unbound", "without a proxy, and not used until bound"]]) + ".", "sessions-imported.csv");
})();

/** What tests found, in a list: what fails stands above what works. */
SW.trial = (() => {
  const MOST_THAT_WORK = 500;
  const box = (id) => document.getElementById(`c${id}`);
  const item = (row) => SW.make("li", row.ok ? "" : "fails",
    SW.make("div", "across gap-8", SW.dotted(row.ok ? "good" : "bad", row.word), SW.make("span", "strong break", row.name)),
    SW.make("div", "", row.sentence), row.times ? SW.make("div", "faint small-text", row.times) : null);
  return {
    clear: (id) => box(id)?.replaceChildren(),
    add: (id, row) => {
      const list = box(id);
      if (!list) return;
      const works = list.querySelectorAll("li:not(.fails)");
      if (!row.ok) list.insertBefore(item(row), works[0] || null);
      else if (works.length < MOST_THAT_WORK) list.append(item(row));
    },
  };
})();

/** A one-time link or code: shown here once, and nowhere again. */
SW.once = (form, secret, what, said) => {
  const shown = SW.make("output", "mono break one-time-link", secret);
  const copy = SW.make("button", "cell-act", `Copy the ${what}`);
  copy.type = "button";
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(secret);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(shown);  // without permission, a person copies what is marked
      copy.textContent = "Marked: copy it now";
    }
  });
  SW.form.replace(form, SW.make("p", "", said), shown, SW.make("div", "", copy),
    SW.make("p", "faint small-text", "It is shown this once; whoever has it can use it."));
};
SW.reports.link = (form, answer) => SW.once(form, answer.url, "link",
  `Send this link to ${answer.name}. It lets them choose a password and signs them in, once, until ${SW.at(answer.expires_at)}.`);
SW.reports.code = (form, answer) => SW.once(form, answer.code, "code",
  `Give this code to ${answer.name}. Who enters it with /pair in Discord is ${answer.name} there, once, until ${SW.at(answer.expires_at)}.`);

/** Where the keyboard is while a drawer is open, and where it was before. */
SW.drawer = (() => {
  let before = null;
  const isIn = (box) => box && box.contains(document.activeElement);
  return {
    enter: (id) => setTimeout(() => {
      const box = document.getElementById(id);
      if (!box || isIn(box)) return;
      if (!document.activeElement?.closest(".settings-drawer")) before = document.activeElement;
      box.focus({ preventScroll: true });
    }, 60),
    leave: (id) => {
      const box = document.getElementById(id);
      if (before?.isConnected && (isIn(box) || document.activeElement === document.body)) before.focus({ preventScroll: true });
    },
  };
})();
