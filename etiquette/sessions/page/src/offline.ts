// Has the page kept in this browser for times without a connection, and says when there is a new version of it.

import type { WorkerKernel } from "./worker_kernel";

const { serviceWorker } = navigator;
const kernel: WorkerKernel | undefined = (window as any).begun?.kernel;

if (serviceWorker && kernel) {
  const keep = async (base: URL) => {
    const registration = await serviceWorker.register(new URL("sw.js", base));
    const tell = () => {
      if (!registration.waiting || !serviceWorker.controller) return; // the first one is this page's own
      document.getElementById("new-version")!.hidden = false;
    };
    const follow = () => registration.installing?.addEventListener("statechange", tell);
    registration.addEventListener("updatefound", follow);
    follow();
    tell();
    document.getElementById("use-it")!.addEventListener("click", () => {
      if (!registration.waiting) return location.reload(); // another tab has it in use
      serviceWorker.addEventListener("controllerchange", () => location.reload());
      registration.waiting.postMessage("use");
    });
    const look = () => document.hidden || registration.update().catch(() => undefined); // without a connection, it fails
    if (serviceWorker.controller) look();
    document.addEventListener("visibilitychange", look); // on phones, a page may be open for days
  };
  kernel.kept.then(keep).catch(() => undefined); // in a private window or a frame, a browser may refuse: it's not needed
}
