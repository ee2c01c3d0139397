// Keeps what follows "#" in the browser's address bar in step with what the page shows, and follows the page's own links.
//
// Elsewhere than on a page of Voilà, as in JupyterLab, the address is not ours: there the links work without it.

function render({ model, el }) {
  const ours = "voila" in document.body.dataset;
  const title = document.title;
  const here = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; // a "%" that encodes nothing
    }
  };
  const report = (address) => {
    model.set({ address, known: true, page: ours ? location.origin + location.pathname : "" });
    model.save_changes();
  };
  const follow = (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const otherwise = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || otherwise || !el.closest(".pp-app")?.contains(link)) return;
    event.preventDefault();
    report(link.getAttribute("href").slice(1));
  };
  const draw = () => {
    const address = model.get("address");
    if (ours && address !== here()) history.pushState(null, "", address ? `#${address}` : location.pathname + location.search);
  };
  const name = () => {
    if (ours) document.title = [model.get("title"), title].filter(Boolean).join(" – ");
  };
  const moved = () => report(here());

  model.on("change:address", draw);
  model.on("change:title", name);
  document.addEventListener("click", follow);
  if (ours) for (const event of ["popstate", "hashchange"]) addEventListener(event, moved);
  report(model.get("address") || (ours ? here() : "")); // a click that came before this script goes first
  draw();
  name();
  return () => {
    model.off("change:address", draw);
    model.off("change:title", name);
    document.removeEventListener("click", follow);
    for (const event of ["popstate", "hashchange"]) removeEventListener(event, moved);
  };
}

export default { render };
