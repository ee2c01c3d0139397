// A text area for a draft. What is typed goes to Python after a pause. What Python puts is put in as if it were typed, so
// that the browser's undo knows of it, and moves neither the caret nor the page. Python passes over what was typed before
// its last text had come; that text is put into what has been typed since, and both are sent.

const PAUSE = 500; // milliseconds
const KEPT = "etiquette:"; // prefix of the key of what the browser keeps

// How to make one text of another: the characters from `start` to `end` of the first, and what to put there instead.
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0; // at the end
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, words: after.slice(start, after.length - same) };
}

// That change of `before`, made to a text that was `before` until something was typed into it. Undefined if the typing
// touched the same words.
function rebased({ start, end, words }, before, typed) {
  if (typed.startsWith(before.slice(0, end))) return { start, end, words };
  const by = typed.length - before.length;
  return typed.endsWith(before.slice(start)) ? { start: start + by, end: end + by, words } : undefined;
}

// Does this, and leaves the focus and every scroll position as they were.
function inPlace(el, work) {
  const focused = document.activeElement;
  const scrolled = [];
  for (let each = el; each; each = each.parentElement) scrolled.push([each, each.scrollTop, each.scrollLeft]);
  work();
  if (document.activeElement !== focused) {
    if (focused && focused !== document.body) focused.focus({ preventScroll: true });
    else document.activeElement?.blur();
  }
  for (const [each, top, left] of scrolled) if (each.scrollTop !== top) each.scrollTo({ top, left, behavior: "instant" });
}

function put(area, { start, end, words }) {
  const expected = area.value.slice(0, start) + words + area.value.slice(end);
  const moved = (at) => (at <= start && at < end ? at : at < end ? start + words.length : at + words.length - (end - start));
  const selected = [moved(area.selectionStart), moved(area.selectionEnd), area.selectionDirection];
  inPlace(area, () => {
    if (document.activeElement !== area) area.inputMode = "none"; // a phone shows no keyboard for this
    area.focus({ preventScroll: true });
    if (document.activeElement === area) {
      area.setSelectionRange(start, end);
      document.execCommand(words ? "insertText" : "delete", false, words);
    }
    if (area.value !== expected) area.value = expected;
    area.setSelectionRange(...selected);
  });
  area.inputMode = "";
}

function render({ model, el }) {
  const gone = new AbortController();
  const { signal } = gone;
  const told = (trait = "value") => model.get(trait).replace(/\r\n?/g, "\n"); // as a text area has it
  const label = document.createElement("label");
  const name = document.createElement("span");
  const area = document.createElement("textarea");
  name.textContent = model.get("says");
  Object.assign(area, { rows: 9, spellcheck: true, lang: "en", value: told() });
  area.dataset.id = model.get("name");
  label.append(name, area);
  el.append(label);

  let known = area.value; // what both sides had last
  let replaced; // what Python had when it put what is not here yet
  let puts = model.get("puts");
  model.set("seen", puts); // goes with the next text
  let timer; // set while something is unsent
  let composing = false;
  let putting = false;

  const isStale = () => timer !== undefined || model.get("edits") !== model.get("shown");
  const draw = () => el.closest(".pp-draft")?.classList.toggle("pp-typing", isStale());

  const send = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    known = area.value;
    model.set("value", known);
    model.set("edits", model.get("edits") + 1);
    model.save_changes();
    draw();
  };
  const typed = () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
    draw();
  };
  const check = () => {
    timer ??= setTimeout(send, PAUSE);
    model.set("checks", model.get("checks") + 1); // goes with the text, in one message
    send();
  };

  const take = () => {
    if (model.get("puts") !== puts) replaced ??= told("replaced");
    puts = model.get("puts");
    if (composing) return; // until the word is there
    const [before, theirs] = [replaced ?? known, told()];
    replaced = undefined;
    known = theirs;
    model.set("seen", puts);
    if (theirs === area.value) return;
    const change = rebased(difference(before, theirs), before, area.value);
    putting = true;
    if (change) put(area, change);
    putting = false;
    if (area.value !== theirs) typed();
  };

  area.addEventListener("input", () => putting || typed());
  area.addEventListener("blur", () => putting || send());
  area.addEventListener("compositionstart", () => (composing = true));
  area.addEventListener("compositionend", () => {
    composing = false;
    take();
  });
  area.addEventListener("keydown", (event) => {
    event.stopPropagation(); // a notebook has shortcuts
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || composing) return;
    event.preventDefault();
    check();
  });

  // A learning platform keeps everything that a page it opened would keep in the browser.
  const platform = window.learningPlatform;
  let onPlatform;
  platform?.storage.then((storage) => (onPlatform = storage));

  // The session of a page that is left cannot answer any more, so that what it has not kept is kept here.
  const leave = () => {
    const item = isStale() && model.get("item");
    send();
    if (!item) return;
    try {
      (platform ? onPlatform : localStorage)?.setItem(KEPT + item, JSON.stringify([model.get("kind"), area.value]));
    } catch {} // full, or blocked: the page says so already
  };
  addEventListener("pagehide", leave, { capture: true, signal }); // before the page takes leave of its session
  addEventListener("learningplatformend", leave, { signal }); // and of a learning platform's

  const use = ({ target }) => {
    const button = target instanceof Element && target.closest("[data-use]");
    if (button) model.send({ use: button.dataset.use });
  };
  const attach = () => {
    if (signal.aborted) return;
    const root = el.isConnected && el.closest(".pp-draft");
    if (!root) return requestAnimationFrame(attach);
    root.addEventListener("click", use, { signal });
    draw();
  };
  attach();

  model.on("change:value change:puts", take);
  model.on("change:edits change:shown", draw);
  return () => {
    gone.abort();
    clearTimeout(timer);
    model.off("change:value change:puts", take);
    model.off("change:edits change:shown", draw);
  };
}

export default { render };
