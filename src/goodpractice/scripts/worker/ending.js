// Takes the place of a worker on a site that keeps no copies (any more): deletes them, and goes.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  const { scope } = worker.registration;
  for (const name of await caches.keys()) if (name.startsWith(`goodpractice ${scope} `)) await caches.delete(name);
  await worker.registration.unregister();
}
