// Runs before anything else is there: a click on a button that is not live yet is kept, not lost, and as soon as the
// page is read, its kernel is spoken to.

import { begin } from "./begin";

const kept: HTMLButtonElement[] = [];

addEventListener(
  "click",
  (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button || !button.closest("[data-first-sight]")) return;
    kept.splice(0, 1, button); // the last one counts: a click takes you elsewhere
    const sentence = document.getElementById("soon");
    if (!sentence) return;
    sentence.textContent = sentence.dataset.noted ?? "";
    sentence.style.animation = "none"; // at once
  },
  true,
);

// A page that could not be made has nothing to begin with, and says so.
const beginIfThere = () => document.getElementById("page-data") && Object.assign(window, { begun: begin() });

document.addEventListener("readystatechange", beginIfThere, { once: true });

Object.assign(window, { keptClick: () => kept[0] });
