// Reads a file that is there in packed form only, as .gz and perhaps as .br.

// How such files are kept, unpacked. One of them is WebAssembly.
export const WASM = { headers: { "Content-Type": "application/wasm" } };

// Servers that don't know what .br is send it as it is, which a browser can't read: the .gz is unpacked here, wherever it
// comes from.
export async function unpacked(url: string, brotli: boolean): Promise<ReadableStream<Uint8Array>> {
  let response: Response | undefined;
  if (brotli) {
    const stop = new AbortController();
    response = await fetch(`${url}.br`, { signal: stop.signal }).catch(() => undefined);
    if (!response?.ok || !response.headers.has("content-encoding")) {
      stop.abort();
      response = undefined;
    }
  }
  response ??= await there(`${url}.gz`);
  const done = response.headers.has("content-encoding");
  return done ? response.body! : response.body!.pipeThrough(new DecompressionStream("gzip") as any);
}

// What is at this URL. If there is nothing, that is an error.
export async function there(url: string, options?: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response;
}
