// A link that saves a file. It changes in place, so that it keeps the focus while what it saves is being typed.

function render({ model, el }) {
  const link = document.createElement("a");
  link.className = "pp-download";
  el.append(link);

  const draw = () => {
    link.textContent = model.get("says");
    link.download = model.get("filename");
    link.href = model.get("href");
  };
  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}

export default { render };
