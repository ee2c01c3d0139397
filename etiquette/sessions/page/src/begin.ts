// The first words between the page and its session. They are said before the widgets' own code is there: it is large.

import type { Comm } from "./comm";
import { newId } from "./id";
import type { Kernel } from "./kernel";
import { ServerKernel } from "./server_kernel";
import { WorkerKernel } from "./worker_kernel";

// What a code cell of the notebook gave: a widget, by the id of its model, or a text.
export interface Cell {
  model: string | null;
  text: string;
  failed: boolean;
}

export interface Begun {
  kernel: Kernel;
  control: Comm;
  clicked?: Promise<void>; // what was clicked before the page was live has been done
}

// What the page was told when it was written.
export function pageData(): any {
  return JSON.parse(document.getElementById("page-data")!.textContent!);
}

export function begin(page = pageData()): Begun {
  const base = new URL(page.base, location.href);
  const kernel = page.kernel ? new ServerKernel(base, page.kernel) : new WorkerKernel(base, page);
  kernel.connect();
  return { kernel, control: askForStates(kernel) };
}

// Asks the kernel for all widgets that it has. The answer waits in the comm until somebody listens.
export function askForStates(kernel: Kernel): Comm {
  const control = kernel.comm("jupyter.widget.control", newId());
  control.open({}, undefined, { version: "1.0.0" });
  control.send({ method: "request_states" });
  return control;
}
