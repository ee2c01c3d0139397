// Tells the address of this page, saves the facilitator's session in this tab, and keeps their rooms in this browser.
//
// The session comes in the fragment of a link, which no server sees. It is removed from the address bar at once: the page
// may be seen by the whole room.

const SESSION = "etiquette:desk"; // in sessionStorage: of this tab alone
const ROOMS = "etiquette:rooms"; // in localStorage: a list of { session, opened }, those opened last first
const MOST_ROOMS = 20;

// The rooms that this browser keeps; none if it stores nothing, or something else.
function storedRooms() {
  try {
    const rooms = JSON.parse(localStorage.getItem(ROOMS) ?? "[]");
    return Array.isArray(rooms) ? rooms.filter((room) => typeof room?.session === "string") : [];
  } catch {
    return [];
  }
}

function storeRooms(rooms) {
  rooms.sort((one, other) => String(other.opened).localeCompare(String(one.opened)));
  try {
    localStorage.setItem(ROOMS, JSON.stringify(rooms.slice(0, MOST_ROOMS)));
  } catch {} // a browser that stores nothing
}

function storeSession(session) {
  try {
    if (session) sessionStorage.setItem(SESSION, session);
    else sessionStorage.removeItem(SESSION);
  } catch {}
}

function render({ model }) {
  const linked = new URLSearchParams(location.hash.slice(1)).get("desk");
  let desk = linked ?? "";
  if (linked) storeSession(linked);
  else {
    try {
      desk = sessionStorage.getItem(SESSION) ?? "";
    } catch {}
  }
  if (linked) history.replaceState(null, "", location.pathname + location.search);
  model.send({ page: location.origin + location.pathname, desk, rooms: storedRooms() });

  const sendRooms = () => model.send({ rooms: storedRooms() });
  const changedElsewhere = ({ key }) => {
    if (key === ROOMS || key === null) sendRooms();
  };
  const receive = ({ desk, keep, forget }) => {
    if (desk !== undefined) storeSession(desk);
    if (keep) storeRooms([keep, ...storedRooms().filter(({ session }) => session !== keep.session)]);
    if (forget) storeRooms(storedRooms().filter(({ session }) => !forget.includes(session)));
    if (keep || forget) sendRooms();
  };
  model.on("msg:custom", receive);
  addEventListener("storage", changedElsewhere);
  return () => {
    model.off("msg:custom", receive);
    removeEventListener("storage", changedElsewhere);
  };
}

export default { render };
