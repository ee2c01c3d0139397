// Keeps progress in this browser, and hands what is saved to it. What any of it means is for Python to say.
//
// Each thing kept stands under a key of its own, never written twice: two tabs cannot overwrite each other.
// It stands in the page, showing nothing, and tells what is kept when it is drawn: by then all the rest of the page
// is there to hear what Python makes of it.

const OURS = "etiquette:progress:";
const PLACE = "etiquette:place"; // of this tab alone, and gone with it
const SEAT = "etiquette:seat"; // of the whole browser: in every tab, one is the same person in a room
const VOTED = "etiquette:voted"; // changes with each vote from this browser, for its other tabs to look again

function render({ model }) {
  const tell = (found) => model.send({ found });

  const tellAll = () => {
    const found = {};
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if (key.startsWith(OURS)) found[key.slice(OURS.length)] = localStorage.getItem(key);
    }
    const place = sessionStorage.getItem(PLACE) ?? "";
    const seat = localStorage.getItem(SEAT) ?? "";
    model.send({ found, place, seat });
  };

  const stay = (place) => (place ? sessionStorage.setItem(PLACE, place) : sessionStorage.removeItem(PLACE));

  const voted = (mark) => localStorage.setItem(VOTED, mark);

  const sit = (seat) => (seat ? localStorage.setItem(SEAT, seat) : localStorage.removeItem(SEAT));

  const keep = (kept, dropped) => {
    for (const key of dropped) localStorage.removeItem(OURS + key);
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(OURS + key, value);
    tell(kept);
  };

  const save = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  // A browser that keeps nothing, or is full, throws.
  const attempt = (work) => {
    try {
      work();
    } catch (error) {
      model.send({ failed: String(error) });
    }
  };

  const heard = (told) => {
    if ("keep" in told) attempt(() => keep(told.keep, told.drop));
    if ("save" in told) save(told.save, told.name);
    if ("place" in told) attempt(() => stay(told.place));
    if ("seat" in told) attempt(() => sit(told.seat));
    if ("voted" in told) attempt(() => voted(told.voted));
  };
  const changed = ({ key, newValue }) => {
    if (key?.startsWith(OURS) && newValue !== null) tell({ [key.slice(OURS.length)]: newValue });
    if (key === SEAT) model.send({ seat: newValue ?? "" });
    if (key === VOTED) model.send({ voted: newValue ?? "" });
  };

  model.on("msg:custom", heard);
  if (!model.get("in_browser")) return () => model.off("msg:custom", heard);
  window.addEventListener("storage", changed);
  attempt(tellAll);
  const invited = new URLSearchParams(location.search).get("room");
  if (invited) model.send({ invited });
  return () => {
    model.off("msg:custom", heard);
    window.removeEventListener("storage", changed);
  };
}

export default { render };
