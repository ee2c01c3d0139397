// The seconds that are left are shown, but not read out each time. When they are over, the button keeps its place.

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  const seconds = document.createElement("span");
  seconds.setAttribute("aria-hidden", "true");
  button.append("Undo", seconds);
  el.append(button);
  let end = 0;

  const draw = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    button.className = `widget-button pp-button pp-undo${left ? " pp-offered" : ""}`;
    button.setAttribute("aria-disabled", left ? "false" : "true");
    seconds.textContent = left ? ` ${left} s` : "";
  };
  const start = () => {
    end = performance.now() + 1000 * model.get("left");
    draw();
  };
  button.addEventListener("click", () => {
    if (button.ariaDisabled !== "true") model.send({ state: model.get("state") });
  });
  start();
  const interval = setInterval(draw, 250);
  model.on("change:state", start);
  return () => {
    clearInterval(interval);
    model.off("change:state", start);
  };
}

export default { render };
