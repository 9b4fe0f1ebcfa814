// Keeps what is read for places without a network, and says of a page that it may be old. The page is as complete without.

import { make } from "./elements.js";
import { fill } from "./words.js";

const SITE = new URL("../../", import.meta.url).href;

/**
 * Of a copy: what this page was shown from. Null for a page from the network.
 *
 * @returns {Promise<?import("./offline-rules.js").Copy>}
 */
function askCopy() {
  const { controller } = navigator.serviceWorker;
  if (!controller) return Promise.resolve(null);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    controller.postMessage("copy?", [port2]);
  });
}

/** @param {import("./offline-rules.js").Copy} copy */
function tell({ edition, seen }) {
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const date = new Date(seen).toLocaleDateString(locale, { dateStyle: "long" });
  const why = navigator.onLine ? _("This copy is from {date}; the site did not answer.") : _("This copy is from {date}; you are offline.");
  const note = make("p", { class: "gp-kept", role: "status" });
  document.head.append(make("link", { rel: "stylesheet", href: `${SITE}assets/styles/kept.css?${edition}` }));
  document.body.append(note);
  note.append(fill(why, { date }), " ", make("a", { href: `${SITE}offline/` }, _("What is kept on this device")));
}

/** When the page has everything that it needs, and the device has time. */
const rest = () =>
  new Promise((resolve) => {
    const wait = () => (globalThis.requestIdleCallback ?? setTimeout)(resolve);
    if (document.readyState === "complete") wait();
    else addEventListener("load", wait, { once: true });
  });

async function start() {
  const copy = await askCopy();
  if (copy) return tell(copy);
  await rest();
  // Noted by `forget` in offline-copies.js.
  if (localStorage.getItem(`gp-offline-refused ${SITE}`)) return;
  await navigator.serviceWorker.register(`${SITE}service-worker.js`);
  // Somebody who saves data keeps what they ask for, and nothing besides. A finder without its answers is of no use.
  const connection = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection;
  if (connection?.saveData || document.querySelector("gp-find, gp-search-page, gp-offline")) return;
  await (await import("./offline-copies.js")).keepPage(document.title);
}

// `goodpractice serve` shows a writer what is there now. Where the browser keeps nothing, or the device is full, nothing
// is kept: the page says nothing of it, because nobody has asked.
if (navigator.serviceWorker && !document.getElementById("gp-served")) start().catch(() => {});
