// Plain buttons, drawn from one state. A click reports the state that its button showed, however late it arrives.
//
// When the state changes, the buttons rest for a moment: the second tap of a double tap, meant for what was there before,
// would otherwise press what has just taken its place. They keep their look meanwhile, and keys may press them: a key is
// only held back, like a tap, if the same button has just been pressed, and the focus has not left it since.

const REST = 400; // milliseconds

function render({ model, el }) {
  const group = document.createElement("div");
  const drawn = new Map(); // the buttons on screen, by name
  let state = model.get("state");
  let rests = false;
  let waking;

  const made = (name) => {
    const button = document.createElement("button");
    const never = { at: -Infinity };
    let pressed = never;
    button.type = "button";
    button.addEventListener("blur", () => (pressed = never));
    button.addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && event.preventDefault());
    button.addEventListener("click", ({ detail }) => {
      const byPointer = detail > 0;
      const same = pressed.state === state || document.activeElement === button;
      const again = same && performance.now() - pressed.at < REST;
      if (!button.dataset.enabled || again || (rests && byPointer)) return;
      pressed = { state, at: performance.now() };
      for (const each of drawn.values()) each.classList.toggle("pp-tapped", each === button); // until it is drawn again
      model.send({ state, name });
    });
    return button;
  };
  // Assistive technology and test drivers look at the attribute, and wait until a click counts.
  const enable = () => {
    for (const button of drawn.values()) {
      if (button.dataset.enabled && !rests) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
  };
  const rest = () => {
    rests = true;
    clearTimeout(waking);
    waking = setTimeout(() => {
      rests = false;
      enable();
    }, REST);
  };
  const draw = () => {
    group.className = `pp-group ${model.get("look")}`;
    const label = model.get("label");
    if (label) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", label);
    }
    const shown = model.get("buttons");
    const names = new Set(shown.map(({ name }) => name));
    for (const [name, button] of drawn) {
      if (names.has(name)) continue;
      button.remove();
      drawn.delete(name);
    }
    shown.forEach(({ name, label, letter, chosen, look, enabled, spoken }, position) => {
      const button = drawn.get(name) ?? made(name);
      drawn.set(name, button);
      button.className = `widget-button pp-button ${look}${chosen ? " pp-chosen-kind" : ""}`;
      button.dataset.enabled = enabled ? "yes" : "";
      const bold = Object.assign(document.createElement("b"), { textContent: letter });
      if (spoken) button.setAttribute("aria-label", spoken);
      else button.removeAttribute("aria-label");
      button.replaceChildren(chosen ? "✓ " : "", ...(letter ? [bold, " "] : []), label);
      if (group.children[position] !== button) group.insertBefore(button, group.children[position] ?? null);
    });
    if (state !== model.get("state")) {
      state = model.get("state");
      rest();
    }
    enable();
  };
  draw();
  el.append(group);
  model.on("change", draw);
  return () => {
    clearTimeout(waking);
    model.off("change", draw);
  };
}

export default { render };
