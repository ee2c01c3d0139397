// Keeps progress and items in this browser, and downloads progress as a file. Python alone interprets what is kept.
//
// Each entry of progress has its own key and is never overwritten, so that two tabs cannot overwrite each other's
// progress. An item has one key, its name, and can be replaced.
//
// On a page that a learning platform opened, the platform keeps everything, and nothing stays in the browser, which many
// learners may share.
//
// The widget is an invisible part of every root, so it may have many views: what it does belongs to its model. It reports
// what is kept when the first of them is drawn, by which time the rest of the page is there to show what Python makes of
// it.

const ITEM = "etiquette:"; // prefix of every item's key
const PROGRESS = "etiquette:progress:"; // prefix of the key of every entry of progress

function progressStore(model) {
  const platform = window.learningPlatform;
  const open = async () => (await platform?.storage) ?? localStorage;
  const told = () => platform && { room: platform.room, trouble: platform.trouble };
  const report = (found, items) => model.send({ found, items, platform: told() });

  const reportAll = (storage) => {
    const found = {};
    const items = {};
    for (let n = 0; n < storage.length; n++) {
      const key = storage.key(n);
      if (key.startsWith(PROGRESS)) found[key.slice(PROGRESS.length)] = storage.getItem(key);
      else if (key.startsWith(ITEM)) items[key.slice(ITEM.length)] = storage.getItem(key);
    }
    report(found, items);
  };

  const reportInvitation = () => {
    const invited = new URLSearchParams(location.search).get("room");
    if (invited) model.send({ invited });
  };

  const keep = (storage, entries, dropped) => {
    for (const key of dropped) storage.removeItem(PROGRESS + key);
    for (const [key, value] of Object.entries(entries)) storage.setItem(PROGRESS + key, value);
    report(entries);
  };

  const setItem = (storage, name, text) =>
    text ? storage.setItem(ITEM + name, text) : storage.removeItem(ITEM + name);

  const save = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  // Storage that is blocked or full throws.
  const attempt = async (work) => {
    try {
      work(await open());
    } catch (error) {
      model.send({ failed: String(error) });
    }
  };

  const onMessage = (message) => {
    if ("keep" in message) attempt((storage) => keep(storage, message.keep, message.drop));
    if ("item" in message) attempt((storage) => setItem(storage, message.item, message.text));
    if ("save" in message) save(message.save, message.name);
    if ("outcome" in message) platform?.report(message.outcome);
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
    if (platform) platform.onTrouble = () => report({});
    else if (model.get("in_browser")) window.addEventListener("storage", onStorage);
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
      kept = progressStore(model);
      return kept.listen();
    },
    render: ({ model }) => {
      if (reported || !model.get("in_browser")) return;
      reported = true;
      kept.arrive();
    },
  };
};
