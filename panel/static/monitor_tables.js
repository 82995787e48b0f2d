/* Tables of the tab Monitor: failures by proxy and hour, unknown checks by reason, when stories begin. */
"use strict";

SW.monitorTables = (() => {
  const { make, number, plural } = SW;
  const LEVELS = 6;
  const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const two = (value) => String(value).padStart(2, "0");

  const part = (name) => document.querySelector(`[data-monitor="${name}"]`);
  const fill = (name, ...children) => { const box = part(name); if (box) box.replaceChildren(...children.filter((each) => each != null && each !== "")); };
  const said = (text) => make("p", "muted monitor-nothing", text);

  // -- squares ---------------------------------------------------------------------------------

  /** How dark a square is.  A root, so that a few failures still show beside many. */
  const level = (value, most) => (value ? Math.max(1, Math.ceil(LEVELS * Math.sqrt(value / most))) : 0);

  function square(value, most, where, noun) {
    const text = `${where}: ${plural(value, noun)}`;
    const cell = make("td", `square level-${level(value, most)}`, make("span", "unseen", number(value)));
    cell.title = text;
    return cell;
  }
  function head(tag, scope, text) {
    const cell = make(tag, "", text);
    cell.scope = scope;
    return cell;
  }
  /** Rows of squares, their names at the left and the hours below. */
  function squares(called, rows, hours, noun, kind) {
    const most = Math.max(1, ...rows.flatMap((row) => row.values));
    const table = make("table", `squares ${kind}`, make("caption", "unseen", called), make("colgroup", "", make("col", "squares-names")),
      make("tbody", "", ...rows.map((row) => {
        const name = head("th", "row", make("span", "ellipsis", row.name));
        name.title = row.name;
        return make("tr", "", name, ...row.values.map((value, index) => square(value, most, `${row.name}, ${row.says(index)}`, noun)));
      })),
      make("tfoot", "", make("tr", "", make("td", ""), ...hours.map((hour) => head("th", "col", hour)))));
    return [table, most];
  }
  /** Show a table of squares where it was scrolled to; at first the newest is in view. */
  function put(name, called, table, foot) {
    const before = part(name).querySelector(".squares-box");
    if (before) { before.replaceChildren(table); before.nextSibling.replaceWith(foot); return; }
    const box = make("div", "squares-box", table);
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", called);
    fill(name, box, foot);
    box.scrollLeft = box.scrollWidth;
  }
  const legend = (most, unit, rest, kind) => make("div", `squares-legend ${kind}`, make("span", "", "0"),
    make("span", "squares-scale", ...Array.from({ length: LEVELS + 1 }, (_, each) => make("i", `level-${each}`))),
    make("span", "", `${number(most)} ${unit}`), make("span", "grow"), make("span", "", rest));

  /** Failed attempts by proxy and hour; its buttons choose a reason. */
  function heat(told, choose) {
    const shown = [{ reason: "", words: "All reasons", count: told.total }, ...told.reasons];
    fill("heat-reasons", ...shown.map(({ reason, words, count }) => {
      const button = make("button", reason === told.reason ? "on" : "", make("b", "", words), make("span", "", number(count)));
      button.type = "button";
      button.setAttribute("aria-pressed", String(reason === told.reason));
      button.addEventListener("click", () => choose(reason));
      return button;
    }));
    if (!told.rows.length) { fill("heat", said(told.reason ? "No attempt failed for this reason in the last 24 hours." : "No attempt failed in the last 24 hours.")); return; }
    const hour = (moment) => two(SW.monitor.parts(moment).hour);
    const rows = told.rows.map((row) => ({ name: row.proxy, values: row.cells, says: (index) => `${hour(told.hours[index])}:00` }));
    const called = "Failed attempts by proxy and hour";
    const [table, most] = squares(called, rows, told.hours.map(hour), "failed attempt", "failures");
    put("heat", called, table, legend(most, "an hour", `${told.rows.length} of ${plural(told.proxies, "proxy", "proxies")}${told.failing > told.rows.length ? " with the most failures" : ""}, last 24 h`, "failures"));
  }

  /** When a niche's stories begin, by weekday and hour. */
  function calendar(told, choose) {
    const select = part("niche");
    if (select && select.dataset.names !== JSON.stringify(told.niches)) {
      select.dataset.names = JSON.stringify(told.niches);
      select.replaceChildren(...told.niches.map((name) => { const option = make("option", "", name); option.value = name; return option; }));
      select.onchange = () => choose(select.value);
    }
    if (select) { select.value = told.niche || ""; select.disabled = !told.niches.length; }
    if (!told.niche) { fill("calendar", said("There is no niche yet.")); return; }
    if (!told.stories) { fill("calendar", said(`No story of ${told.niche} was found in the last ${plural(told.weeks, "week")}.`)); return; }
    const rows = told.cells.map((values, day) => ({ name: WEEKDAYS[day], values, says: (hour) => `${two(hour)}:00` }));
    const called = `When stories of ${told.niche} begin, by weekday and hour`;
    const [table, most] = squares(called, rows, Array.from({ length: 24 }, (_, hour) => two(hour)), "story", "stories");
    put("calendar", called, table, legend(most, "in an hour", `${plural(told.stories, "story", "stories")} of the last ${plural(told.weeks, "week")}, ${told.zone}`, "stories"));
  }

  /** Unknown checks by reason. */
  function unknown(rows) {
    if (!rows.length) { fill("unknown", said("Every finished check is conclusive.")); return; }
    const most = rows[0].count;
    fill("unknown", ...rows.map(({ words, count }) => make("div", "monitor-reason", make("span", "ellipsis", words), SW.meter(count / most, "warn"), make("span", "num", number(count)))));
  }

  function ago(moment) {
    const text = make("span", "", SW.ago(moment));
    text.dataset.ago = moment;
    text.title = SW.at(moment);
    return text;
  }

  return { heat, calendar, unknown, part, fill, said, head, ago };
})();
