// Does two things that no ipywidget can: announces sentences in a polite live region, and moves the focus.

// Calls back with the element that has this id, now or as soon as it is drawn, but not after five seconds.
function whenDrawn(id, callback) {
  const found = document.getElementById(id);
  if (found) return callback(found);
  const observer = new MutationObserver(() => {
    const drawn = document.getElementById(id);
    if (!drawn) return;
    observer.disconnect();
    callback(drawn);
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

  const announce = ({ say, focus, show }) => {
    region.textContent = say;
    if (!focus) return;
    whenDrawn(focus, (target) => {
      target.focus({ preventScroll: true });
      const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      document.getElementById(show)?.scrollIntoView({ block: "start", behavior: reducedMotion ? "auto" : "smooth" });
    });
  };
  model.on("msg:custom", announce);
  return () => model.off("msg:custom", announce);
}

export default { render };
