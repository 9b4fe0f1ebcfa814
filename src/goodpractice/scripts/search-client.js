// Asks the worker; without a worker, the search runs in the page. Shared by the search in the header and the search page.

import { make } from "./elements.js";
import { LANGUAGE, startWorker } from "./gp-search.js";
import { count, fill } from "./words.js";

/**
 * @typedef {import("./search-engine.js").Answer} Answer
 * @typedef {import("./search-engine.js").Asked} Asked
 * @typedef {import("./search-engine.js").Result} Result
 * @typedef {import("./search-engine.js").SearchEngine} SearchEngine
 * @typedef {import("./search-engine.js").ToldTerm} ToldTerm
 * @typedef {import("./search-excerpts.js").Piece} Piece
 * @typedef {(query: string, exact: boolean) => void} Search Searches where somebody is: the words, and whether they hold as written.
 * @typedef {{questions: [string, string][]}} Ready Questions to begin with, each with the address of its answers.
 */

export { LANGUAGE, fill, make };

export const SITE = new URL("../../", import.meta.url).href;

/** @type {?Worker} */
let worker = null;
/** @type {?Promise<SearchEngine>} */
let engine = null;
let number = 0;
/** @type {Map<number, {asked: ?Asked, resolve: (answer: any) => void, reject: (error: Error) => void}>} */
const waiting = new Map();

