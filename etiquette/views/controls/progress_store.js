// Keeps progress and items in this browser, and downloads progress as a file. Python alone interprets what is kept.
//
// Each entry of progress has its own key and is never overwritten, so that two tabs cannot overwrite each other's
// progress. An item has one key, its name, and can be replaced.
//
// The widget is an invisible part of every root, so it may have many views: what it does belongs to its model. It reports
// what is kept when the first of them is drawn, by which time the rest of the page is there to show what Python makes of
// it.

const ITEM = "etiquette:"; // prefix of every item's key
const PROGRESS = "etiquette:progress:"; // prefix of the key of every entry of progress

function storage(model) {
  const report = (found) => model.send({ found });

  const reportAll = () => {
    const found = {};
    const items = {};
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if (key.startsWith(PROGRESS)) found[key.slice(PROGRESS.length)] = localStorage.getItem(key);
      else if (key.startsWith(ITEM)) items[key.slice(ITEM.length)] = localStorage.getItem(key);
    }
    model.send({ found, items });
  };

  const reportInvitation = () => {
    const invited = new URLSearchParams(location.search).get("room");
    if (invited) model.send({ invited });
  };

  const keep = (entries, dropped) => {
    for (const key of dropped) localStorage.removeItem(PROGRESS + key);
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(PROGRESS + key, value);
    report(entries);
  };

  const setItem = (name, text) =>
    text ? localStorage.setItem(ITEM + name, text) : localStorage.removeItem(ITEM + name);

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
    if ("item" in message) attempt(() => setItem(message.item, message.text));
    if ("save" in message) save(message.save, message.name);
  };
  // Typing in another tab changes an item with each keystroke, and the host limits how much one page may send.
  const changed = new Set();
  let reporting;
  const reportChanged = () => {
    const keys = [...changed];
    changed.clear();
    for (const key of keys) model.send({ item: key.slice(ITEM.length), text: localStorage.getItem(key) ?? "" });
  };
  const onStorage = ({ key, newValue }) => {
    if (key?.startsWith(PROGRESS)) {
      if (newValue !== null) report({ [key.slice(PROGRESS.length)]: newValue });
    } else if (key?.startsWith(ITEM)) {
      if (!changed.size) reporting = setTimeout(() => attempt(reportChanged), 500);
      changed.add(key);
    }
  };

  const listen = () => {
    model.on("msg:custom", onMessage);
    if (model.get("in_browser")) window.addEventListener("storage", onStorage);
    return () => {
      model.off("msg:custom", onMessage);
      window.removeEventListener("storage", onStorage);
      clearTimeout(reporting);
    };
  };
  return {
    listen,
    arrive: () => {
      reportInvitation(); // even if the storage is blocked, as it may be in a frame
      attempt(reportAll);
    },
  };
}

export default () => {
  let kept;
  let reported = false;
  return {
    initialize: ({ model }) => {
      kept = storage(model);
      return kept.listen();
    },
    render: ({ model }) => {
      if (reported || !model.get("in_browser")) return;
      reported = true;
      kept.arrive();
    },
  };
};
