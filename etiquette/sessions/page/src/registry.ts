// The widgets that this page knows, and no others.

import { LayoutModel, StyleModel } from "@jupyter-widgets/base";
import * as box from "@jupyter-widgets/controls/lib/widget_box";
import * as button from "@jupyter-widgets/controls/lib/widget_button";
import * as date from "@jupyter-widgets/controls/lib/widget_date";
import { DescriptionStyleModel } from "@jupyter-widgets/controls/lib/widget_description";
import { DropdownModel, DropdownView } from "@jupyter-widgets/controls/lib/widget_selection";
import * as string from "@jupyter-widgets/controls/lib/widget_string";
import "anywidget";
import { anywidget } from "./amd";
import "./in_order";

// What a widget is told in its own words is kept until its own code is there and listens.
class AnyModel extends anywidget.AnyModel {
  declare early?: unknown[];

  initialize(...given: unknown[]): void {
    this.early = [];
    super.initialize(...given);
  }

  on(name: string, heard: unknown, listener?: unknown): this {
    super.on(name, heard, listener);
    if (name === "msg:custom" && listener) this.early?.splice(0).forEach((message) => super._handle_comm_msg(message));
    if (name === "msg:custom" && listener) this.early = undefined;
    return this;
  }

  async _handle_comm_msg(message: any): Promise<void> {
    if (message.content.data.method === "custom" && this.early) this.early.push(message);
    else await super._handle_comm_msg(message);
  }
}

const select = { DropdownModel, DropdownView };
const MODULES: Record<string, Record<string, any>> = {
  "@jupyter-widgets/base": { LayoutModel, StyleModel },
  "@jupyter-widgets/controls": { ...box, ...button, ...date, ...string, ...select, DescriptionStyleModel },
  anywidget: { ...anywidget, AnyModel },
};

export function widget(name: string, module: string): any {
  const found = MODULES[module]?.[name];
  if (!found) throw new Error(`This page has no widget ${name} of ${module}`);
  return found;
}
