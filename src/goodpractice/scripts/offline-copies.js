// Keeps copies on the device, in the page and not in the worker: what a page does ends with it, and can be stopped.
// A copy holds files of one edition only. Pages that were read are kept if the site is the same edition before and after
// they were fetched; a whole copy compares each file with the list of the edition (outputs/edition.py).

import { FRESH, MOST_PAGES, beginName, isWhole, keyOf, listObsolete, nameCopy, notesOf, orderCopies } from "./offline-rules.js";

/**
 * @typedef {import("./offline-rules.js").Copy} Copy
 * @typedef {Copy & {name: string}} NamedCopy
 * @typedef {{edition: string, parts: [string, number, number][]}} Head
 * @typedef {{digest: string, size: number, key: string}} Entry
 */

const SITE = new URL("../../", import.meta.url).href;
/** Where a device notes that somebody wants nothing to be kept; offline.js reads it. */
const REFUSED = `gp-offline-refused ${SITE}`;
const FOLDER = `${SITE}assets/offline/`;
/** @type {RequestInit} */
const ANEW = { cache: "no-cache", headers: { [FRESH]: "yes" } };
/** Files on their way at once. */
const AT_ONCE = 6;
/** How often a whole copy is begun again because the site was published meanwhile. */
const ATTEMPTS = 3;

/** The site has been published meanwhile, or is being published. */
export class ChangedError extends Error {}

/**
 * All copies of this site, in the order in which they are used.
 *
 * @returns {Promise<NamedCopy[]>}
 */
export async function listCopies() {
  /** @type {NamedCopy[]} */
  const found = [];
  for (const name of await caches.keys()) {
    const notes = name.startsWith(beginName(SITE)) && (await caches.match(notesOf(SITE), { cacheName: name }));
    if (notes) found.push({ .../** @type {Copy} */ (await notes.json()), name });
  }
  return orderCopies(found);
}

/** @param {NamedCopy} copy */
async function note({ name, ...copy }) {
  await (await caches.open(name)).put(notesOf(SITE), Response.json(copy));
}

/**
 * The edition that is published now. What is kept of it was right until today.
 *
 * @returns {Promise<Head>}
 */
export async function look() {
  const answer = await fetch(`${FOLDER}edition.json`, { cache: "no-store" });
  if (!isWhole(answer)) throw new Error("edition.json");
  /** @type {Head} */
  const head = await answer.json();
  const seen = Date.now();
  for (const copy of await listCopies()) if (copy.edition === head.edition) await note({ ...copy, seen });
  return head;
}

/**
 * Keep a page that is open, with everything that it has loaded; nothing if the site was published meanwhile.
 *
 * @param {string} title
 */
export async function keepPage(title) {
  const { edition } = await look();
  const copies = await listCopies();
  if (copies.some((copy) => copy.edition === edition && copy.whole)) return;
  const name = nameCopy(SITE, "read", edition);
  const known = copies.find((copy) => copy.name === name);
  const page = keyOf(location.href, SITE);
  if (!page) return;
  const loaded = performance.getEntriesByType("resource").flatMap((entry) => keyOf(entry.name, SITE) ?? []);
  // The search is of no use without all of its files.
  const keys = new Set([page, `${SITE}assets/styles/kept.css`, ...loaded].filter((key) => !key.startsWith(`${SITE}assets/search/`)));
  const cache = await caches.open(name);
  const answers = await Promise.all(
    [...keys].map(async (key) => {
      if (await cache.match(key)) return null;
      // Asked anew: what the browser remembers may be of another edition.
      const answer = await fetch(key, ANEW);
      return { key, answer, data: await answer.blob() };
    }),
  );
  const fresh = answers.filter((answer) => answer !== null);
  if (!fresh.every(({ answer }) => isWhole(answer)) || (fresh.length && (await look()).edition !== edition)) {
    if (!known) await caches.delete(name);
    return;
  }
  for (const { key, answer, data } of fresh) await cache.put(key, new Response(data, { headers: describe(answer) }));
  const pages = { ...known?.pages };
  delete pages[page];
  pages[page] = title;
  for (const old of Object.keys(pages).slice(0, -MOST_PAGES)) {
    delete pages[old];
    await cache.delete(old);
  }
  const bytes = fresh.reduce((sum, { data }) => sum + data.size, known?.bytes ?? 0);
  await note({ name, edition, seen: Date.now(), whole: false, bytes, pages });
  await tidy();
}

/**
 * What is kept of how a server describes a file.
 *
 * @param {Response} answer
 * @returns {Record<string, string>}
 */
const describe = (answer) => ({ "content-type": answer.headers.get("content-type") ?? "application/octet-stream" });

