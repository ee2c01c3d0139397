// Keeps the page in this browser: it opens at once, and without a connection. What it consists of is in the list that is
// set before this runs. When the folder changes, so does the list: the browser then installs the new version while the
// old one is in use. It takes over when somebody asks for it or, at the latest, once no page of the old one is open.
//
// It does not call `skipWaiting` when it is installed: if the page asks the old one for a file just then, Chromium may
// leave the new one waiting for minutes, and the page can't be loaded again meanwhile.

import { there, unpacked, WASM } from "./packed";

interface Files {
  named: Record<string, string>; // those whose names stay the same, with the hashes of their content
  hashed: string[]; // those whose names contain a hash
  packed: string[]; // those too, but they are there as .gz and .br only
  brotli: boolean;
}

const { files, registration, caches, clients, skipWaiting } = self as any;
const { named, hashed, packed, brotli }: Files = files;
const base: string = registration.scope;

// What each file is kept under. The page's worker keeps some of them itself, under the same.
const keys = new Map<string, string>();
for (const name of [...hashed, ...packed]) keys.set(name, base + name);
for (const [name, hash] of Object.entries(named)) keys.set(name, `${base + name}?${hash}`);

addEventListener("install", (event: any) => event.waitUntil(install()));
addEventListener("activate", (event: any) => event.waitUntil(Promise.all([tidy(), clients.claim()])));
addEventListener("message", () => skipWaiting()); // a page asks for it

addEventListener("fetch", (event: any) => {
  const [url] = event.request.url.split(/[?#]/);
  const key = url.startsWith(base) && keys.get(url.slice(base.length) || "index.html");
  if (key) event.respondWith(kept(key).then((found) => found ?? fetch(event.request)));
});

async function kept(key: string): Promise<Response | undefined> {
  return (await caches.open(base)).match(key, { ignoreVary: true });
}

// Gets what is not there yet. If that fails, the old version stays in use.
async function install(): Promise<void> {
  const cache: Cache = await caches.open(base);
  const get = async (name: string) => {
    const key = keys.get(name)!;
    if (await kept(key)) return;
    if (packed.includes(name)) return cache.put(key, new Response(await unpacked(key, brotli), WASM));
    const response = await there(base + name, name in named ? { cache: "no-cache", integrity: named[name] } : {});
    return cache.put(key, new Response(response.body, response)); // a new one: the page of a redirection would be refused
  };
  await Promise.all([...keys.keys()].map(get));
}

// Deletes what this version does not need, unless there is a newer one already, which may.
async function tidy(): Promise<void> {
  const cache: Cache = await caches.open(base);
  const wanted = new Set(keys.values());
  const unwanted = (await cache.keys()).filter(({ url }) => !wanted.has(url));
  if (registration.installing || registration.waiting) return;
  await Promise.all(unwanted.map(({ url }) => cache.delete(url, { ignoreVary: true })));
}
