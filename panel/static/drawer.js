/* The drawer of one profile: read by a plain request, drawn as elements of text.  When to read anew is for the page
   to say; which details are open and how much of the history was asked for is remembered here. */
"use strict";

SW.profile = (() => {
  const PAGE = 50, MOST = 200;    // checks asked for at once
  const HOURS_FROM = 8;           // fewer stories say nothing of a habit
  const HABIT = 0.4;              // part of the stories within three hours
  const OF_FACTS = 20_000;        // ms; "for another 2 h" is written anew
  let username = null, data = null, asked = 0, opener = null, unfolded = new Set();

  const { make } = SW;
  const find = (part) => document.querySelector(`aside.drawer .drawer-${part}`);
  const fill = (part, ...children) => { const box = find(part); if (box) box.replaceChildren(...children.filter(Boolean)); };
  const two = (number) => String(number).padStart(2, "0");
  const clock = (date, seconds) => `${two(date.getHours())}:${two(date.getMinutes())}${seconds ? ":" + two(date.getSeconds()) : ""}`;
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

  /** A moment in the browser's zone: the time today and tomorrow, the day within a week, the date before that. */
  function when(text) {
    const date = new Date(text), days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
    if (days === 0) return clock(date);
    if (days === -1) return `tomorrow ${clock(date)}`;
    if (days > 0 && days < 7) return `${DAYS[date.getDay()]} ${clock(date)}`;
    const year = date.getFullYear() === new Date().getFullYear() ? "" : ` ${date.getFullYear()}`;
    return `${date.getDate()} ${MONTHS[date.getMonth()]}${year} ${clock(date)}`;
  }
  const percent = (part, whole) => (whole ? `${(100 * part / whole).toFixed(1).replace(/\.0$/, "")}%` : "–");
  const ago = (text) => { const span = make("span", "", SW.ago(text)); span.dataset.ago = text; span.title = new Date(text).toLocaleString(); return span; };
  const heading = (text, beside) => make("div", "across gap-8 drawer-heading", make("h3", "grow", text), beside ? make("span", "small-text muted", beside) : null);
  const section = (...children) => make("section", "drawer-section", ...children);
  /** "proxy nl-07"; what is called by its kind already stays as it is. */
  const called = (kind, label) => (label && !label.startsWith(kind) ? `${kind} ${label}` : label);
  const key = (check) => `${check.batch} ${check.checked_at}`;

  // -- what is known of the profile ------------------------------------------------------

  function title(profile) {
    const name = make("h2", "ellipsis", `@${profile.username}`);
    if (!profile.page || !profile.page.startsWith("https://")) return [name];
    const link = make("a", "drawer-page", make("i", "q-icon notranslate material-icons", "open_in_new"));
    Object.assign(link, { href: profile.page, target: "_blank", rel: "noopener noreferrer", title: "Open on the platform" });
    link.setAttribute("aria-label", `Open @${profile.username} on the platform`);
    link.firstChild.setAttribute("aria-hidden", "true");
    return [name, link];
  }
  function facts(profile) {
    const parts = [];
    if (profile.story === "live") {
      parts.push(`for another ${SW.left(profile.story_until)}`);
      if (profile.story_since) parts.push(`since ${when(profile.story_since)}`);
    } else {
      if (profile.story === "unknown" && profile.reason) parts.push(profile.reason);
      if (profile.last_checked_at) parts.push(ago(profile.last_checked_at));
    }
    if (profile.status === "paused") parts.push("paused");
    if (profile.watched) parts.push("watched");
    parts.push(profile.niche);
    const chip = profile.story === "never" ? make("span", "muted", "Never checked") : SW.chip(profile.story);
    const line = make("span", "muted small-text drawer-line");
    parts.forEach((part, number) => line.append(number ? " · " : "", part));
    return [chip, line];
  }

  // -- why -------------------------------------------------------------------------------

  const OUTCOMES = SW.OUTCOMES;
  function steps(check, isLast) {
    const list = make("ol", "steps");
    check.steps.forEach((step, number) => {
      const route = [called("proxy", step.proxy), called("session", step.session)];
      // The time and the length of an exchange are kept of the last one.
      const time = number === check.steps.length - 1 ? [clock(new Date(check.checked_at), true), check.latency_ms == null ? null : `${SW.number(check.latency_ms)} ms`] : [];
      list.append(make("li", "step",
        make("span", `step-number ${step.proven ? "ok" : ""}`, String(number + 1)),
        make("div", "", make("div", "", step.asked + " ", make("strong", "", step.said)),
          step.meant ? make("div", "small-text muted", step.meant) : null,
          make("div", "small-text faint", [...time, ...route].filter(Boolean).join(" · ")))));
    });
    list.append(make("li", "step", make("span", "step-number end", "="),
      make("div", "", make("strong", "", OUTCOMES[check.outcome]), check.outcome === "unknown" && check.reason ? `: ${check.reason}` : "",
        make("div", "small-text muted", check.why))));
    return list;
  }
  function why() {
    const { profile, checks } = data;
    if (!profile.last_checked_at) return section(heading("Not checked yet"), make("p", "muted", "Its first check will say here which route brought what answer."));
    const last = checks[0];
    if (!last || last.checked_at !== profile.last_checked_at)
      return section(heading("Why this verdict"), make("p", "muted", "The batch of this check was deleted, and with it what the answers said."));
    return section(heading("Why this verdict"), steps(last));
  }

  // -- figures ---------------------------------------------------------------------------

  function figures() {
    const { profile, strip } = data;
    if (!profile.checks_total) return null;
    const figure = (value, label, hint) => { const box = make("div", "", make("div", "value", value), make("div", "label", label)); box.title = hint; return box; };
    const shown = make("div", "figures",
      figure(SW.number(profile.checks_total), profile.checks_total === 1 ? "check" : "checks", "Finished checks"),
      figure(percent(profile.conclusive_total, profile.checks_total), "success rate", "Conclusive of finished"),
      figure(SW.number(profile.stories_total), "times live", "Checks that found it live"),
      figure(percent(profile.stories_total, profile.conclusive_total), "seen live", "Live of conclusive"));
    if (!strip.length) return section(shown);
    const bars = make("div", "strip", ...strip.map((outcome) => { const bar = make("i", `s-${outcome}`); bar.title = OUTCOMES[outcome]; return bar; }));
    bars.setAttribute("role", "img");
    const counts = Object.keys(OUTCOMES).map((outcome) => [strip.filter((each) => each === outcome).length, OUTCOMES[outcome].toLowerCase()]);
    bars.setAttribute("aria-label", "Oldest to newest: " + counts.filter(([number]) => number).map((count) => count.join(" ")).join(", "));
    return section(shown, make("div", "across small-text muted strip-head", make("span", "grow", strip.length === 1 ? "Last check" : `Last ${strip.length} checks`), strip.length > 1 ? "oldest → newest" : ""), bars);
  }
  function hours() {
    const counts = data.hours, total = counts.reduce((sum, count) => sum + count, 0);
    if (!total) return null;
    const most = Math.max(...counts);
    const bars = make("div", "hours", ...counts.map((count, hour) => {
      const bar = make("i", count ? "" : "none");
      bar.style.height = count ? `${Math.max(6, 100 * count / most)}%` : "2px";
      bar.title = `${hour}–${hour + 1} h: ${SW.plural(count, "story", "stories")}`;
      return bar;
    }));
    bars.setAttribute("role", "img");
    bars.setAttribute("aria-label", `Stories by the hour at which they began: ${counts.map((count, hour) => (count ? `${hour} h ${count}` : "")).filter(Boolean).join(", ")}`);
    const three = (from) => counts[from] + counts[(from + 1) % 24] + counts[(from + 2) % 24];
    const best = counts.map((_, hour) => hour).sort((a, b) => three(b) - three(a))[0];
    const usual = total >= HOURS_FROM && three(best) >= HABIT * total ? `usually ${best}–${(best + 3) % 24} h` : "";
    return section(heading("Stories began, by hour of day", usual), bars, make("div", "hours-axis tiny faint", ...[0, 6, 12, 18].map((hour) => make("span", "", String(hour)))));
  }

  // -- history ---------------------------------------------------------------------------

  function row(check) {
    const id = key(check), open = unfolded.has(id);
    const button = make("button", "unfold", make("span", "", when(check.checked_at)));
    button.type = "button";
    button.setAttribute("aria-expanded", String(open));
    button.title = new Date(check.checked_at).toLocaleString();
    const note = check.outcome === "live" && check.story_until ? `until ${when(check.story_until)}` : check.reason;
    const shown = make("tr", "check-row", make("td", "", button), make("td", "", SW.chip(check.outcome)), make("td", "muted note-cell", note),
      make("td", "num", SW.number(check.attempts)), proxyCell(check.proxy || ""));
    shown.onclick = () => { if (open) unfolded.delete(id); else unfolded.add(id); draw(); document.querySelector(`[data-check="${CSS.escape(id)}"] button`)?.focus({ preventScroll: true }); };
    shown.dataset.check = id;
    return open ? [shown, detail(check)] : [shown];
  }
  /** Of an address only where it is; all of it is in the details. */
  function proxyCell(label) {
    const cell = make("td", "muted num ellipsis proxy-cell", label.replace(/^\w+:\/\//, "").replace(/^.*@/, ""));
    cell.title = label;
    return cell;
  }
  function detail(check) {
    const cell = make("td", "check-detail");
    cell.colSpan = 5;
    if (check.story_until) cell.append(make("div", "small-text", `Story ${check.story_since ? `from ${when(check.story_since)} ` : ""}until ${when(check.story_until)}`));
    cell.append(steps(check), make("div", "small-text muted", "Batch ", way(check.batch_name, `/batches/${check.batch}`)));
    return make("tr", "", cell);
  }
  /** A link that leads within the page. */
  function way(text, address) {
    const link = make("a", "text-link", text);
    link.href = address;
    link.onclick = SW.follow;
    return link;
  }
  function history() {
    if (!data.checks.length) return null;
    const head = make("tr", "", ...[["Checked", ""], ["Verdict", ""], ["", ""], ["Attempts", "num"], ["Proxy", "num proxy-cell"]].map(([text, kind]) => make(text ? "th" : "td", kind, text)));
    const table = make("table", "table tight checks", make("thead", "", head), make("tbody", "", ...data.checks.flatMap(row)));
    if (!data.after) return section(table);
    const more = make("button", "text-button", "Show older checks");
    more.type = "button";
    more.onclick = () => { more.disabled = true; older(); };
    return section(table, more);
  }

  // -- drawing and asking ------------------------------------------------------------------

  function draw() {
    fill("title", ...title(data.profile));
    fill("facts", ...facts(data.profile));
    fill("body", why(), figures(), hours(), history());
  }
  function open(name) {
    username = name;
    data = null;
    unfolded = new Set();
    if (!document.activeElement?.closest("aside.drawer")) opener = document.activeElement;
    fill("title", make("h2", "ellipsis", `@${name}`));
    fill("facts");
    fill("body", section(...[1, 2, 3].map(() => make("div", "skeleton"))));
  }
  const path = (words) => `/data/profiles/${encodeURIComponent(username)}/history?${new URLSearchParams(words)}`;
  /** Ask; *then* is told the answer unless something else was asked, or somebody else is shown, in the meantime. */
  async function ask(words, then) {
    const mine = ++asked, name = username;
    const holds = () => mine === asked && name === username;
    try {
      const answer = await SW.ask(path(words));
      if (holds()) then(answer);
    } catch (error) {
      if (holds()) refuse(error.message);
    }
  }
  /** Say why there is nothing to show. */
  function refuse(sentence) {
    asked += 1;
    data = null;
    fill("facts");
    const said = make("p", "muted", sentence);
    said.setAttribute("role", "alert");
    fill("body", section(said));
  }
  /** Read the profile anew; what was shown of its older checks stays. */
  function load() {
    const shown = data ? data.checks : [], after = data && data.after;
    ask({ count: Math.min(MOST, Math.max(PAGE, shown.length)) }, (answer) => {
      data = answer;
      const last = answer.checks[answer.checks.length - 1];
      const place = last ? shown.findIndex((check) => key(check) === key(last)) : -1;
      if (answer.after && place >= 0 && place < shown.length - 1) {
        data.checks.push(...shown.slice(place + 1));
        data.after = after;
      }
      draw();
    });
  }
  function older() {
    ask({ count: PAGE, after: data.after }, (answer) => {
      data.checks.push(...answer.checks);
      data.after = answer.after;
      draw();
    });
  }
  function shut() {
    const inside = document.activeElement?.closest("aside.drawer") || document.activeElement === document.body;
    username = data = null;
    if (inside && opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  document.addEventListener("keydown", (event) => {
    // By what is seen, which may be there a moment before this is told whom it shows.
    const drawer = document.querySelector('aside.drawer[aria-label="Profile"]');
    if (event.key !== "Escape" || event.defaultPrevented || !drawer?.getClientRects().length) return;
    // Whatever is above the drawer is closed first, and whatever is typed is let go first.
    if (document.querySelector(".q-dialog, .q-menu") || event.target.closest?.("input, textarea, [contenteditable]")) return;
    drawer.querySelector(".drawer-close")?.click();
  });
  setInterval(() => { if (data) fill("facts", ...facts(data.profile)); }, OF_FACTS);

  return { open, load, refuse, shut };
})();
