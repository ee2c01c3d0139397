// Reads a file that is there in packed form only, as .gz and perhaps as .br.

// How such files are kept, unpacked. One of them is WebAssembly.
export const WASM = { headers: { "Content-Type": "application/wasm" } };

// Unpacks it here, where the server has only sent it as it is.
export async function unpacked(url: string, brotli: boolean): Promise<ReadableStream<Uint8Array>> {
  const response = await there(brotli && (await knowsBrotli(url)) ? `${url}.br` : `${url}.gz`);
  const done = response.headers.has("content-encoding");
  return done ? response.body! : response.body!.pipeThrough(new DecompressionStream("gzip") as any);
}

let answer: Promise<boolean> | undefined;

// Whether the server says of a .br what it is. If not, a browser can't read it. One answer holds for all files.
function knowsBrotli(url: string): Promise<boolean> {
  const asked = () => fetch(`${url}.br`, { method: "HEAD" });
  return (answer ??= asked().then(({ ok, headers }) => ok && headers.has("content-encoding"), () => false));
}

// What is at this URL. If there is nothing, that is an error.
export async function there(url: string, options?: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response;
}
