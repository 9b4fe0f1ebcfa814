// The search itself, without a page: from words and filters to results. It runs in a worker (search-worker.js), so that
// a long list of results never holds up typing, or in the page where workers are not to be had.
//
// The index (search-index.js) knows in which sections of which pages a word stands, and how much it says there. A page is as
// good as its best section; how many of the words it must have is decided here. Filters are worked out from facets.json,
// which is all that is loaded where nobody has written a word.

import { describe, present } from "./search-excerpts.js";
import { SearchIndex, decodePlaces } from "./search-index.js";
import { SENTENCE, chooseSituation, chooseTerms, findUnits, measureRarity, readQuestion, respell } from "./search-question.js";
import { fold } from "./search-words.js";

/**
 * @typedef {import("./search-index.js").Hit} Hit
 * @typedef {import("./search-index.js").Postings} Postings
 * @typedef {import("./search-question.js").NotedTerm} NotedTerm
 * @typedef {import("./search-question.js").Phrase} Phrase
 * @typedef {import("./search-question.js").Situation} Situation
 * @typedef {import("./search-question.js").Terms} Terms
 * @typedef {import("./search-question.js").Unit} Unit
 * @typedef {import("./search-excerpts.js").Shown} Shown
 * @typedef {{terms: Terms, index: SearchIndex}} Loaded What every search for words needs.
 * @typedef {Unit & {found: NonNullable<Unit["found"]>, rarity: number}} Known A word that pages have.
 * @typedef {Hit & {covered: number}} RankedHit `covered`: how much of the question the page has, from 0 to 1.
 * @typedef {{asked: string[], phrases: Phrase[], units: Unit[], known: Known[], unknown: string[], hits: RankedHit[]}} Ranked
 * @typedef {{query: string, words: {from: string, to: string}[]}} Corrected A question put right, and what was changed.
 * @typedef {{id: string, name: string, count: number}} Counted A value of a filter, and how many results it leaves.
 * @typedef {{id: string, name: string, values: Counted[]}} CountedFilter
 * @typedef {{id: string, name: string, values: {id: string, name: string, pages: number[]}[]}} Filter
 * @typedef {{order: number[], pages: number, places: Map<number, number>, filters: Filter[], kinds: Record<string, string>}} Table
 * @typedef {[string, string[]][]} Chosen Values that were chosen, by filter.
 * @typedef {Shown & {kindName: string}} Result
 * @typedef {{word: string, instead?: string[], why?: string}} Note What notes.json says of a term.
 * @typedef {NotedTerm & Note} ToldTerm
 */

/**
 * @typedef {Object} Asked
 * @property {string} [query]
 * @property {boolean} [exact] Take every word as it is written.
 * @property {Record<string, string[]>} [filters]
 * @property {number} [from]
 * @property {number} [count]
 * @property {boolean} [facets] Count what each filter leaves.
 */

/**
 * @typedef {Object} Answer
 * @property {number} total
 * @property {Result[]} results
 * @property {ToldTerm[]} terms
 * @property {?Corrected} meant Slips that were put right.
 * @property {?Corrected} offered Slips that may be.
 * @property {string[]} missing Words that no page has.
 * @property {?Situation} situation The question of the finder that fits.
 * @property {?CountedFilter[]} facets
 */

/** With fewer results than this, pages that have only some of the words are found as well. */
const FEW = 20;
/** Of so many results the sections say what they say; of others they are only named. */
const TOLD = 4;
/** Among so many results nothing is told twice. */
const CLOSER = 6;
/** How much more a page is worth whose name is just what was asked for. */
const NAMED = 2.5;
/** How much it matters that a page has all words, in a few words and in a sentence. */
const COVERAGE = { few: 1.5, sentence: 0.7 };
/** A section is led to that says so much more than the beginning of its page. */
const AHEAD = 1.3;

export class SearchEngine {
  #language;
  #head;
  /** @type {?Promise<SearchIndex>} */
  #opening = null;
  /** @type {?Promise<Loaded>} */
  #loading = null;
  /** @type {?Promise<Table>} */
  #facets = null;
  #isReady = false;
  /** @type {?Promise<string[]>} */
  #words = null;
  /** @type {?Promise<Note[]>} */
  #notes = null;
  /** @type {?{query: string, ranked: Ranked}} */
  #last = null;

