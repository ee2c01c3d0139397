// Plain buttons, drawn from one state. A click reports the state that its button showed, however late it arrives.
//
// When the state changes, the buttons rest for a moment: the second tap of a double tap, meant for what was there before,
// would otherwise press what has just taken its place. They keep their look, and the keyboard may stay on them.

const REST = 400; // milliseconds

function render({ model, el }) {
  const group = document.createElement("div");
  const drawn = new Map(); // the buttons on screen, by name
  let state = model.get("state");
  let resting;

  const rest = (ends) => {
    for (const button of drawn.values()) {
      if (ends && button.dataset.enabled) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
  };
  const made = (name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("click", () => {
      if (button.ariaDisabled === "true") return;
      model.send({ state, name });
    });
    return button;
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
    shown.forEach(({ name, label, letter, chosen, look, enabled }, position) => {
      const button = drawn.get(name) ?? made(name);
      drawn.set(name, button);
      button.className = `widget-button pp-button ${look}${chosen ? " pp-chosen-kind" : ""}`;
      const letterOf = Object.assign(document.createElement("b"), { textContent: letter });
      button.replaceChildren(chosen ? "✓ " : "", ...(letter ? [letterOf, " "] : []), label);
      button.dataset.enabled = enabled ? "yes" : "";
      if (group.children[position] !== button) group.insertBefore(button, group.children[position] ?? null);
    });
    if (state !== model.get("state")) {
      state = model.get("state");
      clearTimeout(resting);
      resting = setTimeout(() => {
        resting = undefined;
        rest(true);
      }, REST);
    }
    rest(resting === undefined);
  };
  draw();
  el.append(group);
  model.on("change", draw);
  return () => {
    clearTimeout(resting);
    model.off("change", draw);
  };
}

export default { render };
