// Makes the models of the widgets that the page's session has, and their views, each when it is first shown.

import { type DOMWidgetModel, type DOMWidgetView, LayoutModel, put_buffers, StyleModel } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import { askForStates, type Cell } from "./begin";
import type { Comm } from "./comm";
import type { Kernel } from "./kernel";
import { Look } from "./look";
import { widget } from "./registry";
import type { Message } from "./wire";

// A widget that nothing has shown yet: what its model is to be made of, and with which state. Later changes wait in the
// comm.
interface Unmade {
  comm: Comm;
  state: any;
}

export class Manager extends ManagerBase {
  private onLoad = (_: Cell[]): void => undefined;
  private readonly unmade = new Map<string, Unmade>();

  constructor(private readonly kernel: Kernel) {
    super();
    kernel.onOpen = (comm, { content, buffers }) => {
      const { state, buffer_paths = [] } = content.data;
      put_buffers(state, buffer_paths, buffers);
      if (comm.target_name === this.comm_target_name) this.keep(comm, state);
    };
    kernel.onBack = () => this.listen(askForStates(kernel));
  }

  // Learns of all widgets that there are, once the server says which; it has been asked. Gives what the cells of the
  // notebook show.
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

  async get_model(id: string): Promise<any> {
    const found = this.unmade.get(id);
    if (found) this.make(id, found);
    return super.get_model(id);
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
    Object.entries(states as Record<string, { state: any }>).forEach(([id, { state }]) => this.bring(id, state));
    this.onLoad(cells);
  }

  private bring(id: string, state: any): void {
    const comm = this.kernel.comms.get(id) ?? this.kernel.comm(this.comm_target_name, id);
    if (!this.has_model(id)) return this.keep(comm, state);
    // As if it came after what was changed here, so that the newer of the two stays.
    comm.deliver({ content: { data: { method: "echo_update", state } }, parent_header: {}, buffers: [] } as any);
  }

  private keep(comm: Comm, state: any): void {
    this.unmade.set(comm.comm_id, { comm, state });
    comm.on_close(() => this.unmade.delete(comm.comm_id));
  }

  private make(model_id: string, { comm, state }: Unmade): void {
    this.unmade.delete(model_id);
    for (const { content, buffers } of comm.takeUpdates()) {
      put_buffers(content.data.state, content.data.buffer_paths ?? [], buffers);
      Object.assign(state, content.data.state);
    }
    const { _model_name: model_name, _model_module: model_module, _model_module_version: model_module_version } = state;
    this.new_model({ model_name, model_module, model_module_version, model_id, comm }, state).catch((error) =>
      console.error(error),
    );
  }
}

// A view is drawn bit by bit: its place and style come after it, and its children after that.
async function whole(view: any): Promise<void> {
  await view.displayed;
  await Promise.all([view.layoutPromise, view.stylePromise]);
  const children: any[] = await Promise.all(view.children_views?.views ?? []);
  await Promise.all(children.map(whole));
}
