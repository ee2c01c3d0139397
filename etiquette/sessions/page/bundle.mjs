// Builds what the page loads, each file with a hash of what is in it in its name, and a manifest that tells the names.

import { build } from "esbuild";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";

const out = "../static";
const common = { entryNames: "[name]-[hash]", outdir: out, bundle: true, minify: true, metafile: true, target: "es2022" };
const early = await build({ ...common, entryPoints: { early: "src/early.ts" }, format: "iife" });
const platform = await build({
  ...common,
  entryPoints: { platform: "src/platform/learning_platform.ts" },
  format: "iife",
  legalComments: "none",
});
const page = await build({
  ...common,
  entryPoints: { page: "src/main.ts", style: "src/page.css" },
  format: "esm",
  legalComments: "none", // they go into a file of their own, below
  alias: {
    "sanitize-html": "./src/sanitize.ts",
    nouislider: "./src/nothing.ts",
    jquery: "./src/jquery.ts",
    "lodash/isEqual": "underscore/modules/isEqual.js", // the same function, from a package that is needed anyway
    "@lumino/widgets": "./src/lumino.js",
  },
  inject: ["src/amd.ts"],
});

const worker = await build({ ...common, entryPoints: { worker: "src/worker.ts" }, format: "esm", external: ["node:*", "ws"] });
const offline = await build({
  ...common,
  entryPoints: { offline: "src/offline.ts", service: "src/service_worker.ts" },
  format: "iife",
});

const bundles = [early, platform, page, worker, offline];
const outputs = Object.assign({}, ...bundles.map(({ metafile }) => metafile.outputs));
const names = Object.keys(outputs).map((path) => basename(path));
const find = (pattern) => names.find((name) => pattern.test(name));
const assets = {
  early: find(/^early-.*\.js$/),
  platform: find(/^platform-.*\.js$/),
  js: find(/^page-.*\.js$/),
  css: find(/^style-.*\.css$/),
  worker: find(/^worker-.*\.js$/),
  offline: find(/^offline-.*\.js$/),
  service: find(/^service-.*\.js$/),
};
await writeFile(`${out}/assets.json`, JSON.stringify(assets));
await writeFile(`${out}/licences.txt`, await licences(bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
for (const name of await readdir(out)) {
  if (![...names, "assets.json", "licences.txt"].includes(name)) await rm(`${out}/${name}`);
}

if (process.argv.includes("--analyze")) {
  const sizes = Object.entries(outputs[`${out}/${assets.js}`].inputs).map(([path, { bytesInOutput }]) => [bytesInOutput, path]);
  for (const [bytes, path] of sizes.sort((a, b) => b[0] - a[0]).slice(0, 25)) console.log(bytes, path);
}

// What the authors of the packages ask to be told with their work.
async function licences(inputs) {
  const packages = new Set(inputs.flatMap((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const told = [...packages].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    return `${name} ${version} (${license})\n\n${file ? await readFile(`${folder}/${file}`, "utf8") : ""}`;
  });
  return (await Promise.all(told)).join(`\n${"-".repeat(80)}\n\n`);
}
