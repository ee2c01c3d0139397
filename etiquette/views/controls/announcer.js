// Does what no ipywidget can for the root that it is part of: announces sentences in a polite live region, moves the
// focus, keeps the notebook's shortcuts away, finds out whether the page around it is dark, and hides its still copy.
//
// A notebook may show the same root twice. Then the one that was used last speaks and takes the focus.

// Calls back with the element that has this data-id, now or as soon as it is drawn, but not after five seconds.
function whenDrawn(root, id, callback) {
  const find = () => root.querySelector(`[data-id="${id}"]`);
  const found = find();
  if (found) return callback(found);
  const observer = new MutationObserver(() => {
    const drawn = find();
    if (!drawn) return;
    observer.disconnect();
    callback(drawn);
  });
  observer.observe(root, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), 5000);
}

// Calls back with the root once this element is in it and in the page. A notebook may take a cell out of the page that is
// scrolled away, so that takes as long as it takes.
function whenAttached(el, signal, callback) {
  if (signal.aborted) return;
  const root = el.isConnected && el.closest(".pp");
  if (root) callback(root);
  else requestAnimationFrame(() => whenAttached(el, signal, callback));
}

// From 0, black, to 1, white; undefined for a colour that lets the one behind it through.
function lightness(colour) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const context = canvas.getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return alpha < 128 ? undefined : (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

// Whether the page around this element is dark: by the first background behind it or, where there is none, by the text.
function isDark(el) {
  for (let behind = el; behind; behind = behind.parentElement) {
    const light = lightness(getComputedStyle(behind).backgroundColor);
    if (light !== undefined) return light < 0.5;
  }
  return lightness(getComputedStyle(el).color) > 0.5;
}

// Follows the page's colours where the page does not say itself whether it is light or dark.
function followColours(root, signal) {
  const draw = () => {
    const said = "jpThemeLight" in document.body.dataset || "voila" in document.body.dataset;
    if (said) delete root.dataset.ppScheme;
    else if (root.parentElement) root.dataset.ppScheme = isDark(root.parentElement) ? "dark" : "light";
  };
  const observer = new MutationObserver(draw);
  for (const each of [document.documentElement, document.body]) observer.observe(each, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
  draw();
}

function render({ model, el }) {
  const gone = new AbortController();
  const { signal } = gone;
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "pp-unseen";
  region.dataset.announcer = model.get("name");
  region.used = 0;
  el.append(region);

  whenAttached(el, signal, (root) => {
    const use = ({ type, target }) => {
      region.used = performance.now();
      // JupyterLab looks for this from the focused element upwards, but its shortcuts match that element first.
      if (type === "focusin") target.dataset.lmSuppressShortcuts = "true";
    };
    // Enter in a text field: its view would say so first, and only then what was typed.
    const enter = ({ key, target }) => {
      if (key === "Enter" && target.matches("input[type=text]")) target.dispatchEvent(new Event("change", { bubbles: true }));
    };
    root.addEventListener("keydown", enter, { capture: true, signal });
    for (const event of ["focusin", "pointerdown"]) root.addEventListener(event, use, { capture: true, signal });
    followColours(root, signal);
    for (const copy of document.querySelectorAll(`.pp-still-${region.dataset.announcer}`)) copy.hidden = true;
  });

  const announce = ({ say, focus, show }) => {
    const twins = [...document.querySelectorAll(`[data-announcer="${region.dataset.announcer}"]`)];
    if (twins.some(({ used }) => used > region.used)) return;
    if (twins.find(({ used }) => used === region.used) !== region) return;
    region.textContent = say;
    if (!focus) return;
    const root = el.closest(".pp");
    if (!root) return;
    whenDrawn(root, focus, (target) => {
      target.focus({ preventScroll: true });
      const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const shown = root.querySelector(`[data-id="${show}"]`);
      shown?.scrollIntoView({ block: "start", behavior: reducedMotion ? "auto" : "smooth" });
    });
  };
  model.on("msg:custom", announce);
  return () => {
    gone.abort();
    model.off("msg:custom", announce);
  };
}

export default { render };
