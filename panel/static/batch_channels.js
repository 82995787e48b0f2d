/* Where in Discord an open batch is shown. */
"use strict";

SW.batchChannels = (() => {
  const { make } = SW;
  const AGAIN = 5000;          // milliseconds between two looks while a message lives

  let id = null, due = null;
  const part = (name) => document.querySelector(`[data-batch="${name}"]`);

  /** What came with the batch itself. */
  function show(batch, channels) {
    leave();
    id = batch;
    fill(channels);
    // Nothing of the batch changes when somebody deletes a message, or takes the bot a permission.
    if (channels.messages.some((message) => !message.ended)) due = setTimeout(look, AGAIN);
  }

  async function look() {
    const asked = id;
    if (asked === null) return;
    const channels = await SW.ask(`/data/batches/${encodeURIComponent(asked)}/channels`).catch(() => null);
    if (asked === id && channels) show(asked, channels);
  }

  function leave() {
    clearTimeout(due);
    id = null;
  }

  function fill({ has_bot, messages }) {
    part("channels-card").classList.toggle("away", !has_bot && !messages.length);
    const lines = messages.map((message) => {
      const link = make("a", "", `Channel ${message.channel}`);
      link.href = message.link;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      return make("div", "log-line", link, make("span", "muted", state(message)));
    });
    part("channels").replaceChildren(...(lines.length ? lines : [make("p", "muted", "No channel shows it.")]));
  }

  function state(message) {
    if (message.ended) return `Not edited any more: ${message.ended}.`;
    return message.posted ? "Kept up to date." : "Will be posted.";
  }

  return { show, look, leave };
})();
