/* A list on its way from the person's disk to the server: chosen or dropped, sent with its progress, refused with a
   sentence.  What becomes of it is decided elsewhere; the file itself stays here until it is wanted. */
"use strict";

SW.imports = (() => {
  // As much as the gate lets through.
  const LARGEST = 100_000_000;
  let file = null, request = null, over = 0;

  const host = () => document.querySelector(".import-host");
  const tell = (name, detail) => host() && host().dispatchEvent(new CustomEvent(name, { detail }));
  const size = (bytes) =>
    bytes < 1_000 ? SW.plural(bytes, "byte")
    : bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB`
    : `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;

  /** Remember the file and say that it is here; the page says when it is wanted, and for which niche. */
  function take(files) {
    if (files.length !== 1) return tell("refused", "Give one file at a time.");
    if (files[0].size > LARGEST) return tell("refused", `${files[0].name} has ${size(files[0].size)}; 100 MB at most. Split it.`);
    file = files[0];
    tell("taken", { name: file.name, size: size(file.size) });
  }

  /** Send the file that was taken. */
  function send(query) {
    if (file === null) return;
    stop();
    const sent = request = new XMLHttpRequest();
    sent.open("POST", "/data/imports?" + new URLSearchParams({ ...query, file: file.name }));
    sent.responseType = "json";
    sent.upload.onprogress = (event) => progress(event.loaded, event.total);
    sent.upload.onload = () => progress(1, 1);
    sent.onerror = () => tell("refused", "The file could not be sent: the connection broke, or the file has changed. Nothing was saved; try again.");
    sent.onload = () => (sent.status < 300 ? tell("staged", sent.response) : tell("refused", sentence(sent)));
    sent.onloadend = () => { if (request === sent) request = null; };
    progress(0, file.size);
    sent.send(file);
  }
  function sentence(answer) {
    if (answer.status === 401) location.assign("/login?next=" + encodeURIComponent(SW.here()));
    if (answer.status === 413) return "The file is larger than 100 MB. Split it.";
    if (answer.status === 401) return "You were signed out. Nothing was saved; sign in again and choose the file once more.";
    return (answer.response && answer.response.error) || `The server answered ${answer.status}. Nothing was saved; try again.`;
  }
  function progress(loaded, total) {
    const share = total ? loaded / total : 0;
    for (const bar of document.querySelectorAll(".sending .meter i")) bar.style.width = `${share * 100}%`;
    for (const text of document.querySelectorAll(".sending .sending-text"))
      text.textContent = share < 1 ? `Sending ${Math.floor(share * 100)} %` : "Reading the list";
  }

  /** Send no more. */
  function stop() {
    if (request === null) return;
    const sent = request;
    request = null;
    sent.onerror = sent.onload = null;
    sent.abort();
  }

  const choose = () => {
    const input = document.querySelector("input.import-file");
    input.value = "";
    input.click();
  };

  // -- dropping, anywhere where the host is in view -------------------------------------------

  const here = (event) => host() && host().offsetParent !== null && [...event.dataTransfer.types].includes("Files");
  const mark = (on) => document.body.classList.toggle("file-over", on);

  window.addEventListener("dragenter", (event) => { if (here(event)) { event.preventDefault(); over += 1; mark(true); } });
  window.addEventListener("dragover", (event) => { if (here(event)) { event.preventDefault(); event.dataTransfer.dropEffect = "copy"; } });
  window.addEventListener("dragleave", (event) => { if (here(event)) { over = Math.max(0, over - 1); mark(over > 0); } });
  window.addEventListener("drop", (event) => {
    over = 0;
    mark(false);
    if (here(event)) { event.preventDefault(); take(event.dataTransfer.files); }
  });

  return { take, send, stop, choose };
})();
