// A range input with a label. Python puts its value into words.

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
  const onInput = () => {
    model.set("value", Number(input.value));
    model.save_changes();
  };
  input.addEventListener("input", onInput);
  model.on("change", draw);
  draw();
  return () => model.off("change", draw);
}

export default { render };
