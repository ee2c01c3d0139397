// Tells the address of this page, and saves the facilitator's session in this tab.
//
// The session comes in the fragment of a link, which no server sees. It is removed from the address bar at once: the page
// may be on a projector.

const SESSION = "etiquette:desk"; // in sessionStorage: of this tab alone

function render({ model }) {
  const linked = new URLSearchParams(location.hash.slice(1)).get("desk");
  let desk = linked ?? "";
  try {
    if (linked) sessionStorage.setItem(SESSION, linked);
    else desk = sessionStorage.getItem(SESSION) ?? "";
  } catch {} // a browser that stores nothing
  if (linked) history.replaceState(null, "", location.pathname + location.search);
  model.send({ page: location.origin + location.pathname, desk });

  const save = ({ desk }) => {
    try {
      if (desk) sessionStorage.setItem(SESSION, desk);
      else sessionStorage.removeItem(SESSION);
    } catch {}
  };
  model.on("msg:custom", save);
  return () => model.off("msg:custom", save);
}

export default { render };
