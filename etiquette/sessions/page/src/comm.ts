// One channel between a widget in the kernel and its model here.

import type { IClassicComm, ICallbacks } from "@jupyter-widgets/base";
import type { Kernel } from "./kernel";
import type { Message } from "./wire";

type Heard = (message: any) => unknown;
type Buffers = ArrayBuffer[] | ArrayBufferView[];

// What arrives before anybody listens is kept until somebody does: a model takes a while to be made, and an update
// that came in between would be lost for good.
export class Comm implements IClassicComm {
  private heard?: Heard;
  private early: Message[] = [];
  private closed?: Heard;

  constructor(
    private readonly kernel: Kernel,
    readonly target_name: string,
    readonly comm_id: string,
  ) {}

  open(data: any, callbacks?: ICallbacks, metadata: any = {}, buffers?: Buffers): string {
    const { comm_id, target_name } = this;
    return this.kernel.send("comm_open", { comm_id, target_name, data }, metadata, buffers, callbacks);
  }

  send(data: any, callbacks?: ICallbacks, metadata: any = {}, buffers?: Buffers): string {
    return this.kernel.send("comm_msg", { comm_id: this.comm_id, data }, metadata, buffers, callbacks);
  }

  close(data: any = {}, callbacks?: ICallbacks, metadata: any = {}): string {
    this.kernel.comms.delete(this.comm_id);
    return this.kernel.send("comm_close", { comm_id: this.comm_id, data }, metadata, undefined, callbacks);
  }

  on_msg(heard: Heard): void {
    this.heard = heard;
    this.early.splice(0).forEach(heard);
  }

  // Those of the changes that nobody has heard; they are not kept any longer.
  takeUpdates(): Message[] {
    const updates = this.early.filter(({ content }) => content.data.method === "update");
    this.early = this.early.filter((message) => !updates.includes(message));
    return updates;
  }

  on_close(closed: Heard): void {
    this.closed = closed;
  }

  deliver(message: Message): unknown {
    return this.heard ? this.heard(message) : this.early.push(message);
  }

  end(message: Message): void {
    this.kernel.comms.delete(this.comm_id);
    this.closed?.(message);
  }
}
