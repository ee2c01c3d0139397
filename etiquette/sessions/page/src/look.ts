// A layout or a style, applied to the element of a widget's view. The widgets' own views of these have an element and
// forty listeners each, which is most of what it takes to draw a button.

import type { LayoutModel, StyleModel, WidgetView } from "@jupyter-widgets/base";

interface Property {
  attribute: string;
  selector: string;
}

export class Look {
  private readonly properties: Record<string, Property>; // of a style; those of a layout are named by their traits
  private readonly listening = () => this.apply(Object.keys(this.model.changedAttributes() || {}));

  constructor(
    readonly model: LayoutModel | StyleModel,
    private readonly parent: WidgetView,
  ) {
    this.properties = (model.constructor as any).styleProperties;
    this.apply(this.names());
    model.on("change", this.listening);
  }

  trigger(): void {} // a view would be told that it is displayed

  remove(): void {
    this.model.off("change", this.listening);
  }

  unlayout = () => this.apply(this.names(), true);
  unstyle = this.unlayout;

  private names(): string[] {
    return Object.keys(this.model.attributes).filter((name) => !name.startsWith("_"));
  }

  private apply(names: string[], remove = false): void {
    for (const name of names) {
      const { attribute, selector } = this.properties?.[name] ?? { attribute: name.replace(/_/g, "-"), selector: "" };
      const value = remove ? "" : (this.model.get(name) ?? "");
      const { el } = this.parent;
      const elements: Iterable<HTMLElement> = selector ? el.querySelectorAll(selector) : [el];
      for (const { style } of elements) if (value || style.length) style.setProperty(attribute, value);
    }
  }
}
