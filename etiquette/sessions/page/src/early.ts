// Runs before anything else is there: the page's session is spoken to, and a click on a button that is not live yet is
// not lost. As soon as it is known which widget the button is, the click is on its way; until then, and if several have
// its label, it is kept for when the page is live.

import { begin, type Begun, pageData } from "./begin";
import { openFromDisk } from "./disk";

let kept: HTMLButtonElement | undefined; // the last one: a click takes you elsewhere
let begun: Begun | undefined;
let states: Record<string, { model_name: string; state: { description?: string } }> = {};

function send(): void {
  const buttons = Object.entries(states).filter(([, { model_name }]) => model_name === "ButtonModel");
  const meant = buttons.filter(([, { state }]) => kept && state.description === kept.textContent);
  if (meant.length !== 1) return;
  kept = undefined;
  begun!.clicked = begun!.kernel.click(meant[0][0]);
}

addEventListener(
  "click",
  (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button || !button.closest("[data-first-sight]")) return;
    kept = button;
    send();
    const sentence = document.getElementById("soon");
    if (!sentence) return;
    sentence.textContent = sentence.dataset.noted ?? "";
    sentence.style.animation = "none"; // at once
  },
  true,
);

// People who follow a link, or who return, came for something other than the welcome: it is hidden from them for a moment.
const { dataset } = document.documentElement;
const returns = async () => {
  try {
    const storage = (await window.learningPlatform?.storage) ?? localStorage;
    return [...Array(storage.length).keys()].some((n) => storage.key(n)?.startsWith("etiquette:")); // progress, or a place
  } catch {
    return false; // a browser that stores nothing
  }
};
dataset.expects = ""; // until it is known that there is nothing: for a browser, before the page is drawn
void returns().then((known) => known || location.hash.length > 1 || delete dataset.expects);
addEventListener("load", () => setTimeout(() => delete dataset.expects, 2_000));

// How much of what the page needs has come; for the eyes, as nobody wants to hear each percent.
function tellLoading(share: number): void {
  const sentence = document.getElementById("soon");
  if (!sentence) return;
  const percent = sentence.querySelector("span") ?? sentence.appendChild(document.createElement("span"));
  percent.ariaHidden = "true";
  percent.textContent = ` ${Math.floor(100 * share)} %`;
}

function start(page: any): void {
  begun = begin(page);
  begun.kernel.onStates = (told) => {
    states = told;
    send();
  };
  begun.kernel.onLoading = tellLoading;
  Object.assign(window, { begun });
}

// A page that could not be made has nothing to begin with, and says so.
if (document.getElementById("page-data")) {
  if (location.protocol === "file:") void openFromDisk(pageData(), start);
  else start(pageData());
}

Object.assign(window, { keptClick: () => kept });
