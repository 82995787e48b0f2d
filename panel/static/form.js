/* Forms whose values go to a plain route: nothing of what is typed passes the page's socket. */
"use strict";

SW.form = (() => {
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const told = (form, about) =>
    (about && form.querySelector(`.form-error[data-about="${about.toLowerCase().replace(/[^a-z0-9]+/g, "-")}"]`)) ||
    form.querySelector(".form-error:not([data-about])");

  /** What is in the form: texts, whether boxes are ticked, and which of several.  A file's text stands in for an empty area of its name. */
  async function values(form) {
    const found = {};
    for (const input of form.elements) {
      if (!input.name) continue;
      if (input.type === "checkbox" && "many" in input.dataset) (found[input.name] ??= []).push(...(input.checked ? [input.value] : []));
      else if (input.type === "checkbox") found[input.name] = input.checked;
      else if (input.type === "file") { if (input.files.length && !found[input.name]) found[input.name] = await input.files[0].text(); }
      else if (!found[input.name]) found[input.name] = input.value;
    }
    return found;
  }

  function complain(form, error) {
    const place = told(form, error.field);
    place.textContent = capital(place.dataset.about ? error.why : error.message);
    const input = place.dataset.about && place.closest(".form-below").previousElementSibling.querySelector("input, textarea, select");
    if (input) { input.setAttribute("aria-invalid", "true"); input.focus(); }
  }

  async function submit(event, path, report, emit) {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.busy) return;
    for (const place of form.querySelectorAll(".form-error")) place.textContent = "";
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    form.dataset.busy = "yes";
    try {
      const answer = await SW.send(path, await values(form));
      if (report) SW.reports[report](form, answer);
      const { lines, url, ...short } = answer;  // shown here alone: thousands of lines, and links that are as good as passwords
      emit({ ...short, closes: !report });
    } catch (error) {
      complain(form, error);
    } finally {
      delete form.dataset.busy;
    }
  }

  /** Fill a form that is about to be seen, and begin at its first field. */
  function fill(form, given, preview = "") {
    for (const [name, value] of Object.entries(given)) {
      if (Array.isArray(value)) {
        for (const tick of form.querySelectorAll("input[data-many]")) if (tick.name === name) tick.checked = value.includes(tick.value);
        continue;
      }
      const input = form.elements[name];
      if (!input) continue;
      if (input.type === "checkbox") input.checked = Boolean(value);
      else input.value = value == null ? "" : value;
    }
    const first = form.querySelector("input:not([type=hidden]), textarea, select");
    // The dialog around it takes the focus first.
    setTimeout(() => { if (first && !form.contains(document.activeElement)) first.focus(); });
    if (form.querySelector("[list=time-zones]")) offerZones();
    if (preview) follow(form, preview);
  }

  /** The time zones that the browser knows, to choose from while one is typed. */
  function offerZones() {
    if (document.getElementById("time-zones")) return;
    const list = SW.make("datalist", "");
    list.id = "time-zones";
    for (const zone of ["UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? [])]) list.append(Object.assign(SW.make("option", ""), { value: zone }));
    document.body.append(list);
  }

  /** Show what *path* says of the values, now and whenever nobody has changed them for a moment. */
  function follow(form, path) {
    const box = form.querySelector(".form-preview");
    let timer = 0, asked = 0;
    async function look() {
      const turn = ++asked;
      let answer;
      try { answer = await SW.send(path, await values(form)); } catch (error) { answer = { told: error.message, warns: true, fits: true, lines: [] }; }
      if (turn !== asked || !form.isConnected) return;
      const lines = answer.lines.length ? [SW.make("p", "label", answer.heading), SW.make("ul", "", ...answer.lines.map((line) => SW.make("li", "", line)))] : [];
      box.replaceChildren(...lines, ...(answer.told ? [SW.make("p", answer.warns ? "budget-warning" : "muted", answer.told)] : []));
      const anyway = form.elements.anyway;
      if (anyway) { anyway.closest(".form-field").hidden = answer.fits; if (answer.fits) anyway.checked = false; }
    }
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 300); });
    look();
  }

  /** Show *parts* in place of the form's fields; what is left to do is to close it. */
  function replace(form, ...parts) {
    form.querySelector(".dialog-body").replaceChildren(...parts);
    form.querySelector("[type=submit]").style.display = "none";
    const close = form.querySelector(".dialog-foot .secondary .q-btn__content");
    if (close) close.textContent = "Close";
  }

  return { submit, fill, replace };
})();

/** What becomes of an answer that a form stays open for. */
SW.reports = {};
