// Shows how long a vote should still take. No screen reader is told of every second: a timer is read when one asks.

function render({ model, el }) {
  const shown = document.createElement("p");
  shown.className = "pp-countdown";
  shown.setAttribute("role", "timer");
  el.append(shown);
  let ends = 0;

  const draw = () => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    shown.textContent = left ? `${clock} left` : "Time is up. The vote is still open.";
  };
  const begin = () => {
    const left = model.get("left");
    shown.hidden = left < 0;
    ends = performance.now() + 1000 * left;
    draw();
  };
  begin();
  const ticking = setInterval(draw, 500);
  model.on("change:left", begin);
  return () => {
    clearInterval(ticking);
    model.off("change:left", begin);
  };
}

export default { render };
