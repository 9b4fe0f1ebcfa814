// The service worker: answers from a copy when the network does not. It keeps nothing itself (offline-copies.js does, in
// the page), and never touches what the network answers.
//
// No page is mixed: a page is shown from the network or from the copy of one edition, and whatever it loads afterwards
// comes from where the page itself came from.

import { FRESH, beginName, keyOf, notesOf, orderCopies } from "../offline-rules.js";

/** Milliseconds until a kept page is shown instead of one that is on its way. */
const PATIENCE = 4000;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const CLIENTS = `${beginName(SCOPE)}clients`;

/**
 * The copy from which each open page came; nothing until it has been read.
 *
 * @type {?Map<string, string>}
 */
let shown = null;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(Promise.all([worker.clients.claim(), forgetClosed()])));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const key = request.method === "GET" && !request.headers.has("range") ? keyOf(request.url, SCOPE) : null;
  if (key === null || request.headers.has(FRESH)) return;
  if (request.mode === "navigate") event.respondWith(open(event, key));
  else if (!shown || shown.has(event.clientId)) event.respondWith(load(event, key));
});

// The only question: whether the page that asks was shown from a copy.
worker.addEventListener("message", (event) => {
  if (!(event.source instanceof Client)) return;
  const { id } = event.source;
  event.waitUntil(tellCopy(id).then((copy) => event.ports[0].postMessage(copy)));
});

/** @param {string} id */
async function tellCopy(id) {
  const name = (await readShown()).get(id);
  return name ? ((await readCopies()).find((copy) => copy.name === name) ?? null) : null;
}

/**
 * A page: from the network, and after a while from a copy.
 *
 * @param {FetchEvent} event
 * @param {string} key
 */
async function open(event, key) {
  // Asked anew: a browser that remembers the page may have forgotten its style, and would show it without.
  const network = fetch(event.request, { cache: "no-cache" });
  try {
    return await Promise.race([network, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
  } catch {
    const found = (await find(key)) ?? (key.endsWith("/") ? null : await find(`${key}/`));
    if (found) {
      // Relative addresses count from the folder of a page.
      if (found.key !== key) return Response.redirect(found.key + new URL(event.request.url).search);
      await note(event.resultingClientId, found.name);
      return signStyles(found.answer, found.name);
    }
  }
  return network.catch(explain);
}

/**
 * A page whose styles have addresses of their own edition. Browsers may remember a style by its address and show it without
 * asking here; the one that they remember may be of another edition.
 *
 * @param {Response} page
 * @param {string} name
 */
async function signStyles(page, name) {
  const html = await page.text();
  return new Response(html.replace(/(<link rel="stylesheet" href="[^"?]+)/g, `$1?${name.split(" ").at(-1)}`), page);
}

/** @param {string} key */
async function find(key) {
  for (const { name } of orderCopies(await readCopies())) {
    const answer = await caches.match(key, { cacheName: name });
    if (answer) return { key, name, answer };
  }
  return null;
}

/**
 * What a page loads: of a page from a copy, from the same copy.
 *
 * @param {FetchEvent} event
 * @param {string} key
 */
async function load(event, key) {
  const name = (await readShown()).get(event.clientId);
  if (!name) return fetch(event.request);
  // A worker that the page starts loads on its own.
  if (event.resultingClientId) await note(event.resultingClientId, name);
  return (await caches.match(key, { cacheName: name })) ?? Response.error();
}

async function readCopies() {
  const names = (await caches.keys()).filter((name) => name.startsWith(beginName(SCOPE)) && name !== CLIENTS);
  const copies = await Promise.all(
    names.map(async (name) => {
      const notes = await caches.match(notesOf(SCOPE), { cacheName: name });
      return notes ? { .../** @type {import("../offline-rules.js").Copy} */ (await notes.json()), name } : null;
    }),
  );
  return copies.filter((copy) => copy !== null);
}

async function readShown() {
  if (shown) return shown;
  /** @type {Map<string, string>} */
  const read = new Map();
  const noted = (await caches.has(CLIENTS)) ? await caches.open(CLIENTS) : null;
  for (const request of (await noted?.keys()) ?? []) {
    const answer = await noted?.match(request);
    if (answer) read.set(new URL(request.url).search.slice(1), await answer.text());
  }
  return (shown ??= read);
}

/**
 * A browser ends a worker when it likes, so what a page was shown from is kept, too.
 *
 * @param {string} id
 * @param {string} name
 */
async function note(id, name) {
  (await readShown()).set(id, name);
  try {
    await (await caches.open(CLIENTS)).put(`${SCOPE}?${id}`, new Response(name));
  } catch {
    // The device is full: the page holds while this worker runs.
  }
}

async function forgetClosed() {
  for (const id of (await readShown()).keys()) {
    if (await worker.clients.get(id)) continue;
    shown?.delete(id);
    await (await caches.open(CLIENTS)).delete(`${SCOPE}?${id}`);
  }
}

/** What is said instead of a page that is not kept, with the pages that are. */
async function explain() {
  /** @type {Record<string, string>} */
  const pages = {};
  const copies = orderCopies(await readCopies());
  for (const copy of copies.reverse()) Object.assign(pages, copy.pages);
  /** @param {string} text */
  const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const links = Object.entries(pages).map(([address, title]) => `<li><a href="${escape(address)}">${escape(title)}</a>`);
  const all = escape(_("All pages of the copy on this device"));
  const heading = escape(_("Pages that you have read are kept:"));
  const whole = copies.some((copy) => copy.whole) ? `<p><a href="${escape(SCOPE)}">${all}</a></p>` : "";
  const read = links.length ? `<h2>${heading}</h2><ul>${links.reverse().join("")}</ul>` : "";
  const title = escape(_("This page is not kept on this device"));
  const text = escape(_("The site cannot be reached now. Try again when you have a network."));
  const page = `<!doctype html><html lang="${LANGUAGE}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><body style="font:1.1rem/1.6 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem"><main><h1>${title}</h1><p>${text}</p>${whole}${read}</main>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