async function tidy() {
  for (const { name } of listObsolete(await listCopies())) await caches.delete(name);
}

/**
 * What a whole copy would hold.
 *
 * @param {Head} head
 */
export const weigh = ({ parts }) => parts.reduce((sum, [, , bytes]) => sum + bytes, 0);

/**
 * Keep all of the site. What an older copy has is taken from there, and what was kept before it was stopped is not
 * fetched again.
 *
 * @param {(done: number, total: number) => void} tell Called with bytes.
 * @param {AbortSignal} signal
 */
export async function keepAll(tell, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await keepEdition(await look(), tell, signal);
    } catch (error) {
      if (!(error instanceof ChangedError) || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * @param {Head} head
 * @param {(done: number, total: number) => void} tell
 * @param {AbortSignal} signal
 */
async function keepEdition(head, tell, signal) {
  const name = nameCopy(SITE, "all", head.edition);
  const entries = (await Promise.all(head.parts.map(([digest], number) => readPart(number, digest, signal)))).flat();
  const old = (await listCopies()).find((copy) => copy.whole && copy.name !== name);
  const oldCache = old ? await caches.open(old.name) : null;
  const same = new Set(old ? await readList(old.name) : []);
  const cache = await caches.open(name);
  const total = weigh(head);
  let done = 0;
  const waiting = entries.values();
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const work = async () => {
    for (const entry of waiting) {
      either.throwIfAborted();
      const known = (await cache.match(entry.key)) ?? (same.has(`${entry.digest} ${entry.key}`) ? await oldCache?.match(entry.key) : null);
      const answer = known ?? (await fetchEntry(entry, either));
      await cache.put(entry.key, answer);
      tell((done += entry.size), total);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await cache.put(`${SITE}?list`, Response.json(entries.map(({ digest, key }) => `${digest} ${key}`)));
    await note({ name, edition: head.edition, seen: Date.now(), whole: true, bytes: total, pages: {} });
  } catch (error) {
    failing.abort();
    // A full device gets its room back. What was stopped goes on from here next time.
    if (error instanceof DOMException && error.name === "QuotaExceededError") await caches.delete(name);
    throw error;
  }
  await tidy();
  for (const other of await caches.keys()) if (other.startsWith(nameCopy(SITE, "all", "")) && other !== name) await caches.delete(other);
  return head;
}

/**
 * The digests and addresses of what a whole copy holds.
 *
 * @param {string} name
 * @returns {Promise<string[]>}
 */
async function readList(name) {
  const list = await caches.match(`${SITE}?list`, { cacheName: name });
  return list ? list.json() : [];
}

/**
 * A part of the list.
 *
 * @param {number} number
 * @param {string} digest
 * @param {AbortSignal} signal
 * @returns {Promise<Entry[]>}
 */
async function readPart(number, digest, signal) {
  const data = await fetchSame(`${FOLDER}${number}.txt`, digest, signal);
  const lines = new TextDecoder().decode(data.body).split("\n").slice(0, -1);
  return lines.map((line) => {
    const [, digest, size, path] = line.match(/^(\w+) (\d+) (.+)$/) ?? [];
    return { digest, size: Number(size), key: keyOf(path.split("/").map(encodeURIComponent).join("/"), SITE) ?? "" };
  });
}

/**
 * @param {Entry} entry
 * @param {AbortSignal} signal
 */
async function fetchEntry({ key, digest }, signal) {
  const { answer, body } = await fetchSame(key, digest, signal);
  return new Response(body, { headers: describe(answer) });
}

/**
 * A file that is what the list says of it.
 *
 * @param {string} address
 * @param {string} digest
 * @param {AbortSignal} signal
 */
async function fetchSame(address, digest, signal) {
  const answer = await fetch(address, { ...ANEW, signal });
  // An error page of the server, or of the café whose network this is.
  if (!isWhole(answer)) throw new ChangedError(address);
  const body = await answer.arrayBuffer();
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const letters = [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!letters.startsWith(digest)) throw new ChangedError(address);
  return { answer, body };
}

/** Whether somebody wants nothing to be kept. */
export const isRefused = () => localStorage.getItem(REFUSED) !== null;

/** Begin to keep what is read. */
export function begin() {
  localStorage.removeItem(REFUSED);
  return navigator.serviceWorker.register(`${SITE}service-worker.js`);
}

/** Delete everything that is kept of this site, and the worker; nothing is kept until somebody asks for it. */
export async function forget() {
  localStorage.setItem(REFUSED, "yes");
  await (await navigator.serviceWorker.getRegistration(SITE))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(beginName(SITE))) await caches.delete(name);
}
