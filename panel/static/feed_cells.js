/* What stands in the cells of the Niche Feed's table, and which columns there is room for. */
"use strict";

window.SWFeedCells = (() => {
  const { make } = SW;
  const chip = (story) => (story === "never" ? make("span", "chip chip-never", "Never checked") : SW.chip(story));
  const skeleton = () => make("span", "skeleton");
  const percent = (ppm) => `${Math.round(ppm / 10_000)}%`;

  const cells = {
    username({ data }) {
      if (!data) return skeleton();
      const link = make("a", "cell-name ellipsis", `@${data.id}`);
      link.href = `/feed?profile=${encodeURIComponent(data.id)}`;
      link.dataset.username = data.id;
      link.tabIndex = -1;
      if (!data.watched) return link;
      const star = make("span", "watched-mark", "★");
      star.title = "Watched: its new stories are told as alerts";
      star.setAttribute("role", "img");
      star.setAttribute("aria-label", "Watched");
      return make("span", "across gap-4", link, star);
    },
    story({ data }) {
      if (!data) return skeleton();
      const { story, reason, unknown_streak: streak } = data;
      if (!streak) return make("span", "across", chip(story));
      const why = make("span", "muted small-text ellipsis", streak > 1 ? `${reason} ×${streak}` : reason);
      if (streak > 1) why.title = `The last ${streak} checks could not tell.`;
      return make("span", "across gap-8", chip(story), why);
    },
    seenLive({ data, value }) {
      if (!data) return skeleton();
      if (value === null) return make("span", "faint", "–");
      return make("span", "mini-meter", SW.meter(value / 1e6), make("span", "num seen-live", percent(value)));
    },
    status({ data }) {
      if (!data) return skeleton();
      if (data.status === "active") return make("span", "muted", "Active");
      return SW.dotted(data.status === "gone" ? "bad" : "idle", data.status === "gone" ? "Gone" : "Paused");
    },
  };

  const formats = {
    left: (cell) => SW.left(cell.value),
    ago: (cell) => (cell.data ? SW.ago(cell.value) : ""),
    since: (cell) => (cell.value && cell.data.live ? SW.ago(cell.value) : ""),
    lastStory: (cell) => (cell.data ? (cell.data.live ? "now" : SW.ago(cell.value)) : ""),
    number: (cell) => SW.number(cell.value),
  };
  /** What a time is by the clock, for who rests on it. */
  // One for all cells, because making one takes longer than all that it does.
  let clock = null;
  function moment({ value }) {
    if (!value) return null;
    clock = clock || new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: SW.zone.name });
    return clock.format(new Date(value));
  }

  // The first ones stay longest; a width is what a column needs at least.
  const ROOM = [
    ["username", 160], ["story", 150], ["story_until", 122], ["last_checked_at", 100], ["niche", 120], ["status", 84],
    ["last_story_at", 100], ["checks_total", 80], ["detection_ppm", 140], ["story_since", 104], ["last_reason", 140],
  ];
  const BOX = 46;
  // Shown only to those who ask for it: the reason stands beside the story, too.
  const ASKED_FOR = ["last_reason"];

  /** The columns that fit into so many pixels, and those that do not.
   *  @param chosen those that the person chose to show or to hide, by name
   *  @param oneNiche whether every row is of the same niche */
  function fitting(width, chosen, oneNiche) {
    let room = width - BOX, full = false;
    const shown = [], hidden = [];
    for (const [name, least] of ROOM) {
      const usual = !ASKED_FOR.includes(name) && !(name === "niche" && oneNiche);
      const meant = chosen[name] === undefined ? usual : chosen[name];
      if (meant && !full && room >= least) { room -= least; shown.push(name); }
      else { hidden.push(name); full = full || meant; }
    }
    return { shown, hidden };
  }

  /** The box over the boxes: it takes the whole page in view, or leaves it. */
  class PageBox {
    init() {
      this.box = make("button", "page-box");
      this.box.type = "button";
      this.box.setAttribute("role", "checkbox");
      this.box.setAttribute("aria-checked", "false");
      this.box.setAttribute("aria-label", "Select the profiles of this page");
      this.box.addEventListener("click", (event) => { event.stopPropagation(); SWFeed.selectPage(); });
    }
    getGui() { return this.box; }
    refresh() { return true; }
    destroy() {}
  }

  return { cells, formats, moment, fitting, PageBox };
})();
