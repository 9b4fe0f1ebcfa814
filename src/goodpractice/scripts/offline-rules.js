// What may be kept on a device, and which copy is shown. Pure rules, which pages and the service worker share: the build
// puts this file in front of the worker (render/scripts.py), and Node tests it.

/**
 * What is noted of a copy: some pages that were read, or all, of one edition of the site.
 *
 * @typedef {object} Copy
 * @property {string} edition Digest of all files of the site, as it was published.
 * @property {number} seen When the site was last seen to be this edition, in milliseconds.
 * @property {boolean} whole Whether it holds all of the edition.
 * @property {number} bytes
 * @property {Record<string, string>} pages Titles of pages that were read, by address, the oldest first.
 */

/** Pages that were read and are kept of one edition. */
export const MOST_PAGES = 60;
/** Editions of which pages are kept besides a whole copy. */
export const MOST_EDITIONS = 2;

/** A header of requests that a copy is made from: no copy may answer them. */
export const FRESH = "x-fresh";

// What has no ending is a page, whose address may lack its slash.
const KEPT = /(?:(?:^|\/)[^./]*|\.(?:html|css|js|woff2|svg|png|jpe?g|webp|avif|gif|ico))$|^assets\/(?:search|words)\//;
// Photos of case studies are in no copy: consent can be taken back, and a copy cannot.
const NEVER = /^(?:service-worker\.js$|404\.html$|assets\/(?:readme|photos)\/)/;

/**
 * The address under which something of the site is kept: without question and fragment. Null for what is never kept: other
 * origins, other folders, and what is downloaded on purpose, such as PDFs.
 *
 * @param {string} href
 * @param {string} scope Address of the site, with a final slash.
 */
export function keyOf(href, scope) {
  const url = new URL(href, scope);
  url.hash = "";
  url.search = "";
  const address = url.href.replace(/\/index\.html$/, "/");
  if (!address.startsWith(scope)) return null;
  const path = address.slice(scope.length);
  return KEPT.test(path) && !NEVER.test(path) ? address : null;
}

/**
 * Whether an answer may be kept: a whole file of this site, and neither an error nor something from elsewhere.
 *
 * @param {{status: number, type: string, redirected: boolean}} answer
 */
export const isWhole = ({ status, type, redirected }) => status === 200 && type === "basic" && !redirected;

/** @param {string} scope What the names of all its copies begin with: several sites may share an origin. */
export const beginName = (scope) => `goodpractice ${scope} `;

/**
 * @param {string} scope
 * @param {"read" | "all"} kind
 * @param {string} edition
 */
export const nameCopy = (scope, kind, edition) => `${beginName(scope)}${kind} ${edition}`;

/** @param {string} scope Where the notes of a copy lie in it. Nothing else has a question in its address. */
export const notesOf = (scope) => `${scope}?copy`;

/**
 * Copies in the order in which a page is looked for in them: the newest first, and of one edition the whole copy.
 *
 * @template {Copy} C
 * @param {C[]} copies
 */
export const orderCopies = (copies) => [...copies].sort((one, other) => other.seen - one.seen || Number(other.whole) - Number(one.whole));

/**
 * Copies of which there are too many: older whole ones, and pages of the oldest editions.
 *
 * @template {Copy} C
 * @param {C[]} copies
 */
export function listObsolete(copies) {
  const [wholes, read] = [true, false].map((whole) => orderCopies(copies.filter((copy) => copy.whole === whole)));
  return [...wholes.slice(1), ...read.slice(MOST_EDITIONS)];
}
