// The session that runs this page, as its widgets see it: what they say to it, and what it answers. How the messages
// travel is a matter of the two kinds: to a server, or to a worker of this page.

import type { ICallbacks } from "@jupyter-widgets/base";
import { Comm } from "./comm";
import { newId } from "./id";
import { decode, encode, type Message } from "./wire";

export type State = "live" | "offline" | "gone" | "unable";
type Buffers = (ArrayBuffer | ArrayBufferView)[];

// What was said, and has not been answered.
interface Said {
  bytes: ArrayBuffer;
  callbacks?: ICallbacks;
}

export abstract class Kernel {
  readonly comms = new Map<string, Comm>();
  onOpen: (comm: Comm, message: Message) => unknown = () => undefined;
  state: State = "live";
  onStates: (states: any) => void = () => undefined; // at once, while all else waits for the widgets' code
  onState: (state: State) => void = () => undefined;
  onLoading: (share: number) => void = () => undefined; // how much of what the session runs on has been loaded, 0 to 1
  start = (): void => undefined; // hearing: the widgets' code is there
  onBack: () => void = () => undefined; // after a break, in which something that the session said may have been lost

  protected readonly session = newId();
  protected readonly said = new Map<string, Said>();
  private heard: Promise<unknown> = new Promise<void>((resolve) => (this.start = resolve));

  abstract connect(): void;
  // A closing tab says goodbye.
  abstract leave(): void;
  // Sends these bytes now, if that is possible; if not, they are in `said`.
  protected abstract transmit(bytes: ArrayBuffer): void;

  send(kind: string, content: unknown, metadata = {}, buffers: Buffers = [], callbacks?: ICallbacks): string {
    const message = this.message(kind, content, metadata, buffers);
    const { msg_id } = message.header;
    const bytes = encode(message);
    this.said.set(msg_id, { bytes, callbacks });
    this.transmit(bytes);
    return msg_id;
  }

  comm(target: string, id: string): Comm {
    const comm = new Comm(this, target, id);
    this.comms.set(id, comm);
    return comm;
  }

  // Clicks a button that has no view yet. Done when all that comes of it has been heard.
  click(id: string): Promise<void> {
    const comm = this.comms.get(id) ?? this.comm("jupyter.widget", id);
    return new Promise((resolve) => {
      const status = ({ content }: any) => content.execution_state === "idle" && resolve();
      comm.send({ method: "custom", content: { event: "click" } }, { iopub: { status } } as ICallbacks);
    });
  }

  protected message(msg_type: string, content: unknown, metadata = {}, buffers: Buffers = []): Message {
    const date = new Date().toISOString();
    const header = { msg_id: newId(), msg_type, session: this.session, username: "", date, version: "5.3" };
    const views = buffers.map((each) =>
      ArrayBuffer.isView(each) ? new DataView(each.buffer, each.byteOffset, each.byteLength) : new DataView(each),
    );
    return { channel: "shell", header, parent_header: {}, metadata, content, buffers: views };
  }

  // All that comes of one turn of the session arrives together, so that nobody ever sees half of a change.
  protected arrived(data: ArrayBuffer): void {
    for (const message of decode(data)) {
      if (message.content.data?.method === "update_states") this.onStates(message.content.data.states);
      this.heard = this.heard.then(() => this.hear(message)).catch((error) => console.error(error));
    }
  }

  protected become(state: State): void {
    this.state = state;
    this.onState(state);
  }

  private async hear({ header, parent_header, content, ...rest }: Message): Promise<unknown> {
    const message = { header, parent_header, content, ...rest };
    switch (header.msg_type) {
      case "comm_open":
        // Not waited for: a model that has to wait for others must not hold up what they wait for.
        this.onOpen(this.comm(content.target_name, content.comm_id), message);
        return;
      case "comm_msg":
        return this.comms.get(content.comm_id)?.deliver(message);
      case "comm_close":
        return this.comms.get(content.comm_id)?.end(message);
      case "status":
        return this.answered(parent_header.msg_id ?? "", content.execution_state, message);
    }
  }

  private answered(parent: string, state: string, message: any): void {
    const said = this.said.get(parent);
    if (state === "idle") this.said.delete(parent);
    said?.callbacks?.iopub?.status?.(message);
  }
}