  /**
   * @param {string} language Code of the language of the page.
   * @param {Promise<Response>} [head] See `SearchIndex.open`: what the first try opens.
   */
  constructor(language = "", head = undefined) {
    this.#language = language;
    this.#head = head;
  }

  /** Load what every search for words needs. Fails when the files of the search are missing. */
  load() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    const index = await this.#open();
    const [terms] = await Promise.all([index.json("terms.json"), index.load()]);
    this.#isReady = true;
    return { terms: /** @type {Terms} */ (terms), index };
  }

  /**
   * What is known of the words helps to look them up; the first time, the parts of the index in which they most likely stand
   * are asked for meanwhile.
   *
   * @param {string} query
   */
  async #foresee(query) {
    const index = await this.#open();
    const { units } = readQuestion(query, index.language.startsWith("en"));
    await Promise.all(units.map(({ word }) => index.lookup(word)));
  }

  #open() {
    this.#opening ??= SearchIndex.open(this.#language, this.#head);
    // It is read once: another try asks again.
    this.#head = undefined;
    return this.#opening;
  }

  /**
   * Search, list by filters alone, or only count.
   *
   * @param {Asked} asked
   * @returns {Promise<Answer>}
   */
  async search(asked) {
    const opening = this.#open();
    if (!this.#isReady) this.#foresee(asked.query ?? "").catch(() => {});
    try {
      return await this.#search(asked);
    } catch {
      // The connection broke, or the site was published anew and the files of this index are gone: once more, from the start.
      if (this.#opening === opening) this.#forget();
      return this.#search(asked);
    }
  }

  /** What did not load would be missing for ever. */
  #forget() {
    this.#opening = this.#loading = this.#facets = this.#words = this.#notes = null;
    this.#last = null;
  }

  /**
   * @param {Asked} asked
   * @returns {Promise<Answer>}
   */
  async #search({ query = "", exact = false, filters = {}, from = 0, count = 8, facets = false }) {
    const chosen = Object.entries(filters).filter(([, values]) => values.length);
    const isEmpty = !fold(query).length;
    const table = isEmpty || facets || chosen.length ? await this.#loadFacets() : null;
    const allowed = table && chosen.length ? selectPlaces(table, chosen) : null;
    if (isEmpty) {
      const ids = table && allowed ? table.order.filter((_id, place) => allowed[place]) : [];
      const index = await this.#open();
      const results = await Promise.all(ids.slice(from, from + count).map(async (id) => name(describe(await index.record(id)), table?.kinds)));
      const said = { terms: [], meant: null, offered: null, missing: [], situation: null };
      return { ...said, total: ids.length, results, facets: table && facets ? countFacets(table, null, chosen) : null };
    }
    const { terms, index } = await this.load();
    const { ranked, ...said } = await this.#understand(query, exact);
    const shown = table && allowed ? ranked.hits.filter(({ id }) => allowed[table.places.get(id) ?? -1]) : ranked.hits;
    const results = await Promise.all(
      shown.slice(from, from + count).map(async (hit, place) => {
        const found = locate(hit, ranked);
        // Most of a page is its sections: they are loaded where one of them is the answer, and among the best.
        const isTold = found.answers && from + place < TOLD;
        const [record, texts] = await Promise.all([index.record(hit.id), isTold ? index.texts(hit.id) : null]);
        return name(present(record, texts, found, (text) => index.analyze(text)), terms.kinds);
      }),
    );
    const noted = chooseTerms(terms, ranked.phrases, ranked.asked);
    return {
      ...said,
      total: shown.length,
      results,
      terms: noted.length ? await this.#describeTerms(noted) : [],
      situation: chooseSituation(terms.situations, ranked.asked),
      facets: table && facets ? countFacets(table, ranked.hits, chosen) : null,
    };
  }

  /**
   * Rank pages, and say of words that no page has what became of them.
   *
   * @param {string} query
   * @param {boolean} exact
   */
  async #understand(query, exact) {
    let ranked = await this.#rank(query);
    const better = ranked.unknown.length && !exact ? await this.#correct(ranked) : null;
    const isFew = ranked.units.length <= SENTENCE;
    if (better && isFew) ranked = await this.#rank(better.query);
    return { ranked, meant: isFew ? better : null, offered: isFew ? null : better, missing: ranked.hits.length ? ranked.unknown : [] };
  }

  /**
   * @param {string} query
   * @returns {Promise<Ranked>}
   */
  async #rank(query) {
    if (this.#last?.query === query) return this.#last.ranked;
    const { terms, index } = await this.load();
    const question = readQuestion(query, index.language.startsWith("en"));
    const { units, phrases } = await findUnits(index, terms, question);
    const known = units.flatMap((unit) => (unit.found ? [{ ...unit, found: unit.found, rarity: measureRarity(index.size, unit.found.df) }] : []));
    const unknown = units.filter(({ found }) => !found).map(({ word }) => word);
    const spelled = question.asked.map((word) => respell(terms.spelling, word) ?? word);
    const named = (await index.lookup(nameOf(question.asked, index))) ?? (await index.lookup(nameOf(spelled, index)));
    const hits = known.length ? choosePages(index.score(known.map(({ found }) => [found, 1])), known, units.length, named?.pages) : [];
    const ranked = { asked: question.asked, phrases, units, known, unknown, hits };
    await this.#lowerNoted(ranked);
    this.#last = { query, ranked };
    return ranked;
  }

  /**
   * The note above the results leads to some of them already.
   *
   * @param {Ranked} ranked
   */
  async #lowerNoted({ asked, phrases, hits }) {
    const { terms, index } = await this.load();
    const noted = new Set(chooseTerms(terms, phrases, asked).filter((term) => term.use === "explained" || term.use === "preferred").map((term) => term.url));
    if (!noted.size) return;
    await Promise.all(hits.slice(0, CLOSER).map(async (hit) => noted.has((await index.record(hit.id)).url) && (hit.score *= 0.5)));
    hits.sort(byScore);
  }

  /**
   * @param {Ranked} ranked
   * @returns {Promise<?Corrected>}
   */
  async #correct({ asked, unknown }) {
    this.#words ??= this.#open().then((index) => index.text("words.txt")).then((text) => text.split(" "));
    const words = await this.#words;
    const [{ index }, { correct }] = await Promise.all([this.load(), import("./search-corrections.js")]);
    /** @type {Map<string, string>} */
    const better = new Map();
    for (const word of unknown) {
      const found = await correct(word, index, words);
      if (found) better.set(word, found);
    }
    if (!better.size) return null;
    return {
      query: asked.map((word) => better.get(word) ?? word).join(" "),
      words: [...better].map(([from, to]) => ({ from, to })),
    };
  }

  /**
   * The words of the notes, which few searches need, lie in a file of their own.
   *
   * @param {NotedTerm[]} terms
   * @returns {Promise<ToldTerm[]>}
   */
  async #describeTerms(terms) {
    this.#notes ??= this.#open().then((index) => index.json("notes.json"));
    const notes = await this.#notes;
    return terms.map((term) => ({ ...term, ...notes[term.number] }));
  }

  #loadFacets() {
    this.#facets ??= this.#open().then((index) => index.json("facets.json")).then(readFacets);
    return this.#facets;
  }
}

