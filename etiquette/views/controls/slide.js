// A range with a real label. What its value means, in words, is for Python to say.

function render({ model, el }) {
  const label = document.createElement("label");
  label.className = "pp-slide";
  const input = document.createElement("input");
  input.type = "range";
  label.append(model.get("says"), input);
  el.append(label);

  const draw = () => {
    input.max = model.get("most");
    input.value = model.get("value");
    input.setAttribute("aria-valuetext", model.get("means"));
  };
  const moved = () => {
    model.set("value", Number(input.value));
    model.save_changes();
  };
  input.addEventListener("input", moved);
  model.on("change", draw);
  draw();
  return () => model.off("change", draw);
}

export default { render };
