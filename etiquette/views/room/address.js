// Tells the address of this page, and keeps the facilitator's desk for this tab.
//
// The desk comes with the part of a link that no server is told, and is taken out of sight at once: the page may stand
// on a projector.

const DESK = "etiquette:desk"; // of this tab alone

function render({ model }) {
  const given = new URLSearchParams(location.hash.slice(1)).get("desk");
  let desk = given ?? "";
  try {
    if (given) sessionStorage.setItem(DESK, given);
    else desk = sessionStorage.getItem(DESK) ?? "";
  } catch {} // a browser that keeps nothing
  if (given) history.replaceState(null, "", location.pathname + location.search);
  model.send({ page: location.origin + location.pathname, desk });

  const keep = ({ desk }) => {
    try {
      if (desk) sessionStorage.setItem(DESK, desk);
      else sessionStorage.removeItem(DESK);
    } catch {}
  };
  model.on("msg:custom", keep);
  return () => model.off("msg:custom", keep);
}

export default { render };
