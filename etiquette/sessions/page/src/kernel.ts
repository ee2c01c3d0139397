// The connection to the session that runs this page. It may break and come back; nothing that is said is lost.

import type { ICallbacks } from "@jupyter-widgets/base";
import { Comm } from "./comm";
import { newId } from "./id";
import { decode, encode, PROTOCOL, type Message } from "./wire";

export type State = "live" | "offline" | "gone";
type Buffers = (ArrayBuffer | ArrayBufferView)[];

// What was said and is not known to have been dealt with. `bytes` are kept until the kernel begins to.
interface Said {
  bytes?: ArrayBuffer;
  callbacks?: ICallbacks;
}

// All in milliseconds.
const FIRST_WAIT = 500; // before the first try to come back; twice as long each time, up to
const LONGEST_WAIT = 5_000;
const OPEN_WITHIN = 30_000; // a server that many arrive at takes its time
const ANSWERED_WITHIN = 10_000; // a connection may be dead without anybody having been told
const MOST_REFUSALS = 5; // by a server that answers, but does not let us in

export class Kernel {
  readonly comms = new Map<string, Comm>();
  onOpen: (comm: Comm, message: Message) => unknown = () => undefined;
  state: State = "live";
  onStates: (states: any) => void = () => undefined; // at once, while all else waits for the widgets' code
  onState: (state: State) => void = () => undefined;
  start = (): void => undefined; // hearing: the widgets' code is there
  onBack: () => void = () => undefined; // after a break, in which something that the kernel said may have been lost

  private readonly session = newId();
  private readonly said = new Map<string, Said>();
  private socket?: WebSocket;
  private ready = false;
  private back = false; // it has been ready before
  private gone = false;
  private count = 0; // of messages that arrived
  private wait = FIRST_WAIT;
  private refusals = 0;
  private timer?: ReturnType<typeof setTimeout>;
  private heard: Promise<unknown> = new Promise<void>((resolve) => (this.start = resolve));

  constructor(
    private readonly base: URL,
    private readonly id: string,
  ) {
    addEventListener("offline", () => this.lose());
    addEventListener("online", () => this.connect());
    // When somebody returns to the page on a phone, check at once whether the connection survived its sleep.
    document.addEventListener("visibilitychange", () => document.hidden || (this.ready && this.ping()));
  }

  connect(): void {
    if (this.gone || this.socket) return;
    clearTimeout(this.timer);
    const address = new URL(`api/kernels/${this.id}/channels?session_id=${this.session}`, this.base);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, PROTOCOL);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket === this.socket && this.welcome();
    socket.onclose = () => socket === this.socket && this.lose();
    socket.onmessage = ({ data }) => {
      this.count += 1;
      this.wait = FIRST_WAIT;
      this.refusals = 0;
      const message = decode(data);
      if (message.content.data?.method === "update_states") this.onStates(message.content.data.states);
      this.heard = this.heard.then(() => this.hear(message)).catch((error) => console.error(error));
    };
    this.expect(OPEN_WITHIN);
  }

  send(kind: string, content: unknown, metadata = {}, buffers: Buffers = [], callbacks?: ICallbacks): string {
    const message = this.message(kind, content, metadata, buffers);
    const { msg_id } = message.header;
    const bytes = encode(message);
    this.said.set(msg_id, { bytes, callbacks });
    if (this.ready) {
      this.socket?.send(bytes);
      this.expect(ANSWERED_WITHIN);
    }
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

  // A closing tab says goodbye, so that the server need not wait for it.
  leave(): void {
    navigator.sendBeacon(new URL(`voila/api/shutdown/${this.id}`, this.base));
  }

  private message(msg_type: string, content: unknown, metadata = {}, buffers: Buffers = []): Message {
    const date = new Date().toISOString();
    const header = { msg_id: newId(), msg_type, session: this.session, username: "", date, version: "5.3" };
    const views = buffers.map((each) =>
      ArrayBuffer.isView(each) ? new DataView(each.buffer, each.byteOffset, each.byteLength) : new DataView(each),
    );
    return { channel: "shell", header, parent_header: {}, metadata, content, buffers: views };
  }

  private ping(): void {
    this.socket?.send(encode(this.message("kernel_info_request", {})));
    this.expect(ANSWERED_WITHIN);
  }

  // Takes the connection for dead if nothing at all arrives on it for so long.
  private expect(patience: number): void {
    const { socket, count } = this;
    setTimeout(() => socket === this.socket && count === this.count && this.lose(), patience);
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
    if (!said) return;
    said.bytes = undefined;
    this.settle(parent);
    if (state === "idle") this.said.delete(parent);
    said.callbacks?.iopub?.status?.(message);
  }

  // The kernel takes one message after the other: when it has come to this one, it is done with all before it, even
  // if a break has swallowed what it said of them.
  private settle(until: string): void {
    for (const [id, { callbacks }] of this.said) {
      if (id === until) return;
      this.said.delete(id);
      callbacks?.iopub?.status?.({ content: { execution_state: "idle" } } as any);
    }
  }

  private welcome(): void {
    const { back } = this;
    this.ready = this.back = true;
    // The very same bytes: what was heard before is known by its id, and not done twice.
    for (const { bytes } of this.said.values()) if (bytes) this.socket?.send(bytes);
    this.become("live");
    if (back) this.onBack();
  }

  private become(state: State): void {
    this.state = state;
    this.onState(state);
  }

  private lose(): void {
    const { socket } = this;
    this.socket = undefined;
    this.ready = false;
    socket?.close();
    if (this.gone) return;
    this.become("offline");
    this.retry();
  }

  private retry(): void {
    clearTimeout(this.timer);
    // With a random wait, so that pages which lost their connection together do not all reconnect at once.
    this.timer = setTimeout(() => this.comeBack(), this.wait * (0.5 + Math.random() / 2));
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
  }

  private async comeBack(): Promise<void> {
    const address = new URL(`api/kernels/${this.id}`, this.base);
    const options: RequestInit = { redirect: "manual", signal: AbortSignal.timeout(ANSWERED_WITHIN) };
    const answer = await fetch(address, options).catch(() => undefined);
    if (this.socket) return;
    if (answer?.ok && ++this.refusals < MOST_REFUSALS) return this.connect();
    const refused = answer !== undefined && answer.status < 500 && answer.status !== 429;
    return refused ? this.end() : this.retry();
  }

  private end(): void {
    this.gone = true;
    this.lose();
    this.become("gone");
  }
}