/**
 * @param {Shown} result
 * @param {Record<string, string>} kinds
 * @returns {Result}
 */
const name = (result, kinds = {}) => ({ ...result, kindName: kinds[result.kind] ?? "" });

// Hits

/** @type {(a: Hit, b: Hit) => number} */
const byScore = (a, b) => b.score - a.score || a.id - b.id;

/**
 * What stands in the index for a whole name.
 *
 * @param {string[]} asked
 * @param {SearchIndex} index
 */
function nameOf(asked, index) {
  return `${asked.slice(asked[0] === "the" ? 1 : 0).map((word) => index.stem(word)).join(" ")}=`;
}

/**
 * The pages that have enough of the words, the best first.
 *
 * @param {Hit[]} found
 * @param {Known[]} known
 * @param {number} size How many words were asked for.
 * @param {Postings["pages"]} [named] Those whose name is just what was asked for.
 * @returns {RankedHit[]}
 */
function choosePages(found, known, size, named) {
  const all = known.reduce((sum, { rarity }) => sum + rarity, 0);
  const isFew = size <= SENTENCE;
  const power = isFew ? COVERAGE.few : COVERAGE.sentence;
  const hits = found.map((hit) => {
    const covered = known.reduce((sum, word) => (word.found.pages.has(hit.id) ? sum + word.rarity / all : sum), 0);
    return { ...hit, covered, score: hit.score * covered ** power * (named?.has(hit.id) ? NAMED : 1) };
  });
  hits.sort(byScore);
  const enough = hits.filter(({ covered }) => covered > 0.999).length >= FEW ? 0.999 : 0.5;
  return hits.filter(({ covered }, place) => covered >= (isFew ? enough : 0.5) || (place < FEW && covered >= 0.25));
}

