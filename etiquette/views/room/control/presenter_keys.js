// Hears a presenter's keys in this window and, by a channel, those pressed in the projector's window.

const CHANNEL = "etiquette:presenter";
const REST = 400; // milliseconds
const TYPES_INTO = "input, textarea, select, [contenteditable]";
const SPACE_OPERATES = "button, summary, [role=button]";

function keyOf({ key, target }) {
  if (key === "PageDown" || key === "PageUp") return key;
  return key === " " && !target.closest?.(SPACE_OPERATES) ? "PageDown" : undefined;
}

function render({ model, el }) {
  const gone = new AbortController();
  let changed = 0;

  const press = (key) => {
    const resting = performance.now() - changed < REST;
    if (!resting && model.get("state") && !document.querySelector("dialog[open]")) {
      model.send({ key, state: model.get("state") });
    }
  };
  const onKey = (event) => {
    const { target, repeat, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
    const key = keyOf(event);
    if (!key || altKey || ctrlKey || metaKey || shiftKey || defaultPrevented) return;
    if (target.closest?.(TYPES_INTO)) return;
    if (target !== document.body && !el.closest(".pp")?.contains(target)) return; // another part of a notebook
    event.preventDefault();
    if (!repeat) press(key);
  };
  window.addEventListener("keydown", onKey, { signal: gone.signal });
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }) => {
    if (data?.code === model.get("code")) press(data.key);
  });
  const onState = () => {
    changed = performance.now();
  };
  model.on("change:state", onState);
  return () => {
    gone.abort();
    channel.close();
    model.off("change:state", onState);
  };
}

export default { render };
