// A link that saves a file. It is updated in place, so that it keeps the focus while its document changes.
// Browsers limit data URLs to 2 MB, so a long one becomes a blob URL.

const LONGEST_DATA_URL = 1_000_000;

// A blob URL for the document in this base64 data URL.
function toBlobUrl(href) {
  const [head, body] = href.split(",");
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: head.slice("data:".length).split(";")[0] }));
}

function render({ model, el }) {
  const link = document.createElement("a");
  link.className = "pp-download";
  el.append(link);

  const draw = () => {
    link.textContent = model.get("says");
    link.download = model.get("filename");
    const href = model.get("href");
    if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
    link.href = href.length > LONGEST_DATA_URL ? toBlobUrl(href) : href;
  };
  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}

export default { render };
