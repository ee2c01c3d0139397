// Opens the page from a file on a disk. Browsers let it run classic scripts there, but read no other file: one such script
// has all that the page needs, if the folder was written for this. If it was not, the page says what to do instead. Tried in
// Chromium 156, Firefox 153 and WebKitGTK 2.50.

import type { WorkerPage } from "./worker_kernel";

// The page's own script, and the files that its data name, all as data URLs: browsers refuse modules for workers from blobs.
type Files = Record<"page" | "worker" | "python" | "snapshot" | "modules", string>;

interface DiskPage extends WorkerPage {
  base: string;
  disk: string; // the script; empty: there is none
}

// Calls `begin` with data that name these files, and runs the page's own script.
export async function openFromDisk(page: DiskPage, begin: (page: DiskPage) => void): Promise<void> {
  try {
    if (!page.disk) throw new Error("The site was written without --from-disk.");
    const { page: main, python, snapshot, ...rest } = await readFiles(new URL(page.disk, new URL(page.base, location.href)));
    const packed = { python: `${python}#`, snapshot: `${snapshot}#`, brotli: false }; // so that .gz can be added to them
    begin({ ...page, ...rest, ...packed });
    await import(main);
  } catch (error) {
    console.warn(error);
    if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done));
    document.getElementById("soon")?.remove();
    document.getElementById("from-disk")!.hidden = false;
  }
}

async function readFiles(url: URL): Promise<Files> {
  const script = document.createElement("script");
  script.src = url.href;
  await new Promise((onload, onerror) => document.head.append(Object.assign(script, { onload, onerror })));
  return (window as any).files;
}
