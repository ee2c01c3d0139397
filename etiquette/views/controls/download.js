// A link that saves a file. It changes in place, so that it keeps the focus while what it saves is being typed.
// Browsers take no link longer than 2 MB: a longer one is turned into a file that the browser holds.

const LONGEST = 1_000_000;

// A link to the same document as this one, which holds it as base64.
function shortened(href) {
  const [head, body] = href.split(",");
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
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
    link.href = href.length > LONGEST ? shortened(href) : href;
  };
  draw();
  model.on("change", draw);
  return () => model.off("change", draw);
}

export default { render };
