// Plain buttons, drawn from one state. A click reports the state that its button showed, however late it arrives.
//
// When the state changes, the buttons rest for a moment: the second tap of a double tap, meant for what was there before,
// would otherwise press what has just taken its place. They keep their look meanwhile, and keys may press them. A button
// that has just been pressed rests too, for keys as well, until the state has changed and the focus has left it.

const REST = 400; // milliseconds

function render({ model, el }) {
  const group = document.createElement("div");
  const drawn = new Map(); // the buttons on screen, by name
  let state = model.get("state");
  const pressed = new Map(); // the buttons that have just been pressed, each with the state that it showed
  let rests = false;
  let waking;

  // Forgets which buttons were pressed, but not the one with the focus, nor those that show the same state still.
  const forget = () => {
    for (const [button, press] of pressed) {
      if (press.state !== state && document.activeElement !== button) pressed.delete(button);
    }
    enable();
  };

  const made = (name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("blur", () => setTimeout(forget));
    button.addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && event.preventDefault());
    button.addEventListener("click", ({ detail }) => {
      const byPointer = detail > 0;
      if (!button.dataset.enabled || pressed.has(button) || (rests && byPointer)) return;
      const press = { state };
      pressed.set(button, press);
      setTimeout(() => {
        if (pressed.get(button) === press) pressed.delete(button);
        enable();
      }, REST);
      for (const each of drawn.values()) each.classList.toggle("pp-tapped", each === button); // until it is drawn again
      model.send({ state, name });
      enable();
    });
    return button;
  };
  // Assistive technology and test drivers look at the attribute, and wait until a click counts.
  const enable = () => {
    for (const button of drawn.values()) {
      if (button.dataset.enabled && !rests && !pressed.has(button)) button.removeAttribute("aria-disabled");
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
    forget();
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
