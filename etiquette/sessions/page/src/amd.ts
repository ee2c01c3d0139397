// anywidget's front end is written for a loader that hands it the widgets' base. Here is one, for it alone.

import * as base from "@jupyter-widgets/base";

export const anywidget: Record<string, any> = {};

export function define(_: string[], make: (given: typeof base) => object): void {
  Object.assign(anywidget, make(base));
}
