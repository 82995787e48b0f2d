/* Charts of the tab Monitor, drawn as SVG from numbers.  Colours come from classes, so light and dark need no redrawing. */
"use strict";

window.SWChart = class {
  static HIGH = 172;           // px, of the whole drawing
  static TOP = 10;
  static FOOT = 22;            // px below the lines, for the times
  static SIDE = 8;
  static MOST_MARKS = 4;       // words beside one another could not be read

  /** @param box an element that holds nothing else */
  constructor(box) {
    this.box = box;
    this.data = null;
    this.tip = SW.make("div", "chart-tip away");
    new ResizeObserver(() => this.paint()).observe(box);
    box.addEventListener("pointermove", (event) => this.point(this.indexAt(event.clientX)));
    box.addEventListener("pointerleave", () => this.point(null));
    box.addEventListener("blur", () => this.point(null));
    box.addEventListener("keydown", (event) => this.steer(event));
  }

  /**
   * @param data.called what a screen reader calls it
   * @param data.times the moments of the points, in ms
   * @param data.label a moment as text, as at the foot
   * @param data.series [{name, kind, values, say, fill, right}], values may be null; kind is the class of its colour
   * @param data.bars stacked bars in place of lines
   * @param data.log whether equal steps multiply
   * @param data.axis a value of the axis as text; data.axisRight for series that are measured at the right
   * @param data.pauses for each point, whether everything was paused
   */
  show(data) {
    this.data = data;
    this.paint();
  }

  paint() {
    const width = this.box.clientWidth;
    if (!this.data || !width) return;
    this.width = width;
    this.left = 40;
    this.right = width - (this.data.series.some((each) => each.right) ? 52 : SWChart.SIDE);
    this.bottom = SWChart.HIGH - SWChart.FOOT;
    this.hair = null;
    this.svg = this.element("svg", { viewBox: `0 0 ${width} ${SWChart.HIGH}`, width, height: SWChart.HIGH, "aria-hidden": "true" });
    this.axes();
    this.rests();
    if (this.data.bars) this.stack(); else for (const each of this.data.series) this.line(each);
    this.box.setAttribute("aria-label", this.summary());
    this.box.replaceChildren(this.svg, this.tip);
    // New figures do not take away what somebody is looking at.
    if (this.pointed != null) { const again = this.data.times.findLastIndex((each) => each <= this.moment); this.point(again < 0 ? null : again); }
  }

  // -- scales ------------------------------------------------------------------------------

  axes() {
    const { data } = this, at = (side) => data.series.filter((each) => Boolean(each.right) === side);
    this.scales = [false, true].map((side) => (data.log ? this.decades(at(side)) : this.even(at(side))));
    for (const value of this.scales[0].steps) {
      const y = this.y(value);
      this.draw("line", { x1: this.left, x2: this.right, y1: y, y2: y, class: "chart-grid" });
      this.write(data.axis(value), this.left - 6, y + 4, "end");
    }
    if (at(true).length) for (const value of this.scales[1].steps) this.write(data.axisRight(value), this.right + 6, this.y(value, true) + 4, "start");
    const shown = this.width < 300 ? 3 : 4, count = data.times.length;
    for (let each = 0; each < shown; each += 1) {
      const index = Math.round((each * count) / shown);
      if (index < count) this.write(data.label(data.times[index]), this.x(index), SWChart.HIGH - 5, each || data.bars ? "middle" : "start");
    }
  }

  even(series) {
    const sums = this.data.bars ? this.data.times.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] || 0), 0)) : series.flatMap(({ values }) => values);
    const most = Math.max(series.reduce((least, each) => Math.max(least, each.least || 0), 0), ...sums.map((each) => each || 0)) || 1;
    const rough = most / 3, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough);
    const count = Math.ceil(most / step - 1e-9);
    return { from: 0, to: step * count, steps: Array.from({ length: count + 1 }, (_, each) => each * step) };
  }
  decades(series) {
    const known = series.flatMap(({ values }) => values).filter((each) => each > 0);
    const from = known.length ? Math.floor(Math.log10(Math.min(...known))) : 1;
    const to = Math.max(from + 1, known.length ? Math.ceil(Math.log10(Math.max(...known))) : 3);
    return { from, to, steps: Array.from({ length: to - from + 1 }, (_, each) => 10 ** (from + each)) };
  }
  x(index) {
    const count = this.data.times.length, wide = this.right - this.left;
    return this.data.bars ? this.left + (wide * (index + 0.5)) / count : this.left + (count > 1 ? (wide * index) / (count - 1) : wide / 2);
  }
  y(value, right = false) {
    const { from, to } = this.scales[right ? 1 : 0], at = this.data.log ? Math.log10(Math.max(value, 10 ** from)) : value;
    return this.bottom - ((at - from) / (to - from)) * (this.bottom - SWChart.TOP);
  }

  // -- what is drawn ----------------------------------------------------------------------------

  /** Lines and areas, broken where there was nothing to measure. */
  line({ kind, values, fill, right }) {
    const parts = [];
    let part = null;
    values.forEach((value, index) => {
      if (value == null) { part = null; return; }
      if (!part) parts.push(part = []);
      part.push([this.x(index), this.y(value, right)]);
    });
    for (const each of parts) {
      const path = "M" + each.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
      if (fill) this.draw("path", { d: `${path}L${each.at(-1)[0].toFixed(1)} ${this.bottom}L${each[0][0].toFixed(1)} ${this.bottom}Z`, class: `chart-area ${kind}` });
      if (each.length > 1) this.draw("path", { d: path, class: `chart-line ${kind}` });
      else this.draw("circle", { cx: each[0][0], cy: each[0][1], r: 1.5, class: `chart-bar ${kind}` });
    }
  }
  stack() {
    const { times, series } = this.data, wide = Math.max(2, Math.min(28, ((this.right - this.left) / times.length) * 0.64));
    times.forEach((_, index) => {
      let below = 0;
      for (const { kind, values } of series) {
        const value = values[index] || 0, top = this.y(below + value), high = this.y(below) - top;
        if (value) this.draw("rect", { x: this.x(index) - wide / 2, y: top, width: wide, height: Math.max(1, high), class: `chart-bar ${kind}` });
        below += value;
      }
    });
  }
  /** Where everything was paused: a band, and the word where it began. */
  rests() {
    const { pauses = [], bars } = this.data, bands = [];
    pauses.forEach((paused, index) => {
      if (paused && pauses[index - 1]) bands.at(-1)[1] = index; else if (paused) bands.push([index, index]);
    });
    for (const [from, to] of bars ? [] : bands) {
      const x = this.x(from), wide = Math.max(1, this.x(to) - x);
      this.draw("rect", { x, y: SWChart.TOP, width: wide, height: this.bottom - SWChart.TOP, class: "chart-pause" });
      if (bands.length > SWChart.MOST_MARKS) continue;
      this.draw("line", { x1: x, x2: x, y1: SWChart.TOP, y2: this.bottom, class: "chart-pause-line" });
      const word = this.write("paused", 0, 0, "end", "chart-pause-word");
      word.setAttribute("transform", `translate(${x - 4} ${SWChart.TOP + 2}) rotate(-90)`);
    }
  }

  element(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  draw(name, attributes) { return this.svg.appendChild(this.element(name, attributes)); }
  write(text, x, y, anchor, kind = "chart-text") {
    const made = this.draw("text", { x, y, "text-anchor": anchor, class: kind });
    made.textContent = text;
    return made;
  }

  // -- what a person points at ---------------------------------------------------------------------

  indexAt(clientX) {
    if (!this.data || !this.svg) return null;
    const count = this.data.times.length, at = (clientX - this.box.getBoundingClientRect().left - this.left) / (this.right - this.left);
    return Math.max(0, Math.min(count - 1, this.data.bars ? Math.floor(at * count) : Math.round(at * (count - 1))));
  }
  steer(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !this.data) return;
    event.preventDefault();
    const last = this.data.times.length - 1;
    this.point(Math.max(0, Math.min(last, (this.pointed ?? last + 1) + by)));
  }
  /** Say what was measured at this point. */
  point(index) {
    this.pointed = index;
    if (this.hair) this.hair.remove();
    this.hair = null;
    this.tip.classList.toggle("away", index === null || !this.svg);
    if (index === null || !this.svg) { if (this.svg) this.box.setAttribute("aria-label", this.summary()); return; }
    const x = this.x(index), { data } = this;
    this.hair = this.draw("line", { x1: x, x2: x, y1: SWChart.TOP, y2: this.bottom, class: "chart-hair" });
    const said = data.series.map(({ name, kind, values, say }) => {
      const dot = SW.make("i", `chart-dot ${kind}`);
      return SW.make("div", "across gap-8", dot, SW.make("span", "grow", name), SW.make("span", "num strong", values[index] == null ? "–" : say(values[index])));
    });
    this.moment = data.times[index];
    const when = data.label(this.moment, true), paused = data.pauses && data.pauses[index];
    this.tip.replaceChildren(SW.make("div", "faint", paused ? `${when}, paused` : when), ...(data.bars ? said.reverse() : said));
    const wide = this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(0, x + wide + 16 > this.width ? x - wide - 10 : x + 10)}px`;
    this.box.setAttribute("aria-label", `${when}: ${data.series.map(({ name, values, say }) => `${name} ${values[index] == null ? "not measured" : say(values[index])}`).join(", ")}`);
  }

  /** The chart in a sentence, for who cannot see it. */
  summary() {
    const { called, times, series, label } = this.data;
    const said = series.map(({ name, values, say }) => {
      const known = values.filter((each) => each != null);
      if (!known.length) return `${name}: nothing measured`;
      if (this.data.bars) return `${name}: ${say(known.reduce((sum, each) => sum + each, 0))}`;
      return `${name}: ${say(Math.min(...known))} to ${say(Math.max(...known))}, ${say(known.at(-1))} at the end`;
    });
    const from = times.length ? ` from ${label(times[0])} to ${label(times.at(-1))}` : "";
    return `${called}${from}. ${said.join("; ")}. Arrow keys go from point to point.`;
  }
};
