// Runs the page's session in a Web Worker: Python, woken from a snapshot in which all that the page needs is imported.

import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import createPyodideModule from "./pyodide_module";

// The first message to the worker: where its files are, and the policy to teach, as `etiquette.site` wrote them.
export interface Start {
  python: string; // the WebAssembly module
  snapshot: string; // what its memory is to be
  modules: string; // a zip of the modules that are not in the snapshot
  brotli: boolean; // whether the first two are there as .br too, not only as .gz
  bytes: number; // the size of the first two, unpacked
  policy: string;
}

let loaded = 0;

addEventListener("message", ({ data }) => begin(data).catch((error) => postMessage({ failed: String(error) })), {
  once: true,
});

async function begin(start: Start): Promise<void> {
  const early: ArrayBuffer[] = [];
  const keep = ({ data }: MessageEvent) => early.push(data);
  addEventListener("message", keep);

  const module = load(start.python, start);
  const snapshot = load(start.snapshot, start).then((response) => response.arrayBuffer());
  const ask = self.fetch;
  self.fetch = (resource) => (String(resource).endsWith(".wasm") ? module : ask(resource)); // Pyodide knows one name only
  const pyodide = await loadPyodide({
    indexURL: new URL(".", location.href).href,
    stdLibURL: "data:,", // all of it that is needed is in the snapshot
    lockFileContents: { info, packages: {} } as any,
    _loadSnapshot: Promise.all([snapshot, module]).then(([file]) => file),
    createPyodideModule: async (settings: any) =>
      createPyodideModule(Object.assign(settings, { instantiateWasm: restoring(settings, await snapshot) })),
  } as any);
  self.fetch = ask;

  const modules = remaining(start.modules, (zip) => pyodide.FS.writeFile("/lib/python314.zip", zip));
  const python = pyodide.pyimport("etiquette.site.worker");
  const receive = python.start(start.policy, answer, modules.now);
  removeEventListener("message", keep);
  addEventListener("message", ({ data }) => receive(new Uint8Array(data)));
  early.forEach((data) => receive(new Uint8Array(data)));
  await modules.soon();
}

// Python's bytes, to the page.
function answer(bytes: any): void {
  const { buffer } = bytes.toJs();
  postMessage(buffer, { transfer: [buffer] });
}

// Instantiates the module as Pyodide does, but makes room for the snapshot, which holds what differs from the memory of a
// new module, and adds what does not.
function restoring({ instantiateWasm }: any, file: ArrayBuffer) {
  return (imports: unknown, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) =>
    instantiateWasm(imports, (instance: WebAssembly.Instance, module: WebAssembly.Module) => {
      const memory = instance.exports.memory as WebAssembly.Memory;
      const fresh = new Uint32Array(memory.buffer);
      const kept = new Uint32Array(file, new Uint32Array(file)[1]); // what is before it is not memory
      for (let n = 0; n < fresh.length; n++) kept[n] ^= fresh[n];
      memory.grow(Math.ceil((kept.byteLength - fresh.byteLength) / 65_536));
      receive(instance, module);
    });
}

// A file that is there in packed form only. Servers that don't know what .br is send it as it is, which a browser can't
// read: the .gz is unpacked here, wherever it comes from.
async function load(url: string, { brotli, bytes }: Start): Promise<Response> {
  let response: Response | undefined;
  if (brotli) {
    const stop = new AbortController();
    response = await fetch(`${url}.br`, { signal: stop.signal }).catch(() => undefined);
    if (!response?.ok || !response.headers.has("content-encoding")) {
      stop.abort();
      response = undefined;
    }
  }
  response ??= await fetch(`${url}.gz`);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  const unpacked = response.headers.has("content-encoding");
  const body = unpacked ? response.body! : response.body!.pipeThrough(new DecompressionStream("gzip") as any);
  const count = new TransformStream({
    transform(chunk: Uint8Array, out) {
      loaded += chunk.length;
      postMessage({ loaded: loaded / bytes });
      out.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(count), { headers: { "Content-Type": "application/wasm" } });
}

// The modules that few people need. They are fetched when the page is live or, if one is needed sooner, at once.
function remaining(url: string, write: (zip: Uint8Array) => void) {
  let here = false;
  const take = (zip: ArrayBuffer) => {
    if (!here) write(new Uint8Array(zip));
    here = true;
  };
  return {
    soon: async () => take(await (await fetch(url)).arrayBuffer()),
    now: () => {
      if (here) return;
      const request = new XMLHttpRequest();
      request.open("GET", url, false);
      request.responseType = "arraybuffer";
      request.send();
      take(request.response);
    },
  };
}
