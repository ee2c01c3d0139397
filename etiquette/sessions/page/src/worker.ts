// Runs the page's session in a Web Worker: Python, woken from a snapshot in which all that the page needs is imported.

import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import { there, unpacked, WASM } from "./packed";
import createPyodideModule from "./pyodide_module";

// The first message to the worker: where its files are, and the policy to teach, as `etiquette.site` wrote them.
export interface Start {
  python: string; // the WebAssembly module
  snapshot: string; // what its memory is to be
  modules: string; // a zip of the modules that are not in the snapshot
  brotli: boolean; // whether the first two are there as .br too, not only as .gz
  bytes: number; // the size of the first two, unpacked
  policy: string;
  cache: string; // where these files are kept for the next visit; empty: nowhere
}

let loaded = 0;
let cache: Promise<Cache | undefined>;
const toKeep = new Map<string, Response>();

addEventListener("message", ({ data }) => begin(data).catch((error) => postMessage({ failed: String(error) })), {
  once: true,
});

async function begin(start: Start): Promise<void> {
  const early: ArrayBuffer[] = [];
  const keep = ({ data }: MessageEvent) => early.push(data);
  addEventListener("message", keep);

  cache = start.cache ? caches.open(start.cache).catch(() => undefined) : Promise.resolve(undefined);
  const module = load(start.python, start);
  const snapshot = load(start.snapshot, start).then((response) => response.arrayBuffer());
  // Pyodide says this to the console only. A kept copy may be damaged: next time, the snapshot is loaded again.
  const failed = async (error: unknown) => {
    await (await cache)?.delete(start.snapshot);
    postMessage({ failed: String(error) });
  };
  const ask = self.fetch;
  self.fetch = (what, how) => (String(what).endsWith(".wasm") ? module : ask(what, how)); // Pyodide knows one name only
  const pyodide = await loadPyodide({
    indexURL: "data:,", // nothing is asked of it
    stdLibURL: "data:,", // all of it that is needed is in the snapshot
    lockFileContents: { info, packages: {} } as any,
    _loadSnapshot: Promise.all([snapshot, module]).then(([file]) => file),
    createPyodideModule: async (settings: any) =>
      createPyodideModule(Object.assign(settings, { instantiateWasm: restoring(settings, await snapshot, failed) })),
  } as any);
  self.fetch = ask;

  const modules = remaining(start.modules, (zip) => pyodide.FS.writeFile("/lib/python314.zip", zip));
  const python = pyodide.pyimport("etiquette.site.worker");
  const receive = python.start(start.policy, answer, modules.now);
  removeEventListener("message", keep);
  addEventListener("message", ({ data }) => receive(new Uint8Array(data)));
  early.forEach((data) => receive(new Uint8Array(data)));
  await modules.soon();
  await keepFiles().catch(() => undefined); // there is no room
}

// Python's bytes, to the page.
function answer(bytes: any): void {
  const { buffer } = bytes.toJs();
  postMessage(buffer, { transfer: [buffer] });
}

// Instantiates the module as Pyodide does, but makes room for the snapshot, which holds what differs from the memory of a
// new module, and adds what does not.
function restoring({ instantiateWasm }: any, file: ArrayBuffer, failed: (error: unknown) => void) {
  return (imports: unknown, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) =>
    instantiateWasm(imports, (instance: WebAssembly.Instance, module: WebAssembly.Module) => {
      try {
        const memory = instance.exports.memory as WebAssembly.Memory;
        const fresh = new Uint32Array(memory.buffer);
        const kept = new Uint32Array(file, new Uint32Array(file)[1]); // what is before it is not memory
        for (let n = 0; n < fresh.length; n++) kept[n] ^= fresh[n];
        memory.grow(Math.ceil((kept.byteLength - fresh.byteLength) / 65_536));
        receive(instance, module);
      } catch (error) {
        failed(error);
      }
    });
}

// A file that is there in packed form only.
function load(url: string, { brotli, bytes }: Start): Promise<Response> {
  return kept(url, async () => {
    const count = new TransformStream({
      transform(chunk: Uint8Array, out) {
        loaded += chunk.length;
        postMessage({ loaded: loaded / bytes });
        out.enqueue(chunk);
      },
    });
    return new Response((await unpacked(url, brotli)).pipeThrough(count), WASM);
  });
}

// What an earlier visit has kept in this browser or, failing that, what is there now, which is then to be kept.
async function kept(url: string, get: () => Promise<Response>): Promise<Response> {
  const before = await (await cache)?.match(url);
  if (before) return before;
  const response = await get();
  if (await cache) toKeep.set(url, response.clone());
  return response;
}

// Only now, as it would delay the page. All of a file is at hand when it is put there: Firefox keeps what it has of one, if
// the page is left in between.
async function keepFiles(): Promise<void> {
  const place = await cache;
  if (!place) return;
  for (const [url, response] of toKeep) {
    const { headers } = response;
    await place.put(url, new Response(await response.arrayBuffer(), { headers }));
  }
  postMessage({ kept: true });
}

// The modules that few people need. They are fetched when the page is live or, if one is needed sooner, at once.
function remaining(url: string, write: (zip: Uint8Array) => void) {
  let here = false;
  const stop = new AbortController();
  // They may be needed later, or never.
  const stopped = (error: unknown) => (here ? undefined : console.warn(String(error)));
  const take = (zip: ArrayBuffer) => {
    if (!here) write(new Uint8Array(zip));
    here = true;
  };
  return {
    soon: async () => {
      const get = () => there(url, { signal: stop.signal });
      const bytes = async () => (await kept(url, get)).arrayBuffer();
      const zip = here ? undefined : await bytes().catch(stopped);
      if (zip) take(zip);
    },
    now: () => {
      if (here) return;
      stop.abort(); // or both would wait for each other
      const request = new XMLHttpRequest();
      request.open("GET", url, false);
      request.responseType = "arraybuffer";
      request.send();
      if (request.status !== 200) throw new Error(`${request.status} for ${url}`);
      take(request.response);
    },
  };
}
