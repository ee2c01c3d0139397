// Makes the models of the widgets that the kernel has, and their views.

import { type DOMWidgetModel, type DOMWidgetView, LayoutModel, put_buffers, StyleModel } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import { askForStates, type Cell } from "./begin";
import type { Comm } from "./comm";
import type { Kernel } from "./kernel";
import { Look } from "./look";
import { widget } from "./registry";
import type { Message } from "./wire";

export class Manager extends ManagerBase {
  private onLoad = (_: Cell[]): void => undefined;

  constructor(private readonly kernel: Kernel) {
    super();
    kernel.onOpen = (comm, message) => {
      if (comm.target_name === this.comm_target_name) this.handle_comm_open(comm, message as any);
    };
    kernel.onBack = () => this.listen(askForStates(kernel));
  }

  // Makes the models of all widgets that there are, once the server says which; it has been asked. Gives what the
  // cells of the notebook show.
  load(control: Comm): Promise<Cell[]> {
    return new Promise((resolve) => {
      this.onLoad = resolve;
      this.listen(control);
    });
  }

  // Puts the view of a model into an element that stands in the page, and waits until all of it is there.
  async show(id: string, host: HTMLElement): Promise<void> {
    const view = (await this.create_view((await this.get_model(id)) as DOMWidgetModel)) as unknown as DOMWidgetView;
    Widget.attach(view.luminoWidget, host);
    await whole(view);
  }

  create_view(model: any, options: any = {}): Promise<any> {
    const look = model instanceof LayoutModel || model instanceof StyleModel;
    return look ? Promise.resolve(new Look(model, options.parent)) : super.create_view(model, options);
  }

  protected async loadClass(name: string, module: string): Promise<any> {
    return widget(name, module);
  }

  protected async _create_comm(target: string, id: string, data?: unknown, metadata?: any): Promise<any> {
    const comm = this.kernel.comm(target, id);
    if (data !== undefined) comm.open(data, undefined, metadata);
    return comm;
  }

  protected async _get_comm_info(): Promise<Record<string, never>> {
    return {};
  }

  private listen(control: Comm): void {
    control.on_msg((message) => {
      control.close();
      this.restore(message);
    });
  }

  // Makes the page what the kernel says it is. All at once, in the same turn: whatever it says next finds the comms of
  // these models, and what refers to another model finds that.
  private restore(message: Message): void {
    const { states, buffer_paths, cells } = message.content.data;
    buffer_paths.forEach(([id, ...path]: string[], number: number) =>
      put_buffers(states[id].state, [path], [message.buffers[number]]),
    );
    for (const comm of [...this.kernel.comms.values()]) {
      if (comm.target_name === this.comm_target_name && !(comm.comm_id in states)) comm.end(message);
    }
    const made = Object.keys(states).map((id) => this.bring(id, states[id]));
    Promise.all(made).then(() => this.onLoad(cells));
  }

  private bring(model_id: string, { state, ...kind }: any): unknown {
    const known = this.kernel.comms.get(model_id);
    if (known && this.has_model(model_id)) {
      // As if it came after what was changed here, so that the newer of the two stays.
      const data = { method: "echo_update", state };
      return known.deliver({ content: { data }, parent_header: {}, buffers: [] } as any);
    }
    const comm = known ?? this.kernel.comm(this.comm_target_name, model_id);
    return this.new_model({ ...kind, model_id, comm }, state).catch((error) => console.error(error));
  }
}

// A view is drawn bit by bit: its place and style come after it, and its children after that.
async function whole(view: any): Promise<void> {
  await view.displayed;
  await Promise.all([view.layoutPromise, view.stylePromise]);
  const children: any[] = await Promise.all(view.children_views?.views ?? []);
  await Promise.all(children.map(whole));
}