function start() {
  if (worker || engine) return;
  try {
    worker = startWorker();
  } catch {
    useEngine();
    return;
  }
  worker.addEventListener("message", ({ data }) => {
    const asker = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.problem) asker?.reject(new Error(data.problem));
    else asker?.resolve(data.answer);
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
  engine ??= import("./search-engine.js").then((script) => new script.SearchEngine(LANGUAGE));
  return engine;
}

/** @param {?Asked} asked */
async function askEngine(asked) {
  const ready = await useEngine().catch((error) => {
    engine = null;
    throw error;
  });
  return asked ? ready.search(asked) : { questions: (await ready.load()).terms.questions };
}

/**
 * @param {?Asked} asked
 * @returns {Promise<any>}
 */
function send(asked) {
  start();
  if (!worker) return askEngine(asked);
  const { port, key } = { port: worker, key: ++number };
  return new Promise((resolve, reject) => {
    waiting.set(key, { asked, resolve, reject });
    port.postMessage({ number: key, asked });
  });
}

/**
 * Search; see `SearchEngine.search`.
 *
 * @param {Asked} asked
 * @returns {Promise<Answer>}
 */
export const ask = (asked) => send(asked);

/**
 * Load what the first search will need.
 *
 * @returns {Promise<Ready>}
 */
export const prepare = () => send(null);

/**
 * A list without marks is told as one only where that is said, and one without entries is none.
 *
 * @param {Element} list
 */
export function listRole(list) {
  if (list.firstChild) list.setAttribute("role", "list");
  else list.removeAttribute("role");
}

/**
 * An excerpt with its marks.
 *
 * @param {Piece[]} pieces
 */
function makeExcerpt(pieces) {
  return pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
}

/**
 * What the glossary says about a word of the query.
 *
 * @type {Record<string, string>}
 */
const OPENINGS = {
  avoid: _("We do not say “{said}” of people."),
  discuss: _("“{said}” is a word to agree on with your partner."),
  preferred: _("The word used here: {word}."),
  explained: _("The term for this: {word}."),
};

/** @param {ToldTerm} term */
function makeTermNote(term) {
  const said = [fill(OPENINGS[term.use], { said: term.said, word: term.word })];
  if (term.instead) said.push(`${fill(_("Say instead: {words}"), { words: term.instead.join("; ") })}.`);
  if (term.why) said.push(term.why);
  return make("p", { class: "gp-term-note" }, said.join(" "));
}

/**
 * A link to the search page that searches where it stands.
 *
 * @param {string} query
 * @param {Search} search
 * @param {{exact?: boolean, text?: string}} options `exact`: whether the words hold as written.
 */
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

/** @param {string[]} words */
const quote = (words) => words.map((word) => `“${word}”`).join(", ");

/**
 * What stands around the results. Above them nothing but text, so that whoever comes with the keyboard is at the first of
 * them in three steps; what the text leads to follows them.
 *
 * @param {string} query
 * @param {Answer} answer
 * @param {Search} search
 * @returns {{notes: HTMLElement[], offers: HTMLElement[], leads: HTMLElement[]}} `notes`: slips that were put right, words that
 *   no page has, what the glossary says. `offers`: the first entries of the list: the question of the finder that fits, and
 *   the question as it may have been meant. `leads`: links for after the list.
 */
export function makeSurroundings(query, { meant, offered, missing, situation, terms }, search) {
  const notes = [];
  const leads = terms.map((term) => make("li", {}, fill(_("In the glossary: {word}"), { word: "" }), make("a", { href: SITE + term.url }, term.word)));
  if (meant) {
    const words = quote(meant.words.map(({ from }) => from));
    notes.push(fill(_("No page has {words}. These are the results for {meant}."), { words, meant: quote(meant.words.map(({ to }) => to)) }));
    leads.unshift(make("li", {}, makeSearchLink(query, search, { exact: true, text: fill(_("Search for {words} as written"), { words }) })));
  }
  if (missing.length) notes.push(fill(_("No page has {words}. These are the results for your other words."), { words: quote(missing) }));
  const offers = offered ? [makeOffer(_("Did you mean:"), makeSearchLink(offered.query, search))] : [];
  if (situation) offers.push(makeOffer(_("Start from your situation"), make("a", { href: `${SITE}find/?${situation.choice}` }, situation.question)));
  return {
    notes: [...notes.map((text) => make("p", { class: "gp-meant" }, text)), ...terms.map(makeTermNote)],
    offers,
    leads: leads.length ? [make("ul", { role: "list" }, ...leads)] : [],
  };
}

/**
 * What may serve better than any result.
 *
 * @param {string} kind
 * @param {HTMLElement} link
 */
const makeOffer = (kind, link) => make("li", { class: "gp-offer" }, make("p", { class: "gp-offer__kind" }, kind), make("p", { class: "gp-offer__title" }, link));

const RECENT = "gp-searches";
const REMEMBERED = 5;

/** What was searched for last on this device, the newest first. */
export function recall() {
  try {
    /** @type {unknown} */
    const found = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(found) ? found.filter((query) => typeof query === "string").slice(0, REMEMBERED) : [];
  } catch {
    return [];
  }
}

/**
 * Keep a search that led somewhere.
 *
 * @param {string} query
 */
export function remember(query) {
  const kept = query.trim() ? [query.trim(), ...recall().filter((other) => other !== query.trim())] : recall();
  keep(kept.slice(0, REMEMBERED));
}

/** @param {string[]} searches */
function keep(searches) {
  try {
    if (searches.length) localStorage.setItem(RECENT, JSON.stringify(searches));
    else localStorage.removeItem(RECENT);
  } catch {
    // A private window may refuse: nothing is remembered then.
  }
}

/**
 * The last searches as a list, with a button to forget them; nothing when there are none.
 *
 * @param {Search} search
 */
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
 * @param {Result} result
 * @param {"h2" | "p"} heading Element of the title: a heading on the search page, a paragraph in the window.
 * @param {boolean} brief One link and one excerpt only.
 */
export function makeResult(result, heading, brief) {
  const answer = brief ? result.sections.find((section) => section.answers) : null;
  /** @param {{id: string}} section */
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

/**
 * @param {number} total
 * @param {string} query
 */
export function countResults(total, query) {
  const number = total.toLocaleString(document.documentElement.lang);
  if (!query) return total ? count(_n("{number} result", "{number} results"), total, { number }) : _("Nothing found");
  if (!total) return fill(_("Nothing found for “{words}”"), { words: query });
  return count(_n("{number} result for “{words}”", "{number} results for “{words}”"), total, { number, words: query });
}
