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
  return pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
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

/** A link to the search page that searches where it stands: `search` is called with the words, and whether they hold as written. */
export function makeSearchLink(query, search, { exact = false, text = query } = {}) {
  const address = new URL(`${SITE}search/`);
  const language = new URLSearchParams(location.search).get("language");
  if (language) address.searchParams.set("language", language);
  address.searchParams.set("q", query);
  if (exact) address.searchParams.set("exact", "1");
  const link = make("a", { href: address.href }, text);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    search(query, exact);
  });
  return link;
}

/**
 * What stands above the results: the situation that fits, slips that were put right or may be some, words that no page has,
 * and what the glossary says.
 */
export function makeNotes(query, { meant, offered, missing, situation, terms }, search) {
  const notes = [];
  const note = (...parts) => notes.push(make("p", { class: "gp-meant" }, ...parts));
  const quote = (words) => words.map((word) => `“${word}”`).join(", ");
  const said = ({ words }) => ({ words: quote(words.map(({ from }) => from)), meant: quote(words.map(({ to }) => to)) });
  if (meant) {
    note(fill(_("No page has {words}. These are the results for {meant}."), said(meant)), " ", makeSearchLink(query, search, { exact: true, text: fill(_("Search for {words} as written"), said(meant)) }));
  }
  if (offered) note(...fillIn(_("No page has {words}. Did you mean {search}?"), { words: said(offered).words, search: makeSearchLink(offered.query, search) }));
  const others = missing.filter((word) => !offered?.words.some(({ from }) => from === word));
  if (others.length) note(fill(_("No page has {words}. These are the results for your other words."), { words: quote(others) }));
  if (situation) {
    const link = make("a", { href: `${SITE}find/?${situation.choice}` }, situation.question);
    notes.push(make("p", { class: "gp-situation" }, make("span", { class: "gp-situation__kind" }, _("Start from your situation")), link));
  }
  return [...notes, ...terms.map(makeTermNote)];
}

const RECENT = "gp-searches";
const REMEMBERED = 5;

/** What was searched for last on this device, the newest first. */
export function recall() {
  try {
    const found = JSON.parse(localStorage.getItem(RECENT));
    return Array.isArray(found) ? found.filter((query) => typeof query === "string").slice(0, REMEMBERED) : [];
  } catch {
    return [];
  }
}

/** Keep a search that led somewhere. */
export function remember(query) {
  const kept = query.trim() ? [query.trim(), ...recall().filter((other) => other !== query.trim())] : recall();
  keep(kept.slice(0, REMEMBERED));
}

function keep(searches) {
  try {
    if (searches.length) localStorage.setItem(RECENT, JSON.stringify(searches));
    else localStorage.removeItem(RECENT);
  } catch {
    // A private window may refuse: nothing is remembered then.
  }
}

/** The last searches as a list, with a button to forget them; nothing when there are none. */
export function makeRecent(search) {
  const searches = recall();
  if (!searches.length) return [];
  const clear = make("button", { type: "button", class: "gp-recent__clear" }, _("Forget them"));
  const title = make("p", { class: "gp-search__asked", id: "gp-recent" }, _("Your last searches, kept on this device only:"));
  const list = make("ul", { role: "list", "aria-labelledby": "gp-recent" }, ...searches.map((query) => make("li", {}, makeSearchLink(query, search))));
  const whole = make("div", { class: "gp-recent" }, title, list, clear);
  clear.addEventListener("click", () => {
    keep([]);
    whole.remove();
    search("", false);
  });
  return [whole];
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
  // Where a section answers, the sections say what there is to say; otherwise they are only named.
  const told = result.sections.some((section) => section.excerpt.length);
  const excerpt = !told ? result.excerpt : brief ? (answer?.excerpt ?? result.excerpt) : null;
  const sections = brief
    ? []
    : result.sections.map((section) => make("li", {}, make("a", { href: link(section) }, section.title), " ", ...makeExcerpt(section.excerpt)));
  return make(
    "li",
    { class: "gp-result" },
    make("p", { class: `gp-result__kind gp-card--${result.kind.replace("_", "-")}` }, result.kindName),
    make(heading, { class: "gp-result__title" }, title),
    excerpt && make("p", { class: "gp-result__text" }, ...makeExcerpt(excerpt)),
    sections.length ? make("ul", { class: "gp-result__sections", role: "list" }, ...sections) : null,
  );
}

export function countResults(total, query) {
  const number = total.toLocaleString(document.documentElement.lang);
  if (!query) return total ? count(_n("{number} result", "{number} results"), total, { number }) : _("Nothing found");
  if (!total) return fill(_("Nothing found for “{words}”"), { words: query });
  return count(_n("{number} result for “{words}”", "{number} results for “{words}”"), total, { number, words: query });
}
