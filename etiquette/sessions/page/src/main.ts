// The page: its session has run the notebook; here its widgets come to life.

import { begin, type Begun, type Cell } from "./begin";
import type { State } from "./kernel";
import { Manager } from "./manager";
import { takeOver } from "./takeover";

const FAILED = "Something went wrong here. Please load the page again in a while.";

// Begun already, unless something kept that from being so.
const begun: Begun = (window as any).begun ?? begin();
const { kernel, control } = begun;
const manager = new Manager(kernel);

kernel.onState = (state: State) => {
  for (const each of ["offline", "gone", "unable"]) {
    const note = document.getElementById(each);
    if (note) note.hidden = state !== each;
  }
  if (state !== "gone" && state !== "unable") return;
  document.getElementById("soon")?.remove(); // nothing will come any more
  if (state === "gone") document.getElementById("carry-on")!.focus();
};
kernel.onState(kernel.state);
document.getElementById("carry-on")!.addEventListener("click", () => location.reload());
addEventListener("pagehide", () => kernel.leave());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

kernel.start();
const cells = await manager.load(control);
await begun.clicked; // so that no view is made that nobody will see
for (const [number, cell] of cells.entries()) {
  const slot = document.getElementById(`cell-${number}`);
  if (slot) takeOver(slot, await shown(cell, slot));
}
document.querySelectorAll("[data-first-sight]").forEach((sight) => sight.remove()); // of what did not come to run
document.getElementById("soon")?.remove();

// What a cell shows, alive and in its place, but hidden still.
async function shown({ model, text, failed }: Cell, slot: HTMLElement): Promise<HTMLElement> {
  const live = document.createElement(model || failed ? "div" : "pre");
  live.hidden = true;
  slot.append(live);
  try {
    if (model) await manager.show(model, live);
    else live.textContent = failed ? FAILED : text;
  } catch (error) {
    console.error(error);
    live.textContent = FAILED;
  }
  return live;
}
