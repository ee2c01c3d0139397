// The widgets that this page knows, and no others.

import { LayoutModel, StyleModel } from "@jupyter-widgets/base";
import { BoxModel, BoxView, HBoxModel, HBoxView, VBoxModel, VBoxView } from "@jupyter-widgets/controls/lib/widget_box";
import { ButtonModel, ButtonStyleModel, ButtonView } from "@jupyter-widgets/controls/lib/widget_button";
import { DatePickerModel, DatePickerView } from "@jupyter-widgets/controls/lib/widget_date";
import { DescriptionStyleModel } from "@jupyter-widgets/controls/lib/widget_description";
import { DropdownModel, DropdownView } from "@jupyter-widgets/controls/lib/widget_selection";
import {
  ComboboxModel,
  ComboboxView,
  HTMLModel,
  HTMLStyleModel,
  HTMLView,
  TextareaModel,
  TextareaView,
  TextModel,
  TextStyleModel,
  TextView,
} from "@jupyter-widgets/controls/lib/widget_string";
import "anywidget";
import { anywidget } from "./amd";

const BASE = { LayoutModel, StyleModel };
const CONTROLS = {
  ...{ BoxModel, BoxView, HBoxModel, HBoxView, VBoxModel, VBoxView, ButtonModel, ButtonStyleModel, ButtonView },
  ...{ DatePickerModel, DatePickerView, DescriptionStyleModel, DropdownModel, DropdownView },
  ...{ ComboboxModel, ComboboxView, HTMLModel, HTMLStyleModel, HTMLView },
  ...{ TextareaModel, TextareaView, TextModel, TextStyleModel, TextView },
};
const MODULES: Record<string, Record<string, any>> = {
  "@jupyter-widgets/base": BASE,
  "@jupyter-widgets/controls": CONTROLS,
  anywidget,
};

export function widget(name: string, module: string): any {
  const found = MODULES[module]?.[name];
  if (!found) throw new Error(`This page has no widget ${name} of ${module}`);
  return found;
}
