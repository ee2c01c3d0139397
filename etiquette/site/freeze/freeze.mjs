// Makes what a page's worker loads: Pyodide's WebAssembly module, and the memory of a Python that has everything
// imported. Its arguments: a zip of sources, the folder to write to,
// and the quality of Brotli's compression, 0 to 11.

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

const [sources, out, quality] = process.argv.slice(2).map((each) => (isNaN(each) ? each : +each));
const require = createRequire(join(process.cwd(), "package.json")); // npm's packages are where the page is built
const pyodideFolder = dirname(require.resolve("pyodide"));
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")));
const createPyodideModule = (await import(pathToFileURL(join(pyodideFolder, "pyodide.asm.mjs")))).default;
const script = (name) => readFile(new URL(name, import.meta.url), "utf8");
const bytes = async (path) => new Uint8Array(await readFile(path));

const compiler = await loadPyodide();
compiler.FS.writeFile("/stdlib.zip", await bytes(join(pyodideFolder, "python_stdlib.zip")));
compiler.FS.writeFile("/sources.zip", await bytes(sources));
compiler.runPython(await script("compile.py"));

await mkdir(out, { recursive: true });
const others = join(out, "others.zip");
await writeFile(others, compiler.FS.readFile("/others.zip"));
const wasm = await bytes(join(pyodideFolder, "pyodide.asm.wasm"));
let fresh; // the memory of a new module
const python = await loadPyodide({
  _makeSnapshot: true,
  stdLibURL: others,
  createPyodideModule: (settings) => createPyodideModule(Object.assign(settings, { instantiateWasm: seen(settings) })),
});
await rm(others);
python.unpackArchive(compiler.FS.readFile("/ours.zip"), "zip", { extractDir: "/ours" });
python.runPython('import sys; sys.path.insert(0, "/ours")');
python.runPython(await script("warm.py"));
const loaded = python.globals.get("loaded").toJs();
const snapshot = python.makeMemorySnapshot();

compiler.globals.set("loaded", compiler.toPy(loaded));
compiler.runPython('pack_remaining("/modules.zip", frozenset(loaded))');

const written = {
  python: await writePacked("python", wasm),
  snapshot: await writePacked("snapshot", difference(snapshot)),
  modules: await write("modules", ".zip", compiler.FS.readFile("/modules.zip")),
  bytes: wasm.length + snapshot.length,
};
await writeFile(join(out, "runtime.json"), JSON.stringify(written));

// Instantiates the module as Pyodide does, but keeps a copy of its memory as it is then.
function seen({ instantiateWasm }) {
  return (imports, receive) =>
    instantiateWasm(imports, (instance, module) => {
      fresh = new Uint32Array(instance.exports.memory.buffer.slice());
      receive(instance, module);
    });
}

// The snapshot without what every new module has in its memory; the worker adds that again.
function difference(file) {
  const words = new Uint32Array(file.buffer, file.byteOffset, file.byteLength / 4);
  const memory = words.subarray(words[1] / 4); // what is before it is not memory
  for (let n = 0; n < fresh.length; n++) memory[n] ^= fresh[n];
  return file;
}

// Writes a file under a name with a hash of what is in it.
async function write(name, end, content) {
  const hash = createHash("sha256").update(content).digest("base64url").replace(/[-_]/g, "").slice(0, 8);
  await writeFile(join(out, `${name}-${hash}${end}`), content);
  return `${name}-${hash}${end}`;
}

// Writes it in its two packed forms only.
async function writePacked(name, content) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([
    promisify(zlib.brotliCompress)(content, { params }),
    promisify(zlib.gzip)(content, { level: 9 }),
  ]);
  const plain = (await write(name, ".br", br)).slice(0, -3);
  await writeFile(join(out, `${plain}.gz`), gz);
  return plain;
}
