// Tells the kernel which time zone the reader's browser is in; a hosted kernel has another.

function render({ model }) {
  model.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  model.save_changes();
}

export default { render };