/**
 * Where in a page the words of the question stand: its sections with any of them, the best first.
 *
 * @param {Hit} hit
 * @param {Ranked} ranked
 */
function locate({ id, slot }, { known }) {
  const words = known.map(({ found, rarity }) => ({ rarity, slots: new Map(found.pages.get(id)) }));
  /** @param {number} place */
  const measure = (place) => words.reduce((sum, { rarity, slots }) => sum + rarity * (slots.get(place) ?? slots.get(0) ?? 0), 0);
  const places = new Set(words.flatMap(({ slots }) => [...slots.keys()]).filter((place) => place > 1));
  return {
    stems: new Set(known.flatMap(({ stems }) => [...stems])),
    slots: [...places].sort((a, b) => measure(b) - measure(a) || a - b),
    // A word of the names leads to the beginning of the page, and so does one that the beginning says as well.
    answers: slot > 1 && measure(slot) > AHEAD * measure(1) && words.some(({ slots }) => slots.has(slot) && !slots.has(0)),
  };
}

// Filters

/**
 * @param {{order: number[], filters: {id: string, name: string, values: {id: string, name: string, pages: (number | number[])[]}[]}[]}} file
 * @returns {Table}
 */
function readFacets({ order, filters }) {
  return {
    order,
    pages: order.length,
    places: new Map(order.map((id, place) => [id, place])),
    filters: filters.map((filter) => ({ ...filter, values: filter.values.map((value) => ({ ...value, pages: decodePlaces(value.pages) })) })),
    kinds: Object.fromEntries(filters.find((filter) => filter.id === "kind")?.values.map(({ id, name }) => [id, name]) ?? []),
  };
}

/**
 * The pages that the filters leave: 1 at their places.
 *
 * @param {Table} table
 * @param {Chosen} chosen
 * @param {?string} except A filter that does not count.
 */
function selectPlaces(table, chosen, except = null) {
  const allowed = new Uint8Array(table.pages).fill(1);
  for (const [id, values] of chosen) {
    if (id === except) continue;
    const any = new Uint8Array(table.pages);
    const filter = table.filters.find((entry) => entry.id === id);
    for (const value of filter?.values ?? []) if (values.includes(value.id)) for (const place of value.pages) any[place] = 1;
    for (let place = 0; place < allowed.length; place++) allowed[place] &= any[place];
  }
  return allowed;
}

/**
 * For each value how many results choosing it as well would give.
 *
 * @param {Table} table
 * @param {?Hit[]} hits All pages, where there is none.
 * @param {Chosen} chosen
 * @returns {CountedFilter[]}
 */
function countFacets(table, hits, chosen) {
  /** @type {?Uint8Array} */
  let found = null;
  if (hits) {
    found = new Uint8Array(table.pages);
    for (const hit of hits) found[table.places.get(hit.id) ?? -1] = 1;
  }
  return table.filters.map((filter) => {
    const allowed = selectPlaces(table, chosen, filter.id);
    const values = filter.values.map((value) => {
      let number = 0;
      for (const place of value.pages) if (allowed[place] && (!found || found[place])) number += 1;
      return { id: value.id, name: value.name, count: number };
    });
    return { id: filter.id, name: filter.name, values };
  });
}
