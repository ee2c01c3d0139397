// A modal dialog. It stands in the other half of the screen than what was pressed, so that the second click of a double
// click answers nothing, and its buttons rest for a moment. The browser gives the focus back when it closes.

const REST = 400; // milliseconds

function render({ model, el }) {
  const dialog = document.createElement("dialog");
  dialog.className = "pp-confirm";
  dialog.setAttribute("role", "alertdialog");
  const question = document.createElement("p");
  const button = (look) =>
    Object.assign(document.createElement("button"), { type: "button", className: `widget-button pp-button ${look}` });
  const [no, yes] = [button("pp-secondary"), button("pp-danger")];
  no.textContent = "No, go back";
  no.autofocus = true;
  const answers = document.createElement("div");
  answers.className = "pp-leave";
  answers.append(no, yes);
  dialog.append(question, answers);
  el.append(dialog);
  let shown = 0; // the number of the question on screen
  let resting;

  const rest = (begins) => {
    clearTimeout(resting);
    for (const each of [no, yes]) each.ariaDisabled = begins ? "true" : null;
  };
  const answer = (said) => {
    if (!shown) return;
    model.send({ asked: shown, yes: said });
    shown = 0;
    dialog.close();
  };
  const draw = () => {
    const asked = model.get("asked");
    question.textContent = model.get("question");
    dialog.setAttribute("aria-label", model.get("question"));
    yes.textContent = model.get("yes");
    if (asked === shown) return;
    shown = asked;
    dialog.close();
    if (!asked) return;
    rest(true);
    resting = setTimeout(() => rest(false), REST);
    const pressed = document.activeElement?.getBoundingClientRect();
    dialog.dataset.half = pressed && pressed.top + pressed.height / 2 < innerHeight / 2 ? "lower" : "upper";
    dialog.showModal();
  };
  for (const [each, said] of [[no, false], [yes, true]]) {
    each.addEventListener("click", () => {
      if (each.ariaDisabled !== "true") answer(said);
    });
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    answer(false);
  });
  requestAnimationFrame(draw); // a dialog opens in the page only
  model.on("change", draw);
  return () => {
    clearTimeout(resting);
    model.off("change", draw);
  };
}

export default { render };
