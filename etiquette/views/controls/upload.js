// A file input. The file's text goes to Python and nowhere else.

function render({ model, el }) {
  const label = document.createElement("label");
  label.className = "pp-file";
  const input = document.createElement("input");
  input.type = "file";
  input.accept = model.get("accept");
  label.append(model.get("says"), input);
  el.append(label);

  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    const text = file.size > model.get("most") ? null : await file.text().catch(() => "");
    model.send({ text });
    input.value = "";
  });
}

export default { render };
