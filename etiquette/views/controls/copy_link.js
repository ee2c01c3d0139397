// A button that copies a link. Browsers offer the clipboard to secure pages only, which a page at http:// and an address
// of the local network is not: there the older command copies a selection.

const COPIED_FOR = 2000; // milliseconds

// Copies what is in this field by the older command; false if the browser refuses.
function copySelection(field) {
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

function render({ model, el }) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.className = "widget-button pp-button pp-secondary pp-copy";
  const label = document.createElement("span");
  label.setAttribute("aria-live", "polite"); // says "Copied" to those who can't see it
  button.append(label);
  const field = Object.assign(document.createElement("input"), { type: "text", readOnly: true });
  field.className = "pp-copy-by-hand";
  field.hidden = true;
  el.append(button, field);
  let restoring;

  const draw = () => {
    label.textContent = model.get("says");
    field.value = model.get("link");
    field.setAttribute("aria-label", "The link to copy");
    button.hidden = !model.get("link");
  };
  const copied = () => {
    label.textContent = "Copied";
    field.hidden = true;
    clearTimeout(restoring);
    restoring = setTimeout(draw, COPIED_FOR);
  };
  const byHand = () => {
    field.hidden = false; // a hidden field can't be selected
    field.focus({ preventScroll: true });
    if (!copySelection(field)) {
      label.textContent = "Copy it from the field, please";
      return;
    }
    copied();
    button.focus({ preventScroll: true });
  };
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(model.get("link"));
      copied();
    } catch {
      byHand();
    }
  });
  draw();
  model.on("change", draw);
  return () => {
    clearTimeout(restoring);
    model.off("change", draw);
  };
}

export default { render };
