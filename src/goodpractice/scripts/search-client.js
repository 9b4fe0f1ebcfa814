// Asks the worker; without a worker, the search runs in the page. Shared by the search in the header and the search page.

import { count, fill, fillIn } from "./words.js";

export { fill };

export const SITE = new URL("../../", import.meta.url).href;

/** The search page is in one language and may be asked to search in another. */
export const LANGUAGE = new URLSearchParams(location.search).get("language") ?? document.documentElement.lang;

let worker = null;
let engine = null;
let number = 0;
const waiting = new Map();

function start() {
  if (worker || engine) return;
  try {
    const script = new URL("./search-worker.js", import.meta.url);
    script.searchParams.set("language", LANGUAGE);
    worker = new Worker(script, { type: "module" });
  } catch {
    useEngine();
    return;
  }
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.number) ?? {};
    waiting.delete(data.number);
    if (data.problem) reject?.(new Error(data.problem));
    else resolve?.(data.answer);
  });
  // A browser without module workers, or a policy that forbids them.
  worker.addEventListener("error", () => {
    worker = null;
    useEngine();
    for (const [key, { asked, resolve, reject }] of waiting) {
      waiting.delete(key);
      askEngine(asked).then(resolve, reject);
    }
  });
}

function useEngine() {
  engine ??= import("./search-engine.js").then(({ SearchEngine }) => new SearchEngine(LANGUAGE));
}

async function askEngine(asked) {
  const ready = await engine.catch((error) => {
    engine = null;
    throw error;
  });
  return asked ? ready.search(asked) : ready.load().then(({ terms }) => ({ questions: terms.questions }));
}

/** Search; see `SearchEngine.search`. Without a query, load what the first search will need; the answer is questions to begin with. */
export function ask(asked = null) {
  start();
  if (!worker) return askEngine(asked);
  return new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, { asked, resolve, reject });
    worker.postMessage({ number, asked });
  });
}

/** An element with classes, attributes and children; text is always text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** A list without marks is told as one only where that is said, and one without entries is none. */
export function listRole(list) {
  if (list.firstChild) list.setAttribute("role", "list");
  else list.removeAttribute("role");
}

/** An excerpt with its marks. */
function makeExcerpt(pieces) {
  return pieces.flatMap(([text, marked], i) => [i ? " " : "", marked ? make("mark", {}, text) : text]);
}

/** What the glossary says about a word of the query. */
function makeTermNote(term) {
  const name = make("a", { href: SITE + term.url }, term.word);
  const opening = {
    avoid: _("We do not say “{said}” here. In the glossary: {word}."),
    discuss: _("“{said}” is a word to agree on with your partner. In the glossary: {word}."),
    preferred: _("The word used here: {word}."),
    explained: _("The term for this: {word}."),
  }[term.use];
  const note = make("p", { class: "gp-term-note" }, ...fillIn(opening, { said: term.said, word: name }));
  if (term.instead) note.append(` ${fill(_("Say instead: {words}"), { words: term.instead.join("; ") })}.`);
  if (term.why) note.append(` ${term.why}`);
  return note;
}

/** What stands above the results: slips that were put right, words that no page has, and what the glossary says. */
export function makeNotes({ meant, missing, terms }) {
  const notes = terms.map(makeTermNote);
  const quote = (words) => words.map((word) => `“${word}”`).join(", ");
  if (missing.length) notes.unshift(make("p", { class: "gp-meant" }, fill(_("No page has {words}. These are the results for your other words."), { words: quote(missing) })));
  if (meant) {
    const from = quote(meant.words.map((word) => word.from));
    const to = quote(meant.words.map((word) => word.to));
    notes.unshift(make("p", { class: "gp-meant" }, fill(_("No page has {words}. Did you mean {meant}? These are the results for it."), { words: from, meant: to })));
  }
  return notes;
}

/**
 * One result. It leads to the section that answers, where one does so better than the beginning of the page.
 *
 * @param {Object} result As the engine gives it.
 * @param {string} heading Element of the title: a heading on the search page, a paragraph in the window.
 * @param {boolean} brief One link and one excerpt only.
 */
export function makeResult(result, heading, brief) {
  const answer = brief ? result.sections.find((section) => section.answers) : null;
  const link = (section) => `${SITE}${result.url}#${encodeURIComponent(section.id)}`;
  const title = make("a", { href: answer ? link(answer) : SITE + result.url }, result.title);
  if (answer) title.append(make("span", { class: "gp-result__section" }, ` › ${answer.title}`));
  const excerpt = answer ? answer.excerpt : result.excerpt;
  const sections = brief
    ? []
    : result.sections.map((section) => make("li", {}, make("a", { href: link(section) }, section.title), " ", ...makeExcerpt(section.excerpt)));
  return make(
    "li",
    { class: "gp-result" },
    make("p", { class: `gp-result__kind gp-card--${result.kind.replace("_", "-")}` }, result.kindName),
    make(heading, { class: "gp-result__title" }, title),
    make("p", { class: "gp-result__text" }, ...makeExcerpt(excerpt)),
    sections.length ? make("ul", { class: "gp-result__sections", role: "list" }, ...sections) : null,
  );
}

export function countResults(total, query) {
  const number = total.toLocaleString(document.documentElement.lang);
  if (!query) return total ? count(_n("{number} result", "{number} results"), total, { number }) : _("Nothing found");
  if (!total) return fill(_("Nothing found for “{words}”"), { words: query });
  return count(_n("{number} result for “{words}”", "{number} results for “{words}”"), total, { number, words: query });
}
