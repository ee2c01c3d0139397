// Keeps what a projector shows on one screen, and passes on the keys of a presenter.
//
// Options and bars keep their size: the side they are on becomes as wide as they need. The story beside them gets the
// rest and, where it is too long for that, smaller type. Other scenes, such as a long question, get smaller type too.

const WIDTHS = [50, 44, 38, 56, 62, 68, 74]; // percent for the options, the most pleasant first
const SMALLEST = 0.4; // of the size that the style sheet asks for
const STEP = 0.025;
const KEYS = { PageDown: "PageDown", PageUp: "PageUp", " ": "PageDown" };

const fits = (part) => part.scrollHeight <= part.clientHeight + 1;
const hasRoom = (options) => fits(options) && options.scrollWidth <= options.clientWidth + 1; // for bars on one line

// Makes the type of this part smaller until it fits. Returns how large it is then, 1 for its full size.
function shrink(part) {
  let size = 1;
  const draw = () => part.style.setProperty("--pp-fit", size);
  for (draw(); size > SMALLEST && !fits(part); draw()) size = Math.round(1000 * (size - STEP)) / 1000;
  return size;
}

function fitBeside(sides) {
  const [story, options] = sides.children;
  const sizes = new Map();
  options.style.setProperty("--pp-fit", 1);
  for (const width of WIDTHS) {
    sides.style.setProperty("--pp-options", `${width}%`);
    if (!hasRoom(options)) continue;
    sizes.set(width, shrink(story));
    if (sizes.get(width) === 1) return;
  }
  const best = WIDTHS.reduce((best, width) => ((sizes.get(width) ?? 0) > (sizes.get(best) ?? 0) ? width : best));
  sides.style.setProperty("--pp-options", `${sizes.size ? best : Math.max(...WIDTHS)}%`);
  if (!sizes.size) shrink(options); // a facilitator's own question can be longer than any of ours
  shrink(story);
}

function whenAttached(el, signal, callback) {
  if (signal.aborted) return;
  const projector = el.isConnected && el.closest(".pp-projector");
  if (projector) callback(projector);
  else requestAnimationFrame(() => whenAttached(el, signal, callback));
}

function render({ model, el }) {
  const gone = new AbortController();
  const { signal } = gone;
  const channel = new BroadcastChannel("etiquette:presenter");

  whenAttached(el, signal, (projector) => {
    const fit = () => {
      projector.querySelectorAll(".pp-sides").forEach(fitBeside);
      projector.querySelectorAll(".pp-shrinks").forEach(shrink);
    };
    const drawn = new MutationObserver(fit);
    const resized = new ResizeObserver(fit);
    drawn.observe(projector, { childList: true, subtree: true, attributeFilter: ["hidden"] });
    resized.observe(projector);
    document.fonts.ready.then(fit);
    signal.addEventListener("abort", () => {
      drawn.disconnect();
      resized.disconnect();
    });

    const pass = (event) => {
      const key = KEYS[event.key];
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (!key || modified || !projector.isConnected || event.target.closest?.("a, button, input, select, textarea")) return;
      event.preventDefault();
      if (!event.repeat && model.get("code")) channel.postMessage({ code: model.get("code"), key });
    };
    document.addEventListener("keydown", pass, { signal });
  });
  return () => {
    gone.abort();
    channel.close();
  };
}

export default { render };
