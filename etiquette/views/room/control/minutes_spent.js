// Shows the minutes spent on an item. Screen readers do not announce each of them.

function render({ model, el }) {
  const shown = document.createElement("p");
  shown.className = "pp-muted pp-spent";
  el.append(shown);
  let begin = 0;

  const draw = () => {
    const minutes = Math.floor((performance.now() - begin) / 60_000);
    shown.textContent = minutes ? `${minutes} min on this one so far` : "Less than a minute on this one so far";
  };
  const start = () => {
    shown.hidden = model.get("spent") < 0;
    begin = performance.now() - 1000 * model.get("spent");
    draw();
  };
  start();
  const interval = setInterval(draw, 5_000);
  model.on("change:item", start);
  return () => {
    clearInterval(interval);
    model.off("change:item", start);
  };
}

export default { render };
