// Tells the kernel the browser's time zone, which may not be that of a hosted kernel.

function render({ model }) {
  model.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  model.save_changes();
}

export default { render };
