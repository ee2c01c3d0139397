// The session is in a Web Worker of this page. Nothing gets lost on the way; the worker keeps what arrives too early.

import { Kernel } from "./kernel";
import type { Start } from "./worker";

// What the data of a page with a worker say, as `etiquette.site` wrote them.
export type WorkerPage = Omit<Start, "cache"> & { worker: string; keeps: boolean };

export class WorkerKernel extends Kernel {
  private onKept = (): void => undefined;
  readonly kept = new Promise<URL>((resolve) => (this.onKept = () => resolve(this.base))); // all of it, in this browser

  private worker?: Worker;

  constructor(
    private readonly base: URL,
    private readonly page: WorkerPage,
  ) {
    super();
  }

  connect(): void {
    if (!ableToRun()) return this.become("unable");
    const url = (name: string) => new URL(name, this.base).href;
    const { worker, keeps, python, snapshot, modules, ...rest } = this.page;
    const cache = keeps && isSecureContext && this.base.protocol.startsWith("http") ? this.base.href : "";
    const begin: Start = { ...rest, cache, python: url(python), snapshot: url(snapshot), modules: url(modules) };
    this.worker = new Worker(url(worker), { type: "module" });
    this.worker.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.arrived(data);
      else if ("loaded" in data) this.onLoading(data.loaded);
      else if ("kept" in data) this.onKept();
      else this.end(data.failed);
    };
    this.worker.onerror = (event) => this.end(event.message);
    this.worker.postMessage(begin);
  }

  leave(): void {}

  protected transmit(bytes: ArrayBuffer): void {
    this.worker?.postMessage(bytes); // copied: `said` has them too
  }

  private end(why: string): void {
    console.error(why);
    this.worker?.terminate();
    this.become("gone");
  }
}

// Old browsers, and new ones that have been told to be careful, can't run WebAssembly. Pyodide would never say so.
function ableToRun(): boolean {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)); // the smallest there is
    return "DecompressionStream" in window;
  } catch {
    return false;
  }
}
