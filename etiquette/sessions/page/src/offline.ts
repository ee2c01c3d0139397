// Has the page kept in this browser for times without a connection, and says when there is a new version of it.

import type { WorkerKernel } from "./worker_kernel";

const { serviceWorker } = navigator;
const kernel: WorkerKernel | undefined = (window as any).begun?.kernel;

if (serviceWorker && kernel) {
  let before = serviceWorker.controller;
  serviceWorker.addEventListener("controllerchange", () => {
    if (before) document.getElementById("new-version")!.hidden = false; // the first one is this page's own
    before = serviceWorker.controller;
  });
  document.getElementById("use-it")!.addEventListener("click", () => location.reload());
  const keep = async (base: URL) => {
    const registration = await serviceWorker.register(new URL("sw.js", base));
    serviceWorker.controller?.postMessage("loaded");
    const look = () => document.hidden || registration.update().catch(() => undefined); // without a connection, it fails
    if (before) look();
    document.addEventListener("visibilitychange", look); // on phones, a page may be open for days
  };
  kernel.kept.then(keep).catch(() => undefined); // in a private window or a frame, a browser may refuse: it's not needed
}
