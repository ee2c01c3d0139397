// A form for one question, folded away. What is typed stays here until the question has been accepted.
//
// Enter sends it; Shift and Enter begin a new line. While letters are being composed, as in Japanese, Enter is theirs.

let made = 0;

function render({ model, el }) {
  const id = `pp-question-${++made}`;
  const element = (name, options = {}) => Object.assign(document.createElement(name), options);
  const fold = element("details", { className: "pp-earlier pp-ask" });
  const form = element("form", { className: "pp-field", noValidate: true });
  const promise = element("p", {
    id: `${id}-promise`,
    textContent: "Nobody sees who asked, not even the facilitator.",
  });
  const label = element("label", { htmlFor: id, textContent: "Your question" });
  const field = element("textarea", { id, rows: 3, enterKeyHint: "send", autocomplete: "off" });
  field.dir = "auto";
  const left = element("p", { id: `${id}-left`, className: "pp-understood" });
  const said = element("p", { id: `${id}-said` });
  const send = element("button", {
    type: "submit",
    className: "widget-button pp-button pp-secondary",
    textContent: "Send without your name",
  });
  field.setAttribute("aria-describedby", `${promise.id} ${left.id} ${said.id}`);
  form.append(promise, label, field, left, said, send);
  fold.append(element("summary", { textContent: "Ask the facilitator something" }), form);
  el.append(fold);

  const count = () => {
    const more = model.get("most") - [...field.value.trim()].length;
    const letters = `character${Math.abs(more) === 1 ? "" : "s"}`;
    left.textContent = more < 0 ? `${-more} ${letters} too many` : `${more} ${letters} left`;
    left.classList.toggle("pp-over", more < 0);
  };
  const draw = () => {
    said.textContent = model.get("says");
    said.className = model.get("refused") ? "pp-problem" : "pp-sent";
    field.setAttribute("aria-invalid", String(model.get("refused")));
  };
  const empty = ({ accepted }) => {
    if (field.value === accepted) field.value = ""; // otherwise the next question is being typed already
    count();
  };
  field.addEventListener("input", count);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.send({ question: field.value });
  });
  count();
  draw();
  model.on("change", draw);
  model.on("msg:custom", empty);
  return () => {
    model.off("change", draw);
    model.off("msg:custom", empty);
  };
}

export default { render };
