// Keeps progress in this browser, and downloads it as a file. Python alone interprets what is kept.
//
// Each entry has its own key and is never overwritten, so that two tabs cannot overwrite each other's progress.
// The widget is part of the page but invisible. It reports what is kept when it is drawn, by which time the rest of
// the page is there to show what Python makes of it.

const PROGRESS = "etiquette:progress:"; // prefix of every entry's key
const RESUME_POINT = "etiquette:place"; // each tab has its own; a new tab begins with the last one's
const MEMBERSHIP = "etiquette:seat"; // shared by all tabs: in a room, the learner is the same person in each
const ENTRIES = "etiquette:interview"; // shared by all tabs: what the learner typed about their own interview
const LAST_VOTE = "etiquette:voted"; // changes with each vote, so that the other tabs update

function render({ model }) {
  const report = (found) => model.send({ found });

  const reportAll = () => {
    const found = {};
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if (key.startsWith(PROGRESS)) found[key.slice(PROGRESS.length)] = localStorage.getItem(key);
    }
    const place = sessionStorage.getItem(RESUME_POINT) ?? localStorage.getItem(RESUME_POINT) ?? "";
    const seat = localStorage.getItem(MEMBERSHIP) ?? "";
    const entries = localStorage.getItem(ENTRIES) ?? "";
    model.send({ found, place, seat, entries });
  };

  const remember = (storage, key, value) => (value ? storage.setItem(key, value) : storage.removeItem(key));

  const keep = (entries, dropped) => {
    for (const key of dropped) localStorage.removeItem(PROGRESS + key);
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(PROGRESS + key, value);
    report(entries);
  };

  const save = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  // Storage that is blocked or full throws.
  const attempt = (work) => {
    try {
      work();
    } catch (error) {
      model.send({ failed: String(error) });
    }
  };

  const onMessage = (message) => {
    if ("keep" in message) attempt(() => keep(message.keep, message.drop));
    if ("save" in message) save(message.save, message.name);
    for (const storage of ["sessionStorage", "localStorage"])
      if ("place" in message) attempt(() => remember(window[storage], RESUME_POINT, message.place));
    if ("seat" in message) attempt(() => remember(localStorage, MEMBERSHIP, message.seat));
    if ("entries" in message) attempt(() => remember(localStorage, ENTRIES, message.entries));
    if ("voted" in message) attempt(() => localStorage.setItem(LAST_VOTE, message.voted));
  };
  const onStorage = ({ key, newValue }) => {
    if (key?.startsWith(PROGRESS) && newValue !== null) report({ [key.slice(PROGRESS.length)]: newValue });
    if (key === MEMBERSHIP) model.send({ seat: newValue ?? "" });
    if (key === ENTRIES) model.send({ entries: newValue ?? "" });
    if (key === LAST_VOTE) model.send({ voted: newValue ?? "" });
  };

  model.on("msg:custom", onMessage);
  if (!model.get("in_browser")) return () => model.off("msg:custom", onMessage);
  window.addEventListener("storage", onStorage);
  const invited = new URLSearchParams(location.search).get("room");
  if (invited) model.send({ invited });
  attempt(reportAll);
  return () => {
    model.off("msg:custom", onMessage);
    window.removeEventListener("storage", onStorage);
  };
}

export default { render };
