// Shows the time left for a vote. Screen readers do not announce each second: the timer role is read on request.

function render({ model, el }) {
  const clock = document.createElement("p");
  clock.className = "pp-countdown";
  clock.setAttribute("role", "timer");
  el.append(clock);
  let end = 0;

  const draw = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const remaining = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.textContent = left ? `${remaining} left` : "Time is up. The vote is still open.";
  };
  const start = () => {
    const left = model.get("left");
    clock.hidden = left < 0;
    end = performance.now() + 1000 * left;
    draw();
  };
  start();
  const interval = setInterval(draw, 500);
  model.on("change:left", start);
  return () => {
    clearInterval(interval);
    model.off("change:left", start);
  };
}

export default { render };
