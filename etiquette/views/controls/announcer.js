// Does the two things for a screen reader that no ipywidget can: says a sentence politely, and moves the focus.

// Calls back with the element of this id, now or as soon as it has been drawn.
function whenDrawn(id, then) {
  const found = document.getElementById(id);
  if (found) return then(found);
  const observer = new MutationObserver(() => {
    const drawn = document.getElementById(id);
    if (!drawn) return;
    observer.disconnect();
    then(drawn);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), 5000);
}

function render({ model, el }) {
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "pp-unseen";
  el.append(region);

  const attend = ({ say, focus, show }) => {
    region.textContent = say;
    if (!focus) return;
    whenDrawn(focus, (target) => {
      target.focus({ preventScroll: true });
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      document.getElementById(show)?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    });
  };
  model.on("msg:custom", attend);
  return () => model.off("msg:custom", attend);
}

export default { render };
