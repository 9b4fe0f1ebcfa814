// Finds what fits what somebody has written into a sheet, for a field that asks for names: the search knows the phrases in
// which readers put a situation. It only offers; whoever writes presses, or does not. Loaded with the first press.

import { make, part } from "./elements.js";
import { ask } from "./search-client.js";
import { fill } from "./words.js";

/** So many are offered. */
const MOST = 3;
/** Words that are read: what a story is about stands at its beginning, and every word costs a part of the index. */
const READ = 60;

/**
 * @param {HTMLButtonElement} button The button of what a field offers: components/sheet/offers.html.
 * @param {Iterable<HTMLInputElement | HTMLTextAreaElement>} entries All fields of the sheet.
 * @returns {Promise<string>} What to say. Fails when the search cannot be loaded.
 */
export async function offerWhatFits(button, entries) {
  const box = /** @type {HTMLElement} */ (button.closest(".gp-sheet__offers"));
  const texts = [...entries].filter((entry) => entry instanceof HTMLTextAreaElement);
  const answer = /** @type {HTMLTextAreaElement} */ (texts.find(({ id }) => id === box.dataset.answer));
  const list = part(box, ".gp-sheet__fits", HTMLElement);
  list.replaceChildren();
  const written = texts.map((text) => (text === answer ? "" : text.value)).join(" ").trim();
  if (!written) return _("Write what happened first: then there is something to look for.");
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  for (const entry of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-pages]"))) for (const page of entry.dataset.pages?.split(" ") ?? []) known.set(page, entry);
  const query = written.split(/\s+/).slice(0, READ).join(" ");
  // A page and the text that it leads to may both be found.
  const { results } = await ask({ query, exact: true, filters: { kind: box.dataset.kinds?.split(" ") ?? [] }, count: 2 * MOST });
  const fitting = [...new Set(results.flatMap(({ url }) => known.get(url) ?? []))].slice(0, MOST);
  for (const entry of fitting) {
    const name = entry.dataset.name ?? "";
    const adds = make("button", { type: "button", class: "gp-button gp-button--outlined" }, fill(_("Add “{name}”"), { name }));
    adds.addEventListener("click", () => {
      if (!answer.value.includes(name)) answer.value = [answer.value.trim(), name].filter(Boolean).join("; ");
      answer.dispatchEvent(new Event("input", { bubbles: true }));
      answer.focus();
    });
    list.append(make("li", {}, make("p", {}, ...[...entry.childNodes].map((node) => node.cloneNode(true))), make("p", {}, adds)));
  }
  return fitting.length ? _("These fit best. Nothing is chosen until you add it.") : _("Nothing fits. All of them are listed below.");
}
