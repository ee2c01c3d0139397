// The session is on a server. The connection may break and come back; nothing that is said is lost.

import { Kernel } from "./kernel";
import { encode, PROTOCOL } from "./wire";

// All in milliseconds.
const FIRST_WAIT = 500; // before the first try to come back; twice as long each time, up to
const LONGEST_WAIT = 5_000;
const OPEN_WITHIN = 30_000; // a server that many arrive at takes its time
const ANSWERED_WITHIN = 10_000; // a connection may be dead without anybody having been told
const MOST_REFUSALS = 5; // by a server that answers, but does not let us in

export class ServerKernel extends Kernel {
  private socket?: WebSocket;
  private ready = false;
  private back = false; // it has been ready before
  private gone = false;
  private count = 0; // of messages that arrived
  private wait = FIRST_WAIT;
  private refusals = 0;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly base: URL,
    private readonly id: string,
  ) {
    super();
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
      this.arrived(data);
    };
    this.expect(OPEN_WITHIN);
  }

  protected transmit(bytes: ArrayBuffer): void {
    if (!this.ready) return;
    this.socket?.send(bytes);
    this.expect(ANSWERED_WITHIN);
  }

  // A closing tab says goodbye, so that the server need not wait for it.
  leave(): void {
    navigator.sendBeacon(new URL(`voila/api/shutdown/${this.id}`, this.base));
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

  private welcome(): void {
    const { back } = this;
    this.ready = this.back = true;
    // The very same bytes: what was heard before is known by its id, and not done twice.
    for (const { bytes } of this.said.values()) this.socket?.send(bytes);
    this.become("live");
    if (back) this.onBack();
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
